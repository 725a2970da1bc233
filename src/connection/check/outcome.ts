import { isFailure } from '../../errors/is-sdk-error.js';
import { forbiddenReason } from '../../errors/remedies/key-kind.js';
import { networkProblem } from '../../errors/remedies/network.js';
import { ConnectionError, ResponseError, ResponseValidationError } from '../../errors/response-errors.js';
import { monotonicNow } from '../../internal/clock.js';
import { isWebPage } from '../../transport/body.js';
import type { RequestOptions, TransportRequest } from '../../transport/options.js';
import { receivedTag } from '../../transport/response-failure.js';
import { retry } from '../../transport/retry.js';
import type { Transport } from '../../transport/transport.js';
import {
  type CheckEvidence,
  type CredentialVerdict,
  notCheckedCodes,
  notReachedCodes,
  type ObservedCode,
  type Verdict,
} from './report.js';

/** What became of one request of a check. */
export type Outcome =
  | { readonly kind: 'answered'; readonly body: unknown; readonly durationMs: number }
  | { readonly kind: 'failed'; readonly error: ResponseError | ResponseValidationError | ConnectionError }
  /** A success whose body is not what was asked for: something answers in the place of the service. */
  | {
      readonly kind: 'foreign';
      readonly code: ObservedCode;
      readonly evidence: CheckEvidence;
    }
  /** Time was up first. */
  | { readonly kind: 'unfinished' }
  /** Not sent: the service asks for patience for longer than the check may take. */
  | { readonly kind: 'held_back' }
  /** Not sent: it is clear beforehand that the secret belongs elsewhere. */
  | { readonly kind: 'skipped' };

/** What a success must look like, and what was found where it does not. */
export interface Expected {
  readonly isWanted: (body: unknown) => boolean | Promise<boolean>;
  readonly otherwise: ObservedCode;
}

/**
 * Asks once, and once more where the connection broke: one that was kept open may have been closed at the other end. Or as
 * often as the caller says.
 */
export async function probe(
  transport: Transport,
  request: Pick<TransportRequest, 'route' | 'params' | 'query'>,
  { isWanted, otherwise }: Expected,
  {
    scope,
    call,
    deadlineMs,
  }: { readonly scope: { readonly expired: boolean }; readonly call: RequestOptions; readonly deadlineMs: number },
): Promise<Outcome> {
  const { clock, cooldown } = transport;
  const waitMs = cooldown.remainingMs(monotonicNow(clock));
  if (waitMs >= deadlineMs) return { kind: 'held_back' };
  const { maxRetries } = call;
  const ask = () => transport.send({ ...request, ...call, method: 'GET', maxRetries: maxRetries ?? 0 });
  try {
    // Here, and not in the gate: how long the service takes to answer is counted from when it is asked.
    if (waitMs > 0) await clock.sleep(waitMs, call.signal);
    const startMs = monotonicNow(clock);
    const { status, body, requestId } = await retry(ask, {
      maxRetries: maxRetries === undefined ? 1 : 0,
      delayAfter: (error) =>
        error instanceof ConnectionError && error.code === 'network_error' && error.retryable ? 0 : undefined,
    });
    const durationMs = Math.round(monotonicNow(clock) - startMs);
    if (await isWanted(body)) return { kind: 'answered', body, durationMs };
    const facts = { method: 'GET', route: request.route, status, durationMs };
    return { kind: 'foreign', code: otherwise, evidence: requestId === undefined ? facts : { ...facts, requestId } };
  } catch (error) {
    if (scope.expired) return { kind: 'unfinished' };
    if (!isFailure(error) || !isOutcome(error)) throw error;
    return { kind: 'failed', error };
  }
}

export function isOutcome(error: unknown): error is ResponseError | ResponseValidationError | ConnectionError {
  return [ResponseError, ResponseValidationError, ConnectionError].some((type) => error instanceof type);
}

const slowMs = 5_000;

/** Says what kept the answer from arriving, whatever was asked; undefined where the service itself answered. */
export function transportProblem(outcome: Outcome): ObservedCode | undefined {
  if (outcome.kind === 'unfinished') return 'no_answer_in_time';
  if (outcome.kind === 'held_back') return 'asked_to_wait';
  if (outcome.kind === 'foreign') return outcome.code;
  if (outcome.kind !== 'failed') return undefined;
  const { error } = outcome;
  if (error instanceof ConnectionError) {
    if (error.code === 'timeout') return 'no_answer_in_time';
    if (error.code === 'host_not_allowed') return 'host_not_allowed';
    return error.code === 'network_error' ? networkProblem(error.reason) : 'unreadable_answer';
  }
  if (!(error instanceof ResponseError)) {
    const kind = receivedTag.get(error);
    if (kind === 'error') return passingProblem(error.innerStatus ?? 0) ?? 'unexpected_answer';
    return kind === 'page' ? 'web_page_answered' : 'unreadable_answer';
  }
  const { status } = error;
  if (error.code === 'unexpected_redirect') return 'redirected';
  if (status === 407) return 'proxy_refused';
  const problem = passingProblem(status);
  if (problem !== undefined) return problem;
  return isWebPage(error.body() ?? '') ? 'web_page_answered' : undefined;
}

