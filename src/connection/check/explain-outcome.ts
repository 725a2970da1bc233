import { ConnectionError, ResponseError } from '../../errors/response-errors.js';
import { isWebPage } from '../../transport/is-web-page.js';
import type { ObservedCode } from './check-code.js';
import type { CheckEvidence } from './check-report.js';
import type { Outcome } from './probe.js';

const slowMs = 5_000;

/** Says what stood in the way, where it has nothing to do with what was asked; undefined where the service answered. */
export function explainWay(outcome: Outcome): ObservedCode | undefined {
  if (outcome.kind === 'unfinished') return 'no_answer_in_time';
  if (outcome.kind !== 'failed') return undefined;
  const { error } = outcome;
  if (error instanceof ConnectionError) return explainNetwork(error);
  // What is no JSON at all, although it says 200, is a page.
  if (!(error instanceof ResponseError))
    return error.issues[0]?.path.length === 0 ? 'web_page_answered' : 'unreadable_answer';
  const { status } = error;
  if (error.code === 'unexpected_redirect') return 'redirected';
  if (status === 407) return 'proxy_refused';
  if (status === 429) return 'rate_limited';
  if (status >= 500 && status !== 501) return 'server_error';
  return isWebPage(error.body ?? '') ? 'web_page_answered' : undefined;
}

/** Says of an answer that it took its time. */
export function isSlow(outcome: Outcome): boolean {
  return outcome.kind === 'answered' && outcome.durationMs > slowMs;
}

function explainNetwork({ code, reason = '' }: ConnectionError): ObservedCode {
  if (code === 'timeout') return 'no_answer_in_time';
  if (code !== 'network_error') return 'unreadable_answer';
  if (/^(?:ENOTFOUND|EAI_)/.test(reason)) return 'dns_failed';
  if (/CERT|SIGNED|LEAF|ISSUER|SSL|TLS|EPROTO/.test(reason)) return 'tls_failed';
  if (reason.startsWith('PROXY')) return 'proxy_refused';
  return reason === 'ECONNREFUSED' ? 'connection_refused' : 'network_failed';
}

/** What an outcome has to show, without anything that must not be shown. */
export function evidenceOf(outcome: Outcome): CheckEvidence {
  if (outcome.kind === 'answered') return { durationMs: outcome.durationMs };
  if (outcome.kind !== 'failed') return {};
  const { error } = outcome;
  if (error instanceof ConnectionError) {
    const { method, route, reason } = error;
    return {
      ...(method !== undefined && { method }),
      ...(route !== undefined && { route }),
      ...(reason !== undefined && { reason }),
    };
  }
  const { method, route } = error;
  if (!(error instanceof ResponseError)) return { method, route, status: error.status };
  const { status, serverCode, requestId } = error;
  return {
    method,
    route,
    status,
    ...(serverCode !== undefined && { serverCode }),
    ...(requestId !== undefined && { requestId }),
  };
}

/** The status of an answer that said no. */
export function refusalStatus(outcome: Outcome): number | undefined {
  return outcome.kind === 'failed' && outcome.error instanceof ResponseError ? outcome.error.status : undefined;
}
