const project = { id: 'proj_<hex 12 #project>', name: 'Forecasts' };
const named = { id: 'cert_<hex 12>', name: 'Gateway 2027' };
const list = { id: 'ipal_<hex 12>', name: 'Offices' };
const assignment = {
  id: 'asg_<hex 12>', principal_id: '<other.userId>', principal_type: 'user', resource_id: 'proj_<hex 12 #project>',
  resource_type: 'api.project',
};
const connector = {
  id: '<uuid #workspace>__connector_<hex 12 #connector>', role_id: 'role_<hex 12>', workspace_id: '<uuid #workspace>',
  connector_id: 'connector_<hex 12 #connector>', connector_name: 'Tickets', permissions: ['connector.use'],
  resource_id: '<uuid #workspace>__connector_<hex 12 #connector>', resource_type: 'chatgpt.connector',
};
const mapping = { id: 'wipm_<hex 12>', identity_provider_id: 'wip_<hex 12>' };
const failure = { error_code: 'invalid_credentials', error_message: 'The credentials were not accepted.' };

/**
 * What each event of the API Platform's audit log says under its own name. `undefined` where OpenAI publishes no payload: such an
 * event has only its frame.
 */
export const platformPayloads = {
  'login.succeeded': {},
  'api_key.created': { id: 'key_<text 16>', data: { scopes: ['api.model.request'] } },
  'user.added': { id: '<other.userId>', data: { role: 'member' } },
  'project.created': { id: project.id, data: { name: 'forecasts', title: 'Forecasts' } },
  'invite.sent': { id: 'invite-<text 16>', data: { email: '<other.email>', role: 'reader' } },
  'role.assignment.created': assignment,
  'api_key.updated': { id: 'key_<text 16>', changes_requested: { scopes: ['api.model.read'], expires_in_seconds: 86_400 } },
  'api_key.deleted': { id: 'key_<text 16>' },
  'certificate.created': named,
  'certificate.updated': named,
  'certificate.deleted': { ...named, certificate: '-----BEGIN CERTIFICATE-----' },
  'certificates.activated': { certificates: [named] },
  'certificates.deactivated': { certificates: [named] },
  'checkpoint.permission.created': {
    id: 'ckp_<hex 12>',
    data: { project_id: project.id, fine_tuned_model_checkpoint: 'ft:gpt-5.5-mini:northwind::<text 8>' },
  },
  'checkpoint.permission.deleted': { id: 'ckp_<hex 12>' },
  'external_key.registered': { id: 'ek_<hex 12>', data: { provider: 'aws_kms', region: 'eu-central-1' } },
  'external_key.removed': { id: 'ek_<hex 12>' },
  'external_storage.registered': {
    id: 'es_<hex 12>',
    data: {
      geography: 'eu',
      provider: {
        type: 'aws' as const, account_id: '<integer 100000000000 999999999999>', bucket: 'northwind-openai', region: 'eu-central-1',
        external_id: '<uuid>', role_arn: 'arn:aws:iam::<integer 100000000000 999999999999>:role/openai',
      },
    },
  },
  'external_storage.removed': { id: 'es_<hex 12>' },
  'group.created': { id: 'group_<hex 12>', data: { group_name: '<person.department>' } },
  'group.updated': { id: 'group_<hex 12>', changes_requested: { group_name: '<other.department>' } },
  'group.deleted': { id: 'group_<hex 12>' },
  'invite.accepted': { id: 'invite-<text 16>' },
  'invite.deleted': { id: 'invite-<text 16>' },
  'ip_allowlist.created': { ...list, allowed_ips: ['192.0.2.0/24'] },
  'ip_allowlist.updated': { id: list.id, allowed_ips: ['192.0.2.0/24', '198.51.100.0/24'] },
  'ip_allowlist.deleted': { ...list, allowed_ips: ['192.0.2.0/24'] },
  'ip_allowlist.config.activated': { configs: [list] },
  'ip_allowlist.config.deactivated': { configs: [list] },
  'login.failed': failure,
  'logout.succeeded': {},
  'logout.failed': failure,
  'organization.updated': {
    id: '<owner.id>',
    changes_requested: { title: 'Northwind', description: 'Forecasts for the north', threads_ui_visibility: 'NONE' },
  },
  'project.updated': { id: project.id, changes_requested: { title: 'Forecasts of the north' } },
  'project.archived': { id: project.id },
  'project.deleted': { id: project.id },
  'rate_limit.updated': {
    id: 'rl-gpt-5.5',
    changes_requested: { max_requests_per_1_minute: 500, max_tokens_per_1_minute: 40_000, batch_1_day_max_input_tokens: 9e6 },
  },
  'rate_limit.deleted': { id: 'rl-gpt-5.5' },
  'resource.deleted': undefined,
  'tunnel.created': undefined,
  'tunnel.updated': undefined,
  'tunnel.deleted': undefined,
  'workload_identity_provider.created': { id: 'wip_<hex 12>', data: { issuer: 'https://token.ci.example' } },
  'workload_identity_provider.updated': { id: 'wip_<hex 12>', changes_requested: { issuer: 'https://ci.example' } },
  'workload_identity_provider.deleted': { id: 'wip_<hex 12>', name: 'Build server' },
  'workload_identity_provider_mapping.created': { ...mapping, data: { subject: 'repo:northwind/forecasts' } },
  'workload_identity_provider_mapping.updated': { ...mapping, changes_requested: { subject: 'repo:northwind/*' } },
  'workload_identity_provider_mapping.deleted': {
    ...mapping, project_id: project.id, service_account_id: 'svc_acct_<hex 12>',
  },
  'role.created': {
    id: 'role_<hex 12>', role_name: 'Forecaster', permissions: ['api.model.request'], resource_type: 'api.project',
    resource_id: project.id,
  },
  'role.updated': {
    id: 'role_<hex 12>',
    changes_requested: {
      role_name: 'Forecaster', description: 'May ask models.', permissions_added: ['api.files.read'],
      permissions_removed: ['api.files.write'], resource_id: project.id, resource_type: 'api.project',
    },
  },
  'role.deleted': { id: 'role_<hex 12>' },
  'role.assignment.deleted': assignment,
  'role.bound_to_resource': { ...connector, enabled: true, source: 'role_toggle' as const },
  'role.unbound_from_resource': { ...connector, enabled: false, source: 'role_delete' as const },
  'scim.enabled': { id: 'scim_<hex 12>' },
  'scim.disabled': { id: 'scim_<hex 12>' },
  'service_account.created': { id: 'svc_acct_<hex 12>', data: { role: 'member' } },
  'service_account.updated': { id: 'svc_acct_<hex 12>', changes_requested: { role: 'owner' } },
  'service_account.deleted': { id: 'svc_acct_<hex 12>' },
  'user.updated': { id: '<other.userId>', changes_requested: { role: 'owner' } },
  'user.deleted': { id: '<other.userId>' },
};

