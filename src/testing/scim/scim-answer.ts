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

/** An error body (RFC 7644 §3.12). */
export function scimErrorAnswer(
  behaviour: ScimBehaviour,
  refusal: Pick<ScimRefusal, 'status' | 'scimType' | 'message'>,
): Answer {
  const status = behaviour.errorStatus === 'string' ? String(refusal.status) : refusal.status;
  const scimType = refusal.scimType === undefined ? {} : { scimType: refusal.scimType };
  return scimAnswer(behaviour, refusal.status, { schemas: [ERROR_URN], status, ...scimType, detail: refusal.message });
}
