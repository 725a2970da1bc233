import { isSdkError } from '../errors/is-sdk-error.js';
import type { StopReason } from './result.js';

/** So many failures of the service in a row are an outage. */
const mostOfService = 5;
/** So many failures of any kind in a row are no matter of single people. */
const mostOfAny = 25;

/** After one of these the next request fails likewise. */
const final: ReadonlySet<string> = new Set([
  'unauthorized',
  'credential_unavailable',
  'connection_closed',
  'host_not_allowed',
  'insecure_url',
  'queue_full',
]);

const ofService: ReadonlySet<string> = new Set([
  'network_error',
  'timeout',
  'response_cut',
  'response_too_large',
  'invalid_response',
  'server_error',
  'rate_limited',
  'forbidden',
  'unexpected_redirect',
  'unexpected_status',
  'not_implemented',
  'method_not_allowed',
]);

/** Tells when to stop: one person's failure stops nobody else, and many in a row are not theirs. */
export class CircuitBreaker {
  #ofService = 0;
  #ofAny = 0;

  noteSuccess(): void {
    this.#ofService = 0;
    this.#ofAny = 0;
  }

  /** Why work has to stop; `undefined` to go on. */
  noteFailure(error: unknown): StopReason | undefined {
    const code = isSdkError(error) ? error.code : 'not_applied';
    if (isSdkError(error) && final.has(code)) {
      return {
        code,
        message: error.message,
        remedy: error.remedy ?? 'Mend this, and start again with the same journal.',
      };
    }
    this.#ofAny += 1;
    if (ofService.has(code)) this.#ofService += 1;
    else this.#ofService = 0;
    const count = this.#ofService >= mostOfService ? this.#ofService : this.#ofAny >= mostOfAny ? this.#ofAny : 0;
    if (count === 0) return undefined;
    return {
      code: 'too_many_failures',
      message: `${count} actions in a row failed, the last one with \`${code}\`: the rest was not begun.`,
      remedy:
        'Look at what the outcomes say, wait until the directory answers again, and start again with the same journal.',
    };
  }
}
