import { keyKind, secretKind } from '../errors/remedies/key-kind.js';
import { type AuditLogPrincipal, readPrincipals } from '../transport/principal.js';
import { type AuditLogKey, type AuditLogKeys, workspacesWithKey } from '../transport/principal-keys.js';
import type { ComplianceOnlyConfig, ComplianceSettings, ConnectionConfig, FullConfig } from './form.js';

/** What a form says of keys, as far as it says anything. */
export interface GivenKeys {
  readonly complianceApiKey?: string | undefined;
  readonly complianceApiKeys?: Readonly<Record<string, string>> | undefined;
}

/** Whether a config has a compliance half: a key for all, or keys of single workspaces. */
export function hasCompliance(config: ConnectionConfig): config is ComplianceOnlyConfig | FullConfig {
  return config.complianceApiKey !== undefined || config.complianceApiKeys !== undefined;
}

/** Whether a config has the key of the API Platform. */
export function hasPlatform(
  config: ConnectionConfig,
): config is ConnectionConfig & { readonly platformApiKey: string; readonly platformOrganizationId: string } {
  return config.platformApiKey !== undefined;
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
  if (own === undefined) return askedOnly(complianceApiKey as string);
  const keyOf = keysOf(config);
  const principals: AuditLogPrincipal[] = workspaceIds.map((id) => ({ type: 'workspace', id }));
  if (organizationId !== undefined) principals.push({ type: 'organization', id: organizationId });
  const named = new Set(Object.keys(own).map((id) => id.toLowerCase()));
  const others = principals.flatMap((principal) => {
    const key = named.has(principal.id.toLowerCase()) ? undefined : keyOf(principal);
    return key === undefined ? [] : [[principal.id, key] as const];
  });
  const keys = Object.entries({ ...own, ...Object.fromEntries(others) });
  return Object.fromEntries(keys.map(([id, key]) => [id, askedOnly(key)]));
}

/**
 * A config that no form gave may have the SCIM token in the place of a key. Then the connection opens all the same, so that
 * its check can say so, and what a function gives is looked at before it is sent.
 */
function askedOnly(key: string): AuditLogKey {
  return typeof key === 'string' && secretKind(key.trim()) === 'scim_token' ? () => key : key;
}

/** All whose logs a config is for: the workspaces, with those that have a key of their own, and the organization. */
export function principalsOfConfig(config: ComplianceSettings): readonly AuditLogPrincipal[] {
  const { workspaceIds, complianceApiKeys: keys, organizationId } = config;
  // A config that no form gave may leave the ids out.
  return readPrincipals(workspaceIds ?? (keys && workspacesWithKey(keys)), organizationId);
}

/**
 * The Admin keys of a config, by workspace. Those of an organization of the API platform begin alike: what such a key is used for
 * here, the Admin API refuses.
 */
export function adminKeysOf(config: ConnectionConfig): Readonly<Record<string, string>> | undefined {
  if (!hasCompliance(config)) return undefined;
  const keyOf = keysOf(config);
  const keys = principalsOfConfig(config).flatMap((principal) => {
    const key = principal.type === 'workspace' ? keyOf(principal) : undefined;
    return key !== undefined && keyKind(key) === 'admin_key' ? [[principal.id, key] as const] : [];
  });
  return keys.length === 0 ? undefined : Object.fromEntries(keys);
}