/** What happens in the tenant as a whole. No payload of any is published. */
export const tenantTypes = `
  metadata.updated microsoft_entra_mapping.upserted microsoft_entra_mapping.deleted workload_identity.provider.created
  workload_identity.provider.updated workload_identity.provider.archived workload_identity.mapping.created
  workload_identity.mapping.updated workload_identity.mapping.archived workload_identity.binding.created
  workload_identity.principal.provisioned workload_identity.access_token.issued admin_api_key.created admin_api_key.updated
  admin_api_key.deleted project_api_key.created trusted_access.business_verification.started
  trusted_access.application.submitted chatgpt_access_token.revoked migration.completed sso.migrated domains.migrated
  sso_connection.created sso_connection.updated sso_connection.deleted sso_connection.setup.started policy.created
  policy.updated policy.deleted policy.attached policy.detached principal_authentication_policy.resolved scim.setup.started
  scim.deletion.requested scim.directory.created product_access_policy.updated resource_share_grant.created
  resource_share_grant.updated resource_share_grant.accepted resource_share_grant.declined resource_share_grant.revoked
  resource_share_grant.deleted service_account.updated service_account.deleted service_account.token.revoked
  billing.overage_limit.updated billing.alerts.updated billing.info.updated usage_limit.workspace.updated
  usage_limit.group.updated usage_limit.user.updated usage_limit.increase_request.updated
  usage_limit.increase_request.resolved group.created group.updated group.deleted group.member.added group.member.removed
  migration_rollout.status.updated migration_rollout.tier.updated role.metadata.updated custom_role.created
  custom_role.updated custom_role.deleted role_assignment.created role_assignment.deleted resource_role_assignment.created
  resource_role_assignment.deleted resource_access.updated resource_access.deleted ads_account.onboarding.redemption
  session_policy.created session_policy.updated session_policy.deleted session_revocation.started
  third_party_app_policy.updated user.added user.updated user.removed user.looked_up user.invited membership.revoked
  api_organization_invite.upserted api_organization_invite.deleted chatgpt_workspace_invite.upserted membership.accepted
  membership.declined workspace_invite_email_settings.updated`
  .trim()
  .split(/\s+/)
  .map((name) => `tenant.${name}`);
