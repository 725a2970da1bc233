import { scimRequestRemedies } from '../errors/remedies.js';
import { ResponseError } from '../errors/response-errors.js';
import { isRecord } from '../internal/json.js';
import { isEmpty } from './patch/values.js';
import { readAttribute } from './schemas/names.js';

const errorUrn = /^urn:(?:ietf:params:scim:api:messages:2\.0:error|scim:schemas:core:1\.[01]:errors?)$/i;

/** Whether a body is an error in the words of SCIM (RFC 7644 §3.12), and not of whatever stands before the server. */
export function isScimErrorBody(body: unknown): boolean {
  if (!isRecord(body)) return false;
  if (isErrorMessage(body) || typeof readAttribute(body, 'scimType') === 'string') return true;
  // Some leave out `schemas`; SCIM 1.1 has a list.
  const status = failureStatus(readAttribute(body, 'status'));
  return (
    (status !== undefined && !isEmpty(readAttribute(body, 'detail'))) || Array.isArray(readAttribute(body, 'Errors'))
  );
}

/** Whether a SCIM server says that a resource does not exist. A 404 in other words may be about all of the address. */
export function isNotFound(error: unknown): error is ResponseError {
  if (!(error instanceof ResponseError) || (error.status !== 404 && error.status !== 410)) return false;
  try {
    return isScimErrorBody(JSON.parse(error.body ?? ''));
  } catch {
    return false;
  }
}

/** What may be wrong with an id that nothing has. Some servers do use addresses, so it is not refused beforehand. */
export function addressRemedy(id: string | undefined): { readonly remedy?: string } {
  return id?.includes('@') === true ? { remedy: scimRequestRemedies.address_as_id } : {};
}

/**
 * Whether a body that came with a success says that there was none: an error of SCIM, or, in place of a resource, one of a
 * gateway. `status` is the one in it.
 */
export function failureIn(body: unknown): { readonly status: number | undefined } | undefined {
  if (!isRecord(body)) return undefined;
  const says = (name: string) => readAttribute(body, name);
  const status = failureStatus(says('status')) ?? failureStatus(says('code'));
  if (isErrorMessage(body)) return { status };
  // A list of outcomes speaks for each of them.
  if (!isEmpty(says('id')) || Array.isArray(says('Operations'))) return undefined;
  const isError = [says('error'), says('errors')].some((error) => error !== false && !isEmpty(error));
  return isError || says('success') === false || status !== undefined ? { status } : undefined;
}

function isErrorMessage(body: Readonly<Record<string, unknown>>): boolean {
  return [readAttribute(body, 'schemas')].flat().some((urn) => typeof urn === 'string' && errorUrn.test(urn));
}

function failureStatus(said: unknown): number | undefined {
  const status = typeof said === 'string' && /^\d{3}$/.test(said) ? Number(said) : said;
  return typeof status === 'number' && status >= 400 ? status : undefined;
}
