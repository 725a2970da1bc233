import { isRecord } from '../../internal/json.js';
import { BULK_REQUEST_URN, BULK_RESPONSE_URN } from '../../scim/schemas/urns.js';
import type { Answer } from '../core/answer.js';
import { decodeSegment } from '../core/decode-segment.js';
import type { ScimBehaviour } from './behaviour.js';
import { replaceBulkIds, wantedBulkIds } from './bulk-ids.js';
import { checkMessageSchema } from './request-body.js';
import { type BulkOperation, bulkRequestSchema } from './request-schemas.js';
import type { ResourceData } from './resource-table.js';
import { scimErrorAnswer } from './scim-answer.js';
import { ScimRefusal } from './scim-refusal.js';

/** Carries out one operation as a request of its own. */
export type RunOperation = (operation: BulkOperation) => Answer;

/** Carries out a bulk request (RFC 7644 §3.7): an operation waits for those whose new ids it names. */
export function runBulk(body: ResourceData, behaviour: ScimBehaviour, run: RunOperation): object {
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

/** The id of the resource an answer is about, whichever way it says so. */
function idIn({ headers, body }: Answer): string | undefined {
  const segment = (headers.location ?? '').split('/').at(-1);
  if (segment !== undefined && segment !== '') return decodeSegment(segment);
  const { id } = isRecord(body) ? body : {};
  return typeof id === 'string' ? id : undefined;
}

function readBulk(body: ResourceData, behaviour: ScimBehaviour) {
  checkMessageSchema(body, BULK_REQUEST_URN);
  const request = bulkRequestSchema.safeParse(body);
  if (!request.success) throw new ScimRefusal(400, 'invalidSyntax', 'The bulk request is not well formed.');
  const { Operations: operations, failOnErrors } = request.data;
  if (operations.length > behaviour.bulkMaxOperations) {
    throw new ScimRefusal(
      413,
      undefined,
      `At most ${behaviour.bulkMaxOperations} operations can stand in one request.`,
    );
  }
  const names = operations.flatMap(({ bulkId }) => bulkId ?? []);
  if (new Set(names).size !== names.length) throw new ScimRefusal(400, 'invalidSyntax', 'A bulkId is used twice.');
  return { operations, failOnErrors };
}

function resultOf({ method, bulkId }: BulkOperation, answer: Answer): object {
  const { location, etag } = answer.headers;
  return {
    method,
    ...(bulkId === undefined ? {} : { bulkId }),
    ...(location === undefined ? {} : { location }),
    ...(etag === undefined ? {} : { version: etag }),
    status: String(answer.status),
    ...(answer.status >= 300 ? { response: answer.body } : {}),
  };
}

function responseOf(operations: readonly BulkOperation[], results: ReadonlyMap<BulkOperation, object>): object {
  return { schemas: [BULK_RESPONSE_URN], Operations: operations.flatMap((operation) => results.get(operation) ?? []) };
}

function unresolved(behaviour: ScimBehaviour): Answer {
  return scimErrorAnswer(
    behaviour,
    new ScimRefusal(409, undefined, 'A bulkId that the operation names has no resource.'),
  );
}
