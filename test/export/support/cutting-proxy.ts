import { connect, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** When the connection is cut: as soon as a statement arrives, or when its answer does. */
export type Cut = 'before the statement' | 'before its answer';

/** A line to PostgreSQL that breaks at the statement which holds a text. */
export async function cuttingProxy(url: string, text: string) {
  const { hostname, port } = new URL(url);
  let cut: Cut | undefined;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(port || 5432), hostname);
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      // That it breaks is what is wanted.
      socket.on('error', () => {});
      socket.on('close', () => {
        client.destroy();
        upstream.end();
      });
    }
    let isCut = false;
    client.on('data', (chunk: Buffer) => {
      if (cut !== undefined && chunk.includes(text)) {
        if (cut === 'before the statement') return client.destroy();
        isCut = true;
        cut = undefined;
      }
      upstream.write(chunk);
    });
    upstream.on('data', (chunk: Buffer) => {
      // The server has done it by now: the answer to the statement is lost.
      if (isCut && chunk.includes('SELECT 1')) client.destroy();
      else client.write(chunk);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('Never.');
  const proxied = new URL(url);
  proxied.host = `127.0.0.1:${address.port}`;
  return {
    url: proxied.href,
    cutNext: (when: Cut) => {
      cut = when;
    },
    mend: () => {
      cut = undefined;
    },
    /** The database is gone: every connection ends, and nobody answers. */
    goAway: () => {
      for (const socket of sockets) socket.destroy();
      sockets.clear();
      return new Promise<void>((resolve) => server.close(() => resolve()));
    },
    /** It is back where it was. */
    comeBack: () => new Promise<void>((resolve) => server.listen(address.port, '127.0.0.1', resolve)),
  };
}
