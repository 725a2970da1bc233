/**
 * What a key may read of the Admin API. The names are OpenAI's; that of *Invitations* is not published: it is `invitations`
 * here.
 */
export type AdminScope =
  | 'chatgpt.enterprise.user.read'
  | 'chatgpt.enterprise.directory.read'
  | 'chatgpt.enterprise.service_account.read'
  | 'chatgpt.enterprise.usage_limit.read'
  | 'enterprise.analytics.usage.read'
  | 'invitations';

/** All of them: each a category of the console. */
export const adminScopes: readonly AdminScope[] = [
  'chatgpt.enterprise.user.read',
  'chatgpt.enterprise.directory.read',
  'chatgpt.enterprise.service_account.read',
  'chatgpt.enterprise.usage_limit.read',
  'enterprise.analytics.usage.read',
  'invitations',
];

/** What an Admin key of the API Platform needs for the audit log there. */
export const auditLogScope = 'api.audit_logs.read';

/** What a key may do. The names are OpenAI's; that of *Roles and permissions* is not published: it is `roles` here. */
export type ComplianceScope =
  | AdminScope
  | 'api.audit_logs.read'
  | 'chatgpt.enterprise.compliance_logs_platform.read'
  | 'chatgpt.enterprise.compliance_export.read'
  | 'chatgpt.enterprise.compliance_export.delete'
  | `chatgpt.enterprise.compliance_logs_platform.${string}.read`
  | 'roles'
  | (string & {});

const logs = 'chatgpt.enterprise.compliance_logs_platform';
const stateful = 'chatgpt.enterprise.compliance_export';

/** Broad compliance: every log type, and every stateful read. */
export const everyReadScope: readonly string[] = [`${logs}.read`, `${stateful}.read`];

/** Everything that an Admin key can read. */
export const everyScopeOfAdminKeys: readonly string[] = [...everyReadScope, ...adminScopes];

/** What an admin may tick, of what can be read. */
export const scopesOfAdmins: readonly string[] = [
  ...adminScopes,
  `${logs}.audit_log.read`,
  `${logs}.auth_log.read`,
  `${logs}.app_log.read`,
];

const ofOwners: ReadonlySet<string> = new Set([
  ...everyReadScope,
  `${stateful}.delete`,
  `${logs}.conversation_message.read`,
  'roles',
]);

/** Whether only a key that an owner made may have them. */
export function needsOwner(scopes: ReadonlySet<string>): boolean {
  for (const scope of scopes) if (ofOwners.has(scope)) return true;
  return false;
}

/** Whether they allow to read log files of a type. */
export function allowLog(scopes: ReadonlySet<string>, eventType: string): boolean {
  return (
    scopes.has(`${logs}.read`) || scopes.has(`${stateful}.read`) || scopes.has(`${logs}.${scopeName(eventType)}.read`)
  );
}

/** Whether they allow to list the members of a workspace, and who is invited. */
export function allowMembers(scopes: ReadonlySet<string>): boolean {
  return scopes.has(`${stateful}.read`);
}

// The four analytics types share one scope.
function scopeName(eventType: string): string {
  return eventType.endsWith('_ANALYTICS') ? 'workspace_analytics' : eventType.toLowerCase();
}
