import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ObjectStore } from '../../../src/export/object-store.js';

/** A store of objects with conditional writes, as S3 has them, on 127.0.0.1. */
export async function startObjectServer() {
  const objects = new Map<string, { readonly body: Buffer; readonly etag: string }>();
  let writes = 0;
  const server = createServer((request, response) => {
    const key = decodeURIComponent(request.url ?? '').slice(1);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const known = objects.get(key);
      if (request.method === 'PUT') {
        const { 'if-match': match, 'if-none-match': none } = request.headers;
        const holds = match === undefined ? none !== '*' || known === undefined : known?.etag === match;
        if (!holds) return void response.writeHead(412).end();
        writes += 1;
        objects.set(key, { body: Buffer.concat(chunks), etag: `"${writes}"` });
        response.writeHead(200, { etag: `"${writes}"` }).end();
      } else if (known === undefined) response.writeHead(404).end();
      else response.writeHead(200, { etag: known.etag }).end(known.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects: objects as ReadonlyMap<string, { readonly body: Buffer }>,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The way to it, as a user would write it. */
export function httpObjectStore(url: string): ObjectStore {
  const at = (key: string) => `${url}/${encodeURIComponent(key)}`;
  return {
    async put(key, body, { ifMatch, ifNoneMatch, contentType }) {
      const headers = {
        'content-type': contentType,
        ...(ifMatch !== undefined && { 'if-match': ifMatch }),
        ...(ifNoneMatch !== undefined && { 'if-none-match': ifNoneMatch }),
      };
      const answer = await fetch(at(key), { method: 'PUT', headers, body: new Uint8Array(body) });
      if (answer.status === 412) return undefined;
      if (!answer.ok) throw new Error('The store failed.');
      return { etag: answer.headers.get('etag') ?? '' };
    },
    async get(key) {
      const answer = await fetch(at(key));
      if (answer.status === 404) return undefined;
      if (!answer.ok) throw new Error('The store failed.');
      return { etag: answer.headers.get('etag') ?? '', body: await answer.bytes() };
    },
  };
}
