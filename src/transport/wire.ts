import type { KyInstance } from 'ky';

// ky makes the request and sends it. Off here: its retries (retry.ts: they wait on the machine's timers), its time limits
// (abort.ts), and its HTTPError, which holds the request and so the credential.

export interface OutgoingRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  readonly signal: AbortSignal;
  /** Told just before `fetch` is called. */
  readonly onSend?: (() => void) | undefined;
}

/** Sends once, follows no redirect, takes any status. Rejects with what `fetch` rejected with. */
export type Wire = (request: OutgoingRequest) => Promise<Response>;

/** The global `fetch` is looked up for each request, as programs replace it later. */
export function createWire(fetch: typeof globalThis.fetch | undefined): Wire {
  let client: Promise<KyInstance> | undefined;
  return async ({ url, onSend, ...init }) => {
    // With the first request: ky looks at `Request` when it is loaded, which makes Node load all of its fetch.
    client ??= import('ky').then(({ default: ky }) => ky.create({ retry: 0, timeout: false, throwHttpErrors: false }));
    const { body, ...rest } = init;
    const plain: PlainInit = {
      ...rest,
      headers: { ...init.headers },
      redirect: 'manual',
      // workerd has no such option, and refuses it.
      ...(Object.hasOwn(Request.prototype, 'credentials') && { credentials: 'omit' }),
      ...(body !== undefined && (resends() ? { body: streamOf(body), duplex: 'half' } : { body })),
    };
    // Not the Request that ky makes: undici and node-fetch take no other one than their own.
    const send = async () => {
      onSend?.();
      return webResponse(await (fetch ?? globalThis.fetch)(url, plain));
    };
    try {
      // An own `prefix`: what somebody put on the prototype of all objects would lead elsewhere.
      return await (await client)(url, { ...init, prefix: '', fetch: send } as Parameters<KyInstance>[1]);
    } catch (error) {
      // Not by a hook of ky's: those give only errors, and `fetch` may reject with anything.
      throw error instanceof Error && 'isKyError' in error ? error.cause : error;
    }
  };
}

type PlainInit = RequestInit & { duplex?: 'half' };

/**
 * Whether `fetch` sends a request once more by itself, a POST too, when a connection that it kept was reset: Deno's does,
 * unless the body is a stream, which cannot be read twice.
 */
function resends(): boolean {
  return Object.hasOwn(globalThis, 'Deno');
}

/**
 * Browsers do as Deno does, and stream a request body over HTTP/2 only. There nothing can keep a POST from arriving twice.
 */
export function isBrowser(): boolean {
  const { navigator } = globalThis as { navigator?: { userAgent?: string } };
  return navigator?.userAgent?.startsWith('Mozilla/') === true;
}

function streamOf(text: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => {
      controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });
}

/** node-fetch gives a body that is a stream of Node. */
function webResponse(response: Response): Response {
  const body = response.body as ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> | null;
  if (body === null || 'getReader' in body) return response;
  const { status, headers } = response;
  const content = [204, 205, 304].includes(status) ? null : streamFrom(body);
  return new Response(content, { status, headers: [...headers] });
}

function streamFrom(pieces: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]();
  return new ReadableStream({
    pull: async (controller) => {
      const { done, value } = await iterator.next();
      if (done === true) controller.close();
      else controller.enqueue(value);
    },
    cancel: async () => {
      await iterator.return?.();
    },
  });
}
