import { tracedFromHere } from '../../errors/sdk-error.js';
import { leavable } from '../../transport/list.js';
import type { AuditLogPrincipal } from '../../transport/principal.js';
import type { AuditLogCheckpoint } from '../checkpoint.js';
import type { AuditLogFile } from '../files/log-file.js';
import type { AuditLogStats, EventRecord, FileCursor } from './file-cursor.js';
import { type BatchBuilder, type FillLimits, fillBatches, Patience } from './fill.js';
import { type Keep, LineBuilder, type LineStream } from './lines.js';
import type { EventSlice } from './order.js';
import { LogReader } from './reader.js';
import type { ReadingPlan } from './reading-plan.js';

/**
 * Events, asked for when they are iterated: nothing is requested before the first one is, and each `for await` begins
 * anew where the query says.
 */
export interface AuditLogEventStream<Event> extends AsyncIterable<Event> {
  /**
   * What has been delivered up to now, the event in hand included: take it when you are done with that event. It is about
   * the latest iteration, also after that has ended or failed. Where a buffer stands between the iteration and what writes
   * (`Readable.from`, `pipeline`), events that are in the buffer count as delivered: take `withCheckpoints()` there.
   */
  checkpoint(): AuditLogCheckpoint;
  /** What the latest iteration has done so far. */
  readonly stats: AuditLogStats;
  /**
   * The same events, each with a checkpoint of its own, which stays right however late it is looked at: for streams, queues
   * and whatever else takes more events before it is done with the last.
   *
   * @example
   * ```ts
   * import { Readable, Writable } from 'node:stream';
   * import { pipeline } from 'node:stream/promises';
   * import { AuditLogClient, createFileCheckpointStore } from 'chatgpt-enterprise-sdk/audit-logs';
   *
   * const client = new AuditLogClient({ apiKey: 'sk-admin-…', workspaceIds: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11' });
   * const store = createFileCheckpointStore('./checkpoints');
   * const events = client.events({ eventTypes: ['AUTH_LOG'], resumeFrom: await store.get('auth') });
   * const writer = new Writable({
   *   objectMode: true,
   *   write({ event, checkpoint }, _encoding, done) {
   *     console.log(event);
   *     store.set('auth', checkpoint).then(() => done(), done);
   *   },
   * });
   * await pipeline(Readable.from(events.withCheckpoints()), writer);
   * ```
   */
  withCheckpoints(): AsyncIterable<AuditLogEventWithCheckpoint<Event>>;
}

/** An event, and where to go on behind it. */
export interface AuditLogEventWithCheckpoint<Event> {
  readonly event: Event;
  /** What has been delivered up to and including this event. Written down when it is asked for. */
  readonly checkpoint: AuditLogCheckpoint;
}

/** Some events in a row from one file. */
export interface AuditLogBatch<Event> {
  /** At most `batchSize` of them, and at least one, in the order of the file. */
  readonly events: readonly Event[];
  /** Whose log they stand in. */
  readonly principal: AuditLogPrincipal;
  /** The file they stand in. */
  readonly file: AuditLogFile;
  /** What has been delivered up to and including this batch. Stays right when later batches are asked for. */
  readonly checkpoint: AuditLogCheckpoint;
}

/** Some events in a row, from as many files as it took. */
export interface AuditLogFilledBatch<Event> {
  /** At most `batchSize` of them, and at least one; those of one file in its order. */
  readonly events: readonly Event[];
  /** The files they stand in, each once, and each with its `principal`. `sourceOf` tells which event stands in which. */
  readonly files: readonly AuditLogFile[];
  /** What has been delivered up to and including this batch. Stays right when later batches are asked for. */
  readonly checkpoint: AuditLogCheckpoint;
}

/** Events in arrays. See {@link AuditLogEventStream}. */
export interface AuditLogBatchStream<Event, Fill extends boolean = false>
  extends AsyncIterable<Fill extends true ? AuditLogFilledBatch<Event> : AuditLogBatch<Event>>,
    Pick<AuditLogEventStream<Event>, 'checkpoint' | 'stats'> {}

/** Measured: shorter slices take no less memory, and longer ones more. */
const eventsInSlice = 50;

export function streamEvents<Event>(plan: ReadingPlan): AuditLogEventStream<Event> {
  const iterations = openIterations(plan);
  return {
    [Symbol.asyncIterator]: () => iterate(iterations.begin(), (reader) => eachEvent(reader, (event) => event as Event)),
    withCheckpoints: () => ({
      [Symbol.asyncIterator]: () =>
        iterate(iterations.begin(), (begun) =>
          eachEvent(begun, (event, reader) => withCheckpoint({ event: event as Event }, reader.snapshot())),
        ),
    }),
    checkpoint: iterations.checkpoint,
    get stats() {
      return iterations.stats();
    },
  };
}

function iterate<Item>(
  reader: LogReader,
  read: (reader: LogReader) => AsyncGenerator<Item, void, undefined>,
): AsyncIterableIterator<Item, void, undefined> {
  return leavable(read(reader), () => reader.leave());
}

/** What a record holds is the service's promise, checked as far as the query asks. Who has left is told of no failure. */
async function* eachEvent<Item>(
  reader: LogReader,
  toItem: (event: EventRecord, reader: LogReader) => Item,
): AsyncGenerator<Item, void, undefined> {
  try {
    for await (const slice of reader.slices(eventsInSlice)) {
      for (let told = reader.handOver.goOn(); told !== undefined; told = reader.handOver.goOn()) await told;
      for (let event = slice.next(); event !== undefined; event = slice.next()) {
        reader.handOver.give();
        yield toItem(event, reader);
        for (let told = reader.handOver.goOn(); told !== undefined; told = reader.handOver.goOn()) await told;
      }
    }
  } catch (failure) {
    if (!reader.isLeft) throw tracedFromHere(failure);
  }
}

