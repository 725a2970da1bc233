import { checkChoice, checkObject, checkOptions, checkText } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { type Clock, systemClock } from '../internal/clock.js';
import { told, toldLease } from './byte-lease.js';
import { joined } from './event-lines.js';
import { dayOf, isNameOfPlatform } from './event-place.js';
import { gunzipped, gzipped } from './gzip.js';
import { contentTypeOf, nothingFor, ObjectLease, type ObjectPlace } from './object-lease.js';
import type { ObjectStore } from './object-store.js';
import { checkLease, type LogSink, readErasedUser, readPruneTime } from './sink.js';
import { type KeepsLine, keptLines, linesFrom, linesNotBy } from './stored-lines.js';

export interface ObjectSinkOptions {
  /** What every key begins with, such as `'audit-logs/'`. @default '' */
  readonly prefix?: string | undefined;
  /** `'gzip'`: each object is a gzip file, its key ends in `.ndjson.gz`. @default not compressed */
  readonly compress?: 'gzip' | undefined;
  readonly clock?: Clock | undefined;
}

/**
 * Audit logs as objects in a store such as S3, Google Cloud Storage, Azure Blob Storage or R2, a line an event, byte by byte as
 * the service wrote it. Each batch makes an object a type and day, of which nothing is appended to and nothing is written
 * twice: `data/<workspace id>/AUTH_LOG/2026-11-30/<number>-<log file>.<first line>-<last line>.ndjson`, with the number of the
 * batch. All objects below `data/` together hold every event once, whatever crashed; in the place of one that a crash has
 * left, the next start puts an empty object. While a batch is written, its objects are there a moment before they count.
 *
 * The checkpoint, the lease and the names of objects that are being written stand in `state/<workspace id>.json`, which is
 * replaced only where it is as it was read: so whoever lost the lease is refused by the store. Requests: of a batch one for
 * each object and two for the state; of a lease two to take it, one to renew it, one to give it back.
 *
 * Give batches of many events: small objects are dear, and slow to read. `erase` and `prune` read the objects through and
 * replace, or remove, what they change; they need no lease.
 *
 * @throws InputError for functions that are missing and unknown options; from `erase` without `list`, from `prune` without
 * `list` and `remove`. From its methods ExportError: `store_failed` (with `storeCode`, where the store gave one),
 * `store_damaged`, `unknown_schema`, `lease_lost`.
 * @example
 * ```ts
 * import { objectSink } from 'chatgpt-enterprise-sdk/export';
 *
 * type Found = { ETag?: string; Body?: { transformToByteArray(): Promise<Uint8Array> } };
 * // `new S3({ … })` of @aws-sdk/client-s3.
 * declare const s3: { putObject(input: object): Promise<Found>; getObject(input: object): Promise<Found> };
 * const Bucket = 'acme-audit-logs';
 * const unless = (...statuses: number[]) => (error: { $metadata?: { httpStatusCode?: number } }) => {
 *   if (!statuses.includes(error.$metadata?.httpStatusCode ?? 0)) throw error;
 *   return undefined;
 * };
 * const sink = objectSink({
 *   put: (Key, Body, { ifMatch: IfMatch, ifNoneMatch: IfNoneMatch, contentType: ContentType }) =>
 *     s3.putObject({ Bucket, Key, Body, ContentType, IfMatch, IfNoneMatch })
 *       .then(({ ETag = '' }) => ({ etag: ETag }), unless(409, 412)),
 *   get: (Key) =>
 *     s3.getObject({ Bucket, Key })
 *       .then(async ({ ETag = '', Body }) => Body && { etag: ETag, body: await Body.transformToByteArray() }, unless(404)),
 * });
 * console.log(sink.isUniqueByEventId);
 * ```
 */
