import type { EmulatorRequest } from '../core/emulator-request.js';
import type { ScimBehaviour } from './behaviour.js';
import type { ResourceData } from './resource-table.js';
import { ScimRefusal } from './scim-refusal.js';

/** Reads a JSON object from a request's body. */
export function readBody(request: EmulatorRequest, behaviour: ScimBehaviour): ResourceData {
  checkContentType(request.headers.get('content-type') ?? '', behaviour);
  const body = parseJson(request.body);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw new ScimRefusal(400, 'invalidSyntax', 'The body is not a JSON object.');
  }
  return body as ResourceData;
}

/** Refuses a message that does not say what it is (RFC 7644 §3.1). */
export function checkMessageSchema(body: ResourceData, urn: string): void {
  const { schemas } = body;
  if (Array.isArray(schemas) && schemas.includes(urn)) return;
  throw new ScimRefusal(400, 'invalidSyntax', `'schemas' does not hold ${urn}.`);
}

function checkContentType(contentType: string, behaviour: ScimBehaviour): void {
  const [type = ''] = contentType.toLowerCase().split(';', 1);
  const isScim = type.trim() === 'application/scim+json';
  if (isScim || (type.trim() === 'application/json' && !behaviour.onlyScimContentType)) return;
  throw new ScimRefusal(415, undefined, 'The content type is not application/scim+json.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ScimRefusal(400, 'invalidSyntax', 'The body is not JSON.');
  }
}
