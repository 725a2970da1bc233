// What stands in an event under its own name (openai-node 7.57.0, `resources/admin/organization/audit-logs`), whose types require
// nothing of it. `resource.deleted`, `tunnel.*` and every `tenant.*` have no published payload.

interface Id {
  readonly id?: string | undefined;
}

/** A payload of which the service says what was set. */
interface Data<Of> extends Id {
  readonly data?: Of | undefined;
}

/** A payload of which the service says what was asked to be changed. */
interface Changes<Of> extends Id {
  readonly changes_requested?: Of | undefined;
}

type Open = Readonly<Record<string, unknown>>;
type Texts = readonly string[] | undefined;
type Text = string | undefined;

interface Scopes {
  readonly scopes?: Texts;
}

interface Certificate extends Id {
  readonly name?: Text;
}

interface Certificates {
  readonly certificates?: readonly Certificate[] | undefined;
}

interface IpAllowlist extends Id {
  readonly name?: Text;
  readonly allowed_ips?: Texts;
}

interface IpAllowlistConfigs {
  readonly configs?: readonly (Id & { readonly name?: Text })[] | undefined;
}

interface Failed {
  readonly error_code?: Text;
  readonly error_message?: Text;
}

interface OrganizationChanges {
  readonly title?: Text;
  readonly name?: Text;
  readonly description?: Text;
  readonly threads_ui_visibility?: Text;
  readonly usage_dashboard_visibility?: Text;
  readonly api_call_logging?: Text;
  readonly api_call_logging_project_ids?: Text;
}

interface RateLimitChanges {
  readonly max_requests_per_1_minute?: number | undefined;
  readonly max_tokens_per_1_minute?: number | undefined;
  readonly max_images_per_1_minute?: number | undefined;
  readonly max_audio_megabytes_per_1_minute?: number | undefined;
  readonly max_requests_per_1_day?: number | undefined;
  readonly batch_1_day_max_input_tokens?: number | undefined;
}

interface OnResource {
  readonly resource_id?: Text;
  readonly resource_type?: Text;
}

interface RoleCreated extends Id, OnResource {
  readonly role_name?: Text;
  readonly permissions?: Texts;
}

interface RoleChanges extends OnResource {
  readonly role_name?: Text;
  readonly description?: Text;
  readonly permissions_added?: Texts;
  readonly permissions_removed?: Texts;
  readonly metadata?: Open | undefined;
}

interface RoleAssignment extends Id, OnResource {
  readonly principal_id?: Text;
  readonly principal_type?: Text;
}

interface RoleBinding extends Id, OnResource {
  readonly role_id?: Text;
  readonly workspace_id?: Text;
  readonly connector_id?: Text;
  readonly connector_name?: Text;
  readonly enabled?: boolean | undefined;
  readonly permissions?: Texts;
  /** Such as `role_toggle`, `role_connector_update`, `role_delete`, `workspace_permissions` or `connector_publish`. */
  readonly source?: Text;
}

interface Role {
  readonly role?: Text;
}

interface Mapping {
  readonly identity_provider_id?: Text;
  readonly project_id?: Text;
  readonly service_account_id?: Text;
}

/** What is particular about an event of the API Platform, by its type: it stands in the event under that very name. */
export interface PlatformPayloads {
  readonly 'api_key.created': Data<Scopes>;
  /** The schema has `changes_requested`, and one of OpenAI's samples shows `data` in its place: read both. */
  readonly 'api_key.updated': Changes<Scopes & { readonly expires_in_seconds?: number | undefined }> & Data<Scopes>;
  readonly 'api_key.deleted': Id;
  readonly 'certificate.created': Certificate;
  readonly 'certificate.updated': Certificate;
  readonly 'certificate.deleted': Certificate & { readonly certificate?: Text };
  readonly 'certificates.activated': Certificates;
  readonly 'certificates.deactivated': Certificates;
  readonly 'checkpoint.permission.created': Data<{
    readonly project_id?: Text;
    readonly fine_tuned_model_checkpoint?: Text;
  }>;
  readonly 'checkpoint.permission.deleted': Id;
  readonly 'external_key.registered': Data<Open>;
  readonly 'external_key.removed': Id;
  readonly 'external_storage.registered': Data<{ readonly geography?: Text; readonly provider?: Open | undefined }>;
  readonly 'external_storage.removed': Id;
  readonly 'group.created': Data<{ readonly group_name?: Text }>;
  readonly 'group.updated': Changes<{ readonly group_name?: Text }>;
  readonly 'group.deleted': Id;
  readonly 'invite.sent': Data<Role & { readonly email?: Text }>;
  readonly 'invite.accepted': Id;
  readonly 'invite.deleted': Id;
  readonly 'ip_allowlist.created': IpAllowlist;
  readonly 'ip_allowlist.updated': IpAllowlist;
  readonly 'ip_allowlist.deleted': IpAllowlist;
  readonly 'ip_allowlist.config.activated': IpAllowlistConfigs;
  readonly 'ip_allowlist.config.deactivated': IpAllowlistConfigs;
  readonly 'login.succeeded': Open;
  readonly 'login.failed': Failed;
  readonly 'logout.succeeded': Open;
  readonly 'logout.failed': Failed;
  readonly 'organization.updated': Changes<OrganizationChanges>;
  readonly 'project.created': Data<{ readonly name?: Text; readonly title?: Text }>;
  readonly 'project.updated': Changes<{ readonly title?: Text }>;
  readonly 'project.archived': Id;
  readonly 'project.deleted': Id;
  readonly 'rate_limit.updated': Changes<RateLimitChanges>;
  readonly 'rate_limit.deleted': Id;
  readonly 'workload_identity_provider.created': Data<Open>;
  readonly 'workload_identity_provider.updated': Changes<Open>;
  readonly 'workload_identity_provider.deleted': Id;
  readonly 'workload_identity_provider_mapping.created': Data<Open> & Mapping;
  readonly 'workload_identity_provider_mapping.updated': Changes<Open> & Mapping;
  readonly 'workload_identity_provider_mapping.deleted': Id & Mapping;
  readonly 'role.created': RoleCreated;
  readonly 'role.updated': Changes<RoleChanges>;
  readonly 'role.deleted': Id;
  readonly 'role.assignment.created': RoleAssignment;
  readonly 'role.assignment.deleted': RoleAssignment;
  readonly 'role.bound_to_resource': RoleBinding;
  readonly 'role.unbound_from_resource': RoleBinding;
  readonly 'scim.enabled': Id;
  readonly 'scim.disabled': Id;
  readonly 'service_account.created': Data<Role>;
  readonly 'service_account.updated': Changes<Role>;
  readonly 'service_account.deleted': Id;
  readonly 'user.added': Data<Role>;
  readonly 'user.updated': Changes<Role>;
  readonly 'user.deleted': Id;
}
