import { compareDateTimes } from '../../internal/dates.js';
import type { EventRecord, FileCursor } from './file-cursor.js';

/**
 * Some events in a row from one file. Reading them takes no wait: the file is there.
 *
 * A turn is not long, since nothing else has a chance meanwhile: no timer, no other download, not even the caller's
 * signal. And the garbage collector, which marks what is in use beside the reading, keeps less that is not.
 */
export interface EventSlice {
  readonly cursor: FileCursor;
  /** The next event; `undefined` at the end of the turn. */
  next(): EventRecord | undefined;
}

/** The files of one lane, opened in order. Asking for the next one says that the last is done with. */
export type OpenFiles = AsyncGenerator<FileCursor, void, undefined>;

/** File after file, from whichever lane has one ready: a slow lane does not hold up the others. */
export async function* inFileOrder(
  lanes: readonly OpenFiles[],
  longest: number,
): AsyncGenerator<EventSlice, void, undefined> {
  const waiting = new Map<OpenFiles, Promise<{ lane: OpenFiles; next: IteratorResult<FileCursor, void> }>>();
  const ask = (lane: OpenFiles) => {
    const asked = lane.next().then((next) => ({ lane, next }));
    asked.catch(() => {});
    waiting.set(lane, asked);
  };
  for (const lane of lanes) ask(lane);
  while (waiting.size > 0) {
    const { lane, next } = await Promise.race(waiting.values());
    // Asked for again, it stands behind the others: lanes that are ready take turns.
    waiting.delete(lane);
    if (next.done) continue;
    for (;;) {
      yield restOfFile(next.value, longest);
      if (next.value.isDone) break;
      await yieldToEventLoop();
    }
    ask(lane);
  }
}

/** Merged by the timestamps of the events: from the lane whose next event is the earliest, as long as it is. */
export async function* inTimeOrder(
  lanes: readonly OpenFiles[],
  longest: number,
): AsyncGenerator<EventSlice, void, undefined> {
  const openNext = async (lane: OpenFiles) => {
    for (;;) {
      const next = await lane.next();
      if (next.done) return undefined;
      if (next.value.advance()) return { lane, cursor: next.value };
    }
  };
  let sinceRest = 0;
  let heads = (await Promise.all(lanes.map(openNext))).filter((head) => head !== undefined);
  while (heads.length > 0) {
    const [first, second] = heads.toSorted((one, other) =>
      compareDateTimes(one.cursor.timestamp, other.cursor.timestamp),
    );
    if (first === undefined) return;
    let isDelivered = false;
    let atEnd = false;
    let taken = 0;
    const next = () => {
      for (;;) {
        // Not before the next event is asked for: what is told of the end of a file may throw, with an event in hand.
        if (isDelivered) atEnd = !first.cursor.advance();
        isDelivered = false;
        const isLate =
          second !== undefined && !atEnd && compareDateTimes(first.cursor.timestamp, second.cursor.timestamp) > 0;
        if (atEnd || isLate || taken === longest) return undefined;
        const event = first.cursor.deliver();
        isDelivered = true;
        taken += 1;
        if (event !== undefined) return event;
      }
    };
    yield { cursor: first.cursor, next };
    // Lanes that take turns with each other have short ones: what counts is how long nothing else had a chance.
    sinceRest += taken;
    if (sinceRest >= longest) {
      sinceRest = 0;
      await yieldToEventLoop();
    }
    if (!atEnd) continue;
    const opened = await openNext(first.lane);
    heads = heads.flatMap((head) => (head !== first ? [head] : opened !== undefined ? [opened] : []));
  }
}

function restOfFile(cursor: FileCursor, longest: number): EventSlice {
  let taken = 0;
  return {
    cursor,
    next: () => {
      while (taken < longest && cursor.advance()) {
        taken += 1;
        const event = cursor.deliver();
        if (event !== undefined) return event;
      }
      return undefined;
    },
  };
}

/** Lets timers and the network have their turn, which a loop of promises that are already resolved never does. */
export function yieldToEventLoop(): Promise<void> {
  const { setImmediate } = globalThis as { readonly setImmediate?: (run: () => void) => unknown };
  // A timer takes a millisecond at least.
  return new Promise((resolve) => (setImmediate === undefined ? setTimeout(resolve, 0) : setImmediate(resolve)));
}
