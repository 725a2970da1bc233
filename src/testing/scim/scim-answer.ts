import { ERROR_URN } from '../../scim/schemas/urns.js';
import type { Answer } from '../core/answer.js';
import type { ScimBehaviour } from './behaviour.js';
import type { ScimRefusal } from './scim-refusal.js';

/** A SCIM answer with a body. */
export function scimAnswer(
  behaviour: ScimBehaviour,
  status: number,
  body: unknown,
  headers?: Readonly<Record<string, string>>,
): Answer {
  return { status, headers: { 'content-type': behaviour.contentType, ...headers }, body };
}

/** A refusal as an error answer (RFC 7644 §3.12). */
export function scimErrorAnswer(behaviour: ScimBehaviour, refusal: ScimRefusal): Answer {
  // WorkOS gives no reason for some refusals, and its gateway speaks for itself.
  if (behaviour.workosRules && refusal.message === '') return { status: refusal.status, headers: {} };
  if (behaviour.workosRules && refusal.status === 413) {
    return { status: 413, headers: { 'content-type': 'text/plain' }, body: 'Request Entity Too Large' };
  }
  const status = behaviour.errorStatus === 'string' ? String(refusal.status) : refusal.status;
  const scimType = refusal.scimType === undefined ? {} : { scimType: refusal.scimType };
  return scimAnswer(behaviour, refusal.status, { schemas: [ERROR_URN], status, ...scimType, detail: refusal.message });
}
