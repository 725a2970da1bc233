import { isSdkError } from '../errors/is-sdk-error.js';
import { createPrivateTag } from '../internal/private-tag.js';
import type { AuditLogPrincipal } from './principal.js';

const principalTag = /* @__PURE__ */ createPrivateTag<AuditLogPrincipal>();

/**
 * Notes on an error of this library which workspace or organization it is about, and says it where its route has braces in
 * place of the id: of several keys, whoever reads a log must know which one to replace.
 */
export function tagPrincipal<E>(error: E, principal: AuditLogPrincipal): E {
  if (!isSdkError(error) || principalTag.get(error) !== undefined) return error;
  principalTag.set(error, principal);
  const { message, stack } = error;
  if (!('route' in error) || !String(error.route).includes(`{${principal.type}_id}`)) return error;
  const named = `${principal.type === 'workspace' ? 'Workspace' : 'Organization'} ${principal.id}: ${message}`;
  const own = { configurable: true, enumerable: false, writable: true };
  Object.defineProperty(error, 'message', { ...own, value: named });
  // It repeats the message at its head. A function: `$` means itself.
  Object.defineProperty(error, 'stack', { ...own, value: stack?.replace(message, () => named) });
  return error;
}

/** The same for whatever a function that gives keys threw: of one error for several of them, the last one. */
export function tagKeyFailure<E>(error: E, principal: AuditLogPrincipal): E {
  if (typeof error === 'object' && error !== null) principalTag.set(error, principal);
  return error;
}

/**
 * Tells which workspace or organization a failure is about, also one of your function that gives the key; `undefined` where
 * it is about none of them, or not an error of an `AuditLogClient` or an `AdminClient`. The message of a request that failed
 * begins with the same id, which is no secret.
 */
export function principalOf(error: unknown): AuditLogPrincipal | undefined {
  return typeof error === 'object' && error !== null ? principalTag.get(error) : undefined;
}

/** Failures of one principal stop the work of all: an error must be able to tell whose it is. */
export async function namingPrincipal<T>(principal: AuditLogPrincipal, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw tagPrincipal(error, principal);
  }
}
