import type { Emulator } from '../../../src/testing/emulator.js';

/** An answer with its body read. */
export interface Told {
  readonly status: number;
  readonly headers: Headers;
  // A test reads what it expects to be there.
  // biome-ignore lint/suspicious/noExplicitAny: the shape is what the test is about
  readonly body: any;
}

/** Asks the SCIM side something with its token; a body is sent as SCIM. */
export async function askScim(
  emulator: Emulator,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<Told> {
  const answer = await emulator.fetch(`${emulator.scim.baseUrl}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${emulator.scim.token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = text !== '' && answer.headers.get('content-type')?.includes('json') === true;
  return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : text };
}

/** Asks for a filtered list. */
export function askFor(emulator: Emulator, path: string, filter: string): Promise<Told> {
  return askScim(emulator, 'GET', `${path}?filter=${encodeURIComponent(filter)}`);
}

export const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
export const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const patchUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** The body of a PATCH request. */
export function patchOf(...operations: object[]): object {
  return { schemas: [patchUrn], Operations: operations };
}

/** The body of a new user. */
export function newUser(userName: string, more: object = {}): object {
  return { schemas: [userUrn], userName, ...more };
}

/** The body of a new group. */
export function newGroup(displayName: string, memberIds: readonly string[] = [], more: object = {}): object {
  return { schemas: [groupUrn], displayName, members: memberIds.map((value) => ({ value })), ...more };
}
