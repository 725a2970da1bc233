import { checkChoice, checkNumber, checkOptions } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import type { Clock } from '../internal/clock.js';
import { formatInstant, instantOfMs, readInstant } from '../internal/dates.js';
import type { RequestOptions } from '../transport/options.js';
import { type PartitionCheckpoint, readCheckpoint } from './checkpoint.js';
import { organizationOnlyEventTypes, workspaceOnlyEventTypes } from './events/event-types.js';
import { type AuditLogPrincipal, samePrincipal } from './principal.js';
import type { AuditLogBatchesQuery, AuditLogEventsQuery, AuditLogFilesQuery, AuditLogFollowQuery } from './query.js';
import { type ReadingPlan, retentionMs } from './reading/reader.js';
import { checkEnvelope, type EventValidator } from './validator.js';

const mebibyte = 1024 * 1024;
const defaultWindow = 10_000;

/** What a query is resolved against. */
interface ReadingContext extends Pick<ReadingPlan, 'logsOf' | 'intervalMs'> {
  readonly principals: readonly AuditLogPrincipal[];
  readonly clock: Clock;
  readonly clientSignal: AbortSignal | undefined;
}

/**
 * Checks a query and fills in the defaults.
 *
 * @throws InputError or CheckpointError
 */
export function planReading(
  query: AuditLogEventsQuery & Pick<AuditLogFollowQuery, 'onOutage'>,
  context: ReadingContext,
): ReadingPlan {
  const { principals, clock, clientSignal, logsOf, intervalMs } = context;
  const { after, before } = resolveRange(query, clock.now());
  const keys = resolvePartitions(query.eventTypes, principals);
  const { deduplicate = true } = query;
  const window = deduplicate === true ? defaultWindow : deduplicate === false ? 0 : deduplicate;
  return {
    ...resolveStart(keys, after, query.resumeFrom),
    before,
    clock,
    logsOf,
    intervalMs,
    memory: {
      overlapMs: checkNumber('overlapMs', query.overlapMs ?? 600_000, 0, false),
      window: checkNumber('deduplicate', window, 0),
    },
    ordering: checkChoice('ordering', query.ordering ?? 'file', ['file', 'time']),
    concurrency: checkNumber('concurrency', query.concurrency ?? 8, 1),
    maxBytesInFlight: checkNumber('maxBytesInFlight', query.maxBytesInFlight ?? 16 * mebibyte, 1),
    maxFileBytes: checkNumber('maxFileBytes', query.maxFileBytes ?? 32 * mebibyte, 1),
    loadValidator: validatorFor(query.validate),
    invalidLine: checkChoice('invalidLine', query.invalidLine, [undefined, 'throw', 'skip'], true),
    onFailedFile: checkChoice('onFailedFile', query.onFailedFile, [undefined, 'throw'], true),
    onRetentionGap: checkChoice('onRetentionGap', query.onRetentionGap, [undefined, 'throw'], true),
    onProgress: checkChoice('onProgress', query.onProgress, [undefined], true),
    onCaughtUp: checkChoice('onCaughtUp', query.onCaughtUp, [undefined], true),
    onOutage: checkChoice('onOutage', query.onOutage, [undefined], true),
    signals: [query.signal, clientSignal],
    requestOptions: requestOptionsOf(query),
  };
}

function validatorFor(
  validate: AuditLogEventsQuery['validate'] = 'envelope',
): () => Promise<EventValidator | undefined> {
  switch (validate) {
    case false:
      return async () => undefined;
    case 'envelope':
      return async () => checkEnvelope;
    case 'documented':
      // Thirteen kilobytes of schemas, for those who ask for them.
      return async () => (await import('./documented-shape.js')).documentedShape;
    default: {
      const check = checkChoice('validate', validate, ['envelope', 'documented', false], true);
      return async () => check;
    }
  }
}

/** One event type of one principal. */
interface PartitionKey {
  readonly principal: AuditLogPrincipal;
  readonly eventType: string;
}

const refusedBy: Readonly<Record<AuditLogPrincipal['type'], readonly string[]>> = {
  workspace: organizationOnlyEventTypes,
  organization: workspaceOnlyEventTypes,
};

/**
 * Which event types are read from which principals.
 *
 * @throws InputError when there is none, or when no principal of the client has one of them.
 */
