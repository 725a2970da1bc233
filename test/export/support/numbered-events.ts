import type { AuditLogCheckpoint } from '../../../src/audit-logs/checkpoint.js';
import type { EventRow } from '../../../src/export/event-row.js';
import type { LogSink } from '../../../src/export/sink.js';
import { principalKey } from '../../../src/transport/principal.js';
import { checkpointOf, rowOf, workspace } from './sink-rows.js';

export const eventCount = 60;

const firstTime = Date.UTC(2026, 10, 20);
const dayMs = 86_400_000;

/** An event by its number: of several types, days, log files and people, so that each batch has several places. */
export function eventOf(number: number): EventRow {
  return rowOf({
    eventId: `event-${number}`,
    eventType: number % 4 === 3 ? 'CODEX_LOG' : 'AUTH_LOG',
    timestamp: new Date(firstTime - (number % 3) * 10 * dayMs).toISOString(),
    userId: `user-${number % 5}`,
    fileId: `file-${number % 7}`,
    line: number,
  });
}

/** What a program does: from where the store stands, batch by batch to the end; `triesAgain` with one event, where a batch fails. */
export async function exportAll(
  sink: LogSink,
  batch: number,
  { triesAgain = false, count = eventCount, ttlMs = 60_000, onBatch = () => {} }: ExportAllOptions = {},
): Promise<'held' | 'done'> {
  const lease = await sink.lease(principalKey(workspace), ttlMs);
  if (lease === undefined) return 'held';
  // What this wrote.
  const checkpoint = (await lease.checkpoint()) as AuditLogCheckpoint | undefined;
  let position = Number(checkpoint?.partitions[0]?.eventType ?? 0);
  while (position < count) {
    const write = async (end: number) => {
      const rows = Array.from({ length: end - position }, (_, index) => eventOf(position + index));
      await lease.write(rows, checkpointOf(String(end)));
      position = end;
    };
    try {
      await write(Math.min(count, position + batch));
    } catch (error) {
      if (!triesAgain) throw error;
      // Less than before: what that had left behind must not count.
      await write(position + 1);
    }
    onBatch(position);
  }
  await lease.release();
  return 'done';
}

export interface ExportAllOptions {
  readonly triesAgain?: boolean;
  readonly count?: number;
  /** @default 60_000 */
  readonly ttlMs?: number;
  readonly onBatch?: (position: number) => void;
}

export function numbersIn(lines: readonly string[]): number[] {
  // What this wrote.
  const numbers = lines.map((line) => Number((JSON.parse(line) as { event_id: string }).event_id.slice(6)));
  return numbers.sort((a, b) => a - b);
}

/** Events that are there more than once, or are not there, and how often they are. */
export function wrongNumbers(
  lines: readonly string[],
  mayBeGone: (number: number) => boolean = () => false,
  count = eventCount,
): readonly (readonly [number: number, times: number])[] {
  const times = new Map<number, number>();
  for (const number of numbersIn(lines)) times.set(number, (times.get(number) ?? 0) + 1);
  const counted = Array.from({ length: count }, (_, number) => [number, times.get(number) ?? 0] as const);
  return counted.filter(([number, found]) => found > 1 || (found === 0 && !mayBeGone(number)));
}
