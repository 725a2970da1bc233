import { checkChoice, checkOptions, checkPositive, checkText } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { isSdkError } from '../errors/is-sdk-error.js';
import { tokenRemedies } from '../errors/remedies/client-credentials.js';
import { networkProblem, networkRemedies } from '../errors/remedies/network.js';
import { enterSecretItself, explain } from '../errors/remedies/remedy.js';
import { openAbortScope, untilAborted } from '../internal/abort.js';
import { type Clock, monotonicNow, systemClock } from '../internal/clock.js';
import { isRedacted } from '../internal/redacted.js';
import { receive } from './attempt.js';
import { decodeText, readBody } from './body.js';
import { refusalTag, userAgentHeader } from './headers.js';
import { readNetworkFault } from './network-failure.js';
import type { ClientOptions } from './options.js';
import { noToken, readSaid, readToken, refusal } from './token-answer.js';
import { hasCredentials, isSecureUrl } from './url.js';
import { createWire, type Wire } from './wire.js';

/** What {@link clientCredentials} takes. */
export interface ClientCredentialsOptions {
  /** Where tokens are asked for, `https:`. It is taken as it is: no redirect is followed. */
  readonly tokenUrl: string;
  /** The id of the client, as it was registered there. */
  readonly clientId: string;
  /** Its secret. */
  readonly clientSecret: string;
  /** What the token is asked for, its parts separated by spaces. @default whatever the server gives */
  readonly scope?: string | undefined;
  /** Where id and secret are sent: in the `Authorization` header, or as part of the body. @default 'basic' */
  readonly authentication?: 'basic' | 'post' | undefined;
  /** Milliseconds for one request of a token, answer included. @default 30_000 */
  readonly timeoutMs?: number | undefined;
  /** Replaces the global `fetch`. It is not that of the client to which the credential is given. @default the global one */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /**
   * Asked before each request of a token, as that of a client is: anything but `true` refuses the host. For token URLs that
   * others fill in: `publicHostsOnly`. @default every host
   */
  readonly allowHost?: ClientOptions['allowHost'];
  /** What the life of a token and the time limit go by. @default the machine's clock */
  readonly clock?: Clock | undefined;
  /** Allows `http:` for 127.0.0.1, [::1] and localhost only: for an emulator, never for a real service. */
  readonly dangerouslyAllowHttpLoopback?: boolean | undefined;
}

/**
 * A credential for a directory that takes no SCIM token but OAuth 2.0 client credentials (RFC 6749 §4.4): it asks for a token
 * when the first request needs one, keeps it until shortly before it expires, to its end where no other is to be had, and asks again when the service has
 * refused it.
 * However many requests wait, one asks. Give it to the client as it is, not in a function of your own, which hides from it that
 * a token was refused. Printed, or as JSON, it shows nothing.
 *
 * @throws InputError for an option that is missing, misspelt or wrong. A call for which there is no token rejects with a
 *   ConnectionError (`credential_unavailable`): nothing was sent to the service.
 *
 * @example
 * import { clientCredentials, ScimClient } from 'chatgpt-enterprise-sdk/scim';
 * import { createEmulator } from 'chatgpt-enterprise-sdk/testing';
 *
 * await using emulator = createEmulator({ scim: { oauth: {} } });
 * const { tokenUrl = '', clientId = '', clientSecret = '' } = emulator.scim.oauth ?? {};
 * const token = clientCredentials({ tokenUrl, clientId, clientSecret, fetch: emulator.fetch });
 * const client = new ScimClient({ baseUrl: emulator.scim.baseUrl, token, ...emulator.clientOptions });
 * console.log(await client.users.count()); // 12
 */
export function clientCredentials(options: ClientCredentialsOptions): () => Promise<string> {
  const source = new TokenSource(checkSource(options));
  const credential = (): Promise<string> => source.token();
  refusalTag.set(credential, (token) => source.refuse(token));
  return credential;
}

const optionNames: Readonly<Record<keyof ClientCredentialsOptions, true>> = {
  tokenUrl: true,
  clientId: true,
  clientSecret: true,
  scope: true,
  authentication: true,
  timeoutMs: true,
  fetch: true,
  allowHost: true,
  clock: true,
  dangerouslyAllowHttpLoopback: true,
};

interface SourceOptions extends ClientCredentialsOptions {
  readonly timeoutMs: number;
  readonly clock: Clock;
}

function checkSource(given: ClientCredentialsOptions): SourceOptions {
  const options = checkOptions('clientCredentials()', given ?? {}, optionNames);
  const { clientSecret, timeoutMs = 30_000, clock = systemClock } = options;
  const tokenUrl = parseTokenUrl(options.tokenUrl, options.dangerouslyAllowHttpLoopback ?? false);
  for (const name of ['clientId', 'clientSecret'] as const) {
    checkText(name, options[name]);
    if (options[name] === '') throw new InputError(`\`${name}\` is empty.`, { path: [name] });
  }
  if (isRedacted(clientSecret)) {
    throw new InputError('`clientSecret` is a redacted secret.', { path: ['clientSecret'], remedy: enterSecretItself });
  }
  if (options.scope !== undefined) checkText('scope', options.scope);
  checkChoice('authentication', options.authentication, [undefined, 'basic', 'post']);
  for (const name of ['fetch', 'allowHost'] as const) checkChoice(name, options[name], [undefined], true);
  return { ...options, tokenUrl, timeoutMs: checkPositive('timeoutMs', timeoutMs), clock };
}

