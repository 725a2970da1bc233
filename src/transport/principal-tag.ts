import { isSdkError } from '../errors/is-sdk-error.js';
import { createPrivateTag } from '../internal/private-tag.js';
import type { AuditLogPrincipal } from './principal.js';

const principalTag = /* @__PURE__ */ createPrivateTag<AuditLogPrincipal>();

/** Notes on an error of this library which workspace or organization it is about. */
export function tagPrincipal<E>(error: E, principal: AuditLogPrincipal): E {
  if (isSdkError(error) && principalTag.get(error) === undefined) principalTag.set(error, principal);
  return error;
}

/** The same for whatever a function that gives keys threw: of one error for several of them, the last one. */
export function tagKeyFailure<E>(error: E, principal: AuditLogPrincipal): E {
  if (typeof error === 'object' && error !== null) principalTag.set(error, principal);
  return error;
}

/**
 * Tells which workspace or organization a failure is about, also one of your function that gives the key; `undefined` where
 * it is about none of them, or not an error of an `AuditLogClient` or an `AdminClient`. The error itself names none: it may
 * be logged.
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
