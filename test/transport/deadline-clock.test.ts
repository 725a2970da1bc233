import { describe, expect, it } from 'vitest';
import { ScimClient } from '../../src/scim/client.js';
import { createFakeClock } from '../support/fake-clock.js';
import { openTestTransport, rejection } from '../support/open-test-transport.js';
import { scriptedFetch } from '../support/scripted-fetch.js';

const hourMs = 3_600_000;
const read = { method: 'GET', route: '/Users' } as const;
const ok = () => Response.json({ Resources: [] });
const busy = () => new Response(null, { status: 503, headers: { 'retry-after': '2' } });

describe.each([-hourMs, hourMs])('a clock that is set by %i ms', (byMs) => {
  it('ends no call before its deadline', async () => {
    const clock = createFakeClock(undefined, { autoAdvance: true });
    const setClock = () => {
      clock.setWall(byMs);
      return busy();
    };
    const { transport } = openTestTransport(scriptedFetch(busy, setClock, ok).fetch, { clock, deadlineMs: 5_000 });
    expect((await transport.send(read)).status).toBe(200);
  });

  it('gives no call more than its deadline', async () => {
    const clock = createFakeClock(undefined, { autoAdvance: true });
    const setClock = () => {
      clock.setWall(byMs);
      return busy();
    };
    const { fetch } = scriptedFetch(busy, setClock, busy);
    const { transport } = openTestTransport(fetch, { clock, deadlineMs: 5_000, maxRetries: 99 });
    expect(await rejection(transport.send(read))).toMatchObject({ status: 503 });
    expect(clock.waits).toEqual([2_000, 2_000]);
  });

  it('leaves a call that waited for the own rate limit the time that it has', async () => {
    const clock = createFakeClock();
    const hang = () => new Promise<Response>(() => {});
    const { transport } = openTestTransport(scriptedFetch(ok, hang).fetch, {
      clock,
      rateLimit: { requests: 1, intervalMs: 10_000 },
      deadlineMs: 2_000,
      timeoutMs: 60_000,
    });
    await transport.send(read);
    let endedMs: number | undefined;
    const startMs = clock.monotonicNow();
    const late = rejection(transport.send(read)).finally(() => {
      endedMs = clock.monotonicNow() - startMs;
    });
    await clock.advance(5_000);
    clock.setWall(byMs);
    await clock.advance(20_000);
    expect(await late).toMatchObject({ code: 'timeout' });
    expect(endedMs).toBe(12_000);
  });

  it('changes nothing about the one deadline of many pages', async () => {
    const clock = createFakeClock(undefined, { autoAdvance: true });
    const page = (startIndex: number) => async () => {
      clock.setWall(byMs);
      await clock.sleep(400);
      return Response.json({ totalResults: 9, startIndex, itemsPerPage: 1, Resources: [{ id: `${startIndex}` }] });
    };
    const { fetch } = scriptedFetch(...[1, 2, 3, 4, 5, 6, 7, 8, 9].map(page));
    const options = { baseUrl: 'https://scim.example/v2', token: 'secret', rateLimit: false, clock, fetch } as const;
    const client = new ScimClient(options);
    const ids: string[] = [];
    const reading = (async () => {
      const walk = client.users.iterate({ count: 1 }, { deadlineMs: 1_000 });
      for await (const { id } of walk) ids.push(id);
    })();
    expect(await rejection(reading)).toMatchObject({ code: 'timeout' });
    expect(ids).toEqual(['1', '2']);
  });
});
