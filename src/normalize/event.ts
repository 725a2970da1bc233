import type { AuditLogEvent, NewEvent } from '../audit-logs/events/event-types.js';
import { checkObject, unreadable } from '../errors/check-options.js';
import { isRecord } from '../internal/json.js';

import type { Included } from './options.js';

/**
 * A record of the audit log of the API Platform: `id`, `type`, `effective_at` and a payload under the name of its type.
 */
export interface PlatformRecord {
  readonly id: string;
  /** Such as `api_key.created`. */
  readonly type: string;
  /** Seconds since the epoch. */
  readonly effective_at: number;
  readonly actor?: unknown;
  readonly project?: unknown;
}

/**
 * A record that can be normalised: an event of the Compliance Logs Platform, also of a type that came later, or a record of the API
 * Platform's audit log.
 */
export type NormalizableEvent = AuditLogEvent | NewEvent<string> | PlatformRecord;

/** Whether a record of a type that is not known is one of the API Platform, which has its time in seconds. */
export function hasPlatformTime({ effective_at, timestamp }: Readonly<Record<string, unknown>>): boolean {
  return typeof effective_at === 'number' && typeof timestamp !== 'string';
}

/** Whether an event of the API Platform stands in the log of the tenant above its organization: two do without being called so. */
export function isOfTenant(type: unknown): boolean {
  return typeof type === 'string' && /^tenant\.|^role\.(?:un)?bound_/.test(type);
}

/** What `make` makes of a record. @throws InputError for what is none, and for one that cannot be read. */
export function readEvent<Result>(
  event: NormalizableEvent,
  make: (event: NormalizableEvent, included: Included) => Result,
  included: Included,
): Result {
  try {
    if (isRecord(event)) return make(event, included);
  } catch (error) {
    throw unreadable('`event`', error);
  }
  checkObject('event', event);
  return make(event, included);
}
