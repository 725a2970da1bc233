import { ConnectionError, type RequestDelivery } from '../errors/response-errors.js';
import type { ConnectionErrorCode } from '../errors/sdk-error.js';
import { readNetworkFault } from './network-fault.js';
import type { BodyFault } from './read-body.js';

/** What a call knows of itself when it fails without an answer. */
export interface CallFacts {
  readonly method: string;
  readonly route: string;
  readonly attempts: number;
  /** What earlier attempts left behind. @default 'not_sent' */
  readonly delivery?: RequestDelivery;
}

/** `fetch` rejected: says why, and keeps nothing of what it rejected with. */
export function networkError(call: CallFacts, thrown: unknown, known: readonly string[]): ConnectionError {
  const { reason, delivery, retryable, text } = readNetworkFault(thrown, known);
  const why = reason ?? text;
  return fail('network_error', call, `no answer came${why === '' ? '' : ` (${why})`}`, {
    delivery,
    retryable,
    reason,
    remedy: remedyFor(reason),
  });
}

/** Time ran out. */
export function timeoutError(
  call: CallFacts,
  what: string,
  delivery: RequestDelivery,
  cause?: unknown,
): ConnectionError {
  return fail('timeout', call, what, { delivery, cause, remedy: 'Try again later, or allow more time.' });
}

/** An answer came that could not be read whole. */
export function unreadableBody(
  call: CallFacts,
  fault: BodyFault,
  maxBytes: number,
  service: 'scim' | 'compliance',
): ConnectionError {
  if (fault === 'cut') return fail('response_cut', call, 'the answer was cut short', { delivery: 'unknown' });
  const remedy = service === 'scim' ? askForLess : undefined;
  return fail('response_too_large', call, `the answer is larger than ${maxBytes} bytes`, {
    delivery: 'unknown',
    remedy,
  });
}

const askForLess =
  'Ask for less at a time: lower `count`, or leave out `members` by `excludedAttributes`. Or raise `maxResponseBytes`.';

/** What is to be fetched lies where nothing must be fetched from. */
export function insecureUrl(call: CallFacts, what: string): ConnectionError {
  return fail('insecure_url', call, what, { delivery: 'unknown' });
}

function fail(
  code: ConnectionErrorCode,
  call: CallFacts,
  what: string,
  facts: {
    readonly delivery: RequestDelivery;
    readonly retryable?: boolean;
    readonly reason?: string | undefined;
    readonly remedy?: string | undefined;
    readonly cause?: unknown;
  },
): ConnectionError {
  const tries = call.attempts > 1 ? ` Tried ${call.attempts} times.` : '';
  return new ConnectionError(code, `${call.method} ${call.route} failed: ${what}.${tries}`, {
    ...call,
    ...facts,
    delivery: call.delivery === 'unknown' ? 'unknown' : facts.delivery,
  });
}

function remedyFor(reason = ''): string | undefined {
  if (/^(?:ENOTFOUND|EAI_)/.test(reason))
    return 'Check the host name in the base URL, and that this machine can resolve names.';
  if (/CERT|SIGNED|LEAF|ISSUER|SSL|TLS/.test(reason)) {
    return "The server's certificate is not trusted here. A proxy that inspects traffic needs its own certificate installed.";
  }
  if (reason === 'ECONNREFUSED')
    return 'Nothing listens at the base URL: check its host and port, and that no firewall stands between.';
  if (reason.startsWith('PROXY')) return 'The proxy refused to connect: check its address and credentials.';
  return undefined;
}
