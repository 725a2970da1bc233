import type { Random } from '../random.js';
import type { Answer, EmulatorRequest } from '../routes.js';

/** A directory that takes no SCIM token but what its token endpoint hands out (OAuth 2.0 client credentials). */
export interface OAuthOptions {
  /** How long a token lives. @default 3600 */
  readonly expiresInSeconds?: number | undefined;
  /** How the client must authenticate: in the header, or in the body. @default either */
  readonly authentication?: 'basic' | 'post' | undefined;
  /** What must be asked for as `scope`, if anything. */
  readonly scope?: string | undefined;
}

/** The path of the token endpoint, on the origin of the SCIM side. */
export const tokenPath = '/oauth/token';

/** A token endpoint (RFC 6749 §4.4), and the tokens that it handed out. */
export class OAuthServer {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly #random: Random;
  readonly #now: () => number;
  readonly #options: OAuthOptions;
  // Replaced, never changed. When each token expires.
  #tokens: ReadonlyMap<string, number> = new Map();

  constructor(random: Random, now: () => number, options: OAuthOptions) {
    this.#random = random;
    this.#now = now;
    this.#options = options;
    this.clientId = `client_${random.text(24)}`;
    this.clientSecret = random.text(40);
  }

  /** Whether a token may be used now. */
  has(token: string): boolean {
    return this.#now() < (this.#tokens.get(token) ?? 0);
  }

  /** Tokens are refused with 401 from now on: this one, or all of them. */
  revoke(token?: string): void {
    this.#tokens = new Map([...this.#tokens].filter(([known]) => token !== undefined && known !== token));
  }

  answer(request: EmulatorRequest): Answer {
    const body = new URLSearchParams(request.body);
    const header = request.headers.get('authorization');
    if (!this.#isClient(header, body)) {
      return refused(401, 'invalid_client', header === null ? {} : { 'www-authenticate': 'Basic' });
    }
    if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers.get('content-type') ?? '')) {
      return refused(400, 'invalid_request');
    }
    if (body.get('grant_type') !== 'client_credentials') return refused(400, 'unsupported_grant_type');
    const { scope, expiresInSeconds = 3600 } = this.#options;
    if (scope !== undefined && body.get('scope') !== scope) return refused(400, 'invalid_scope');
    const token = this.#random.text(48);
    const now = this.#now();
    const alive = [...this.#tokens].filter(([, expiresAt]) => expiresAt > now);
    this.#tokens = new Map([...alive, [token, now + expiresInSeconds * 1000]]);
    return said(200, { access_token: token, token_type: 'Bearer', expires_in: expiresInSeconds });
  }

  #isClient(header: string | null, body: URLSearchParams): boolean {
    const { authentication } = this.#options;
    const inHeader = header === null ? undefined : readBasic(header);
    const inBody = [body.get('client_id'), body.get('client_secret')];
    // RFC 6749 §2.3: not both.
    if (header !== null && inBody[1] !== null) return false;
    const [id, secret] = inHeader ?? inBody;
    const way = header === null ? 'post' : 'basic';
    return (authentication ?? way) === way && id === this.clientId && secret === this.clientSecret;
  }

  snapshot(): ReadonlyMap<string, number> {
    return this.#tokens;
  }

  restore(snapshot: ReadonlyMap<string, number>): void {
    this.#tokens = snapshot;
  }
}

/** Name and password, each of them form-encoded first (RFC 6749 §2.3.1). */
function readBasic(header: string): readonly [string, string] | undefined {
  const [, encoded = ''] = /^Basic ([\w+/]+=*)$/i.exec(header) ?? [];
  const [id = '', secret] = atob(encoded).split(':').map(formDecoded);
  return secret === undefined ? undefined : [id, secret];
}

function formDecoded(text: string): string {
  return new URLSearchParams(`text=${text}`).get('text') ?? '';
}

function refused(status: number, error: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return said(status, { error, error_description: 'The token request was refused.' }, headers);
}

function said(status: number, body: object, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', 'cache-control': 'no-store', ...headers }, body };
}
