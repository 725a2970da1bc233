import { yieldToEventLoop } from '../../internal/clock.js';
import { compareDateTimes } from '../../internal/dates.js';
import type { EventRecord, FileCursor } from './file-cursor.js';

/**
 * Some events in a row from one file, which are read without a wait. Not many, since nothing else has a chance meanwhile
 * (no timer, no download, not even the caller's signal), and since the garbage collector then keeps less.
 */
export interface EventSlice {
  readonly cursor: FileCursor;
  /** The next event; `undefined` at the end of the slice. */
  next(): EventRecord | undefined;
}

/** The files of one partition, opened in order. Asking for the next one says that the last is done with. */
export type OpenFiles = AsyncGenerator<FileCursor, void, undefined>;

/** File after file, from whichever partition has one ready: a slow partition does not hold up the others. */
export async function* inFileOrder(
  partitions: readonly OpenFiles[],
  longest: number,
): AsyncGenerator<EventSlice, void, undefined> {
  const waiting = new Map<OpenFiles, Promise<{ partition: OpenFiles; next: IteratorResult<FileCursor, void> }>>();
  const ask = (partition: OpenFiles) => {
    const asked = partition.next().then((next) => ({ partition, next }));
    asked.catch(() => {});
    waiting.set(partition, asked);
  };
  for (const partition of partitions) ask(partition);
  while (waiting.size > 0) {
    const { partition, next } = await Promise.race(waiting.values());
    // Asked for again, it stands behind the others: partitions that are ready take turns.
    waiting.delete(partition);
    if (next.done) continue;
    for (;;) {
      yield new FileSlice(next.value, longest);
      if (next.value.isDone) break;
      await yieldToEventLoop();
    }
    ask(partition);
  }
}

/** Merged by the timestamps of the events: from the partition whose next event is the earliest, as long as it is. */
export async function* inTimeOrder(
  partitions: readonly OpenFiles[],
  longest: number,
): AsyncGenerator<EventSlice, void, undefined> {
  let sinceRest = 0;
  let heads = (await Promise.all(partitions.map(openNext))).filter((head) => head !== undefined);
  while (heads.length > 0) {
    const [first, second] = heads.toSorted((one, other) =>
      compareDateTimes(one.cursor.timestamp, other.cursor.timestamp),
    );
    if (first === undefined) return;
    const slice = new TimeSlice(first.cursor, second?.cursor, longest);
    yield slice;
    // Partitions that take turns with each other have short slices: what counts is how long nothing else had a chance.
    sinceRest += slice.taken;
    if (sinceRest >= longest) {
      sinceRest = 0;
      await yieldToEventLoop();
    }
    if (!slice.isAtEnd) continue;
    const opened = await openNext(first.partition);
    heads = heads.flatMap((head) => (head !== first ? [head] : opened !== undefined ? [opened] : []));
  }
}

/** The next file of a partition with a record in it, at its first record. */
async function openNext(partition: OpenFiles) {
  for (;;) {
    const { done, value: cursor } = await partition.next();
    if (done) return undefined;
    if (cursor.advance()) return { partition, cursor };
  }
}

/** What is left of a file, at most so many events of it. */
class FileSlice implements EventSlice {
  readonly cursor: FileCursor;
  readonly #longest: number;
  #taken = 0;

  constructor(cursor: FileCursor, longest: number) {
    this.cursor = cursor;
    this.#longest = longest;
  }

  next(): EventRecord | undefined {
    while (this.#taken < this.#longest && this.cursor.advance()) {
      this.#taken += 1;
      const event = this.cursor.deliver();
      if (event !== undefined) return event;
    }
    return undefined;
  }
}

/** The events of a file that come before the next one of another partition, at most so many. */
class TimeSlice implements EventSlice {
  readonly cursor: FileCursor;
  readonly #other: FileCursor | undefined;
  readonly #longest: number;
  #isDelivered = false;
  taken = 0;
  isAtEnd = false;

  constructor(cursor: FileCursor, other: FileCursor | undefined, longest: number) {
    this.cursor = cursor;
    this.#other = other;
    this.#longest = longest;
  }

  next(): EventRecord | undefined {
    for (;;) {
      // Not before the next event is asked for: what is told of the end of a file may throw, with an event in hand.
      if (this.#isDelivered) this.isAtEnd = !this.cursor.advance();
      this.#isDelivered = false;
      if (this.isAtEnd || this.taken === this.#longest || this.#isLate()) return undefined;
      const event = this.cursor.deliver();
      this.#isDelivered = true;
      this.taken += 1;
      if (event !== undefined) return event;
    }
  }

  #isLate(): boolean {
    return this.#other !== undefined && compareDateTimes(this.cursor.timestamp, this.#other.timestamp) > 0;
  }
}
