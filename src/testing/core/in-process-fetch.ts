import { type Answer, encodeBody } from './answer.js';
import type { EmulatorClock } from './emulator-clock.js';
import type { EmulatorRequest, Origins } from './emulator-request.js';
import type { Exchange } from './exchange.js';
import { cutBody, networkError } from './network-error.js';
import type { EmulatorService } from './routes.js';

/** Makes a `fetch` that never leaves the process and follows redirects as the Fetch standard does. */
export function createInProcessFetch(
  exchange: Exchange,
  origins: Origins,
  clock: EmulatorClock,
): typeof globalThis.fetch {
  const send = async (request: Request, body: string): Promise<Response> => {
    request.signal.throwIfAborted();
    const answer = await exchange(toEmulatorRequest(request, body, origins));
    request.signal.throwIfAborted();
    return toResponse(answer, clock, request.signal);
  };

  return async (input, init) => {
    let request = new Request(input, init);
    let body = request.body === null ? '' : await request.text();
    for (let hops = 0; ; hops++) {
      const response = await send(request, body);
      const location = isRedirect(response.status) ? response.headers.get('location') : null;
      if (location === null || request.redirect === 'manual') return response;
      if (request.redirect === 'error' || hops === 20) throw networkError('redirect');
      ({ request, body } = redirected(request, body, response.status, new URL(location, request.url)));
    }
  };
}

function toEmulatorRequest(request: Request, body: string, origins: Origins): EmulatorRequest {
  const url = new URL(request.url);
  const { method, headers, signal } = request;
  return { method, url, headers, body, signal, origins, service: serviceAt(url.origin, origins) };
}

function serviceAt(origin: string, origins: Origins): EmulatorService | undefined {
  if (origin === origins.scim) return 'scim';
  if (origin === origins.compliance) return 'compliance';
  if (origin === origins.storage) return 'storage';
  return undefined;
}

function isRedirect(status: number): boolean {
  return status === 301 || status === 302 || status === 303 || status === 307 || status === 308;
}

// The "HTTP-redirect fetch" steps of the Fetch standard that a server can observe.
function redirected(request: Request, body: string, status: number, to: URL): { request: Request; body: string } {
  const headers = new Headers(request.headers);
  const becomesGet = status === 303 || ((status === 301 || status === 302) && request.method === 'POST');
  if (becomesGet) headers.delete('content-type');
  if (to.origin !== new URL(request.url).origin) headers.delete('authorization');
  const method = becomesGet ? 'GET' : request.method;
  const sent = becomesGet ? '' : body;
  const { signal, redirect } = request;
  return {
    request: new Request(to, { method, headers, signal, redirect, body: sent === '' ? null : sent }),
    body: sent,
  };
}

/** The answer as a `Response`; rejects where the connection is cut before it. */
export function toResponse(answer: Answer, clock: EmulatorClock, signal?: AbortSignal): Response {
  if (answer.delivery?.cut === 'before_answer') throw networkError('reset');
  const { status, headers } = answer;
  const body = encodeBody(answer.body);
  if (body === undefined || status === 204 || status === 304) return new Response(null, { status, headers });
  if (answer.delivery === undefined) return new Response(body, { status, headers });
  return new Response(deliver(body, answer.delivery, clock, signal), { status, headers });
}

function deliver(
  body: string | Uint8Array<ArrayBuffer>,
  delivery: NonNullable<Answer['delivery']>,
  clock: EmulatorClock,
  signal: AbortSignal | undefined,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const end = typeof delivery.cut === 'object' ? delivery.cut.afterBytes : bytes.length;
  const piece = delivery.slow?.bytes ?? bytes.length;
  let sent = 0;
  return new ReadableStream({
    async pull(controller) {
      if (sent < end) {
        if (delivery.slow !== undefined) await clock.sleep(delivery.slow.delayMs, signal);
        controller.enqueue(bytes.slice(sent, Math.min(sent + piece, end)));
        sent += piece;
        return;
      }
      if (typeof delivery.cut === 'object') controller.error(cutBody());
      else controller.close();
    },
  });
}
