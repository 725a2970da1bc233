import { scimRequestRemedies } from '../errors/remedies/scim.js';
import { ResponseError } from '../errors/response-errors.js';
import { isEmpty, isRecord } from '../internal/json.js';
import { parseJson } from '../internal/json-limits.js';
import { failureStatus, isErrorSchema } from '../transport/error-body.js';
import { readAttribute } from './schemas/names.js';

/** Whether a body is an error in the words of SCIM (RFC 7644 §3.12), and not of whatever stands before the server. */
export function isScimErrorBody(body: unknown): boolean {
  if (!isRecord(body)) return false;
  if (isErrorSchema(readAttribute(body, 'schemas')) || typeof readAttribute(body, 'scimType') === 'string') return true;
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
    return isScimErrorBody(parseJson(error.body() ?? ''));
  } catch {
    return false;
  }
}

/** What may be wrong with an id that nothing has. Some servers do use addresses, so it is not refused beforehand. */
export function addressRemedy(id: string | undefined): { readonly remedy?: string } {
  return id?.includes('@') === true ? { remedy: scimRequestRemedies.address_as_id } : {};
}
