import type { OtherKeys } from '../errors/remedies/other-keys.js';
import type { Credential } from './options.js';
import type { AuditLogPrincipal } from './principal.js';

/** What is known of the keys that the other workspaces of a client have. What functions give is not known. */
export function otherKeysOf(
  principal: AuditLogPrincipal,
  principals: readonly AuditLogPrincipal[],
  keyOf: (principal: AuditLogPrincipal) => Credential | undefined,
): OtherKeys | undefined {
  const key = keyOf(principal);
  const others = principals.filter(({ type, id }) => type === 'workspace' && id !== principal.id).map(keyOf);
  if (principal.type !== 'workspace' || typeof key !== 'string' || others.length === 0) return undefined;
  return others.includes(key) ? 'same' : 'another';
}
