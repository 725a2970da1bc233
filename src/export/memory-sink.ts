import { checkOptions } from '../errors/check-options.js';
import { type Clock, systemClock } from '../internal/clock.js';
import { msOf, readInstant } from '../internal/dates.js';
import { parseJson } from '../internal/json-limits.js';
import type { EventRow } from './event-row.js';
import {
  checkLease,
  checkpointText,
  checkRows,
  hasExpired,
  type LogSink,
  leaseLost,
  readErasedUser,
  readPruneTime,
  type SinkLease,
} from './sink.js';

/** A sink in memory, for tests: what is in it ends with the program. */
export interface MemorySink extends LogSink {
  /** The events, in the order in which they were written: what was erased is not among them. */
  readonly events: readonly Omit<EventRow, 'bytes'>[];
}

/**
 * Keeps events in memory, under the rules of every sink: unique by `event_id`, written under a lease, events and checkpoint
 * together. For tests of your own.
 *
 * @example
 * ```ts
 * import { memorySink } from 'chatgpt-enterprise-sdk/export';
 *
 * const sink = memorySink();
 * console.log(sink.events.length);
 * ```
 */
export function memorySink(options: { readonly clock?: Clock | undefined } = {}): MemorySink {
  const { clock = systemClock } = checkOptions('memorySink()', options, { clock: true });
  const events = new Map<string, StoredEvent>();
  const keys = new Map<string, KeyState>();
  let prunedBeforeMs = Number.NEGATIVE_INFINITY;

  const inForce = (key: string, fence: number): KeyState => {
    const state = keys.get(key);
    if (state?.fence === fence) return state;
    throw leaseLost(key);
  };

  const open = (key: string, fence: number, ttlMs: number): SinkLease => ({
    key,
    fence,
    async checkpoint() {
      const text = inForce(key, fence).checkpoint;
      return text === undefined ? undefined : parseJson(text);
    },
    async write(rows, checkpoint) {
      const state = inForce(key, fence);
      checkRows(rows);
      const text = checkpointText(checkpoint);
      const writtenAtMs = clock.now();
      // All are read before one is kept: a row that cannot be read leaves nothing behind.
      const news = new Map<string, StoredEvent>();
      for (const row of rows) {
        const stored = { row: copyOf(row), writtenAtMs };
        const isKnown = events.has(row.eventId) || news.has(row.eventId);
        if (!isKnown && happenedAtMs(stored) >= prunedBeforeMs) news.set(row.eventId, stored);
      }
      for (const [id, stored] of news) events.set(id, stored);
      Object.assign(state, { checkpoint: text, expiresAtMs: writtenAtMs + ttlMs });
      return { added: news.size };
    },
    async renew() {
      inForce(key, fence).expiresAtMs = clock.now() + ttlMs;
    },
    async release() {
      const state = keys.get(key);
      // With another fence, it is nobody's.
      if (state?.fence === fence) Object.assign(state, { fence: fence + 1, expiresAtMs: Number.NEGATIVE_INFINITY });
    },
  });

  return {
    isUniqueByEventId: true,
    get events() {
      return [...events.values()].flatMap(({ row }) => (row === undefined ? [] : [row]));
    },
    async lease(key, ttlMs) {
      checkLease(key, ttlMs);
      const { fence = 0, checkpoint, ...time } = keys.get(key) ?? noLease;
      if (!hasExpired(time, clock.now())) return undefined;
      keys.set(key, { fence: fence + 1, checkpoint, expiresAtMs: clock.now() + ttlMs, ttlMs });
      return open(key, fence + 1, ttlMs);
    },
    async erase(person) {
      const userId = readErasedUser(checkOptions('erase()', person, { userId: true }).userId);
      const theirs = [...events].filter(([, { row }]) => row?.userId === userId);
      for (const [id, stored] of theirs) events.set(id, { ...stored, row: undefined });
      return { erased: theirs.length };
    },
    async prune(range) {
      const beforeMs = readPruneTime(checkOptions('prune()', range, { before: true }).before, clock.now());
      prunedBeforeMs = Math.max(prunedBeforeMs, beforeMs);
      const old = [...events].filter(([, stored]) => happenedAtMs(stored) < beforeMs);
      for (const [id] of old) events.delete(id);
      return { removed: old.length };
    },
  };
}

interface StoredEvent {
  /** Absent once it is erased. */
  readonly row: Omit<EventRow, 'bytes'> | undefined;
  readonly writtenAtMs: number;
}

interface KeyState {
  fence: number;
  checkpoint: string | undefined;
  expiresAtMs: number;
  readonly ttlMs: number;
}

const noLease: KeyState = { fence: 0, checkpoint: undefined, expiresAtMs: Number.NEGATIVE_INFINITY, ttlMs: 0 };

function copyOf(row: EventRow): Omit<EventRow, 'bytes'> {
  const { eventId, eventType, timestamp, principal, userId, action, fileId, line, raw } = row;
  return { eventId, eventType, timestamp, principal, userId, action, fileId, line, raw };
}

function happenedAtMs({ row, writtenAtMs }: StoredEvent): number {
  const instant = row?.timestamp === undefined ? undefined : readInstant(row.timestamp);
  return instant === undefined ? writtenAtMs : msOf(instant);
}
