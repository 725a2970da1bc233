import { describe, expect, test } from 'vitest';
import { AuditLogClient } from '../../src/audit-logs/client.js';
import { ScimClient } from '../../src/scim/client.js';
import type { Throttle, ThrottledRequest } from '../../src/transport/throttle.js';
import { openRawLog } from '../audit-logs/support/raw-log.js';
import { createFakeClock } from '../support/fake-clock.js';

/** A limiter that lets everything through, and notes what it is told. */
function noting(): { readonly told: ThrottledRequest[]; readonly throttle: Throttle } {
  const told: ThrottledRequest[] = [];
  return {
    told,
    throttle: (run, _signal, request) => {
      told.push(request);
      return run();
    },
  };
}

const line = JSON.stringify({ event_id: 'a', type: 'AUTH_LOG', timestamp: '2026-11-01T00:00:00Z' });

describe('a throttle', () => {
  test('is told whose log is listed, asked for and fetched, and by which route', async () => {
    const { told, throttle } = noting();
    const { client } = openRawLog([line], { throttle });
    const [principal] = client.principals;
    for await (const _event of client.events({ eventTypes: ['AUTH_LOG'], after: '2026-11-01T00:00:00Z' })) {
      // Only what is asked counts.
    }
    const list = '/compliance/workspaces/{workspace_id}/logs';
    const download = `${list}/{log_file_id}`;
    expect(told).toEqual([
      { principal, kind: 'list', route: list },
      { principal, kind: 'download', route: download },
      { principal, kind: 'storage', route: `${download} (storage)` },
    ]);
  });

  test('that runs nothing is told of by its name', async () => {
    const { client } = openRawLog([line], { throttle: (async () => undefined) as Throttle });
    const read = client.files({ eventTypes: ['AUTH_LOG'] }).toArray();
    await expect(read).rejects.toMatchObject({ name: 'InputError', path: ['throttle'] });
  });

  const odd: Readonly<Record<string, Throttle>> = {
    'gives back something else': (async (run: () => Promise<unknown>) => {
      await run();
      return {};
    }) as Throttle,
    'does not wait': (async (run: () => Promise<unknown>) => void run()) as Throttle,
    'swallows what fails': ((run: () => Promise<unknown>) => run().catch(() => undefined)) as Throttle,
    'runs it twice': (run) => run().then(() => run()),
    'fails behind it': (run) => run().then(() => Promise.reject(new Error('no'))),
  };

  test.each(Object.entries(odd))(
    'that %s hides neither an answer nor a failure, and sends once',
    async (_name, throttle) => {
      for (const [status, expected] of [
        [201, { id: '1' }],
        [400, { code: 'bad_request' }],
      ] as const) {
        let sent = 0;
        const client = new ScimClient({
          baseUrl: 'https://scim.example/v2',
          token: 'se_1',
          access: { provisioning: true },
          throttle,
          fetch: async () => {
            sent += 1;
            return Response.json({ id: '1', userName: 'a@b.c', schemas: [] }, { status });
          },
        });
        const outcome = await client.users.create({ userName: 'a@b.c' }).catch((error: unknown) => error);
        expect(outcome).toMatchObject(expected);
        expect(sent).toBe(1);
      }
    },
  );

  test('tells reading from writing where it is for SCIM, which names no workspace', async () => {
    const { told, throttle } = noting();
    const client = new ScimClient({
      baseUrl: 'https://scim.example/v2',
      token: 'se_1',
      access: { provisioning: true },
      throttle,
      fetch: async () => Response.json({ id: '1', userName: 'a@b.c', schemas: [] }, { status: 201 }),
    });
    await client.users.create({ userName: 'a@b.c' }).catch(() => {});
    expect(told[0]).toEqual({ kind: 'write', route: '/Users' });
  });

  test.each([
    ['stands behind the limit of the client', undefined, [0, 0, 60_000]],
    ['stands alone where that is switched off', false as const, [0, 0, 0]],
  ])('%s', async (_name, off, expected) => {
    const clock = createFakeClock(Date.UTC(2026, 10, 2), { autoAdvance: true });
    const startedAt: number[] = [];
    const begun = clock.now();
    const client = new AuditLogClient({
      apiKey: 'sk-admin-1',
      workspaceIds: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11',
      clock,
      rateLimit: off ?? { lists: { requests: 2, intervalMs: 60_000 } },
      throttle: (run) => {
        startedAt.push(clock.now() - begun);
        return run();
      },
      fetch: async () => Response.json({ data: [], has_more: false, last_end_time: null }),
    });
    for (let call = 0; call < 3; call += 1) await client.files({ eventTypes: ['AUTH_LOG'] }).toArray();
    expect(startedAt.map((ms) => Math.round(ms / 30_000) * 30_000)).toEqual(expected);
  });
});
