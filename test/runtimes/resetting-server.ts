import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Keeps connections open, and resets the one over which a POST arrives. `GET /posts` tells how many did. */
export async function startResettingServer() {
  let posts = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => {
      if (request.method === 'POST') {
        posts += 1;
        request.socket.destroy();
      } else if (request.url === '/posts') {
        response.end(String(posts));
      } else {
        response.setHeader('content-type', 'application/scim+json');
        response.end(JSON.stringify({ totalResults: 0, Resources: [] }));
      }
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
