import { generalRemedies, networkProblem, networkRemedies } from '../errors/remedies/network.js';
import { explain } from '../errors/remedies/remedy.js';
import { ConnectionError, type ConnectionErrorFacts, type RequestDelivery } from '../errors/response-errors.js';
import type { ConnectionErrorCode } from '../errors/sdk-error.js';
import { bytesPerValue } from '../internal/json-limits.js';
import { maskText } from '../internal/mask-text.js';
import type { BodyFault } from './body.js';
import type { ServiceName } from './options.js';

export interface CallFacts {
  readonly method: string;
  readonly route: string;
  readonly attempts: number;
  /** Of earlier attempts. @default 'not_sent' */
  readonly delivery?: RequestDelivery;
}

/** `fetch` rejected. Keeps nothing of what it rejected with. */
export function networkError(call: CallFacts, thrown: unknown, known: readonly string[]): ConnectionError {
  const { reason, delivery, retryable, text } = readNetworkFault(thrown, known);
  const why = reason ?? text;
  return fail('network_error', call, `no answer came${why === '' ? '' : ` (${why})`}`, {
    delivery,
    retryable,
    reason,
    remedy: reason === undefined ? undefined : explain(networkRemedies[networkProblem(reason)]),
  });
}

export function timeoutError(
  call: CallFacts,
  what: string,
  delivery: RequestDelivery,
  limit: 'timeoutMs' | 'deadlineMs',
  cause?: unknown,
) {
  const remedy = `Raise \`${limit}\` or try again later. If it persists, a firewall may be dropping the requests.`;
  return fail('timeout', call, what, { delivery, cause, remedy });
}

/** The time was over before the service wanted to be asked again: no network is to blame. */
export function patienceTimeout(call: CallFacts, ms: number, cause?: unknown) {
  const what = `the service asked for patience (Retry-After) for longer than the ${ms} ms of the call`;
  const remedy =
    'Try again later, or raise `deadlineMs`: until then nothing is sent. Ask less often if it happens again.';
  return fail('timeout', call, what, { delivery: 'not_sent', cause, remedy });
}

/** The function that gives the credential is the caller's: no network is to blame. */
export function credentialTimeout(call: CallFacts, service: ServiceName, ms: number, cause?: unknown) {
  const name = service === 'scim' ? 'token' : 'apiKey';
  const what = `the function that gives \`${name}\` did not answer before the ${ms} ms of the call were over`;
  const remedy =
    'Find out what that function waits for, and give it a time limit of its own. Raise `deadlineMs` only if it is slow.';
  return fail('timeout', call, what, { delivery: 'not_sent', cause, remedy });
}

export function unreadableBody(
  call: CallFacts,
  fault: BodyFault | 'too_many',
  { maxBytes, service, encoding }: { maxBytes: number; service: ServiceName; encoding: string | null },
): ConnectionError {
  if (fault === 'not_encoded') {
    // Of a header only a word that is known to be one.
    const name = /^(?:gzip|br|deflate|zstd)$/i.exec(encoding ?? '')?.[0].toLowerCase() ?? 'compressed';
    const remedy =
      'Check the proxy or gateway on the way: it must not unpack an answer and leave its Content-Encoding.';
    return fail('response_cut', call, `the answer is labelled ${name}, but is not`, { delivery: 'unknown', remedy });
  }
  if (fault === 'cut') return fail('response_cut', call, 'the answer was cut short', { delivery: 'unknown' });
  const remedy =
    service === 'compliance'
      ? undefined
      : generalRemedies[service === 'scim' ? 'response_too_large' : 'page_too_large'];
  const what =
    fault === 'too_many'
      ? `the answer holds more than ${Math.floor(maxBytes / bytesPerValue)} values`
      : `the answer is larger than ${maxBytes} bytes`;
  return fail('response_too_large', call, what, { delivery: 'unknown', remedy });
}

/** `allowHost` refused the host. The same words whatever is there, so that they tell nobody what there is. */
export function hostNotAllowed(call: CallFacts, answeredBy: ServiceName | 'storage'): ConnectionError {
  const isStorage = answeredBy === 'storage';
  const where = isStorage ? 'the storage address' : 'the base URL';
  const what = `\`allowHost\` does not allow the host of ${where}, so nothing was sent to it`;
  const remedy = isStorage ? generalRemedies.storage_host_not_allowed : explain(networkRemedies.host_not_allowed);
  return fail('host_not_allowed', call, what, { delivery: 'not_sent', remedy });
}

