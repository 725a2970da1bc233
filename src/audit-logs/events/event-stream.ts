import type { AuditLogCheckpoint } from '../checkpoints/checkpoint.js';
import type { AuditLogFile } from '../files/audit-log-file.js';
import type { AuditLogPrincipal } from '../principal.js';
import type { LogReading } from './log-reading.js';
import type { AuditLogStats } from './reading-stats.js';

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
  readonly events: readonly Event[];
  readonly principal: AuditLogPrincipal;
  readonly file: AuditLogFile;
  /** What has been delivered up to and including this batch. Stays right when later batches are asked for. */
  readonly checkpoint: AuditLogCheckpoint;
}

/** Events in arrays. See {@link AuditLogEventStream}. */
export type AuditLogBatchStream<Event> = AuditLogEventStream<AuditLogBatch<Event>>;

/** The events one by one. */
export function streamEvents<Event>(open: () => LogReading): AuditLogEventStream<Event> {
  return stream(open, async function* (reading) {
    for await (const turn of reading.turns()) {
      // What a record holds is the service's promise, checked as far as the query asks.
      for (let event = turn.next(); event !== undefined; event = turn.next()) {
        yield event as Event;
        reading.throwIfAborted();
      }
    }
  });
}

/** The events in arrays of at most `size`, none of them empty. */
export function streamBatches<Event>(open: () => LogReading, size: number): AuditLogBatchStream<Event> {
  return stream(open, async function* (reading) {
    for await (const turn of reading.turns()) {
      const { file, lane } = turn.cursor;
      for (let isFull = true; isFull; ) {
        const events: Event[] = [];
        while (events.length < size) {
          const event = turn.next();
          if (event === undefined) break;
          events.push(event as Event);
        }
        isFull = events.length === size;
        if (events.length === 0) break;
        yield batchOf(events, lane.principal, file, reading.snapshot());
        reading.throwIfAborted();
      }
    }
  });
}

function stream<Item>(
  open: () => LogReading,
  iterate: (reading: LogReading) => AsyncGenerator<Item, void, undefined>,
): AuditLogEventStream<Item> {
  let latest: LogReading | undefined;
  const current = () => {
    latest ??= open();
    return latest;
  };
  return {
    [Symbol.asyncIterator]: () => {
      latest = open();
      return iterate(latest);
    },
    checkpoint: () => current().snapshot()(),
    get stats() {
      return { ...current().stats };
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
