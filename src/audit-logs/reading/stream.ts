import type { AuditLogCheckpoint } from '../checkpoint.js';
import type { AuditLogFile } from '../files/log-file.js';
import type { AuditLogPrincipal } from '../principal.js';
import type { AuditLogStats, FileCursor } from './file-cursor.js';
import type { EventSlice } from './order.js';
import { LogReader, type ReadingPlan } from './reader.js';

/**
 * Events, asked for when they are iterated: nothing is requested before the first one is, and each `for await` begins
 * anew where the query says.
 */
export interface AuditLogEventStream<Event> extends AsyncIterable<Event> {
  /**
   * What has been delivered up to now, the event in hand included: take it when you are done with that event. It is about
   * the latest `for await`, also after that has ended or failed.
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

/** Measured: shorter slices take no less memory, and longer ones more. */
const eventsInSlice = 50;

export function streamEvents<Event>(plan: ReadingPlan): AuditLogEventStream<Event> {
  return stream(plan, async function* (reader) {
    for await (const slice of reader.slices(eventsInSlice)) {
      for (let told = reader.goOn(); told !== undefined; told = reader.goOn()) await told;
      // What a record holds is the service's promise, checked as far as the query asks.
      for (let event = slice.next(); event !== undefined; event = slice.next()) {
        reader.handOut();
        yield event as Event;
        for (let told = reader.goOn(); told !== undefined; told = reader.goOn()) await told;
      }
    }
  });
}

/** In arrays of at most `size`, none of them empty. */
export function streamBatches<Event>(plan: ReadingPlan, size: number): AuditLogBatchStream<Event> {
  return stream(plan, async function* (reader) {
    // A multiple, so that only the last batch of a file is smaller.
    for await (const slice of reader.slices(Math.ceil(eventsInSlice / size) * size)) {
      for (let told = reader.goOn(); told !== undefined; told = reader.goOn()) await told;
      for (let isFull = true; isFull; ) {
        const { events, failure } = take<Event>(slice, size);
        isFull = events.length === size;
        if (events.length > 0) {
          reader.handOut();
          yield batchOf(events, slice.cursor, reader.snapshot());
          for (let told = reader.goOn(); told !== undefined; told = reader.goOn()) await told;
        }
        if (failure !== undefined) throw failure.error;
      }
    }
  });
}

function stream<Item>(
  plan: ReadingPlan,
  iterate: (reader: LogReader) => AsyncGenerator<Item, void, undefined>,
): AuditLogEventStream<Item> {
  let latest = new LogReader(plan);
  return {
    [Symbol.asyncIterator]: () => {
      latest = new LogReader(plan);
      return iterate(latest);
    },
    checkpoint: () => latest.checkpoint(),
    get stats() {
      return { ...latest.stats };
    },
  };
}

/** The next events of a slice. Those before a failure are delivered before it is thrown. */
function take<Event>(slice: EventSlice, most: number): { events: Event[]; failure?: { readonly error: unknown } } {
  const events: Event[] = [];
  try {
    while (events.length < most) {
      const event = slice.next();
      if (event === undefined) break;
      events.push(event as Event);
    }
    return { events };
  } catch (error) {
    return { events, failure: { error } };
  }
}

function batchOf<Event>(events: readonly Event[], { partition, file }: FileCursor, write: () => AuditLogCheckpoint) {
  let checkpoint: AuditLogCheckpoint | undefined;
  return {
    events,
    principal: partition.principal,
    file,
    // Written when it is asked for: most batches are not checkpointed.
    get checkpoint() {
      checkpoint ??= write();
      return checkpoint;
    },
  };
}
