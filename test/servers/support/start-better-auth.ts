import { scim } from '@better-auth/scim';
import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { getAuthTables } from 'better-auth/db';
import { toNodeHandler } from 'better-auth/node';
import { listenOnLoopback } from './listen-on-loopback.js';
import { readPages, type ScimServer } from './scim-server.js';

/** Better Auth's SCIM plugin over its memory adapter. It filters by `eq` only and refuses nulls. */
export async function startBetterAuth(): Promise<ScimServer> {
  const token = 'better-auth-token-0123456789abcdefghijkl';
  let handle: ReturnType<typeof toNodeHandler> | undefined;
  const { origin, close } = await listenOnLoopback((request, response) => void handle?.(request, response));

  const tables: Record<string, Record<string, unknown>[]> = {};
  const auth = betterAuth({
    baseURL: origin,
    secret: 'Zk3vQ9xR7mT1wY5uH8pL2nB6cD4fG0jS',
    database: memoryAdapter(tables),
    logger: { disabled: true },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    // The plugin's own types do not hold under exactOptionalPropertyTypes.
    plugins: [
      scim({ connections: [{ id: 'directory', credentials: [{ type: 'bearer', id: 'test', token }] }] }) as never,
    ],
  });
  for (const name of Object.keys(getAuthTables(auth.options))) tables[name] = [];
  handle = toNodeHandler(auth);

  const server = { name: 'better-auth', baseUrl: `${origin}/api/auth/scim/v2`, token };
  return {
    ...server,
    readState: async () => ({ users: await readPages(server, '/Users'), groups: await readPages(server, '/Groups') }),
    close,
  };
}