export function resolvePartitions(
  eventTypes: readonly string[],
  principals: readonly AuditLogPrincipal[],
): readonly PartitionKey[] {
  if (typeof eventTypes === 'string') {
    throw new InputError('`eventTypes` is a text, and must be an array.', {
      path: ['eventTypes'],
      remedy: "Write it like ['AUTH_LOG'].",
    });
  }
  if (!Array.isArray(eventTypes) || eventTypes.length === 0) {
    throw new InputError('No event type is given.', {
      path: ['eventTypes'],
      remedy: 'Name at least one, such as AUTH_LOG.',
    });
  }
  return [...new Set(eventTypes)].flatMap((eventType, index) => {
    if (typeof eventType !== 'string' || !/^\w+$/.test(eventType)) {
      throw new InputError('An event type is not a name.', {
        path: ['eventTypes', index],
        remedy: 'They are written like AUTH_LOG.',
      });
    }
    const takenBy = principals.filter(({ type }) => !refusedBy[type].includes(eventType));
    if (takenBy.length > 0) return takenBy.map((principal) => ({ principal, eventType }));
    const wanted = refusedBy.workspace.includes(eventType) ? 'organization' : 'workspace';
    throw new InputError(`${eventType} is an event type of ${wanted}s, and the client has no ${wanted}.`, {
      path: ['eventTypes', index],
      remedy: `Give the client ${wanted === 'organization' ? 'an `organizationId`' : '`workspaceIds`'}, or leave ${eventType} out.`,
    });
  });
}

/** The ends of a query's range as they are sent. */
interface TimeRange {
  readonly after: string;
  readonly before: string | undefined;
}

/** @throws InputError for what is no point in time. */
export function resolveRange(
  { after, before }: Pick<AuditLogFilesQuery, 'after' | 'before'>,
  nowMs: number,
): TimeRange {
  return {
    after: after === undefined ? formatInstant(instantOfMs(nowMs - retentionMs)) : spell(after, 'after'),
    before: before === undefined ? undefined : spell(before, 'before'),
  };
}

function spell(time: Date | string, name: string): string {
  if (
    typeof time === 'string' ? readInstant(time) !== undefined : time instanceof Date && !Number.isNaN(time.getTime())
  ) {
    return typeof time === 'string' ? time : time.toISOString();
  }
  throw new InputError(`\`${name}\` is not a point in time.`, {
    path: [name],
    remedy: 'Give a Date, or a string such as 2026-11-01T00:00:00Z.',
  });
}

/** Where each lane begins, and what of the checkpoint this query does not read but hands on. */
function resolveStart(
  keys: readonly PartitionKey[],
  after: string,
  resumeFrom: unknown,
): { readonly begin: readonly PartitionCheckpoint[]; readonly rest: readonly PartitionCheckpoint[] } {
  // A store answers with null, too, when it has none.
  const known = resumeFrom === undefined || resumeFrom === null ? [] : readCheckpoint(resumeFrom).lanes;
  const isOf = (lane: PartitionCheckpoint, key: PartitionKey) =>
    lane.eventType === key.eventType && samePrincipal(lane.principal, key.principal);
  return {
    begin: keys.map(
      (key) => known.find((lane) => isOf(lane, key)) ?? { ...key, after, passed: [], gaps: [], seen: [] },
    ),
    rest: known.filter((lane) => !keys.some((key) => isOf(lane, key))),
  };
}

/** The part of a query that goes with each request. */
export function requestOptionsOf({ timeoutMs, deadlineMs, maxRetries, headers }: RequestOptions): RequestOptions {
  return { timeoutMs, deadlineMs, maxRetries, headers };
}

type AnyQuery = AuditLogBatchesQuery & AuditLogFollowQuery;

// Of every kind of query: one may be shared between them.
const optionNames: Readonly<Record<keyof AnyQuery, true>> = {
  eventTypes: true,
  after: true,
  before: true,
  signal: true,
  timeoutMs: true,
  deadlineMs: true,
  maxRetries: true,
  headers: true,
  resumeFrom: true,
  concurrency: true,
  maxBytesInFlight: true,
  maxFileBytes: true,
  deduplicate: true,
  overlapMs: true,
  validate: true,
  invalidLine: true,
  onFailedFile: true,
  onRetentionGap: true,
  onProgress: true,
  onCaughtUp: true,
  onOutage: true,
  ordering: true,
  batchSize: true,
  intervalMs: true,
};

/**
 * Refuses what is not an option: a `resumefrom` that is passed over would read everything again.
 *
 * @throws InputError
 */
export function checkQuery(query: AuditLogFilesQuery | AuditLogFollowQuery): void {
  checkOptions<AnyQuery>('a query', query, optionNames);
}
