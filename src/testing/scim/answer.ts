import type { ScimType } from '../../errors/scim-errors.js';
import { ERROR_URN } from '../../scim/schemas/urns.js';
import type { Answer, EmulatorRequest } from '../routes.js';
import type { ScimBehaviour } from './behaviour.js';
import type { ResourceData } from './resource-table.js';

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
  const { scimType, message } = refusal;
  const status = scimType === 'uniqueness' ? behaviour.uniquenessStatus : refusal.status;
  if (behaviour.errorShape === 'text') return { status, headers: { 'content-type': 'text/plain' }, body: message };
  return scimAnswer(behaviour, status, errorBody(behaviour, status, scimType, message));
}

function errorBody(
  { errorShape, errorStatus }: ScimBehaviour,
  status: number,
  scimType: ScimType | undefined,
  detail: string,
): object {
  const told = errorStatus === 'string' ? String(status) : status;
  if (errorShape === 'scim_1') return { Errors: [{ description: detail, code: told }] };
  const body = { schemas: [ERROR_URN], status: told, scimType, detail };
  return errorShape === 'wrapped' ? { response: body } : body;
}

/** Thrown by whatever handles a SCIM request to end it with an error answer. */
export class ScimRefusal extends Error {
  readonly status: number;
  readonly scimType: ScimType | undefined;

  constructor(status: number, detail: string, scimType?: ScimType) {
    super(detail);
    this.status = status;
    this.scimType = scimType;
  }
}

export function readBody(request: EmulatorRequest, behaviour: ScimBehaviour): ResourceData {
  checkContentType(request.headers.get('content-type') ?? '', behaviour);
  const body = parseJson(request.body);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ScimRefusal(400, 'The body must be a JSON object.', 'invalidSyntax');
  }
  return body as ResourceData;
}

/** Refuses a message that does not say what it is (RFC 7644 §3.1). */
export function checkMessageSchema(body: ResourceData, urn: string): void {
  const { schemas } = body;
  if (Array.isArray(schemas) && schemas.includes(urn)) return;
  throw new ScimRefusal(400, `'schemas' must include ${urn}.`, 'invalidSyntax');
}

function checkContentType(contentType: string, behaviour: ScimBehaviour): void {
  const [type = ''] = contentType.toLowerCase().split(';', 1);
  const isScim = type.trim() === 'application/scim+json';
  if (isScim || (type.trim() === 'application/json' && !behaviour.onlyScimContentType)) return;
  throw new ScimRefusal(415, 'The content type must be application/scim+json.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ScimRefusal(400, 'The body is not valid JSON.', 'invalidSyntax');
  }
}
