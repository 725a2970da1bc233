import { nodeBuiltin } from '../internal/node-builtin.js';
import type { EmulatorClock } from './clock.js';
import type { Exchange } from './exchange.js';
import {
  type Answer,
  type Delivery,
  type EmulatorRequest,
  type EmulatorService,
  encodeBody,
  type Origins,
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
    const service = serviceAt(outgoing.url.origin, origins);
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

function serviceAt(origin: string, origins: Origins): EmulatorService | undefined {
  return (['scim', 'compliance', 'storage'] as const).find((service) => origins[service] === origin);
}

function toResponse(answer: Answer, clock: EmulatorClock, signal?: AbortSignal): Response {
  if (answer.delivery?.cut === 'before_answer') throw connectionReset();
  const { status, headers } = answer;
  const body = encodeBody(answer.body);
  if (body === undefined || status === 204 || status === 304) return new Response(null, { status, headers });
  if (answer.delivery === undefined) return new Response(body, { status, headers });
  return new Response(toStream(body, answer.delivery, clock, signal), { status, headers });
}

// The Fetch standard has a stream fail where the connection ends before the body does.
function toStream(
  body: string | Uint8Array<ArrayBuffer>,
  delivery: Delivery,
  clock: EmulatorClock,
  signal?: AbortSignal,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const pieces = piecesOf(toBytes(body), delivery, clock, signal);
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done !== true) controller.enqueue(value);
      else if (typeof delivery.cut === 'object') controller.error(cutBody());
      else controller.close();
    },
  });
}

async function* piecesOf(
  bytes: Uint8Array<ArrayBuffer>,
  { cut, slow }: Delivery,
  clock: EmulatorClock,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>, undefined> {
  // Another fault may have shortened the body after the place of the cut was settled.
  const end = typeof cut === 'object' ? Math.min(cut.afterBytes, bytes.length) : bytes.length;
  const size = Math.max(1, slow?.bytes ?? bytes.length);
  for (let sent = 0; sent < end; sent += size) {
    if (slow !== undefined) await clock.sleep(slow.delayMs, signal);
    yield bytes.slice(sent, Math.min(sent + size, end));
  }
  return undefined;
}

function toBytes(body: string | Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return typeof body === 'string' ? new TextEncoder().encode(body) : body;
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

/** Two servers on loopback: both services on the one, signed URLs on the other, so that a key sent there is noticed. */
export interface Listening {
  readonly origins: Origins;
  close(): Promise<void>;
}

/** Serves the emulator on 127.0.0.1. Port 0 takes a free one. */
export async function listen(
  exchange: Exchange,
  clock: EmulatorClock,
  ports: { readonly port: number; readonly storagePort: number },
): Promise<Listening> {
  let origins: Origins = { scim: '', compliance: '', storage: '' };
  const serve = (serviceOf: (path: string) => EmulatorService) =>
    nodeHttp().createServer((request, response) => {
      void answerOne(request, response, serviceOf, origins, exchange, clock);
    });
  const servers = [serve((path) => (path.startsWith('/v1/') ? 'compliance' : 'scim')), serve(() => 'storage')] as const;
  const main = await start(servers[0], ports.port);
  const storage = await start(servers[1], ports.storagePort);
  origins = { scim: main, compliance: main, storage };
  return { origins, close: () => Promise.all(servers.map(stop)).then(() => {}) };
}

function start(server: NodeServer, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`);
    });
  });
}

function stop(server: NodeServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
}

async function answerOne(
  request: NodeRequest,
  response: NodeResponse,
  serviceOf: (path: string) => EmulatorService,
  origins: Origins,
  exchange: Exchange,
  clock: EmulatorClock,
): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  try {
    const body = await readText(request);
    const path = request.url ?? '/';
    const service = serviceOf(path);
    const url = new URL(path, origins[service]);
    const headers = headersOf(request.rawHeaders);
    const method = request.method ?? 'GET';
    const asked: EmulatorRequest = { method, url, headers, body, service, origins, signal: gone.signal };
    await write(response, await exchange.answer(asked), clock, gone.signal);
  } catch (error) {
    if (gone.signal.aborted) return;
    const message = error instanceof Error ? error.message : 'The emulator failed.';
    response.writeHead(501, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(message);
  }
}

async function readText(request: NodeRequest): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of request) text += decoder.decode(chunk, { stream: true });
  return text + decoder.decode();
}

function headersOf(raw: readonly string[]): Headers {
  const headers = new Headers();
  for (let index = 0; index + 1 < raw.length; index += 2) headers.append(raw[index] ?? '', raw[index + 1] ?? '');
  return headers;
}

async function write(response: NodeResponse, answer: Answer, clock: EmulatorClock, signal: AbortSignal): Promise<void> {
  const { delivery, status, headers } = answer;
  if (delivery?.cut === 'before_answer') return response.socket?.resetAndDestroy();
  const body = encodeBody(answer.body);
  if (body === undefined || status === 204 || status === 304) {
    response.writeHead(status, headers);
    return response.end();
  }
  const bytes = toBytes(body);
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  if (delivery === undefined) return response.end(bytes);
  for await (const piece of piecesOf(bytes, delivery, clock, signal)) {
    await new Promise<void>((resolve) => response.write(piece, resolve));
  }
  if (typeof delivery.cut === 'object') response.socket?.resetAndDestroy();
  else response.end();
}

// What is used of Node's HTTP server: this package is compiled without Node's types.
interface NodeRequest extends AsyncIterable<Uint8Array> {
  readonly method?: string;
  readonly url?: string;
  /** Names and values in turn. */
  readonly rawHeaders: readonly string[];
}

interface NodeResponse {
  readonly socket: { resetAndDestroy(): void } | null;
  writeHead(status: number, headers: Readonly<Record<string, string | number>>): void;
  write(chunk: Uint8Array, callback: () => void): boolean;
  end(chunk?: string | Uint8Array): void;
  on(event: 'close', listener: () => void): void;
}

interface NodeServer {
  listen(port: number, host: string, callback: () => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
  address(): { readonly port: number } | string | null;
  close(callback: () => void): void;
  closeAllConnections(): void;
}

interface NodeHttp {
  createServer(listener: (request: NodeRequest, response: NodeResponse) => void): NodeServer;
}

function nodeHttp(): NodeHttp {
  const http = nodeBuiltin<NodeHttp>('node:http');
  if (http === undefined) throw new Error('No HTTP server is available: `listen` needs Node, Bun or Deno.');
  return http;
}
