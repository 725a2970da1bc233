import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
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

test('the smoke test imports every entry of the package', () => {
  const text = readFileSync(join(import.meta.dirname, 'smoke.ts'), 'utf8');
  const imported = [...text.matchAll(/^(?:import|\}).* from '([^']+)';$/gm)].map(([, name]) => name);
  const entries = Object.keys(manifest.exports).filter((entry) => !entry.endsWith('.json'));
  expect(imported.sort()).toEqual(entries.map((entry) => `${manifest.name}${entry.slice(1)}`).sort());
});
