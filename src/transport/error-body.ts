import { isEmpty, isRecord } from '../internal/json.js';

const errorUrn = /^urn:(?:ietf:params:scim:api:messages:2\.0:error|scim:schemas:core:1\.[01]:errors?)$/i;

/** Whether the `schemas` are those of an error (RFC 7644 §3.12, SCIM 1.1). */
export function isErrorSchema(schemas: unknown): boolean {
  return [schemas].flat().some((urn) => typeof urn === 'string' && errorUrn.test(urn));
}

/** The status of a failure, as a number or as text. */
export function failureStatus(said: unknown): number | undefined {
  const status = typeof said === 'string' && /^\d{3}$/.test(said) ? Number(said) : said;
  return typeof status === 'number' && status >= 400 ? status : undefined;
}

const errorNames = ['error', 'errors', 'errorcode', 'errorsummary', 'fault', 'scimtype'];
const refusals: readonly unknown[] = ['error', 'failed', 'failure', 'fail'];

/**
 * Whether a body that came with a success says that there was none: an error of SCIM, or, in place of what was asked for,
 * one of a gateway, which may say 200 to what the service behind it refused. `status` is the one in it.
 */
export function failureIn(body: unknown): { readonly status: number | undefined } | undefined {
  if (Array.isArray(body)) {
    const failures = body.map(failureInRecord);
    return failures.every((failure) => failure !== undefined) ? failures[0] : undefined;
  }
  return failureInRecord(body);
}

function failureInRecord(body: unknown): { readonly status: number | undefined } | undefined {
  if (!isRecord(body)) return undefined;
  const said = new Map(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value]));
  const [status] = ['status', 'code', 'statuscode'].flatMap((name) => failureStatus(said.get(name)) ?? []);
  if (isErrorSchema(said.get('schemas'))) return { status };
  // A resource has an id, a list its rows, and a list of outcomes speaks for each of them.
  const lists = ['resources', 'data', 'operations'].map((name) => said.get(name)).filter((list) => Array.isArray(list));
  if (!isEmpty(said.get('id')) || lists.some((list) => list.length > 0)) return undefined;
  const isRefused = said.get('success') === false || said.get('ok') === false;
  const isError = errorNames.some((name) => said.get(name) !== false && !isEmpty(said.get(name)));
  // That a list is empty is not believed of one that says that it failed: what is not there would be made.
  if (isRefused || isError || status !== undefined) return { status };
  if (lists.length > 0) return undefined;
  const word = said.get('status');
  return typeof word === 'string' && refusals.includes(word.toLowerCase()) ? { status } : undefined;
}
