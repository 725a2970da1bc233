import { expect, test } from 'vitest';
import { startEmulator } from '../servers/support/start-emulator.js';
import { smoke } from './smoke.js';

// The pinned Node, on the source. `npm run runtimes` runs the same file in the others, on the packed package.
test('everything works on this runtime', async () => {
  const server = await startEmulator('workos', 'default');
  const { users } = await server.readState();
  expect(users.length).toBeGreaterThan(3);
  expect(await smoke({ baseUrl: server.baseUrl, token: server.token, userCount: users.length })).toEqual([]);
  await server.close();
});
