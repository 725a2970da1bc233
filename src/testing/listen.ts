import { nodeBuiltin } from '../internal/node-builtin.js';
import type { EmulatorClock } from './clock.js';
import { bodyBytes, encodeBody, piecesOf } from './delivery.js';
import type { Exchange } from './exchange.js';
import { type Answer, type EmulatorRequest, type EmulatorService, type Origins, serviceOfApi } from './routes.js';

/** Two servers on loopback: all services on the one, signed URLs on the other, so that a key sent there is noticed. */
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
  let origins: Origins = { scim: '', compliance: '', platform: '', storage: '' };
  const serve = (sideOf: (path: string) => EmulatorService) =>
    nodeHttp().createServer((request, response) => {
      void answerOne(request, response, sideOf, origins, exchange, clock);
    });
  const servers = [serve(serviceOf), serve(() => 'storage')] as const;
  const main = await start(servers[0], ports.port);
  const storage = await start(servers[1], ports.storagePort).catch(async (failure: unknown) => {
    // Nobody else knows that it is up.
    await stop(servers[0]);
    throw failure;
  });
  origins = { scim: main, compliance: main, platform: main, storage };
  return { origins, close: () => Promise.all(servers.map(stop)).then(() => {}) };
}

/** Which side a path belongs to, where one origin is that of all: no two have one in common. */
function serviceOf(path: string): EmulatorService {
  if (path.startsWith('/v1/organization/')) return 'platform';
  return path.startsWith('/v1/') ? serviceOfApi(path) : 'scim';
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
  sideOf: (path: string) => EmulatorService,
  origins: Origins,
  exchange: Exchange,
  clock: EmulatorClock,
): Promise<void> {
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  try {
    const body = await readText(request);
    const path = request.url ?? '/';
    const service = sideOf(path);
    const url = new URL(path, origins[service === 'admin' ? 'compliance' : service]);
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
  const { delivery, status } = answer;
  // Node would tell the machine's time.
  const headers = { date: new Date(clock.now()).toUTCString(), ...answer.headers };
  if (delivery?.cut === 'before_answer') return response.socket?.resetAndDestroy();
  const body = encodeBody(answer.body);
  if (body === undefined || status === 204 || status === 304) {
    response.writeHead(status, headers);
    return response.end();
  }
  const bytes = bodyBytes(body);
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
