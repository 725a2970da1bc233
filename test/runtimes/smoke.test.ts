import { expect, test } from 'vitest';
import { startEmulator } from '../servers/support/start-emulator.js';
import { startResettingServer } from './resetting-server.js';
import { smoke } from './smoke.js';

// The pinned Node, on the source. `npm run runtimes` runs the same file in the others, on the packed package.
test('everything works on this runtime', async () => {
  const server = await startEmulator('workos', 'default');
  const { users } = await server.readState();
  expect(users.length).toBeGreaterThan(3);
  const { url: resettingUrl, close } = await startResettingServer();
  const loopback = { baseUrl: server.baseUrl, token: server.token, userCount: users.length, resettingUrl };
  expect(await smoke(loopback)).toEqual([]);
  close();
  await server.close();
});
