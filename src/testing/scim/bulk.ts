import { isRecord } from '../../internal/json.js';
import { BULK_REQUEST_URN, BULK_RESPONSE_URN } from '../../scim/schemas/urns.js';
import { type Answer, decodeSegment } from '../routes.js';
import { checkMessageSchema, ScimRefusal, scimErrorAnswer } from './answer.js';
import type { ScimBehaviour } from './behaviour.js';
import type { ResourceData } from './resource-table.js';

/** One operation of a bulk request (RFC 7644 §3.7). */
export interface BulkOperation {
  readonly method: string;
  readonly path: string;
  readonly bulkId?: string;
  readonly version?: string;
  readonly data?: unknown;
}

/**
 * Carries out a bulk request (RFC 7644 §3.7), each operation as a request of its own by `run`. An operation waits for
 * those whose new ids it names.
 */
export function runBulk(
  body: ResourceData,
  behaviour: ScimBehaviour,
  run: (operation: BulkOperation) => Answer,
): object {
  const { operations, failOnErrors } = readBulk(body, behaviour);
  const idOf = new Map<string, string>();
  const failed = new Set<string>();
  const results = new Map<BulkOperation, object>();
  let errors = 0;

  const finish = (operation: BulkOperation, answer: Answer): boolean => {
    results.set(operation, resultOf(operation, answer));
    const isError = answer.status >= 300;
    if (isError) errors += 1;
    if (operation.bulkId !== undefined) {
      const id = idIn(answer);
      if (isError || id === undefined) failed.add(operation.bulkId);
      else idOf.set(operation.bulkId, id);
    }
    return failOnErrors !== undefined && errors >= failOnErrors;
  };

  let waiting = operations;
  for (;;) {
    const later: BulkOperation[] = [];
    for (const operation of waiting) {
      const wanted = wantedBulkIds(operation);
      const isHopeless = wanted.some((id) => failed.has(id));
      if (!isHopeless && wanted.some((id) => !idOf.has(id))) {
        later.push(operation);
        continue;
      }
      const answer = isHopeless ? unresolved(behaviour) : run(replaceBulkIds(operation, idOf));
      if (finish(operation, answer)) return responseOf(operations, results);
    }
    if (later.length === waiting.length) {
      // Whoever is left waits for itself, or for an operation that is not there.
      for (const operation of later) if (finish(operation, unresolved(behaviour))) break;
      return responseOf(operations, results);
    }
    waiting = later;
  }
}

function idIn({ headers, body }: Answer): string | undefined {
  const segment = (headers.location ?? '').split('/').at(-1);
  if (segment !== undefined && segment !== '') return decodeSegment(segment);
  const { id } = isRecord(body) ? body : {};
  return typeof id === 'string' ? id : undefined;
}

function readBulk(body: ResourceData, behaviour: ScimBehaviour) {
  checkMessageSchema(body, BULK_REQUEST_URN);
  const { Operations: operations, failOnErrors } = body;
  const isLimit = failOnErrors === undefined || typeof failOnErrors === 'number';
  if (!isLimit || !Array.isArray(operations) || !operations.every(isOperation)) {
    throw new ScimRefusal(400, 'Malformed bulk request.', 'invalidSyntax');
  }
  if (operations.length > behaviour.bulkMaxOperations) {
    throw new ScimRefusal(413, `At most ${behaviour.bulkMaxOperations} operations are allowed in one request.`);
  }
  const names = operations.flatMap(({ bulkId }) => bulkId ?? []);
  const isUnique = new Set(names).size === names.length;
  if (!isUnique) throw new ScimRefusal(400, 'A bulkId must be unique in the request.', 'invalidSyntax');
  return { operations, failOnErrors };
}

function isOperation(value: unknown): value is BulkOperation {
  if (!isRecord(value)) return false;
  const { method, path, bulkId = '', version = '' } = value;
  return [method, path, bulkId, version].every((text) => typeof text === 'string');
}

function resultOf({ method, bulkId }: BulkOperation, { status, headers, body }: Answer): object {
  const { location, etag: version } = headers;
  return { method, bulkId, location, version, status: String(status), response: status >= 300 ? body : undefined };
}

function responseOf(operations: readonly BulkOperation[], results: ReadonlyMap<BulkOperation, object>): object {
  return { schemas: [BULK_RESPONSE_URN], Operations: operations.flatMap((operation) => results.get(operation) ?? []) };
}

function unresolved(behaviour: ScimBehaviour): Answer {
  return scimErrorAnswer(behaviour, new ScimRefusal(409, 'The operation refers to a bulkId that was not created.'));
}

const reference = /bulkId:([\w.-]+)/g;

/** The bulkIds an operation names, in its path and in its data. */
function wantedBulkIds({ path, data }: BulkOperation): string[] {
  const text = `${path} ${JSON.stringify(data ?? null)}`;
  return [...text.matchAll(reference)].map(([, id = '']) => id);
}

function replaceBulkIds(operation: BulkOperation, ids: ReadonlyMap<string, string>): BulkOperation {
  const replaced = (text: string) => text.replace(reference, (whole, id: string) => ids.get(id) ?? whole);
  const path = replaced(operation.path);
  if (operation.data === undefined) return { ...operation, path };
  // Ids hold nothing that JSON would have to escape: they come from a URL.
  return { ...operation, path, data: JSON.parse(replaced(JSON.stringify(operation.data))) };
}
