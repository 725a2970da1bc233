import { checkChoice, checkList, checkNumber, type OptionNames, read } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { slipOf } from '../errors/nearest-word.js';
import { readInstant } from '../internal/dates.js';
import { checkQuery } from '../transport/options.js';
import { type AuditLogPrincipal, samePrincipal } from '../transport/principal.js';
import { readCheckpoint } from './checkpoint.js';
import {
  organizationEventTypes,
  organizationOnlyEventTypes,
  workspaceEventTypes,
  workspaceOnlyEventTypes,
} from './events/event-types.js';
import { platformLogTypes } from './events/platform-event-types.js';
import { platformTypesOf } from './platform/options.js';
import type { AuditLogBatchesQuery, AuditLogEventsQuery, AuditLogFilesQuery, AuditLogFollowQuery } from './query.js';
import type { PartitionKey, ReadingPlan } from './reading/reading-plan.js';
import { checkEnvelope } from './validator.js';

const mebibyte = 1024 * 1024;
const defaultWindow = 10_000;
const defaultMaxWaitMs = 1_000;

export interface ReadingContext
  extends Pick<ReadingPlan, 'logsOf' | 'platform' | 'intervalMs' | 'clock' | 'signals' | 'requestOptions'> {
  readonly principals: readonly AuditLogPrincipal[];
}

/** Checks a query and fills in the defaults. @throws InputError or CheckpointError */
export function planReading(
  query: AuditLogEventsQuery & Pick<AuditLogFollowQuery, 'onOutage'>,
  { principals, ...context }: ReadingContext,
): ReadingPlan {
  const { deduplicate = true, validate = 'envelope' } = query;
  const isShort = deduplicate === 'store';
  const window = deduplicate === true || isShort ? defaultWindow : deduplicate === false ? 0 : deduplicate;
  if (typeof window === 'string') {
    const path = ['deduplicate'];
    throw new InputError("`deduplicate` must be true, false, 'store' or a whole number.", { path });
  }
  const check = checkChoice('validate', validate, ['envelope', false], true);
  return {
    ...context,
    ...resolveStart(resolvePartitions(query.eventTypes, principals), query.resumeFrom),
    ...resolveRange(query),
    memory: {
      overlapMs: query.overlapMs === undefined ? undefined : checkNumber('overlapMs', query.overlapMs, 0, false),
      window: checkNumber('deduplicate', window, 0),
      isShort,
    },
    ordering: checkChoice('ordering', query.ordering ?? 'file', ['file', 'time']),
    concurrency: checkNumber('concurrency', query.concurrency ?? 8, 1),
    maxBytesInFlight: checkNumber('maxBytesInFlight', query.maxBytesInFlight ?? 16 * mebibyte, 1),
    maxFileBytes: checkNumber('maxFileBytes', query.maxFileBytes ?? 32 * mebibyte, 1),
    reportsRepeatedKeys: typeof check === 'function',
    bigIntegers: checkChoice('bigIntegers', query.bigIntegers ?? 'number', ['number', 'string']),
    validate: check === 'envelope' ? checkEnvelope : check === false ? undefined : check,
    invalidLine: checkChoice('invalidLine', query.invalidLine, [undefined, 'throw', 'skip'], true),
    onFailedPrincipal: query.onFailedPrincipal,
    onFailedFile: checkChoice('onFailedFile', query.onFailedFile, [undefined, 'throw'], true),
    onRetentionGap: checkChoice('onRetentionGap', query.onRetentionGap, [undefined, 'throw'], true),
    onProgress: checkChoice('onProgress', query.onProgress, [undefined], true),
    onCaughtUp: checkChoice('onCaughtUp', query.onCaughtUp, [undefined], true),
    onOutage: checkChoice('onOutage', query.onOutage, [undefined], true),
    onWarning: checkChoice('onWarning', query.onWarning, [undefined], true),
  };
}

