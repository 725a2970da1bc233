import { ScimClient } from '../../../src/scim/client.js';
import type { ScimClientOptions } from '../../../src/scim/options.js';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.js';
import { baseUrl, type FakeServer } from './fake-server.js';

const everything = { provisioning: true, deprovisioning: true } as const;

export interface OpenedClient {
  readonly client: ScimClient<'provisioning' | 'deprovisioning'>;
  readonly clock: FakeClock;
}

const common = (server: FakeServer, clock: FakeClock) => ({
  baseUrl,
  token: 'token-1',
  fetch: server.fetch,
  clock,
  random: () => 0.5,
  rateLimit: false as const,
});

/** A client that may do everything, whose waits take no time and are recorded. */
export function openClient(server: FakeServer, options: Partial<ScimClientOptions> = {}): OpenedClient {
  const clock = createFakeClock(undefined, { autoAdvance: true });
  return { client: new ScimClient({ ...common(server, clock), ...options, access: everything }), clock };
}

/** A client with this access, typed as if it had all. */
export function openRestricted(
  server: FakeServer,
  access: { readonly provisioning?: boolean; readonly deprovisioning?: boolean },
  options: Partial<ScimClientOptions> = {},
): ScimClient<'provisioning' | 'deprovisioning'> {
  const clock = createFakeClock(undefined, { autoAdvance: true });
  // What is not allowed is tried at run time.
  return new ScimClient({ ...common(server, clock), ...options, access }) as never;
}