/** In arrays of at most `size`, none of them empty. */
export function streamBatches<Event>(plan: ReadingPlan, size: number): AuditLogBatchStream<Event> {
  const iterations = openIterations(plan);
  return {
    [Symbol.asyncIterator]: () => iterate(iterations.begin(), (reader) => eachBatch<Event>(reader, size)),
    checkpoint: iterations.checkpoint,
    get stats() {
      return iterations.stats();
    },
  };
}

async function* eachBatch<Event>(
  reader: LogReader,
  size: number,
): AsyncGenerator<AuditLogBatch<Event>, void, undefined> {
  try {
    // A multiple, so that only the last batch of a file is smaller.
    for await (const slice of reader.slices(Math.ceil(eventsInSlice / size) * size)) {
      for (let told = reader.handOver.goOn(); told !== undefined; told = reader.handOver.goOn()) await told;
      for (let isFull = true; isFull; ) {
        const { events, failure } = take<Event>(slice, size);
        isFull = events.length === size;
        if (events.length > 0) {
          const { partition, file } = slice.cursor;
          reader.handOver.give();
          yield withCheckpoint({ events, principal: partition.principal, file }, reader.snapshot());
          for (let told = reader.handOver.goOn(); told !== undefined; told = reader.handOver.goOn()) await told;
        }
        if (failure !== undefined) throw failure.error;
      }
    }
  } catch (failure) {
    if (!reader.isLeft) throw tracedFromHere(failure);
  }
}

/** In arrays that fill across files. */
export function streamFilledBatches<Event>(plan: ReadingPlan, fill: FillLimits): AuditLogBatchStream<Event, true> {
  return streamFilled(plan, fill, () => new EventBuilder<Event>());
}

/** The same, of lines. */
export function streamLines<Kept>(plan: ReadingPlan, fill: FillLimits, keep: Keep<Kept>): LineStream<Kept> {
  return streamFilled(plan, fill, () => new LineBuilder(keep));
}

function streamFilled<Batch extends object>(
  plan: ReadingPlan,
  fill: FillLimits,
  newBuilder: () => BatchBuilder<Batch>,
): AsyncIterable<Batch & { readonly checkpoint: AuditLogCheckpoint }> &
  Omit<LineStream<never>, typeof Symbol.asyncIterator> {
  const iterations = openIterations(plan);
  let wrapUp = () => {};
  return {
    [Symbol.asyncIterator]: () => {
      const builder = newBuilder();
      const patience = new Patience(plan.clock, fill.maxWaitMs);
      const begun = iterations.begin();
      wrapUp = () => (builder.count === 0 ? begun.leave() : patience.lose());
      return iterate(begun, (reader) => eachFilled(reader, { size: fill.size, patience }, builder));
    },
    checkpoint: iterations.checkpoint,
    completeUntil: iterations.completeUntil,
    wrapUp: () => wrapUp(),
    get stats() {
      return iterations.stats();
    },
  };
}

async function* eachFilled<Batch extends object>(
  reader: LogReader,
  fill: { readonly size: number; readonly patience: Patience },
  builder: BatchBuilder<Batch>,
) {
  try {
    const batches = reader.read(eventsInSlice, (slices) => fillBatches(reader.handOver, slices, fill, builder));
    for await (const { batch, write } of batches) yield withCheckpoint(batch, write);
  } catch (failure) {
    if (!reader.isLeft) throw tracedFromHere(failure);
  }
}

class EventBuilder<Event> implements BatchBuilder<Omit<AuditLogFilledBatch<Event>, 'checkpoint'>> {
  #events: Event[] = [];
  #files = new Set<AuditLogFile>();

  get count(): number {
    return this.#events.length;
  }

  add(event: EventRecord, { file }: FileCursor): void {
    // What a record holds is the service's promise, checked as far as the query asks.
    this.#events.push(event as Event);
    this.#files.add(file);
  }

  take(): Omit<AuditLogFilledBatch<Event>, 'checkpoint'> {
    const batch = { events: this.#events, files: [...this.#files] };
    this.#events = [];
    this.#files = new Set();
    return batch;
  }
}

/** Each begins anew; the latest one answers. */
function openIterations(plan: ReadingPlan) {
  let latest = new LogReader(plan);
  return {
    begin: (): LogReader => {
      latest = new LogReader(plan);
      return latest;
    },
    checkpoint: () => latest.handOver.checkpoint(),
    completeUntil: () => latest.completeUntil(),
    stats: (): AuditLogStats => ({ ...latest.stats }),
  };
}

/** The next events of a slice. Those before a failure are delivered before it is thrown. */
function take<Event>(
  slice: EventSlice,
  most: number,
): { events: Event[]; failure: { readonly error: unknown } | undefined } {
  const events: Event[] = [];
  try {
    while (events.length < most) {
      const event = slice.next();
      if (event === undefined) break;
      events.push(event as Event);
    }
    return { events, failure: undefined };
  } catch (error) {
    return { events, failure: { error } };
  }
}

function withCheckpoint<Item extends object>(item: Item, write: () => AuditLogCheckpoint) {
  let checkpoint: AuditLogCheckpoint | undefined;
  return Object.defineProperty(item, 'checkpoint', {
    enumerable: true,
    // Written when it is asked for: most are not saved.
    get: () => {
      checkpoint ??= write();
      return checkpoint;
    },
  }) as Item & { readonly checkpoint: AuditLogCheckpoint };
}