/** How far batches fill, and whether across files. @throws InputError */
export function resolveFill({ batchSize, fill = false, maxWaitMs }: AuditLogBatchesQuery) {
  const size = checkNumber('batchSize', batchSize ?? 500, 1);
  if (typeof fill !== 'boolean') throw new InputError('`fill` must be true or false.', { path: ['fill'] });
  if (maxWaitMs !== undefined && !fill) {
    throw new InputError('`maxWaitMs` is for batches that fill across files.', {
      path: ['maxWaitMs'],
      remedy: 'Add `fill: true`, or leave `maxWaitMs` out.',
    });
  }
  return { fill, size, maxWaitMs: checkNumber('maxWaitMs', maxWaitMs ?? defaultMaxWaitMs, 0, false) };
}

const refusedBy: Readonly<Record<'workspace' | 'organization', readonly string[]>> = {
  workspace: [...organizationOnlyEventTypes, ...platformLogTypes],
  organization: [...workspaceOnlyEventTypes, ...platformLogTypes],
};

// Copies: what a program does to the lists must not change what is read.
const allOf = { workspace: [...workspaceEventTypes], organization: [...organizationEventTypes] } as const;

const knownTypes: readonly string[] = [...workspaceEventTypes, ...organizationOnlyEventTypes, ...platformLogTypes];

function allTypesOf(principal: AuditLogPrincipal): readonly string[] {
  return principal.type === 'platform' ? platformTypesOf(principal) : allOf[principal.type];
}

function takes(principal: AuditLogPrincipal, eventType: string): boolean {
  // The platform has no others, and will have none: what happens there is told by the events themselves.
  if (principal.type === 'platform') return platformTypesOf(principal).includes(eventType);
  return !refusedBy[principal.type].includes(eventType);
}

/** Refuses what is neither a list of event types nor `'all'`. @throws InputError */
export function checkEventTypes(eventTypes: unknown): void {
  if (eventTypes === 'all') return;
  checkList('eventTypes', eventTypes, " Or write 'all'.");
  for (const [index, eventType] of eventTypes.entries()) {
    const path = ['eventTypes', index];
    if (typeof eventType !== 'string' || !/^\w+$/.test(eventType))
      throw new InputError('An event type must be a name such as AUTH_LOG.', { path });
    const meant = knownTypes.includes(eventType) ? undefined : slipOf(eventType, knownTypes);
    if (meant === undefined) continue;
    throw new InputError(`\`${eventType}\` is no known event type.`, { path, remedy: `Write \`${meant}\`.` });
  }
  if (!eventTypes.some((eventType) => eventType === 'all')) return;
  throw new InputError('`all` is no event type.', {
    path: ['eventTypes'],
    remedy: "Write eventTypes: 'all', without brackets.",
  });
}

/** The event types that one of a client's principals is asked for, of those that were given. */
export function typesFor(principal: AuditLogPrincipal, eventTypes: readonly string[] | 'all'): readonly string[] {
  if (eventTypes === 'all') return allTypesOf(principal);
  return [...new Set(eventTypes)].filter((eventType) => takes(principal, eventType));
}

/** The principals whose log is in files, for a query of files. @throws InputError where it is of those that have none. */
export function withFiles(
  eventTypes: readonly string[] | 'all',
  principals: readonly AuditLogPrincipal[],
): readonly AuditLogPrincipal[] {
  const ofFiles = principals.filter(({ type }) => type !== 'platform');
  if (ofFiles.length > 0 && !(Array.isArray(eventTypes) && eventTypes.some(isOfPlatform))) return ofFiles;
  throw new InputError('The audit log of the API Platform has no files.', {
    path: ['eventTypes'],
    remedy: 'Read its events with `events()`, `batches()`, `follow()` or `exportLogs()`.',
  });
}