export function objectSink(store: ObjectStore, options: ObjectSinkOptions = {}): LogSink {
  const own = readStore(store);
  const given = checkOptions('objectSink()', options, { prefix: true, compress: true, clock: true });
  const { prefix = '', compress, clock = systemClock } = given;
  checkText('prefix', prefix);
  checkChoice('compress', compress, ['gzip', undefined]);
  const place: ObjectPlace = { store: own, prefix, compress, clock };
  return {
    isUniqueByEventId: false,
    lease: async (key, ttlMs) => {
      checkLease(key, ttlMs);
      const lease = await told('Taking the lease in the store', () => ObjectLease.take(place, key, ttlMs));
      return lease && toldLease(lease, 'the store');
    },
    async erase(person) {
      const keeps = linesNotBy(readErasedUser(checkOptions('erase()', person, { userId: true }).userId));
      const list = needed(own, 'erase', 'list');
      return { erased: await told('Erasing in the store', () => removeLines(place, list, () => keeps)) };
    },
    async prune(range) {
      const beforeMs = readPruneTime(checkOptions('prune()', range, { before: true }).before, clock.now());
      needed(own, 'prune', 'remove');
      const list = needed(own, 'prune', 'list');
      const keepsOf = (key: string) => keptOf(key.slice(`${prefix}data/`.length), beforeMs);
      return {
        removed: await told('Pruning the store', () => removeLines(place, list, keepsOf)),
      };
    },
  };
}

function readStore(given: ObjectStore): ObjectStore {
  checkObject('store', given);
  const { put, get, list, remove } = checkOptions('objectSink()', given, {
    put: true,
    get: true,
    list: true,
    remove: true,
  });
  checkChoice('put', put, [], true);
  checkChoice('get', get, [], true);
  checkChoice('list', list, [undefined], true);
  checkChoice('remove', remove, [undefined], true);
  return { put, get, ...(list && { list }), ...(remove && { remove }) };
}

/** @throws InputError */
function needed<Name extends 'list' | 'remove'>(
  store: ObjectStore,
  of: string,
  name: Name,
): NonNullable<ObjectStore[Name]> {
  const given = store[name];
  if (given !== undefined) return given;
  throw new InputError(`\`${of}\` needs the function \`${name}\` of the store.`, {
    path: [name],
    remedy: `Give \`${name}\` to objectSink() beside \`put\` and \`get\`.`,
  });
}

/** Of objects whose keys say that nothing in them is so old, nothing is read. */
function keptOf(place: string, beforeMs: number): KeepsLine | undefined {
  const [, undated, day = ''] = /^(undated-)?(.*)$/.exec(place.split('/').at(-2) ?? '') ?? [];
  const lastDay = dayOf(beforeMs);
  if (undated === undefined ? day > lastDay : day >= lastDay) return undefined;
  return linesFrom(beforeMs, undated === undefined, isNameOfPlatform(place));
}

/** How many lines went. */
async function removeLines(
  place: ObjectPlace,
  list: NonNullable<ObjectStore['list']>,
  keepsOf: (key: string) => KeepsLine | undefined,
): Promise<number> {
  let removed = 0;
  for await (const key of list(`${place.prefix}data/`)) {
    const keeps = /\.ndjson(\.gz)?$/.test(key) ? keepsOf(key) : undefined;
    if (keeps !== undefined) removed += await removeFrom(place, key, keeps);
  }
  return removed;
}

async function removeFrom({ store }: ObjectPlace, key: string, keeps: KeepsLine): Promise<number> {
  for (;;) {
    const found = await store.get(key);
    if (found === undefined) return 0;
    const isGzip = key.endsWith('.gz');
    const body = new Uint8Array(found.body);
    const counts = { kept: 0, removed: 0 };
    const kept: Uint8Array[] = [];
    for await (const run of keptLines([isGzip ? await gunzipped(body) : body], keeps, counts))
      kept.push(new Uint8Array(run));
    if (counts.removed === 0) return 0;
    if (counts.kept === 0 && store.remove !== undefined) {
      await store.remove(key);
      return counts.removed;
    }
    const rest = counts.kept === 0 ? await nothingFor(key) : isGzip ? await gzipped(joined(kept)) : joined(kept);
    // Somebody else may erase another person at this moment.
    if (await store.put(key, rest, { ifMatch: found.etag, contentType: contentTypeOf(key) })) return counts.removed;
  }
}
