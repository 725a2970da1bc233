import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileCheckpointStore } from '../../src/audit-logs/index.js';
import { connect, isSdkError, parseConnectionConfig } from '../../src/index.js';
import { groupResourceSchema } from '../../src/scim/index.js';
import { createEmulator, createTestClock, type Emulator, seedEvents } from '../../src/testing/index.js';
import { drain, publicFunctions } from '../end-to-end/support/public-functions.js';
import { type Case, clientCases, optionKinds } from './support/cases-of-methods.js';
import { wrongValues } from './support/wrong-values.js';

let directory: string;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'wrong-arguments-'));
});
afterAll(() => rm(directory, { recursive: true }));

/** A small world, and the public objects of a program that works on it. */
function openWorld() {
  const clock = createTestClock({ skipsWaits: true });
  const emulator = createEmulator({ scim: { mode: 'rfc' }, clock });
  seedEvents(emulator, { eventType: 'AUTH_LOG', count: 3 });
  const form = emulator.connectionConfig({ provisioning: true, deprovisioning: true });
  const config = parseConnectionConfig(form, { require: ['scim', 'compliance'] });
  const connection = connect({ ...config, provisioning: true, deprovisioning: true }, emulator.clientOptions);
  const { scim, auditLogs } = connection;
  const query = { eventTypes: ['AUTH_LOG'] } as const;
  return {
    emulator,
    roots: {
      connection,
      scim,
      devices: scim.resource({ endpoint: '/Devices', schema: groupResourceSchema }),
      logs: auditLogs,
      files: auditLogs.files(query),
      events: auditLogs.events(query),
      batches: auditLogs.batches(query),
      store: createFileCheckpointStore(directory ?? '.'),
    },
  };
}

const functionsOf = ({ roots }: Pick<ReturnType<typeof openWorld>, 'roots'>) =>
  Object.entries(roots)
    .flatMap(([name, root]) => publicFunctions(root, name))
    .filter(({ path }) => !/^connection\.(scim|auditLogs)\./.test(path));

interface Attempt {
  readonly said: string;
  readonly values: readonly unknown[];
  readonly isRight: boolean;
}

/** Every place of a call with every wrong value, and every option with every wrong value. */
function attemptsOf(places: Case): Attempt[] {
  const attempts: Attempt[] = [];
  for (const [index, { right, allows }] of places.entries()) {
    for (const [name, make] of Object.entries(wrongValues)) {
      const values = places.map((one) => one.right);
      values[index] = make();
      attempts.push({ said: `${name} as argument ${index + 1}`, values, isRight: allows(values[index]) });
      if (typeof right !== 'object' || right === null || Array.isArray(right)) continue;
      for (const option of Object.keys(right)) {
        const value = make();
        const kind = optionKinds[option];
        const withOption = [...places.map((one) => one.right)];
        withOption[index] = { ...right, [option]: value };
        const isRight = kind === undefined || value === undefined || kind(value);
        attempts.push({ said: `${name} as \`${option}\``, values: withOption, isRight });
      }
    }
  }
  return attempts;
}

async function whatIsWrong(
  call: (...values: readonly unknown[]) => unknown,
  { values, isRight }: Attempt,
  emulator: Emulator,
  mayIterate: boolean,
): Promise<string | undefined> {
  const before = emulator.requests.total;
  try {
    const result = call(...values);
    if (mayIterate) await drain(result, 2);
    else await result;
  } catch (error) {
    if (!isSdkError(error))
      return `raw ${error instanceof Error ? `${error.stack?.split('\n').slice(0, 4).join(' ')}` : typeof error}`;
    if (isSdkError(error, 'InputError') && emulator.requests.total > before) return `sent, then ${error.message}`;
    return undefined;
  }
  return isRight ? undefined : 'was taken';
}

const paths = [...new Set(functionsOf(openWorld()).map(({ path }) => path))];

describe('whatever a method is given, it answers or fails with an error of this library, and sends nothing wrong', () => {
  it.each(paths)('%s', { timeout: 60_000 }, async (path) => {
    expect(clientCases, `a case for ${path}`).toHaveProperty([path]);
    const world = openWorld();
    const call = functionsOf(world).find((one) => one.path === path)?.call;
    if (call === undefined) throw new Error(path);
    const wrong: string[] = [];
    for (const attempt of attemptsOf(clientCases[path] ?? [])) {
      const problem = await whatIsWrong(call, attempt, world.emulator, path !== 'logs.follow');
      if (problem !== undefined) wrong.push(`${attempt.said}: ${problem}`);
    }
    expect(wrong).toEqual([]);
  });
});
