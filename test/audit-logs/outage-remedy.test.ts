import { expect, test } from 'vitest';
import { rejection } from '../support/open-test-transport.js';
import { openLogWorld } from './support/open-log-world.js';
import { collect } from './support/read-fake-log.js';

test.each([500, 503, 522, 408])('an error for %d says to try again later, and from where', async (status) => {
  const { open } = openLogWorld();
  const client = open({ fetch: async () => Response.json({ error: { message: 'busy' } }, { status }) });
  expect(await rejection(collect(client.events({ eventTypes: ['AUTH_LOG'] })))).toMatchObject({
    status,
    attempts: 4,
    message: expect.stringContaining('Tried 4 times.'),
    remedy: expect.stringMatching(/Try again later.*resume from its last checkpoint/),
  });
});
