import type { LogSource } from '../../../src/audit-logs/api.js';
import { planReading, resolveFill } from '../../../src/audit-logs/plan.js';
import type { AuditLogBatchesQuery, AuditLogEventsQuery } from '../../../src/audit-logs/query.js';
import type { ReadingPlan } from '../../../src/audit-logs/reading/reading-plan.js';
import {
  type AuditLogEventStream,
  streamBatches,
  streamEvents,
  streamFilledBatches,
} from '../../../src/audit-logs/reading/stream.js';
import type { AuditLogPrincipal } from '../../../src/transport/principal.js';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.js';
import { timeAt, workspace } from './fake-log-source.js';

/** An event of a fake log. */
export interface FakeEvent {
  readonly event_id: string;
  readonly type: string;
  readonly timestamp: string;
}

/** How a fake log is read, besides the query. */
export interface FakeReading {
  readonly principals?: readonly AuditLogPrincipal[];
  readonly clock?: FakeClock;
  readonly intervalMs?: number;
  readonly signal?: AbortSignal;
}

type Query = Partial<AuditLogEventsQuery>;
type Sources = LogSource | ((principal: AuditLogPrincipal) => LogSource);

function planOf(sources: Sources, query: Query, reading: FakeReading): ReadingPlan {
  const { principals = [workspace], clock = createFakeClock(Date.UTC(2026, 10, 2)), intervalMs, signal } = reading;
  const logsOf = typeof sources === 'function' ? sources : () => sources;
  const whole = { eventTypes: ['AUTH_LOG'], after: timeAt(-1), overlapMs: 0, ...query };
  return planReading(whole, { principals, clock, signals: [signal], requestOptions: {}, logsOf, intervalMs });
}

/** The events of a fake log, one by one. */
export function readEvents(
  sources: Sources,
  query: Query = {},
  reading: FakeReading = {},
): AuditLogEventStream<FakeEvent> {
  return streamEvents(planOf(sources, query, reading));
}

/** The events of a fake log, in arrays. */
export function readBatches(
  sources: Sources,
  query: Query & { readonly batchSize?: number } = {},
  reading: FakeReading = {},
) {
  return streamBatches<FakeEvent>(planOf(sources, query, reading), query.batchSize ?? 500);
}

/** The events of a fake log, in arrays that fill across files. */
export function readFilled(
  sources: Sources,
  query: Query & Pick<AuditLogBatchesQuery, 'batchSize' | 'maxWaitMs'> = {},
  reading: FakeReading = {},
) {
  return streamFilledBatches<FakeEvent>(
    planOf(sources, query, reading),
    resolveFill({ eventTypes: [], ...query, fill: true }),
  );
}

/** All of it. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

/** The ids of all events. */
export async function collectIds(events: AsyncIterable<FakeEvent>): Promise<string[]> {
  return (await collect(events)).map(({ event_id: id }) => id);
}

/** What comes out of a store: checkpoints are plain JSON. */
export function throughJson<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}
