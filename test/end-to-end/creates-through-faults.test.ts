import { isSdkError } from 'chatgpt-enterprise-sdk';
import { expect, test } from 'vitest';
import { logSoak, timesOf } from '../support/scale.js';
import { fetchFailed } from '../support/scripted-fetch.js';
import { openWorld } from './support/open-world.js';

/** Numbers from 0 to 1, always the same. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

// RFC 7643 lets two groups share every value: there nothing keeps a second one out but the client.
const servers = [
  ['users on WorkOS', {}],
  ['groups on a server that keeps none out', { mode: 'rfc' }],
] as const;

test.each(servers.flatMap(([name, scim]) => [0.1, 0.2, 0.3].map((rate) => ({ name, scim, rate }))))(
  'creates of $name, where $rate of the answers are lost or refused, make none twice',
  { timeout: 600_000 },
  async ({ name, scim, rate }) => {
    const next = random(Math.round(rate * 100));
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const chance = next() / rate;
      if (chance < 0.25) throw fetchFailed('ECONNREFUSED', { syscall: 'connect' });
      if (chance < 0.5) return new Response(null, { status: 503 });
      const answer = await emulator.fetch(input, init);
      if (chance < 1) throw fetchFailed('ECONNRESET');
      return answer;
    };
    const { emulator, connection } = openWorld({
      provisioning: true,
      emulator: { world: 'empty', scim },
      connect: { fetch, scim: { rateLimit: false } },
    });
    const count = timesOf(40, 1_000);
    let created = 0;
    await Promise.all(
      Array.from({ length: 4 }, async (_, task) => {
        for (let index = task; index < count; index += 4) {
          const name = `person-${index}@north.example`;
          const emails = [{ value: name, type: 'work', primary: true }];
          try {
            if (scim === servers[0][1]) await connection.scim.users.create({ userName: name, emails });
            else await connection.scim.groups.create({ displayName: name, externalId: name });
            created += 1;
          } catch (error) {
            if (!isSdkError(error)) throw error;
          }
        }
      }),
    );
    const { users, groups } = emulator.store;
    const names = [...users.list().map((one) => one.userName), ...groups.list().map((one) => one.externalId)];
    logSoak(`${count} creates of ${name}, faults ${rate}: ${created} told, ${names.length} there`);
    expect(new Set(names).size).toBe(names.length);
    expect(created).toBeGreaterThan(count / 2);
    expect(names.length).toBeGreaterThanOrEqual(created);
  },
);
