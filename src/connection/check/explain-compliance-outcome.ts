import { ResponseError } from '../../errors/response-errors.js';
import type { ObservedCode } from './check-code.js';
import type { CredentialVerdict } from './check-report.js';
import { explainWay, refusalStatus } from './explain-outcome.js';
import type { Outcome } from './probe.js';

/** What the other answers say about one. */
export interface Surroundings {
  readonly looksLike: CredentialVerdict['looksLike'];
  /** Whether it was the list of people that was asked for, and not a log. */
  readonly isMembers: boolean;
  /** Whether anything of the same workspace or organization could be read. */
  readonly isOthersOfSameAnswered: boolean;
  /** Whether anything at all could be read. */
  readonly isAnythingAnswered: boolean;
  /** Whether everything, everywhere, was answered with this status. */
  readonly isSameEverywhere: boolean;
  /** How many workspaces there are. */
  readonly workspaces: number;
}

/** Says why the Compliance API did not give what was asked for; undefined where it did. */
export function explainComplianceOutcome(outcome: Outcome, around: Surroundings): ObservedCode | undefined {
  if (outcome.kind === 'answered') return undefined;
  const way = explainWay(outcome);
  if (way !== undefined) return way;
  switch (refusalStatus(outcome)) {
    case undefined:
      return undefined;
    case 400:
    case 422:
      return /event.?type/i.test(wordsOf(outcome)) ? 'event_type_refused' : 'unexpected_answer';
    case 401:
      return explainUnauthorized(around);
    case 403:
      return explainForbidden(wordsOf(outcome), around);
    case 404:
      if (around.isOthersOfSameAnswered) return 'unexpected_answer';
      return around.isSameEverywhere && around.workspaces > 1 ? 'no_workspace_known' : 'workspace_unknown';
    default:
      return 'unexpected_answer';
  }
}

function explainUnauthorized({ looksLike }: Surroundings): ObservedCode {
  if (looksLike === 'scim_token') return 'scim_token_in_compliance_field';
  if (looksLike === 'project_key') return 'project_key_refused';
  return looksLike === 'admin_key' ? 'admin_key_refused' : 'compliance_key_refused';
}

// Which of the reasons it is, the service mostly does not say: the other answers do.
function explainForbidden(said: string, around: Surroundings): ObservedCode {
  if (/\bip\b|allow-?list|address/i.test(said)) return 'ip_not_allowed';
  if (/belong|another organi[sz]ation/i.test(said)) return 'workspace_of_another_organization';
  if (!around.isAnythingAnswered && around.isSameEverywhere) {
    return around.looksLike === 'admin_key' ? 'nothing_allowed' : 'compliance_key_not_enabled';
  }
  if (around.isOthersOfSameAnswered || /scope|permission/i.test(said)) {
    return around.isMembers ? 'member_scope_missing' : 'log_scope_missing';
  }
  return 'workspace_of_another_organization';
}

function wordsOf(outcome: Outcome): string {
  return outcome.kind === 'failed' && outcome.error instanceof ResponseError ? (outcome.error.serverMessage ?? '') : '';
}
