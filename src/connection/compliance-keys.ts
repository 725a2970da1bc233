import type { AuditLogPrincipal } from '../transport/principal.js';
import type { AuditLogKey, AuditLogKeys } from '../transport/principal-keys.js';
import type { ComplianceOnlyConfig, ConnectionConfig, FullConfig } from './form.js';

/** What a form says of keys, as far as it says anything. */
export interface GivenKeys {
  readonly complianceApiKey?: string | undefined;
  readonly complianceApiKeys?: Readonly<Record<string, string>> | undefined;
}

/** Whether a config has a compliance half: a key for all, or keys of single workspaces. */
export function hasCompliance(config: ConnectionConfig): config is ComplianceOnlyConfig | FullConfig {
  return config.complianceApiKey !== undefined || config.complianceApiKeys !== undefined;
}

/** Whether an id, where keys are given by id, is that of an organization. */
export function isOrganizationId(id: string): boolean {
  return id.startsWith('org-');
}

/**
 * Whose key is which: its own, else the one for all. An organization without either is opened by the key of the workspaces,
 * where they have but one.
 */
export function keysOf({
  complianceApiKey: shared,
  complianceApiKeys: own,
}: GivenKeys): (principal: AuditLogPrincipal) => string | undefined {
  const keys = new Map(Object.entries(own ?? {}).map(([id, key]) => [id.toLowerCase(), key]));
  const different = new Set(keys.values());
  const ofAll = different.size === 1 ? [...different][0] : undefined;
  return ({ type, id }) => keys.get(id.toLowerCase()) ?? shared ?? (type === 'organization' ? ofAll : undefined);
}

/** The keys of a config as a client takes them, which refuses what does not fit together. */
export function clientKeyOf(
  config: GivenKeys & {
    readonly workspaceIds?: readonly string[] | undefined;
    readonly organizationId?: string | undefined;
  },
): AuditLogKey | AuditLogKeys {
  const { complianceApiKey, complianceApiKeys: own, workspaceIds = [], organizationId } = config;
  // Absent, it is the client that says so.
  if (own === undefined) return complianceApiKey as string;
  const keyOf = keysOf(config);
  const principals: AuditLogPrincipal[] = workspaceIds.map((id) => ({ type: 'workspace', id }));
  if (organizationId !== undefined) principals.push({ type: 'organization', id: organizationId });
  const named = new Set(Object.keys(own).map((id) => id.toLowerCase()));
  const others = principals.flatMap((principal) => {
    const key = named.has(principal.id.toLowerCase()) ? undefined : keyOf(principal);
    return key === undefined ? [] : [[principal.id, key] as const];
  });
  return { ...own, ...Object.fromEntries(others) };
}
