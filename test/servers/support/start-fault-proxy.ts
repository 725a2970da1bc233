import { listenOnLoopback } from './listen-on-loopback.js';

/** One thing that goes wrong on the way to a server. */
export type ProxyFault =
  /** The proxy answers itself; the server never hears of the request. */
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  /** The connection breaks before the server heard of the request, or after it acted on it. */
  | { readonly cut: 'before' | 'after' };

export interface FaultProxy {
  readonly baseUrl: string;
  /** Requests that came, as `GET /Users`, faults included. */
  readonly seen: readonly string[];
  /** Writes that came while another to the same resource was under way. */
  readonly overlaps: readonly string[];
  /** Faults that wait for their request. */
  readonly unmet: number;
  /** The next request for which `matches` holds meets this fault. */
  failNext(fault: ProxyFault, matches?: (method: string, path: string) => boolean): void;
  close(): Promise<void>;
}

/** Stands between a client and a server and breaks what it is told to. */
export async function startFaultProxy(target: string): Promise<FaultProxy> {
  const plan: { readonly fault: ProxyFault; readonly matches: (method: string, path: string) => boolean }[] = [];
  const seen: string[] = [];
  const overlaps: string[] = [];
  const beingWritten = new Map<string, number>();

  const { origin, close } = await listenOnLoopback(async (request, response) => {
    const { method = 'GET', url = '/' } = request;
    const path = url.split('?')[0] ?? url;
    seen.push(`${method} ${path}`);
    if (['PUT', 'PATCH', 'DELETE'].includes(method)) {
      const others = beingWritten.get(path) ?? 0;
      if (others > 0) overlaps.push(`${method} ${path}`);
      beingWritten.set(path, others + 1);
      response.once('close', () => beingWritten.set(path, (beingWritten.get(path) ?? 1) - 1));
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);

    const index = plan.findIndex(({ matches }) => matches(method, path));
    const [planned] = index < 0 ? [] : plan.splice(index, 1);
    const fault = planned?.fault;
    if (fault && 'status' in fault) {
      response.writeHead(fault.status, fault.headers).end();
      return;
    }
    if (fault?.cut === 'before') {
      request.socket.destroy();
      return;
    }
    try {
      const body = Buffer.concat(chunks);
      const answer = await fetch(`${target}${url}`, {
        method,
        headers: forwardedHeaders(request.headers),
        redirect: 'manual',
        ...(body.length > 0 && { body }),
      });
      const text = await answer.arrayBuffer();
      if (fault?.cut === 'after') {
        request.socket.destroy();
        return;
      }
      response.writeHead(answer.status, keptHeaders(answer.headers));
      response.end(Buffer.from(text));
    } catch {
      // The server broke its own connection: pass that on as it is.
      request.socket.destroy();
    }
  });

  return {
    baseUrl: origin,
    seen,
    overlaps,
    get unmet() {
      return plan.length;
    },
    failNext: (fault, matches = () => true) => void plan.push({ fault, matches }),
    close,
  };
}

function forwardedHeaders(headers: NodeJS.Dict<string | string[]>): Record<string, string> {
  const kept = ['authorization', 'content-type', 'accept', 'if-match', 'if-none-match', 'prefer'];
  return Object.fromEntries(
    kept.flatMap((name) => (headers[name] === undefined ? [] : [[name, String(headers[name])]])),
  );
}

function keptHeaders(headers: Headers): Record<string, string> {
  const kept = ['content-type', 'etag', 'location', 'retry-after'];
  return Object.fromEntries(
    kept.flatMap((name) => {
      const value = headers.get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
}
