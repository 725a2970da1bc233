import type { FailedPrincipal } from '../../audit-logs/query.js';
import { InputError } from '../../errors/input-errors.js';
import { connectionRemedies } from '../../errors/remedies/connection.js';
import { networkRemedies } from '../../errors/remedies/network.js';
import { explain } from '../../errors/remedies/remedy.js';
import { ConnectionError, ResponseValidationError } from '../../errors/response-errors.js';
import { untilAnswered } from '../../internal/callbacks.js';
import type { Outcome } from './outcome.js';

/** Tells of those whose key opens nothing, one after the other, and waits. @throws What the function throws; a signal's reason. */
export async function tellFailed(
  failed: readonly FailedPrincipal[],
  onFailedPrincipal: ((failed: FailedPrincipal) => unknown) | undefined,
  signals: readonly (AbortSignal | undefined)[],
): Promise<void> {
  if (onFailedPrincipal === undefined) return;
  for (const one of failed) await untilAnswered(onFailedPrincipal(one), signals);
}

/** What a call would have been rejected with; undefined where it was answered. */
export function errorOf(outcome: Outcome): Error | undefined {
  switch (outcome.kind) {
    case 'answered':
      return undefined;
    case 'failed':
      return outcome.error;
    case 'foreign': {
      const { message, remedy } = connectionRemedies.not_compliance_api;
      const { method = 'GET', route = '', status = 200 } = outcome.evidence;
      return new ResponseValidationError(message, { method, route, status, issues: [], remedy });
    }
    case 'unfinished': {
      const remedy = explain(networkRemedies.no_answer_in_time);
      const facts = { delivery: 'unknown', attempts: 1, remedy } as const;
      return new ConnectionError('timeout', 'The time for the check was up before an answer came.', facts);
    }
    case 'held_back': {
      const remedy = explain(connectionRemedies.asked_to_wait);
      const facts = { delivery: 'not_sent', attempts: 0, remedy } as const;
      return new ConnectionError('timeout', 'The service asks for patience for longer than the check may take.', facts);
    }
    case 'skipped': {
      const { message, remedy } = connectionRemedies.scim_token_in_compliance_field;
      return new InputError(message, { path: ['apiKey'], remedy });
    }
  }
}
