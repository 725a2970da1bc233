import { isSdkError } from '../errors/is-sdk-error.js';
import { AuditLogFileError } from './audit-log-file-error.js';
import { Identity } from './identity.js';
import type { AuditLogPrincipal } from './principal.js';

class Note extends Identity {
  readonly #principal: AuditLogPrincipal;

  constructor(error: object, principal: AuditLogPrincipal) {
    super(error);
    this.#principal = principal;
  }

  static principalOf(error: object): AuditLogPrincipal | undefined {
    return #principal in error ? error.#principal : undefined;
  }
}

/** Notes on an error whose log it is about. What is not an error of this library is left as it is. */
export function notePrincipal<E>(error: E, principal: AuditLogPrincipal): E {
  if (isSdkError(error) && Note.principalOf(error) === undefined) new Note(error, principal);
  return error;
}

/**
 * Tells which workspace or organization a failure is about; `undefined` where it is about none of them, or not an error of
 * an {@link AuditLogClient}. The error itself names none: it may be logged.
 *
 * @example
 * ```ts
 * import { AuditLogClient, principalOf } from 'chatgpt-enterprise-sdk/audit-logs';
 *
 * const client = new AuditLogClient({ apiKey: 'sk-admin-…', workspaceIds: '8f5d…, 91c2…' });
 * try {
 *   for await (const event of client.events({ eventTypes: ['AUTH_LOG'] })) console.log(event.event_id);
 * } catch (error) {
 *   console.error(principalOf(error)?.id, error);
 * }
 * ```
 */
export function principalOf(error: unknown): AuditLogPrincipal | undefined {
  if (error instanceof AuditLogFileError) return error.file.principal;
  return typeof error === 'object' && error !== null ? Note.principalOf(error) : undefined;
}
