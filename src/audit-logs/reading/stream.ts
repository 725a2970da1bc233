import type { AuditLogCheckpoint } from '../checkpoint.js';
import type { AuditLogFile } from '../files/log-file.js';
import type { AuditLogPrincipal } from '../principal.js';
import { type AuditLogStats, newStats } from './file-cursor.js';
import type { EventSlice } from './order.js';
import type { LogReader, ReadingPlan } from './reader.js';

/**
 * Events, asked for when they are iterated: nothing is requested before the first one is, and each `for await` begins
 * anew where the query says.
 */
export interface AuditLogEventStream<Event> extends AsyncIterable<Event> {
  /**
   * What has been delivered up to now, the event in hand included: take it when you are done with that event. It is about
   * the latest `for await`, also after that has ended or failed.
   *
   * @example
   * ```ts
   * import { AuditLogClient, createFileCheckpointStore } from 'chatgpt-enterprise-sdk/audit-logs';
   *
   * const client = new AuditLogClient({ apiKey: 'sk-admin-…', workspaceIds: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11' });
   * const store = createFileCheckpointStore('./checkpoints');
   * const events = client.events({ eventTypes: ['AUTH_LOG'], resumeFrom: await store.get('auth') });
   * for await (const event of events) console.log(event.event_id);
   * await store.set('auth', events.checkpoint());
   * ```
   */
  checkpoint(): AuditLogCheckpoint;
  /** What the latest `for await` has done so far. */
  readonly stats: AuditLogStats;
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

/** Events in arrays. See {@link AuditLogEventStream}. */
export type AuditLogBatchStream<Event> = AuditLogEventStream<AuditLogBatch<Event>>;

/** Measured: shorter turns take no less memory, and longer ones more. */
const eventsInSlice = 50;

/** The events one by one. */
export function streamEvents<Event>(plan: () => ReadingPlan): AuditLogEventStream<Event> {
  return stream(plan, async function* (run) {
    const reading = await run.start();
    for await (const turn of reading.turns(eventsInSlice)) {
      reading.throwIfAborted();
      // What a record holds is the service's promise, checked as far as the query asks.
      for (let event = turn.next(); event !== undefined; event = turn.next()) {
        reading.handOut();
        yield event as Event;
        reading.goOn();
      }
    }
  });
}

/** The events in arrays of at most `size`, none of them empty. */
export function streamBatches<Event>(plan: () => ReadingPlan, size: number): AuditLogBatchStream<Event> {
  return stream(plan, async function* (run) {
    const reading = await run.start();
    // A multiple, so that only the last batch of a file is smaller.
    for await (const turn of reading.turns(Math.ceil(eventsInSlice / size) * size)) {
      reading.throwIfAborted();
      const { file, lane } = turn.cursor;
      for (let isFull = true; isFull; ) {
        const { events, failure } = take<Event>(turn, size);
        isFull = events.length === size;
        if (events.length > 0) {
          reading.handOut();
          yield batchOf(events, lane.principal, file, reading.snapshot());
          reading.goOn();
        }
        if (failure !== undefined) throw failure.error;
      }
    }
  });
}

/** The next events of a turn. Those before a failure were taken out of the file, and are delivered before it is thrown. */
function take<Event>(turn: EventSlice, most: number): { events: Event[]; failure?: { readonly error: unknown } } {
  const events: Event[] = [];
  try {
    while (events.length < most) {
      const event = turn.next();
      if (event === undefined) break;
      events.push(event as Event);
    }
    return { events };
  } catch (error) {
    return { events, failure: { error } };
  }
}

/** One `for await`. */
class Run {
  readonly #plan: ReadingPlan;
  #reading: LogReader | undefined;

  constructor(plan: ReadingPlan) {
    this.#plan = plan;
  }

  /** Loads what reads only now: a program that does not come here never needs it. */
  async start(): Promise<LogReader> {
    const { LogReader } = await import('./reader.js');
    this.#reading = new LogReader(this.#plan);
    return this.#reading;
  }

  checkpoint(): AuditLogCheckpoint {
    const { begin, rest } = this.#plan;
    return this.#reading?.snapshot()() ?? { version: 1, lanes: [...begin, ...rest] };
  }

  get stats(): AuditLogStats {
    return { ...(this.#reading?.stats ?? newStats()) };
  }
}

function stream<Item>(
  plan: () => ReadingPlan,
  iterate: (run: Run) => AsyncGenerator<Item, void, undefined>,
): AuditLogEventStream<Item> {
  // A wrong query is said at once; the default range is that of the moment when the iteration begins.
  let latest = new Run(plan());
  return {
    [Symbol.asyncIterator]: () => {
      latest = new Run(plan());
      return iterate(latest);
    },
    checkpoint: () => latest.checkpoint(),
    get stats() {
      return latest.stats;
    },
  };
}

function batchOf<Event>(
  events: readonly Event[],
  principal: AuditLogPrincipal,
  file: AuditLogFile,
  write: () => AuditLogCheckpoint,
): AuditLogBatch<Event> {
  let checkpoint: AuditLogCheckpoint | undefined;
  return {
    events,
    principal,
    file,
    // Written when it is asked for: most batches are not checkpointed.
    get checkpoint() {
      checkpoint ??= write();
      return checkpoint;
    },
  };
}
