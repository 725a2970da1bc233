import type { AuditLogClient } from '../../../../src/audit-logs/client.js';
import { AuditLogClient as Client } from '../../../../src/audit-logs/client.js';
import type { PlatformLogOptions } from '../../../../src/audit-logs/platform/options.js';
import { createTestClock } from '../../../../src/testing/clock.js';
import { createEmulator } from '../../../../src/testing/create-emulator.js';
import type { EmulatorOptions } from '../../../../src/testing/emulator.js';
import type { ClientOptions } from '../../../../src/transport/options.js';

/** The time of the emulator, in seconds. */
export const nowSeconds = Date.parse('2026-11-23T09:00:00Z') / 1000;

/** An empty log of the API Platform, and clients that read it. */
export function openPlatform(options: EmulatorOptions = {}) {
  const clock = createTestClock();
  const emulator = createEmulator({ clock, world: 'empty', ...options });
  const log = emulator.store.platform;
  const client = (
    platform: Partial<PlatformLogOptions> = {},
    others: Omit<ClientOptions, 'rateLimit'> = {},
  ): AuditLogClient<{ platform: PlatformLogOptions }> =>
    new Client({
      platform: { id: 'platform', apiKey: emulator.platform.apiKey, baseUrl: emulator.platform.baseUrl, ...platform },
      fetch: emulator.fetch,
      clock: emulator.clock,
      random: () => 0,
      ...others,
    });
  /** Writes events, so many seconds ago each. */
  const write = (...ages: readonly number[]) =>
    log.append(ages.map((age) => ({ type: 'user.added', effective_at: nowSeconds - age }))).map(({ id }) => id);
  /** The ids of the log, oldest first, as they are to be delivered. */
  const inOrder = () =>
    log
      .list()
      .map((event, index) => ({ event, index }))
      .sort((one, other) => one.event.effective_at - other.event.effective_at || one.index - other.index)
      .map(({ event }) => event.id);
  return { emulator, log, client, write, inOrder, clock: emulator.clock };
}

/** The ids of events, as they come. */
export async function idsOf(events: AsyncIterable<{ readonly id: string }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of events) ids.push(id);
  return ids;
}
