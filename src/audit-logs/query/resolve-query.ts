import { InputError } from '../../errors/input-errors.js';
import type { RequestOptions } from '../../transport/transport.js';
import type { LaneCheckpoint } from '../checkpoints/checkpoint.js';
import { readCheckpoint } from '../checkpoints/read-checkpoint.js';
import { formatInstant, instantOfMs, readInstant } from '../instant.js';
import { type AuditLogPrincipal, samePrincipal } from '../principal.js';
import { organizationOnlyEventTypes, workspaceOnlyEventTypes } from '../schemas/event-routes.js';
import type { AuditLogFilesQuery } from './audit-log-query.js';
import { retentionMs } from './retention.js';

/** One event type of one principal. */
export interface LaneKey {
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
export function resolveLanes(
  eventTypes: readonly string[],
  principals: readonly AuditLogPrincipal[],
): readonly LaneKey[] {
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
export interface TimeRange {
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
export function resolveStart(
  keys: readonly LaneKey[],
  after: string,
  resumeFrom: unknown,
): { readonly begin: readonly LaneCheckpoint[]; readonly rest: readonly LaneCheckpoint[] } {
  // A store answers with null, too, when it has none.
  const known = resumeFrom === undefined || resumeFrom === null ? [] : readCheckpoint(resumeFrom).lanes;
  const isOf = (lane: LaneCheckpoint, key: LaneKey) =>
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
