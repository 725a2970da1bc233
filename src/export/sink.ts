import type { AuditLogCheckpoint } from '../audit-logs/checkpoint.js';
import { checkList, checkNumber, checkObject, checkText, jsonTextOf, read } from '../errors/check-options.js';
import { ExportError } from '../errors/export-error.js';
import { InputError } from '../errors/input-errors.js';
import { msOf, readInstant } from '../internal/dates.js';
import { isRecord } from '../internal/json.js';
import { parseJson } from '../internal/json-limits.js';
import type { EventRow } from './event-row.js';

/**
 * Where events end, together with the checkpoint that says how far they go. `sqliteSink`, `postgresSink`, `ndjsonSink` and
 * `objectSink` are such; a store of your own is an object with these members.
 *
 * Only who holds the lease of a key can write under it, and the store itself refuses one that has lost it: so two processes
 * never write the same log, whatever their clocks say.
 */
export interface LogSink {
  /**
   * Whether the store keeps one row for each `event_id`, whoever writes it twice. The checkpoint then carries no ids and stays
   * below 2 KB for each event type; each file that was left out takes about 300 bytes more, of 100 at most.
   */
  readonly isUniqueByEventId: boolean;
  /**
   * Takes the lease of a key for `ttlMs` milliseconds. `undefined` while another holds it. One that has expired may be taken by
   * anybody; its former holder can write no more from that moment on. Where processes bring clocks of their own, one that ends
   * more than two times its `ttlMs` from now was written by a clock that is wrong, and has expired too.
   */
  lease(key: string, ttlMs: number): Promise<SinkLease | undefined>;
  /**
   * Removes what one person did from the store: `userId` is the `user-…` of `actor.user_id`, or of the one an agent acted for.
   * The store remembers that the events were there, so that they do not come back when a file is read again; a store that is not
   * unique by `event_id` relies on the checkpoint for that. Events of others that name the person stay.
   */
  erase(person: { readonly userId: string }): Promise<{ readonly erased: number }>;
  /**
   * Removes the events that happened before a time, a day ago or longer. Those without a time go by when they were written.
   *
   * A store that is unique by `event_id` takes no event that happened before that time from then on, whoever writes it: so what
   * was removed does not come back when a file is read again, and what is that old in a log that is added later stays out. Other
   * stores keep no such time: what was removed stays out by the checkpoint, as all that comes twice does, and a log that is added
   * later brings all that the service still has. In any store an event without a time comes back where its file is read again.
   */
  prune(range: { readonly before: Date | string }): Promise<{ readonly removed: number }>;
}

/** The right to write under one key of a sink, for a time. */
export interface SinkLease {
  readonly key: string;
  /** Higher than that of every lease of this key before. */
  readonly fence: number;
  /** What was written last under this key; `undefined` where nothing was. */
  checkpoint(): Promise<unknown>;
  /**
   * Writes events and checkpoint, both or neither, and begins the time of the lease anew. Tells how many of the events the store
   * did not have. Without events it writes the checkpoint alone.
   *
   * @throws ExportError `lease_lost` when another has taken the lease; then nothing was written.
   */
  write(rows: readonly EventRow[], checkpoint: AuditLogCheckpoint): Promise<{ readonly added: number }>;
  /** Begins the time of the lease anew. @throws ExportError `lease_lost` when another has taken it. */
  renew(): Promise<void>;
  /** Gives the lease back, so that another need not wait: nothing can be written under it any more. Of one that was lost, nothing. */
  release(): Promise<void>;
}

/** What `lease()` gave. @throws InputError where it is neither a lease nor `undefined` */
export function checkGivenLease(lease: unknown): asserts lease is SinkLease | undefined {
  const methods = ['checkpoint', 'write', 'renew', 'release'];
  if (lease === undefined || (isRecord(lease) && methods.every((name) => typeof lease[name] === 'function'))) return;
  throw new InputError('`lease()` of the sink gave something that is no lease.', {
    path: ['sink', 'lease'],
    remedy: `Let it resolve to an object with ${methods.join('(), ')}(); to \`undefined\` only while another holds the lease.`,
  });
}