/** Which event types are read from which principals. @throws InputError when one of them is read from none. */
export function resolvePartitions(
  eventTypes: readonly string[] | 'all',
  principals: readonly AuditLogPrincipal[],
): readonly PartitionKey[] {
  checkEventTypes(eventTypes);
  if (eventTypes === 'all') {
    return principals.flatMap((principal) => allTypesOf(principal).map((eventType) => ({ principal, eventType })));
  }
  if (eventTypes.length === 0) {
    throw new InputError('`eventTypes` must be a list of at least one event type.', {
      path: ['eventTypes'],
      remedy: "Write it like ['AUTH_LOG'], or 'all'.",
    });
  }
  return [...new Set(eventTypes)].flatMap((eventType, index) => {
    const takenBy = principals.filter((principal) => takes(principal, eventType));
    if (takenBy.length > 0) return takenBy.map((principal) => ({ principal, eventType }));
    if (isOfPlatform(eventType)) throw noPlatform(eventType, index, principals);
    const wanted = refusedBy.workspace.includes(eventType) ? 'organization' : 'workspace';
    throw new InputError(`${eventType} is an event type of ${wanted}s, and the client has no ${wanted}.`, {
      path: ['eventTypes', index],
      remedy: `Give the client ${wanted === 'organization' ? 'an `organizationId`' : '`workspaceIds`'}, or leave ${eventType} out.`,
    });
  });
}

function isOfPlatform(eventType: string): boolean {
  return platformLogTypes.some((type) => type === eventType);
}

function noPlatform(eventType: string, index: number, principals: readonly AuditLogPrincipal[]): InputError {
  const hasPlatform = principals.some(({ type }) => type === 'platform');
  const missing = hasPlatform ? '`platform.includeTenant`' : '`platform`';
  return new InputError(`${eventType} is of the API Platform, and the client has no ${missing}.`, {
    path: ['eventTypes', index],
    remedy: `Give the client ${hasPlatform ? '`includeTenant: true` in `platform`' : '`platform: { id, apiKey }`'}, or leave ${eventType} out.`,
  });
}

/** The ends of a query's range as they are sent. @throws InputError */
export function resolveRange({ after, before }: Pick<AuditLogFilesQuery, 'after' | 'before'>) {
  const spelt = (time: Date | string | undefined, name: string) => read(`\`${name}\``, () => spell(time, name));
  return { after: spelt(after, 'after'), before: spelt(before, 'before') };
}

function spell(time: Date | string | undefined, name: string): string | undefined {
  if (time === undefined || (typeof time === 'string' && readInstant(time) !== undefined)) return time;
  if (time instanceof Date && !Number.isNaN(time.getTime())) return time.toISOString();
  throw new InputError(`\`${name}\` must be a point in time.`, {
    path: [name],
    remedy: 'Give a Date, or a string such as 2026-11-01T00:00:00Z.',
  });
}

/** Where each partition starts, and what of the checkpoint this query does not read but hands on. */
function resolveStart(keys: readonly PartitionKey[], resumeFrom: unknown) {
  // A store may answer with null when it has none.
  const known =
    resumeFrom === undefined || resumeFrom === null
      ? []
      : read('`resumeFrom`', () => readCheckpoint(resumeFrom)).partitions;
  const isOf = (partition: PartitionKey, key: PartitionKey) =>
    partition.eventType === key.eventType && samePrincipal(partition.principal, key.principal);
  return {
    startFrom: keys.map((key) => known.find((partition) => isOf(partition, key)) ?? key),
    untouched: known.filter((partition) => !keys.some((key) => isOf(partition, key))),
  };
}

export type AnyQuery = AuditLogBatchesQuery & AuditLogFollowQuery;

// Of every kind of query: one may be shared between them.
export const logQueryNames: OptionNames<AnyQuery> = {
  eventTypes: true,
  after: true,
  before: true,
  resumeFrom: true,
  concurrency: true,
  maxBytesInFlight: true,
  maxFileBytes: true,
  deduplicate: true,
  overlapMs: true,
  validate: true,
  bigIntegers: true,
  invalidLine: true,
  onFailedPrincipal: true,
  onFailedFile: true,
  onRetentionGap: true,
  onProgress: true,
  onCaughtUp: true,
  onOutage: true,
  onWarning: true,
  ordering: true,
  batchSize: true,
  fill: true,
  maxWaitMs: true,
  intervalMs: true,
};

/** Refuses unknown names: an ignored `resumefrom` would read everything again. @throws InputError */
export function checkLogQuery(of: string, query: AuditLogFilesQuery | AuditLogFollowQuery): AnyQuery {
  return checkQuery<AnyQuery>(of, query, logQueryNames);
}
