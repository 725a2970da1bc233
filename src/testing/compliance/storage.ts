import type { Random } from '../random.js';
import type { Answer, EmulatorRequest, RouteMatch, Service } from '../routes.js';
import { type EmulatorLogFile, fileContent } from './log-file.js';

/** The origin of the signed URLs: a download each, and never with a credential. */
export class StorageService implements Service {
  readonly #urls: SignedUrls;
  readonly #onLeak: () => void;

  constructor(urls: SignedUrls, onLeak: () => void) {
    this.#urls = urls;
    this.#onLeak = onLeak;
  }

  match(request: EmulatorRequest): RouteMatch {
    return request.method === 'GET' ? { route: 'GET /storage/{file}', params: [] } : undefined;
  }

  handle(request: EmulatorRequest): Answer {
    if (request.headers.has('authorization')) {
      this.#onLeak();
      return this.error(400, 'InvalidAuthenticationInfo');
    }
    const file = this.#urls.redeem(request.url);
    if (file === 'expired') return this.error(403, 'ExpiredToken');
    if (file === 'unknown') return this.error(403, 'AuthenticationFailed');
    return { status: 200, headers: { 'content-type': 'application/x-ndjson' }, body: fileContent(file.source) };
  }

  /** Object stores answer in XML. */
  error(status: number, detail: string): Answer {
    const body = `<?xml version="1.0" encoding="utf-8"?><Error><Code>${detail}</Code></Error>`;
    return { status, headers: { 'content-type': 'application/xml' }, body };
  }
}

const lifetimeMs = 5 * 60_000;

/** The URLs that were handed out: each is good for one download. */
export class SignedUrls {
  readonly #grants = new Map<string, { readonly file: EmulatorLogFile; readonly expiresAt: number }>();
  readonly #random: Random;
  readonly #now: () => number;

  constructor(random: Random, now: () => number) {
    this.#random = random;
    this.#now = now;
  }

  /** A new URL on the storage origin. */
  sign(file: EmulatorLogFile, origin: string): string {
    const signature = this.#random.hex(64);
    const expiresAt = this.#now() + lifetimeMs;
    this.#forgetOld();
    this.#grants.set(signature, { file, expiresAt });
    return `${origin}/compliance-logs/${file.id}.jsonl?expires=${expiresAt}&sig=${signature}`;
  }

  /** The file behind a URL, once. */
  redeem(url: URL): EmulatorLogFile | 'expired' | 'unknown' {
    const signature = url.searchParams.get('sig') ?? '';
    const grant = this.#grants.get(signature);
    if (grant === undefined) return 'unknown';
    this.#grants.delete(signature);
    const expiresAt = Number(url.searchParams.get('expires'));
    return this.#now() > Math.min(grant.expiresAt, expiresAt) ? 'expired' : grant.file;
  }

  // Oldest first, as a Map keeps them.
  #forgetOld(): void {
    for (const [signature, { expiresAt }] of this.#grants) {
      if (expiresAt + lifetimeMs > this.#now()) return;
      this.#grants.delete(signature);
    }
  }

  clear(): void {
    this.#grants.clear();
  }
}