/** What `write()` gave. @throws InputError where it does not tell how many of so many events it added */
export function checkWritten(written: unknown, rows: number): asserts written is { readonly added: number } {
  const added = isRecord(written) ? written.added : undefined;
  if (typeof added === 'number' && Number.isSafeInteger(added) && added >= 0 && added <= rows) return;
  throw new InputError('`write()` of the lease of the sink did not tell how many events it added.', {
    path: ['sink', 'write'],
    remedy: `Let it resolve to \`{ added }\`, the number of events that the store did not have: here from 0 to ${rows}.`,
  });
}

/** @throws InputError */
export function checkLease(key: unknown, ttlMs: number): void {
  checkText('key', key);
  if (checkNumber('ttlMs', ttlMs, 1, false) <= longestLeaseMs) return;
  throw new InputError('`ttlMs`, the `leaseMs` of exportLogs(), must be 365 days or less.', { path: ['ttlMs'] });
}

// Databases have no times without end.
const longestLeaseMs = 365 * 86_400_000;

/** What is known of when a lease ends, in milliseconds since the epoch. */
export interface LeaseTime {
  readonly expiresAtMs: number;
  readonly ttlMs: number;
}

/**
 * Whether anybody may take it. By twice its time, as the clocks of two machines are never quite the same; an end that is further
 * away would keep everybody out for as long as some clock was wrong.
 */
export function hasExpired({ expiresAtMs, ttlMs }: LeaseTime, nowMs: number): boolean {
  return expiresAtMs <= nowMs || expiresAtMs > nowMs + 2 * ttlMs;
}

/** @throws InputError */
export function checkRows(rows: unknown): asserts rows is readonly EventRow[] {
  const wrong = read('`rows`', () => {
    checkList('rows', rows);
    return rows.findIndex((row) => !isEventRow(row));
  });
  if (wrong === -1) return;
  throw new InputError(`\`rows[${wrong}]\` is no event as sinks take it.`, { path: ['rows', wrong] });
}

function isEventRow(row: unknown): boolean {
  if (!isRecord(row)) return false;
  const { eventId, eventType, timestamp, principal, userId, action, fileId, line, raw } = row;
  const isNamed = typeof eventId === 'string' && typeof eventType === 'string' && typeof fileId === 'string';
  const isWhole = isNamed && typeof raw === 'string' && isRecord(principal) && typeof principal.id === 'string';
  return isWhole && isOptional(timestamp) && isOptional(userId) && isOptional(action) && Number.isSafeInteger(line);
}

function isOptional(text: unknown): boolean {
  return text === undefined || typeof text === 'string';
}

/** What is kept of a checkpoint. @throws InputError */
export function checkpointText(checkpoint: AuditLogCheckpoint): string {
  checkObject('checkpoint', checkpoint);
  return jsonTextOf('checkpoint', checkpoint);
}

const dayMs = 86_400_000;

/**
 * The time of `prune`, in milliseconds since the epoch. A later one would remove what may be read again.
 *
 * @throws InputError
 */
export function readPruneTime(before: unknown, nowMs: number): number {
  const ms = read('`before`', () => {
    const text = before instanceof Date && !Number.isNaN(before.getTime()) ? before.toISOString() : before;
    const instant = typeof text === 'string' ? readInstant(text) : undefined;
    return instant === undefined ? undefined : msOf(instant);
  });
  if (ms !== undefined && ms <= nowMs - dayMs) return ms;
  throw new InputError('`before` must be a point in time, a day ago or longer.', {
    path: ['before'],
    remedy: 'Give a Date, or a string such as 2026-11-01T00:00:00Z.',
  });
}

// No id of a person looks like one, and nothing would be erased.
const address = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** @throws InputError */
export function readErasedUser(userId: unknown): string {
  if (typeof userId === 'string' && userId.trim() !== '' && !address.test(userId)) return userId;
  throw new InputError('`userId` must be the id of a person, as events have it.', {
    path: ['userId'],
    remedy: 'Give what stands in `actor.user_id`, such as user-AbC123. An e-mail address is no id.',
  });
}

export function leaseLost(key: string): ExportError {
  return new ExportError('lease_lost', `The lease of ${JSON.stringify(key)} is another's now. Nothing was written.`);
}

/** What stands in the store as a checkpoint. @throws ExportError `store_damaged` */
export function parseCheckpoint(stored: unknown): unknown {
  if (stored === null) return undefined;
  try {
    if (typeof stored === 'string') return parseJson(stored);
  } catch {
    // Said below, without the text.
  }
  throw new ExportError('store_damaged', 'The checkpoint in the store is not JSON: somebody has changed it.');
}
