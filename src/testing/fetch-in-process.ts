import type { EmulatorClock } from './clock.js';
import { bodyBytes, encodeBody, piecesOf } from './delivery.js';
import type { Exchange } from './exchange.js';
import {
  type Answer,
  type Delivery,
  type EmulatorRequest,
  type EmulatorService,
  type Origins,
  serviceOfApi,
} from './routes.js';

/** A `fetch` that never leaves the process and follows redirects as the Fetch standard does. */
export async function fetchInProcess(
  exchange: Exchange,
  origins: Origins,
  clock: EmulatorClock,
  ...[input, init]: Parameters<typeof globalThis.fetch>
): Promise<Response> {
  let outgoing = await readOutgoing(input, init);
  for (let hops = 0; ; hops++) {
    const { signal, redirect } = outgoing;
    signal?.throwIfAborted();
    const service = serviceAt(outgoing.url, origins);
    const response = toResponse(await exchange.answer({ ...outgoing, service, origins }), clock, signal);
    signal?.throwIfAborted();
    const location = redirectStatuses.has(response.status) ? response.headers.get('location') : null;
    if (location === null || redirect === 'manual') return response;
    if (redirect === 'error' || hops === 20) {
      throw new TypeError('fetch failed', { cause: new Error('unexpected redirect') });
    }
    outgoing = redirected(outgoing, response.status, location);
  }
}

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

function serviceAt({ origin, pathname }: URL, origins: Origins): EmulatorService | undefined {
  const service = (['scim', 'compliance', 'platform', 'storage'] as const).find((one) => origins[one] === origin);
  return service === 'compliance' ? serviceOfApi(pathname) : service;
}

function toResponse(answer: Answer, clock: EmulatorClock, signal?: AbortSignal): Response {
  if (answer.delivery?.cut === 'before_answer') throw connectionReset();
  const { status, headers } = answer;
  const body = encodeBody(answer.body);
  if (body === undefined || status === 204 || status === 304) return new Response(null, { status, headers });
  const arriving = answer.delivery === undefined ? body : toStream(body, answer.delivery, clock, signal);
  const isPacked = headers['content-encoding']?.toLowerCase() === 'gzip';
  return new Response(isPacked ? unpacked(arriving, bodyBytes(body)) : arriving, { status, headers });
}

/** As every `fetch` does it: the label stays, and a body that is not as it says fails while it is read. */
function unpacked(arriving: BodyInit, bytes: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = new Response(arriving).body?.pipeThrough(new DecompressionStream('gzip')).getReader();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = (await reader?.read()) ?? { done: true };
        if (done) controller.close();
        else controller.enqueue(value);
      } catch {
        controller.error(isGzip(bytes) ? cutBody() : notPacked());
      }
    },
    cancel: (reason) => reader?.cancel(reason),
  });
}

function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

// The Fetch standard has a stream fail where the connection ends before the body does.
function toStream(
  body: string | Uint8Array<ArrayBuffer>,
  delivery: Delivery,
  clock: EmulatorClock,
  signal?: AbortSignal,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const pieces = piecesOf(bodyBytes(body), delivery, clock, signal);
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done !== true) controller.enqueue(value);
      else if (typeof delivery.cut === 'object') controller.error(cutBody());
      else controller.close();
    },
  });
}

/** What a `fetch` was asked to send, read whole. */
interface Outgoing extends Omit<EmulatorRequest, 'service' | 'origins'> {
  readonly redirect: RequestRedirect;
}

async function readOutgoing(input: RequestInfo | URL, init: RequestInit | undefined): Promise<Outgoing> {
  // Most requests have no body, and a Request costs as much as all the rest: those are read without making one.
  if (!(input instanceof Request) && init?.body == null) {
    return {
      url: new URL(input),
      method: init?.method?.toUpperCase() ?? 'GET',
      headers: new Headers(init?.headers),
      body: '',
      signal: init?.signal ?? undefined,
      redirect: init?.redirect ?? 'follow',
    };
  }
  const request = new Request(input, init);
  const { method, headers, signal, redirect } = request;
  const body = request.body === null ? '' : await request.text();
  return { url: new URL(request.url), method, headers, body, signal, redirect };
}

/** The request that follows a redirect: the steps of the Fetch standard's "HTTP-redirect fetch" that a server can see. */
function redirected(outgoing: Outgoing, status: number, location: string): Outgoing {
  const { url, method } = outgoing;
  const to = new URL(location, url);
  const headers = new Headers(outgoing.headers);
  const becomesGet = status === 303 || ((status === 301 || status === 302) && method === 'POST');
  if (to.origin !== url.origin) headers.delete('authorization');
  if (!becomesGet) return { ...outgoing, url: to, headers };
  headers.delete('content-type');
  return { ...outgoing, url: to, headers, method: 'GET', body: '' };
}

/** What Node's own `fetch` rejects with when the connection fails. */
function connectionReset(): TypeError {
  const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' });
  return new TypeError('fetch failed', { cause });
}

/** What reading a body rejects with when the connection ends before the body does. */
function cutBody(): TypeError {
  const cause = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' });
  return new TypeError('terminated', { cause });
}

/** What reading a body rejects with when it is not packed as it says. */
function notPacked(): TypeError {
  const cause = Object.assign(new Error('incorrect header check'), { code: 'Z_DATA_ERROR', errno: -3 });
  return new TypeError('terminated', { cause });
}

/** What is used of msw's `http`. */
export interface MswHttp<Handler> {
  all(url: RegExp, resolver: (info: { readonly request: Request }) => Promise<Response>): Handler;
}

/** Makes the one handler that answers for every origin of the emulator. */
export function createMswHandlers<Handler>(
  http: MswHttp<Handler>,
  origins: readonly string[],
  fetch: (request: Request) => Promise<Response>,
): Handler[] {
  const escaped = origins.map((origin) => origin.replaceAll('.', '\\.'));
  const handler = http.all(new RegExp(`^(?:${escaped.join('|')})(?:/|$)`), async ({ request }) => {
    try {
      // msw hands on what the application's own fetch will follow.
      return await fetch(new Request(request, { redirect: 'manual' }));
    } catch (error) {
      if (error instanceof TypeError) return Response.error();
      throw error;
    }
  });
  return [handler];
}
