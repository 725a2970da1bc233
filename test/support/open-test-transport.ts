import { Transport, type TransportOptions } from '../../src/transport/transport.js';
import { createFakeClock } from './fake-clock.js';

/** A transport whose waits take no time and are recorded, with half the jitter and no rate limit. */
export function openTestTransport(fetch: typeof globalThis.fetch, options: Partial<TransportOptions> = {}) {
  const clock = createFakeClock(undefined, { autoAdvance: true });
  const transport = new Transport({
    service: 'scim',
    baseUrl: 'https://scim.example.com/scim/v2.0/dir_1/',
    credential: 'token-1',
    rateLimit: false,
    random: () => 0.5,
    fetch,
    clock,
    ...options,
  });
  return { transport, clock };
}

/** What a promise rejects with. */
export async function rejection(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (reason) {
    return reason;
  }
  throw new Error('It did not reject.');
}
