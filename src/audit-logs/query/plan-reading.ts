import type { Clock } from '../../internal/clock.js';
import type { ReadingPlan } from '../events/log-reading.js';
import type { AuditLogPrincipal } from '../principal.js';
import { checkEnvelope } from '../validation/check-envelope.js';
import type { EventValidator } from '../validation/event-validator.js';
import type { AuditLogEventsQuery, AuditLogFollowQuery } from './audit-log-query.js';
import { checkChoice, checkNumber } from './check-options.js';
import { requestOptionsOf, resolveLanes, resolveRange, resolveStart } from './resolve-query.js';

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
export function planReading(
  query: AuditLogEventsQuery & Pick<AuditLogFollowQuery, 'onOutage'>,
  context: ReadingContext,
): ReadingPlan {
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
      return async () => (await import('../validation/validate-event.js')).validateEvent;
    default: {
      const check = checkChoice('validate', validate, ['envelope', 'documented', false], true);
      return async () => check;
    }
  }
}
