import type { KyInstance } from 'ky';

/** One HTTP request, ready to go. */
export interface OutgoingRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal: AbortSignal;
}

/** Sends once: no retries, no redirects followed, no status turned into an error. Rejects with what `fetch` rejected with. */
export type Wire = (request: OutgoingRequest) => Promise<Response>;

/** Sends over ky, which is loaded with the first request: loading it touches `fetch`, which costs start-up time on Node. */
export function createWire(fetch: typeof globalThis.fetch | undefined): Wire {
  let loading: Promise<KyInstance> | undefined;
  return async ({ url, ...init }) => {
    loading ??= import('ky').then((module) => module.default);
    const ky = await loading;
    try {
      return await ky(url, {
        ...init,
        retry: 0,
        timeout: false,
        throwHttpErrors: false,
        redirect: 'manual',
        // workerd has no such option, and refuses it.
        ...('credentials' in Request.prototype && { credentials: 'omit' }),
        // The global is looked up for each request: programs replace it after this client was made.
        fetch: (input, options) => (fetch ?? globalThis.fetch)(input, options),
      } as Parameters<KyInstance>[1]);
    } catch (error) {
      // ky's own errors hold the request, and with it the credential: only what lies underneath may leave.
      throw isKyError(error) ? error.cause : error;
    }
  };
}

function isKyError(error: unknown): error is Error {
  return error instanceof Error && 'isKyError' in error;
}
