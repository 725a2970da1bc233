import { type Answer, encodeBody } from './answer.js';
import type { EmulatorClock } from './emulator-clock.js';
import type { Origins } from './emulator-request.js';
import type { Exchange } from './exchange.js';
import { cutBody, networkError } from './network-error.js';
import { readOutgoing, redirected } from './outgoing.js';
import type { EmulatorService } from './routes.js';

/** Makes a `fetch` that never leaves the process and follows redirects as the Fetch standard does. */
export function createInProcessFetch(
  exchange: Exchange,
  origins: Origins,
  clock: EmulatorClock,
): typeof globalThis.fetch {
  return async (input, init) => {
    let outgoing = await readOutgoing(input, init);
    for (let hops = 0; ; hops++) {
      const { signal, redirect } = outgoing;
      signal?.throwIfAborted();
      const service = serviceAt(outgoing.url.origin, origins);
      const response = toResponse(await exchange({ ...outgoing, service, origins }), clock, signal);
      signal?.throwIfAborted();
      const location = redirectStatuses.has(response.status) ? response.headers.get('location') : null;
      if (location === null || redirect === 'manual') return response;
      if (redirect === 'error' || hops === 20) throw networkError('redirect');
      outgoing = redirected(outgoing, response.status, location);
    }
  };
}

const redirectStatuses: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

function serviceAt(origin: string, origins: Origins): EmulatorService | undefined {
  if (origin === origins.scim) return 'scim';
  if (origin === origins.compliance) return 'compliance';
  if (origin === origins.storage) return 'storage';
  return undefined;
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
  // Another fault may have shortened the body after the place of the cut was settled.
  const end = typeof delivery.cut === 'object' ? Math.min(delivery.cut.afterBytes, bytes.length) : bytes.length;
  const piece = Math.max(1, delivery.slow?.bytes ?? bytes.length);
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