/** `allowHost` failed, as where names cannot be resolved for the moment. Keeps nothing of what it threw. */
export function hostUnknown(call: CallFacts, thrown: unknown, known: readonly string[]): ConnectionError {
  const { reason, retryable, text } = readNetworkFault(thrown, known);
  const why = reason ?? (text === '' ? 'it said nothing' : text);
  return fail('network_error', call, `\`allowHost\` failed (${why}), so nothing was sent`, {
    delivery: 'not_sent',
    retryable,
    reason,
    remedy: reason === undefined ? generalRemedies.allow_host_failed : explain(networkRemedies[networkProblem(reason)]),
  });
}

export function insecureUrl(call: CallFacts, what: string): ConnectionError {
  return fail('insecure_url', call, what, { delivery: 'unknown' });
}

function fail(
  code: ConnectionErrorCode,
  call: CallFacts,
  what: string,
  facts: Omit<ConnectionErrorFacts, 'method' | 'route' | 'attempts'>,
): ConnectionError {
  const tries = call.attempts > 1 ? ` Tried ${call.attempts} times.` : '';
  return new ConnectionError(code, `${call.method} ${call.route} failed: ${what}.${tries}`, {
    ...call,
    ...facts,
    delivery: call.delivery === 'unknown' ? 'unknown' : facts.delivery,
  });
}

interface NetworkFault {
  /** As Node spells it, such as `ENOTFOUND`, `CERT_HAS_EXPIRED` or `ECONNRESET`. */
  readonly reason?: string;
  readonly delivery: RequestDelivery;
  /** `false` for a bad certificate and for a fault of the program. */
  readonly retryable: boolean;
  readonly text: string;
}

// Deno, workerd and browsers give a sentence and no code.
const sentences: readonly (readonly [pattern: RegExp, reason: string])[] = [
  [/connection ?refused|os error (?:111|61|10061)\b/i, 'ECONNREFUSED'],
  [/dns error|failed to lookup|name not resolved|getaddrinfo/i, 'ENOTFOUND'],
  [/certificate.*expired/i, 'CERT_HAS_EXPIRED'],
  [/certificate.*(?:not valid for|altname)/i, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  [/unknownissuer|self.signed|certificate/i, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  [/proxy response \(\d+\)/i, 'PROXY_REFUSED'],
  [/connection ?(?:reset|lost|closed)|os error 104|other side closed|socket hang up|terminated/i, 'ECONNRESET'],
];

const certificate = /CERT|SIGNED|ISSUER|LEAF/;
const neverSent = /^(?:ECONNREFUSED|ENOTFOUND|EAI_\w+|UND_ERR_CONNECT_TIMEOUT|PROXY_REFUSED)$/;
// Deno, Node.
const neverConnected = /client error \(Connect\)|before secure TLS connection/;
const programFaults = ['TypeError', 'ReferenceError', 'RangeError', 'SyntaxError'];
const networkTypeError = /fetch|network|load failed|error sending request/i;

/** Reads what `fetch` rejected with, in any runtime. `known` must not be repeated. */
export function readNetworkFault(error: unknown, known: readonly string[] = []): NetworkFault {
  const chain = errorChain(error);
  const message = chain.map((link) => String(link.message ?? '')).join(': ');
  const coded = chain.find((link) => typeof link.code === 'string' && /^[A-Za-z][\w]{2,60}$/.test(link.code));
  const sentence = sentences.find(([pattern]) => pattern.test(`${message} ${coded?.code}`))?.[1];
  const code = coded === undefined ? undefined : String(coded.code);
  // The codes of undici (UND_ERR_SOCKET) and of older Bun (ConnectionRefused) say less than the sentence beside them.
  const safeCode = code !== undefined && /^[A-Z\d_]+$/.test(code) ? code : undefined;
  const reason = safeCode?.startsWith('UND_') ? (sentence ?? safeCode) : (safeCode ?? sentence);
  const isProgramFault =
    /^ERR_INVALID_/.test(code ?? '') ||
    (reason === undefined && programFaults.includes(String(chain[0]?.name)) && !networkTypeError.test(message));
  const isCertificate = certificate.test(reason ?? '');
  const notSent =
    isCertificate || neverSent.test(reason ?? '') || coded?.syscall === 'connect' || neverConnected.test(message);
  return {
    ...(reason !== undefined && { reason }),
    delivery: notSent ? 'not_sent' : 'unknown',
    retryable: !isProgramFault && !isCertificate,
    text: maskText(message, known),
  };
}

type ErrorLink = Readonly<Partial<Record<'name' | 'message' | 'code' | 'syscall' | 'cause' | 'errors', unknown>>>;

/** The error, its causes, and the first of several (two addresses of one host tried in turn). */
function errorChain(error: unknown): ErrorLink[] {
  const chain: ErrorLink[] = [];
  let next: unknown = error;
  while (typeof next === 'object' && next !== null && chain.length < 6) {
    const link: ErrorLink = next;
    chain.push(link);
    next = link.cause ?? (Array.isArray(link.errors) ? link.errors[0] : undefined);
  }
  return chain;
}
