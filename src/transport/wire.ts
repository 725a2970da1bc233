import type { KyInstance } from 'ky';

// ky makes the request and sends it. Off here: its retries (retry.ts: they wait on the machine's timers), its time limits
// (abort.ts), and its HTTPError, which holds the request and so the credential.

export interface OutgoingRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal: AbortSignal;
}

/** Sends once, follows no redirect, takes any status. Rejects with what `fetch` rejected with. */
export type Wire = (request: OutgoingRequest) => Promise<Response>;

/** The global `fetch` is looked up for each request, as programs replace it later. */
export function createWire(fetch: typeof globalThis.fetch | undefined): Wire {
  let client: Promise<KyInstance> | undefined;
  return async ({ url, ...init }) => {
    // With the first request: ky looks at `Request` when it is loaded, which makes Node load all of its fetch.
    client ??= import('ky').then(({ default: ky }) =>
      ky.create({
        retry: 0,
        timeout: false,
        throwHttpErrors: false,
        redirect: 'manual',
        // workerd has no such option, and refuses it.
        ...('credentials' in Request.prototype && { credentials: 'omit' }),
        fetch: (input, options) => (fetch ?? globalThis.fetch)(input, options),
      }),
    );
    try {
      return await (await client)(url, init as Parameters<KyInstance>[1]);
    } catch (error) {
      // Not by a hook of ky's: those give only errors, and `fetch` may reject with anything.
      throw error instanceof Error && 'isKyError' in error ? error.cause : error;
    }
  };
}
