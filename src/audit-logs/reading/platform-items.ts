import { instantOf } from '../../internal/dates.js';
import { timeOfSeconds } from '../events/event-identity.js';
import type { LogFile } from '../files/log-file.js';
import { type AskForEvents, type PlacedRow, PlatformWindows } from '../platform/windows.js';
import { type CompletedFile, hashFileId } from './completed-files.js';
import { isInFuture, moveOn } from './overlap.js';
import type { Partition } from './partition.js';
import { isOutage, type PartitionPlan } from './partition-items.js';

/** A stretch of the log as it is delivered: what a log file is to the other feed. It is on hand as soon as it is listed. */
export interface WindowItem {
  /** Named after its first event. */
  readonly file: LogFile;
  /** A line an event, oldest first. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** The events on these lines. */
  readonly events: readonly CompletedFile[];
  /** By what each is told from all others. */
  readonly ids: readonly string[];
}

interface PlatformPlan
  extends Pick<
    PartitionPlan,
    'route' | 'before' | 'now' | 'waitForMore' | 'onOutage' | 'onFailure' | 'onRecovery' | 'onAnswer'
  > {
  readonly ask: AskForEvents;
  /** Told of a list that is not newest first. */
  readonly onDisorder: () => void;
}

/**
 * The events of a partition that were not delivered yet, oldest first, and the news that the list was read to its end. Each is told
 * by its id and time, as far back as the list is read again: so it does not matter where a run ends, nor what moves in the list.
 */
export async function* platformItems(
  partition: Partition,
  plan: PlatformPlan,
): AsyncGenerator<WindowItem | { readonly caughtUpAt: string }, void, undefined> {
  const { before, route } = plan;
  let isTold = false;
  const onDisorder = () => {
    if (!isTold) plan.onDisorder();
    isTold = true;
  };
  const to = before === undefined ? Number.POSITIVE_INFINITY : secondOf(before, true);
  // Read before anything is delivered: delivering moves the partition while this lists ahead of it.
  let { after, completedFiles: listed } = partition;
  let known = new Set(listed.map(keyOf));
  /** Where this look at the list begins; the next one at `after`. */
  let start = partition.listFrom ?? after;
  let mayBeWrong = !partition.isAfterOfFile && (plan.waitForMore !== undefined || partition.caughtUpAt !== undefined);
  let from = secondOf(start);
  for (;;) {
    let askedAt = plan.now();
    const ask: AskForEvents = async (range) => {
      const page = await plan.ask(range);
      plan.onAnswer?.();
      // The first answer tells how far ahead the clock of the machine was.
      const now = plan.now();
      if (instantOf(now) < instantOf(askedAt)) askedAt = now;
      return page;
    };
    const windows = new PlatformWindows({ ask, route, from, to, onDisorder });
    try {
      for await (const rows of windows.read()) {
        const fresh = rows.map(listedRow).filter((row) => !known.has(row.key) && known.add(row.key));
        if (fresh.length > 0) yield windowOf(partition.eventType, fresh);
        // What the list may show again, and no more: a log of many years would fill the memory.
        const events = [...listed, ...fresh.map(({ event }) => event)];
        ({ after, completedFiles: listed } = moveOn(after, events, partition.overlapMs, plan.now()));
        known = new Set(listed.map(keyOf));
      }
    } catch (error) {
      if (plan.waitForMore === undefined) throw error;
      if (isOutage(error)) plan.onOutage?.(error);
      else if (!plan.onFailure?.(error)) throw error;
      from = windows.readTo;
      await plan.waitForMore();
      continue;
    }
    // What time it is, the answers have told: where the list was taken up in the future, it has not been read. As with files, once,
    // and not where an event that was listed says it. Where a checkpoint stands between two looks, it knows where both begin.
    if (isInFuture(start, plan.now()) && (start !== after || mayBeWrong)) {
      if (start === after) {
        mayBeWrong = false;
        partition.mendAfter(plan.now());
        ({ after } = partition);
      }
      start = after;
      from = secondOf(start);
      continue;
    }
    mayBeWrong = false;
    plan.onRecovery?.();
    yield { caughtUpAt: before !== undefined && instantOf(before) < instantOf(askedAt) ? before : askedAt };
    if (plan.waitForMore === undefined) return;
    start = after;
    from = secondOf(start);
    await plan.waitForMore();
  }
}

const nanosecondsPerSecond = 1_000_000_000n;

/** The second of a time, or the next one. */
function secondOf(time: string, isEnd = false): number {
  return Number((instantOf(time) + (isEnd ? nanosecondsPerSecond - 1n : 0n)) / nanosecondsPerSecond);
}

interface ListedRow {
  readonly row: PlacedRow;
  readonly event: CompletedFile;
  readonly key: string;
}

function listedRow(row: PlacedRow): ListedRow {
  const event = { hash: hashFileId(row.id), endTime: timeOfSeconds(row.second) ?? '' };
  return { row, event, key: keyOf(event) };
}

function keyOf({ hash, endTime }: CompletedFile): string {
  return `${hash} ${endTime}`;
}

const newline = 0x0a;
const space = 0x20;

function windowOf(eventType: string, listed: readonly ListedRow[]): WindowItem {
  const bytes = new Uint8Array(listed.reduce((length, { row }) => length + row.bytes.length + 1, 0));
  let at = 0;
  for (const { row } of listed) {
    bytes.set(row.bytes, at);
    const end = at + row.bytes.length;
    // JSON has line breaks between values only, where a space is the same.
    for (let place = bytes.indexOf(newline, at); place !== -1 && place < end; place = bytes.indexOf(newline, place)) {
      bytes[place] = space;
    }
    bytes[end] = newline;
    at = end + 1;
  }
  const events = listed.map(({ event }) => event);
  const ids = listed.map(({ row }) => row.id);
  const [id = '', last] = [ids[0], events.at(-1)?.endTime ?? ''];
  // What a service calls an event may be no name.
  const name = /^[\w.:-]+$/.test(id) ? id : `id-${hashFileId(id)}`;
  return { file: { id: name, event_type: eventType, end_time: last, file_size: bytes.length }, bytes, events, ids };
}
