import type { Clock } from '../../internal/clock.js';
import type { ReadingPlan } from '../events/log-reading.js';
import type { AuditLogPrincipal } from '../principal.js';
import { checkEnvelope } from '../validation/check-envelope.js';
import type { EventValidator } from '../validation/event-validator.js';
import type { AuditLogEventsQuery } from './audit-log-query.js';
import { checkNumber, requestOptionsOf, resolveLanes, resolveRange, resolveStart } from './resolve-query.js';

const mebibyte = 1024 * 1024;
const defaultWindow = 10_000;

/** What a query is resolved against. */
export interface ReadingContext extends Pick<ReadingPlan, 'logsOf' | 'intervalMs'> {
  readonly principals: readonly AuditLogPrincipal[];
  readonly clock: Clock;
  readonly clientSignal: AbortSignal | undefined;
}

/**
 * Checks a query and fills in the defaults.
 *
 * @throws InputError or CheckpointError
 */
export function planReading(query: AuditLogEventsQuery, context: ReadingContext): ReadingPlan {
  const { principals, clock, clientSignal, logsOf, intervalMs } = context;
  const { after, before } = resolveRange(query, clock.now());
  const keys = resolveLanes(query.eventTypes, principals);
  const { deduplicate = true } = query;
  const window = deduplicate === true ? defaultWindow : deduplicate === false ? 0 : deduplicate;
  return {
    ...resolveStart(keys, after, query.resumeFrom),
    before,
    clock,
    logsOf,
    intervalMs,
    memory: {
      overlapMs: checkNumber('overlapMs', query.overlapMs ?? 600_000, 0),
      window: checkNumber('deduplicate', window, 0),
    },
    ordering: query.ordering ?? 'file',
    concurrency: checkNumber('concurrency', query.concurrency ?? 8, 1),
    maxBytesInFlight: checkNumber('maxBytesInFlight', query.maxBytesInFlight ?? 16 * mebibyte, 1),
    maxFileBytes: checkNumber('maxFileBytes', query.maxFileBytes ?? 32 * mebibyte, 1),
    loadValidator: validatorFor(query.validate),
    invalidLine: query.invalidLine,
    onFailedFile: query.onFailedFile,
    onRetentionGap: query.onRetentionGap,
    onProgress: query.onProgress,
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
      return async () => (await import('../validation/validate-event.js')).validateEvent;
    default:
      return async () => validate;
  }
}
