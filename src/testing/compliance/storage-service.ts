import type { Answer } from '../core/answer.js';
import type { EmulatorRequest } from '../core/emulator-request.js';
import type { RouteMatch, Service } from '../core/service.js';
import { fileContent } from './log-file.js';
import type { SignedUrls } from './signed-urls.js';

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
