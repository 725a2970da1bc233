import { startTimer } from '../../internal/abort.js';
import type { Clock } from '../../internal/clock.js';
import type { AuditLogCheckpoint } from '../checkpoint.js';
import type { EventRecord, FileCursor } from './file-cursor.js';
import type { HandOver } from './hand-over.js';
import type { EventSlice } from './order.js';

/** How far batches are filled. */
export interface FillLimits {
  /** At most so many events in a batch. */
  readonly size: number;
  /** No event waits longer than this for others to fill its batch. */
  readonly maxWaitMs: number;
}

/** Takes up events until they are a batch. */
export interface BatchBuilder<Batch extends object> {
  /** How many events it holds. */
  readonly count: number;
  /** Takes up an event which the cursor has just delivered. */
  add(event: EventRecord, cursor: FileCursor): void;
  /** Hands over what it holds, and begins anew. */
  take(): Batch;
}

/** A batch, and what to write down once it is done with. */
export interface FilledBatch<Batch extends object> {
  readonly batch: Batch;
  readonly write: () => AuditLogCheckpoint;
}

/**
 * Batches that fill across files: full ones, and what there is when its time is up, at the end, and before a failure, which
 * is thrown then.
 */
export async function* fillBatches<Batch extends object>(
  handOver: HandOver,
  slices: AsyncGenerator<EventSlice, void, undefined>,
  { size, patience }: { readonly size: number; readonly patience: Patience },
  builder: BatchBuilder<Batch>,
): AsyncGenerator<FilledBatch<Batch>, void, undefined> {
  // Asked for still, while a batch is handed out whose time was up.
  let asked: Promise<IteratorResult<EventSlice, void>> | undefined;
  const ask = async (): Promise<Came> => {
    try {
      asked ??= slices.next();
      // First the time: where files come one after the other without a wait, it would never be up.
      const answer = await (builder.count === 0 ? asked : Promise.race([patience.end(), asked]));
      if (answer === undefined) return {};
      asked = undefined;
      return answer.done ? { isEnd: true } : { slice: answer.value };
    } catch (error) {
      return { failure: { error } };
    }
  };
  /** What is left of the slice once the batch is full. */
  const takeUp = (slice: EventSlice): Came => {
    try {
      while (builder.count < size) {
        const event = slice.next();
        if (event === undefined) return {};
        if (builder.count === 0) handOver.hold();
        builder.add(event, slice.cursor);
      }
      return { slice };
    } catch (error) {
      return { failure: { error } };
    }
  };

  try {
    for (;;) {
      if (builder.count === 0) for (let told = handOver.goOn(); told !== undefined; told = handOver.goOn()) await told;
      const came = await ask();
      let { slice, failure } = came;
      do {
        if (slice !== undefined) ({ slice, failure } = takeUp(slice));
        const isDue = builder.count === size || came.slice === undefined || failure !== undefined;
        // What an abort leaves in hand counts for nothing.
        if (builder.count === 0 || !isDue || (failure !== undefined && handOver.isAborted)) continue;
        patience.stop();
        await handOver.settled();
        yield { batch: builder.take(), write: handOver.giveBatch() };
        for (let told = handOver.goOn(); told !== undefined; told = handOver.goOn()) await told;
      } while (slice !== undefined);
      if (failure !== undefined) throw failure.error;
      if (came.isEnd) return;
    }
  } finally {
    patience.stop();
  }
}

/** What came of asking for more: nothing of it where the time of a batch was up. */
interface Came {
  readonly slice?: EventSlice;
  readonly failure?: { readonly error: unknown };
  readonly isEnd?: true;
}

/** How long the first event of a batch has waited for others, as far as anything is waited for. */
export class Patience {
  readonly #clock: Clock;
  readonly #ms: number;
  #isLost = false;
  #end: Promise<undefined> | undefined;
  #lose: () => void = () => {};
  #stopTimer: (() => void) | undefined;

  constructor(clock: Clock, ms: number) {
    this.#clock = clock;
    this.#ms = ms;
  }

  /** Resolves when the time is up that began with the first call. */
  end(): Promise<undefined> {
    this.#end ??= new Promise((resolve) => {
      const end = () => resolve(undefined);
      this.#lose = end;
      if (this.#isLost) return end();
      // A time limit: a clock that skips waits would leave every batch as its first file left it.
      this.#stopTimer = this.#clock.setTimer ? this.#clock.setTimer(this.#ms, end) : startTimer(this.#ms, end);
    });
    return this.#end;
  }

  /** The time is up, and stays so. */
  lose(): void {
    this.#isLost = true;
    this.#lose();
  }

  stop(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
    this.#end = undefined;
  }
}
