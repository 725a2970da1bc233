import { isRecord } from '../../internal/is-record.js';
import { canonicalNames } from '../reading/canonical-names.js';
import { setOrigin } from '../reading/resource-origin.js';
import type { Attributes } from '../schemas/resource-schema.js';

/** Copies a document that describes the server into the spelling of the RFC. */
export function readDocument<T>(document: unknown, attributes: Attributes): T {
  const read = canonicalNames({ id: '', attributes })(isRecord(document) ? document : {});
  // What the server says, in the schema's spelling; its values are its own.
  return setOrigin(read, { raw: document, etag: undefined }) as T;
}