function passingProblem(status: number): ObservedCode | undefined {
  if (status === 429) return 'rate_limited';
  return status >= 500 && status !== 501 ? 'server_error' : undefined;
}

export function isSlow(outcome: Outcome): boolean {
  return outcome.kind === 'answered' && outcome.durationMs > slowMs;
}

const shownFacts = ['method', 'route', 'status', 'innerStatus', 'reason', 'serverCode', 'requestId'] as const;

/** What an outcome has to show, without anything that must not be shown. */
export function evidenceOf(outcome: Outcome): CheckEvidence {
  if (outcome.kind === 'answered') return { durationMs: outcome.durationMs };
  if (outcome.kind === 'foreign') return outcome.evidence;
  if (outcome.kind !== 'failed') return {};
  const facts: { readonly [Fact in (typeof shownFacts)[number]]?: unknown } = outcome.error;
  return Object.fromEntries(shownFacts.flatMap((fact) => (facts[fact] === undefined ? [] : [[fact, facts[fact]]])));
}

export function refusalStatus(outcome: Outcome): number | undefined {
  return outcome.kind === 'failed' && outcome.error instanceof ResponseError ? outcome.error.status : undefined;
}

/** Whether the service says that this key may not read this, or that there is no such thing. */
export function isRefused(outcome: Outcome): boolean {
  return [401, 403, 404].includes(refusalStatus(outcome) ?? 0);
}

/** Whether the service says which kind of right is missing: it knows the key then, and knows the workspace. */
export function isScopeMissing(outcome: Outcome): boolean {
  if (outcome.kind !== 'failed' || !(outcome.error instanceof ResponseError) || outcome.error.status !== 403)
    return false;
  return forbiddenReason(outcome.error.serverMessage() ?? '') === 'scope_missing';
}

/** Whether the key is alive and made for what was asked: it was answered, or told which right it lacks. */
export function isOfLiveKey(outcome: Outcome): boolean {
  return outcome.kind === 'answered' || isScopeMissing(outcome);
}

export function verdictOf(outcome: Outcome): Verdict {
  if (outcome.kind === 'answered') return 'ok';
  if (outcome.kind === 'skipped') return 'failed';
  return [...notCheckedCodes, ...notReachedCodes].includes(transportProblem(outcome)) ? 'unknown' : 'failed';
}

function reachability(outcomes: readonly Outcome[]): Verdict {
  if (outcomes.some(isServiceAnswer)) return 'ok';
  const problems = outcomes.map(transportProblem);
  if (problems.includes('server_error')) return 'warning';
  return outcomes.every(({ kind }) => kind === 'skipped' || kind === 'held_back') ? 'unknown' : 'failed';
}

/**
 * Whether the service accepted the secret. A directory looks at it before it answers 403. What the Compliance API answers with
 * 403 may be a key that has expired, and 404 may come before it has looked at the key at all.
 */
function authentication(outcomes: readonly Outcome[], credential: CredentialVerdict['credential']): Verdict {
  if (outcomes.some(isOfLiveKey)) return 'ok';
  const statuses = outcomes.map(refusalStatus);
  if (outcomes.some(({ kind }) => kind === 'skipped') || statuses.includes(401)) return 'failed';
  const answers = outcomes.filter((outcome) => transportProblem(outcome) === undefined).map(refusalStatus);
  return credential === 'scim_token' && answers.includes(403) ? 'ok' : 'unknown';
}

/** The worst of several: what could not be seen is worse than what was seen to work. */
export function worstOf(verdicts: readonly Verdict[]): Verdict {
  for (const verdict of ['failed', 'warning', 'unknown', 'ok'] as const) if (verdicts.includes(verdict)) return verdict;
  return 'unknown';
}

function isServiceAnswer(outcome: Outcome): boolean {
  if (outcome.kind === 'answered') return true;
  const problem = transportProblem(outcome);
  return outcome.kind === 'failed' && (problem === undefined || problem === 'rate_limited');
}

/** What the answers say of the secret they were asked for with. */
export function credentialVerdict(
  credential: CredentialVerdict['credential'],
  looksLike: CredentialVerdict['looksLike'],
  outcomes: readonly Outcome[],
): CredentialVerdict {
  const times = outcomes.flatMap((outcome) => (outcome.kind === 'answered' ? [outcome.durationMs] : []));
  return {
    credential,
    looksLike,
    reachable: reachability(outcomes),
    authenticated: authentication(outcomes, credential),
    ...(times.length > 0 && { latencyMs: Math.max(...times) }),
  };
}
