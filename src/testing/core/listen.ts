import { type Answer, encodeBody } from './answer.js';
import type { EmulatorClock } from './emulator-clock.js';
import type { EmulatorRequest, Origins } from './emulator-request.js';
import type { Exchange } from './exchange.js';
import { type NodeRequest, type NodeResponse, type NodeServer, nodeHttp } from './node-http.js';
import type { EmulatorService } from './routes.js';

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
  return {
    origins,
    close: async () => {
      await Promise.all(servers.map(stop));
    },
  };
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
    await write(response, await exchange(asked), clock, gone.signal);
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
  if (delivery?.cut === 'before_answer') {
    response.socket?.resetAndDestroy();
    return;
  }
  const body = encodeBody(answer.body);
  if (body === undefined || status === 204 || status === 304) {
    response.writeHead(status, headers);
    response.end();
    return;
  }
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  response.writeHead(status, { ...headers, 'content-length': bytes.length });
  if (delivery === undefined) response.end(bytes);
  else await writePieces(response, bytes, delivery, clock, signal);
}

async function writePieces(
  response: NodeResponse,
  bytes: Uint8Array,
  delivery: NonNullable<Answer['delivery']>,
  clock: EmulatorClock,
  signal: AbortSignal,
): Promise<void> {
  // Another fault may have shortened the body after the place of the cut was settled.
  const end = typeof delivery.cut === 'object' ? Math.min(delivery.cut.afterBytes, bytes.length) : bytes.length;
  const piece = Math.max(1, delivery.slow?.bytes ?? bytes.length);
  for (let sent = 0; sent < end; sent += piece) {
    if (delivery.slow !== undefined) await clock.sleep(delivery.slow.delayMs, signal);
    const part = bytes.subarray(sent, Math.min(sent + piece, end));
    await new Promise<void>((resolve) => response.write(part, resolve));
  }
  if (typeof delivery.cut === 'object') response.socket?.resetAndDestroy();
  else response.end();
}
