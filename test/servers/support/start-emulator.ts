import { createEmulator } from '../../../src/testing/create-emulator.js';
import type { ScimBehaviour } from '../../../src/testing/scim/behaviour.js';
import { listenOnLoopback } from './listen-on-loopback.js';
import { readPages, type ScimServer } from './scim-server.js';

/** The emulator that this package ships, behind a socket like the others. */
export async function startEmulator(
  mode: 'rfc' | 'workos',
  world: 'empty' | 'default' = 'empty',
  quirks: Partial<ScimBehaviour> = {},
): Promise<ScimServer> {
  const emulator = createEmulator({ world, scim: { mode, quirks } });
  const { origin, pathname } = new URL(emulator.scim.baseUrl);
  const listening = await listenOnLoopback(async (request, response) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, String(value)]],
    );
    const answer = await emulator.fetch(`${origin}${request.url}`, {
      method: request.method ?? 'GET',
      headers,
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    });
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  const server = {
    name: `the emulator (${mode})`,
    baseUrl: `${listening.origin}${pathname}`,
    token: emulator.scim.token,
  };
  return {
    ...server,
    readState: async () => ({ users: await readPages(server, '/Users'), groups: await readPages(server, '/Groups') }),
    close: async () => {
      await listening.close();
      await emulator.close();
    },
  };
}
