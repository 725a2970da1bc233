import { tokenRemedies } from '../errors/remedies/client-credentials.js';
import { ConnectionError, type ConnectionErrorFacts } from '../errors/response-errors.js';
import { isRecord, ownCopy } from '../internal/json.js';
import { isRetryableStatus } from './retry.js';

/** What is read of the answer of a token URL (RFC 6749 §5): properties of its own, and none where it is no JSON object. */
type Said = Readonly<Record<(typeof saidNames)[number], unknown>>;
const saidNames = ['access_token', 'token_type', 'expires_in', 'error'] as const;

export function readSaid(text: string): Said {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch {
    // A page, or nothing: it holds no token.
  }
  return ownCopy<Partial<Said>>(isRecord(said) ? said : {}, saidNames) as Said;
}

/** @throws ConnectionError where the answer holds no token that can be sent. */
export function readToken(said: Said, isCut: boolean): { readonly token: string; readonly livesMs: number } {
  const { access_token: token, token_type: type, expires_in: given } = said;
  if (typeof token !== 'string' || !/^[\x21-\x7e]+$/.test(token)) {
    throw noToken('the answer of the token URL holds none', tokenRemedies.no_token, { retryable: isCut });
  }
  if (type !== undefined && String(type).toLowerCase() !== 'bearer') {
    throw noToken('the token URL gives tokens of another type than Bearer', tokenRemedies.no_token);
  }
  const seconds = typeof given === 'string' && given.trim() !== '' ? Number(given) : given;
  // One that does not say how long it lives is used until it is refused.
  const isKnown = typeof seconds === 'number' && Number.isFinite(seconds);
  return { token, livesMs: isKnown ? Math.max(0, seconds) * 1000 : Number.POSITIVE_INFINITY };
}

/** The words of RFC 6749 §5.2, and what to do about each: nothing else of the answer is repeated. */
const oauthErrors: Readonly<Record<string, keyof typeof tokenRemedies>> = {
  invalid_request: 'wrong_request',
  invalid_client: 'wrong_client',
  invalid_grant: 'wrong_grant',
  unauthorized_client: 'wrong_grant',
  unsupported_grant_type: 'wrong_grant',
  invalid_scope: 'wrong_scope',
};

/** What to do where the secret was sent in the body already. */
const wrongInBody: { readonly [Cause in keyof typeof tokenRemedies]?: keyof typeof tokenRemedies } = {
  wrong_client: 'wrong_client_in_body',
  wrong_request: 'wrong_request_in_body',
};

/** What to throw for an answer that is no success. */
export function refusal(
  status: number,
  { error }: Said,
  authentication: 'basic' | 'post' | undefined,
): ConnectionError {
  if (status < 400) return noToken('the token URL redirects, which is not followed', tokenRemedies.redirected);
  const word = typeof error === 'string' && Object.hasOwn(oauthErrors, error) ? error : undefined;
  const known = word === undefined ? undefined : oauthErrors[word];
  const retryable = isRetryableStatus(status);
  const byStatus = retryable ? 'late' : status === 401 ? 'wrong_client' : 'no_token';
  const cause = known ?? byStatus;
  const inBody = authentication === 'post' ? wrongInBody[cause] : undefined;
  const what = `the token URL answered ${status}${word === undefined ? '' : ` (${word})`}`;
  return noToken(what, tokenRemedies[inBody ?? cause], { retryable });
}

/** What to throw wherever there is no token. */
export function noToken(
  what: string,
  remedy: string,
  facts: Pick<ConnectionErrorFacts, 'retryable' | 'reason'> = { retryable: false },
): ConnectionError {
  const message = `There is no token for the service: ${what}. Nothing was sent to the service.`;
  const route = '(token URL)';
  // Whatever became of the token request: the request that it was for was not sent.
  const call = { method: 'POST', route, attempts: 1, delivery: 'not_sent' } as const;
  return new ConnectionError('credential_unavailable', message, { ...call, ...facts, remedy });
}
