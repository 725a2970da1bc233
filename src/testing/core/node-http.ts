/** What is used of Node's HTTP server. */
export interface NodeRequest extends AsyncIterable<Uint8Array> {
  readonly method?: string;
  readonly url?: string;
  /** Names and values in turn. */
  readonly rawHeaders: readonly string[];
}

/** What is used of Node's answer. */
export interface NodeResponse {
  readonly socket: { resetAndDestroy(): void } | null;
  writeHead(status: number, headers: Readonly<Record<string, string | number>>): void;
  write(chunk: Uint8Array, callback: () => void): boolean;
  end(chunk?: string | Uint8Array): void;
  on(event: 'close', listener: () => void): void;
}

/** What is used of Node's server. */
export interface NodeServer {
  listen(port: number, host: string, callback: () => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
  address(): { readonly port: number } | string | null;
  close(callback: () => void): void;
  closeAllConnections(): void;
}

interface NodeHttp {
  createServer(listener: (request: NodeRequest, response: NodeResponse) => void): NodeServer;
}

/**
 * Node's HTTP module, without an import that other runtimes would stumble over.
 *
 * @throws Error where there is none.
 */
export function nodeHttp(): NodeHttp {
  const { process } = globalThis as { readonly process?: { getBuiltinModule?(name: string): NodeHttp | undefined } };
  const http = process?.getBuiltinModule?.('node:http');
  if (http === undefined) throw new Error('There is no HTTP server here: this is not Node, Bun or Deno.');
  return http;
}
