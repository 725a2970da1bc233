// What stands in an event under its own name (openai-node 7.57.0, `resources/admin/organization/audit-logs`), whose types require
// nothing of it. `resource.deleted`, `tunnel.*` and every `tenant.*` have no published payload. Written out, as an editor shows them.

/** What is particular about an event of the API Platform, by its type: it stands in the event under that very name. */
export interface PlatformPayloads {
  readonly 'api_key.created': {
    readonly id?: string | undefined;
    readonly data?: { readonly scopes?: readonly string[] | undefined } | undefined;
  };
  /** The schema has `changes_requested`, and one of OpenAI's samples shows `data` in its place: read both. */
  readonly 'api_key.updated': {
    readonly id?: string | undefined;
    readonly changes_requested?:
      | { readonly scopes?: readonly string[] | undefined; readonly expires_in_seconds?: number | undefined }
      | undefined;
    readonly data?: { readonly scopes?: readonly string[] | undefined } | undefined;
  };
  readonly 'api_key.deleted': { readonly id?: string | undefined };
  readonly 'certificate.created': { readonly id?: string | undefined; readonly name?: string | undefined };
  readonly 'certificate.updated': { readonly id?: string | undefined; readonly name?: string | undefined };
  readonly 'certificate.deleted': {
    readonly id?: string | undefined;
    readonly name?: string | undefined;
    readonly certificate?: string | undefined;
  };
  readonly 'certificates.activated': {
    readonly certificates?:
      | readonly { readonly id?: string | undefined; readonly name?: string | undefined }[]
      | undefined;
  };
  readonly 'certificates.deactivated': {
    readonly certificates?:
      | readonly { readonly id?: string | undefined; readonly name?: string | undefined }[]
      | undefined;
  };
  readonly 'checkpoint.permission.created': {
    readonly id?: string | undefined;
    readonly data?:
      | { readonly project_id?: string | undefined; readonly fine_tuned_model_checkpoint?: string | undefined }
      | undefined;
  };
  readonly 'checkpoint.permission.deleted': { readonly id?: string | undefined };
  readonly 'external_key.registered': {
    readonly id?: string | undefined;
    readonly data?: Readonly<Record<string, unknown>> | undefined;
  };
  readonly 'external_key.removed': { readonly id?: string | undefined };
  readonly 'external_storage.registered': {
    readonly id?: string | undefined;
    readonly data?:
      | { readonly geography?: string | undefined; readonly provider?: Readonly<Record<string, unknown>> | undefined }
      | undefined;
  };
  readonly 'external_storage.removed': { readonly id?: string | undefined };
  readonly 'group.created': {
    readonly id?: string | undefined;
    readonly data?: { readonly group_name?: string | undefined } | undefined;
  };
  readonly 'group.updated': {
    readonly id?: string | undefined;
    readonly changes_requested?: { readonly group_name?: string | undefined } | undefined;
  };
  readonly 'group.deleted': { readonly id?: string | undefined };
  readonly 'invite.sent': {
    readonly id?: string | undefined;
    readonly data?: { readonly email?: string | undefined; readonly role?: string | undefined } | undefined;
  };
  readonly 'invite.accepted': { readonly id?: string | undefined };
  readonly 'invite.deleted': { readonly id?: string | undefined };
  readonly 'ip_allowlist.created': {
    readonly id?: string | undefined;
    readonly name?: string | undefined;
    readonly allowed_ips?: readonly string[] | undefined;
  };
  readonly 'ip_allowlist.updated': {
    readonly id?: string | undefined;
    readonly name?: string | undefined;
    readonly allowed_ips?: readonly string[] | undefined;
  };
  readonly 'ip_allowlist.deleted': {
    readonly id?: string | undefined;
    readonly name?: string | undefined;
    readonly allowed_ips?: readonly string[] | undefined;
  };
  readonly 'ip_allowlist.config.activated': {
    readonly configs?: readonly { readonly id?: string | undefined; readonly name?: string | undefined }[] | undefined;
  };
  readonly 'ip_allowlist.config.deactivated': {
    readonly configs?: readonly { readonly id?: string | undefined; readonly name?: string | undefined }[] | undefined;
  };
  readonly 'login.succeeded': Readonly<Record<string, unknown>>;
  readonly 'login.failed': { readonly error_code?: string | undefined; readonly error_message?: string | undefined };
  readonly 'logout.succeeded': Readonly<Record<string, unknown>>;
  readonly 'logout.failed': { readonly error_code?: string | undefined; readonly error_message?: string | undefined };
  readonly 'organization.updated': {
    readonly id?: string | undefined;
    readonly changes_requested?:
      | {
          readonly title?: string | undefined;
          readonly name?: string | undefined;
          readonly description?: string | undefined;
          readonly threads_ui_visibility?: string | undefined;
          readonly usage_dashboard_visibility?: string | undefined;
          readonly api_call_logging?: string | undefined;
          readonly api_call_logging_project_ids?: string | undefined;
        }
      | undefined;
  };
  readonly 'project.created': {
    readonly id?: string | undefined;
    readonly data?: { readonly name?: string | undefined; readonly title?: string | undefined } | undefined;
  };
  readonly 'project.updated': {
    readonly id?: string | undefined;
    readonly changes_requested?: { readonly title?: string | undefined } | undefined;
  };
  readonly 'project.archived': { readonly id?: string | undefined };
  readonly 'project.deleted': { readonly id?: string | undefined };
  readonly 'rate_limit.updated': {
    readonly id?: string | undefined;
    readonly changes_requested?:
      | {
          readonly max_requests_per_1_minute?: number | undefined;
          readonly max_tokens_per_1_minute?: number | undefined;
          readonly max_images_per_1_minute?: number | undefined;
          readonly max_audio_megabytes_per_1_minute?: number | undefined;
          readonly max_requests_per_1_day?: number | undefined;
          readonly batch_1_day_max_input_tokens?: number | undefined;
        }
      | undefined;
  };
  readonly 'rate_limit.deleted': { readonly id?: string | undefined };
  readonly 'workload_identity_provider.created': {
    readonly id?: string | undefined;
    readonly data?: Readonly<Record<string, unknown>> | undefined;
  };
  readonly 'workload_identity_provider.updated': {
    readonly id?: string | undefined;
    readonly changes_requested?: Readonly<Record<string, unknown>> | undefined;
  };
  readonly 'workload_identity_provider.deleted': { readonly id?: string | undefined };
  readonly 'workload_identity_provider_mapping.created': {
    readonly id?: string | undefined;
    readonly data?: Readonly<Record<string, unknown>> | undefined;
    readonly identity_provider_id?: string | undefined;
    readonly project_id?: string | undefined;
    readonly service_account_id?: string | undefined;
  };
  readonly 'workload_identity_provider_mapping.updated': {
    readonly id?: string | undefined;
    readonly changes_requested?: Readonly<Record<string, unknown>> | undefined;
    readonly identity_provider_id?: string | undefined;
    readonly project_id?: string | undefined;
    readonly service_account_id?: string | undefined;
  };
  readonly 'workload_identity_provider_mapping.deleted': {
    readonly id?: string | undefined;
    readonly identity_provider_id?: string | undefined;
    readonly project_id?: string | undefined;
    readonly service_account_id?: string | undefined;
  };
  readonly 'role.created': {
    readonly id?: string | undefined;
    readonly role_name?: string | undefined;
    readonly permissions?: readonly string[] | undefined;
    readonly resource_id?: string | undefined;
    readonly resource_type?: string | undefined;
  };
  /** The only difference of permissions in the log. */
  readonly 'role.updated': {
    readonly id?: string | undefined;
    readonly changes_requested?:
      | {
          readonly role_name?: string | undefined;
          readonly description?: string | undefined;
          readonly permissions_added?: readonly string[] | undefined;
          readonly permissions_removed?: readonly string[] | undefined;
          readonly metadata?: Readonly<Record<string, unknown>> | undefined;
          readonly resource_id?: string | undefined;
          readonly resource_type?: string | undefined;
        }
      | undefined;
  };
  readonly 'role.deleted': { readonly id?: string | undefined };
  readonly 'role.assignment.created': {
    readonly id?: string | undefined;
    readonly principal_id?: string | undefined;
    readonly principal_type?: string | undefined;
    readonly resource_id?: string | undefined;
    readonly resource_type?: string | undefined;
  };
  readonly 'role.assignment.deleted': {
    readonly id?: string | undefined;
    readonly principal_id?: string | undefined;
    readonly principal_type?: string | undefined;
    readonly resource_id?: string | undefined;
    readonly resource_type?: string | undefined;
  };
  readonly 'role.bound_to_resource': {
    readonly id?: string | undefined;
    readonly role_id?: string | undefined;
    readonly workspace_id?: string | undefined;
    readonly connector_id?: string | undefined;
    readonly connector_name?: string | undefined;
    readonly enabled?: boolean | undefined;
    readonly permissions?: readonly string[] | undefined;
    readonly resource_id?: string | undefined;
    readonly resource_type?:
      | string
      | undefined /** Such as `role_toggle`, `role_connector_update`, `role_delete`, `workspace_permissions` or `connector_publish`. */;
    readonly source?: string | undefined;
  };
  readonly 'role.unbound_from_resource': {
    readonly id?: string | undefined;
    readonly role_id?: string | undefined;
    readonly workspace_id?: string | undefined;
    readonly connector_id?: string | undefined;
    readonly connector_name?: string | undefined;
    readonly enabled?: boolean | undefined;
    readonly permissions?: readonly string[] | undefined;
    readonly resource_id?: string | undefined;
    readonly resource_type?:
      | string
      | undefined /** Such as `role_toggle`, `role_connector_update`, `role_delete`, `workspace_permissions` or `connector_publish`. */;
    readonly source?: string | undefined;
  };
  readonly 'scim.enabled': { readonly id?: string | undefined };
  readonly 'scim.disabled': { readonly id?: string | undefined };
  readonly 'service_account.created': {
    readonly id?: string | undefined;
    readonly data?: { readonly role?: string | undefined } | undefined;
  };
  readonly 'service_account.updated': {
    readonly id?: string | undefined;
    readonly changes_requested?: { readonly role?: string | undefined } | undefined;
  };
  readonly 'service_account.deleted': { readonly id?: string | undefined };
  readonly 'user.added': {
    readonly id?: string | undefined;
    readonly data?: { readonly role?: string | undefined } | undefined;
  };
  readonly 'user.updated': {
    readonly id?: string | undefined;
    readonly changes_requested?: { readonly role?: string | undefined } | undefined;
  };
  readonly 'user.deleted': { readonly id?: string | undefined };
}
