import type { Verdict } from './check-report.js';
import { explainWay, refusalStatus } from './explain-outcome.js';
import type { Outcome } from './probe.js';

/** Whether what was asked for was given. */
export function verdictOf(outcome: Outcome): Verdict {
  if (outcome.kind === 'answered') return 'ok';
  if (outcome.kind === 'withheld') return 'failed';
  const way = explainWay(outcome);
  return way === 'rate_limited' || way === 'server_error' || way === 'no_answer_in_time' ? 'unknown' : 'failed';
}

/** Whether the service answered at all, in its own voice. */
export function reachableBy(outcomes: readonly Outcome[]): Verdict {
  if (outcomes.some(isOwnVoice)) return 'ok';
  const ways = outcomes.map(explainWay);
  if (ways.some((way) => way === 'server_error')) return 'warning';
  return outcomes.every(({ kind }) => kind === 'withheld') ? 'unknown' : 'failed';
}

/** Whether the service accepted the secret. A 404 comes before or after that was looked at, as the service likes. */
export function authenticatedBy(outcomes: readonly Outcome[], notFoundTells: boolean): Verdict {
  if (outcomes.some(({ kind }) => kind === 'answered')) return 'ok';
  const statuses = outcomes.map(refusalStatus);
  if (outcomes.some(({ kind }) => kind === 'withheld') || statuses.includes(401)) return 'failed';
  const accepted = outcomes.filter((outcome) => explainWay(outcome) === undefined).map(refusalStatus);
  return accepted.some((status) => status === 403 || (notFoundTells && status === 404)) ? 'ok' : 'unknown';
}

/** The worst that is known of several; unknown only where nothing is known. */
export function worstOf(verdicts: readonly Verdict[]): Verdict {
  for (const verdict of ['failed', 'warning', 'unknown', 'ok'] as const) if (verdicts.includes(verdict)) return verdict;
  return 'unknown';
}

function isOwnVoice(outcome: Outcome): boolean {
  if (outcome.kind === 'answered') return true;
  const way = explainWay(outcome);
  return outcome.kind === 'failed' && (way === undefined || way === 'rate_limited');
}
