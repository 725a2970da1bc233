import { connect, parseConnectionConfig } from '../../../src/index.js';
import { createEmulator, createTestClock, seedEvents } from '../../../src/testing/index.js';

/** Both clients on a small world, with both permissions. */
export function openConnection() {
  const clock = createTestClock({ skipsWaits: true });
  const emulator = createEmulator({ scim: { mode: 'rfc' }, clock });
  seedEvents(emulator, { eventType: 'AUTH_LOG', count: 3 });
  const form = emulator.connectionConfig({ provisioning: true, deprovisioning: true });
  const config = parseConnectionConfig(form, { require: ['scim', 'compliance'] });
  const connection = connect({ ...config, provisioning: true, deprovisioning: true }, emulator.clientOptions);
  return { connection, config, emulator, requests: emulator.requests };
}