function parseTokenUrl(text: string, allowHttpLoopback: boolean): string {
  const path = ['tokenUrl'];
  if (typeof text !== 'string' || !URL.canParse(text)) {
    const remedy = 'Enter the full address of the token endpoint, starting with https://.';
    throw new InputError('`tokenUrl` must be a URL.', { path, remedy });
  }
  const url = new URL(text);
  if (hasCredentials(url)) {
    const remedy = 'Remove the part before the @, and give `clientId` and `clientSecret`.';
    throw new InputError('`tokenUrl` contains a user name or a password.', { path, remedy });
  }
  if (!isSecureUrl(url, allowHttpLoopback)) {
    const remedy = 'Use https://. For an emulator on this machine, set `dangerouslyAllowHttpLoopback: true`.';
    throw new InputError('`tokenUrl` must use https: the secret would be sent unencrypted.', { path, remedy });
  }
  url.hash = '';
  return url.href;
}

const longestAnswerBytes = 64 * 1024;
const longestMarginMs = 60_000;
/** So long a refused token is not tried again: it may have been refused by mistake, and a server gives the same one for hours. */
const refusedForMs = 60_000;

/** Asks for tokens, and keeps the last one. */
class TokenSource {
  readonly #options: SourceOptions;
  readonly #wire: Wire;
  /** To be replaced from `staleAtMs` on, and of use until `endsAtMs`. */
  #held: { readonly token: string; readonly staleAtMs: number; readonly endsAtMs: number } | undefined;
  #pending: Promise<string> | undefined;
  #refused: { readonly token: string; readonly atMs: number } | undefined;

  constructor(options: SourceOptions) {
    this.#options = options;
    this.#wire = createWire(options.fetch);
  }

  token(): Promise<string> {
    if (this.#held !== undefined && monotonicNow(this.#options.clock) < this.#held.staleAtMs) {
      return Promise.resolve(this.#held.token);
    }
    this.#pending ??= this.#replace().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  /** The service did not accept it: it is not handed out again for a while, however long it was said to live. */
  refuse(token: string): void {
    this.#refused = { token, atMs: monotonicNow(this.#options.clock) };
    if (this.#held?.token === token) this.#held = undefined;
  }

  async #replace(): Promise<string> {
    try {
      return await this.#ask();
    } catch (error) {
      if (this.#held === undefined || monotonicNow(this.#options.clock) >= this.#held.endsAtMs) throw error;
      return this.#held.token;
    }
  }

  async #ask(): Promise<string> {
    const { clock, timeoutMs } = this.#options;
    const askedMs = monotonicNow(clock);
    const { headers, body, known } = requestOf(this.#options);
    const scope = openAbortScope([], timeoutMs, clock);
    const { signal } = scope;
    try {
      await this.#checkHost(signal);
      const request = { url: this.#options.tokenUrl, method: 'POST', headers, body, signal };
      const response = await receive(this.#wire(request), signal);
      const { bytes, fault } = await readBody(response, longestAnswerBytes, signal);
      const said = readSaid(fault === undefined ? decodeText(bytes, response.headers) : '');
      if (!response.ok) throw refusal(response.status, said, this.#options.authentication);
      const { token, livesMs } = readToken(said, fault === 'cut');
      if (token === this.#refused?.token && askedMs < this.#refused.atMs + refusedForMs) {
        throw noToken('the token URL gave the one again that the service had refused', tokenRemedies.refused_again);
      }
      const endsAtMs = askedMs + livesMs;
      this.#held = { token, endsAtMs, staleAtMs: endsAtMs - Math.min(longestMarginMs, livesMs / 2) };
      return token;
    } catch (thrown) {
      if (isSdkError(thrown)) throw thrown;
      if (scope.expired) {
        const what = `no complete answer of the token URL came within ${timeoutMs} ms`;
        throw noToken(what, tokenRemedies.late, { retryable: true });
      }
      const { reason, retryable, text } = readNetworkFault(thrown, known);
      const why = reason ?? text;
      const remedy = reason === undefined ? tokenRemedies.late : explain(networkRemedies[networkProblem(reason)]);
      const what = `no answer of the token URL came${why === '' ? '' : ` (${why})`}`;
      throw noToken(what, remedy, { retryable, reason });
    } finally {
      scope.end();
    }
  }

  async #checkHost(signal: AbortSignal): Promise<void> {
    const { allowHost, tokenUrl } = this.#options;
    if (allowHost === undefined) return;
    const asked = Promise.resolve(new URL(new URL(tokenUrl).origin)).then((url) => allowHost(url));
    if ((await untilAborted(asked, signal)) === true) return;
    const what = '`allowHost` does not allow the host of the token URL';
    throw noToken(what, explain(networkRemedies.host_not_allowed));
  }
}

/** `known` must not be repeated. */
function requestOf({ clientId, clientSecret, scope, authentication = 'basic' }: SourceOptions) {
  const isBasic = authentication === 'basic';
  // RFC 6749 §2.3.1: both are form-encoded before they are joined.
  const basic = btoa(`${formEncoded(clientId)}:${formEncoded(clientSecret)}`);
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    ...(scope !== undefined && { scope }),
    ...(!isBasic && { client_id: clientId, client_secret: clientSecret }),
  }).toString();
  const headers: Record<string, string> = {
    accept: 'application/json',
    'content-type': 'application/x-www-form-urlencoded',
    ...userAgentHeader(),
    ...(isBasic && { authorization: `Basic ${basic}` }),
  };
  return { headers, body, known: [clientSecret, formEncoded(clientSecret), basic, clientId] };
}

function formEncoded(text: string): string {
  return new URLSearchParams({ text }).toString().slice('text='.length);
}
