import { afterEach, describe, expect, it } from 'vitest';
import type { AuditLogCheckpoint, AuditLogFollowQuery } from '../../../src/audit-logs/index.js';
import { fault } from '../../../src/testing/index.js';
import { createFakeClock } from '../../support/fake-clock.js';
import { rejection } from '../../support/open-test-transport.js';
import { first, noteFailures, openWorkspaces, second } from './support.js';

const minuteMs = 60_000;
const always = { times: Number.POSITIVE_INFINITY };
const isSecond = ({ url }: { readonly url: URL }) => url.pathname.includes(second);

/** Followers that a test left running. */
const running: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of running.splice(0)) await stop();
});

/** Two workspaces that are followed, minute after minute, with a file in each to begin with. */
function openFollowed(query: Partial<AuditLogFollowQuery<'AUTH_LOG' | 'AUDIT_LOG'>> = {}) {
  const { intervalMs = minuteMs } = query;
  const clock = createFakeClock(Date.UTC(2026, 10, 22, 9));
  const world = openWorkspaces(clock);
  const { emulator, keys, addFile } = world;
  let files = 0;
  const write = (id: string, event: string, type?: string) =>
    addFile(id, [event], type, new Date(clock.now() - 1_000 + files++).toISOString());
  write(first, 'first 1');
  write(second, 'second 1');
  const { lines, failures, onFailedPrincipal } = noteFailures();
  const apiKey = Object.fromEntries([first, second].map((id) => [id, () => keys.get(id) ?? '']));
  let underWay = 0;
  const counted: typeof fetch = async (...request) => {
    underWay += 1;
    try {
      return await emulator.fetch(...request);
    } finally {
      underWay -= 1;
    }
  };
  const stop = new AbortController();
  const stream = world
    .open({ apiKey, maxRetries: 0, fetch: counted })
    .follow({ eventTypes: ['AUTH_LOG'], intervalMs, onFailedPrincipal, ...query }, { signal: stop.signal });
  const ids: string[] = [];
  let ended: unknown;
  const begin = () => {
    const following = (async () => {
      for await (const { event_id: id } of stream) ids.push(id);
    })();
    following.catch((failure: unknown) => {
      ended = failure;
    });
    running.push(() => {
      stop.abort('enough');
      return rejection(following);
    });
  };
  /** So many intervals, each of which is done with before the next one begins. */
  const pass = async (intervals: number) => {
    for (let interval = 0; interval < intervals; interval++) {
      await clock.advance(intervalMs);
      for (let quiet = 0; quiet < 30; quiet = underWay === 0 ? quiet + 1 : 0) {
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  };
  const asked = () => emulator.requests.list('GET /compliance/logs').filter(({ url }) => url.includes(second)).length;
  return { ...world, write, lines, failures, stream, ids, begin, pass, asked, ended: () => ended };
}

describe('a follower of which one key is refused', () => {
  it('reads the others on, asks again after each interval and not sooner, and goes on when the key is mended', async () => {
    const { begin, pass, revoke, mend, write, ids, lines, stream, asked, ended } = openFollowed();
    revoke(second);
    begin();
    await pass(10);
    expect(ids).toEqual(['first 1']);
    expect(lines).toEqual(['second AUTH_LOG unauthorized']);
    expect(stream.stats.failedPrincipals).toBe(1);
    // With a function for the key, each is asked once more for another one.
    expect(asked()).toBeGreaterThanOrEqual(10);
    expect(asked()).toBeLessThanOrEqual(22);
    write(first, 'first 2');
    write(second, 'second 2');
    await pass(2);
    expect(ids).toEqual(['first 1', 'first 2']);
    mend(second);
    await pass(2);
    expect(ids).toEqual(['first 1', 'first 2', 'second 1', 'second 2']);
    expect(stream.stats.failedPrincipals).toBe(0);
    expect(lines).toHaveLength(1);
    expect(ended()).toBeUndefined();
  });

  it('tells again where it fails in another way, and after it had recovered', async () => {
    const { begin, pass, revoke, mend, emulator, lines, write, ids } = openFollowed();
    begin();
    await pass(2);
    revoke(second);
    await pass(3);
    emulator.faults.add(fault.status(403), { ...always, when: isSecond });
    await pass(3);
    emulator.faults.clear();
    mend(second);
    await pass(2);
    revoke(second);
    await pass(3);
    mend(second);
    write(second, 'second 2');
    await pass(2);
    expect(lines).toEqual([
      'second AUTH_LOG unauthorized',
      'second AUTH_LOG forbidden',
      'second AUTH_LOG unauthorized',
    ]);
    // Between workspaces there is no order.
    expect(ids.toSorted()).toEqual(['first 1', 'second 1', 'second 2']);
  });

  it('tells of two causes that take turns once each, until it has recovered', async () => {
    const { begin, pass, revoke, mend, emulator, lines } = openFollowed();
    revoke(second);
    emulator.faults.add(fault.status(403), { ...always, when: (request) => isSecond(request) && isEven() });
    let asked = 0;
    const isEven = () => Math.floor(asked++ / 2) % 2 === 0;
    begin();
    await pass(12);
    expect(lines.toSorted()).toEqual(['second AUTH_LOG forbidden', 'second AUTH_LOG unauthorized']);
    emulator.faults.clear();
    mend(second);
    await pass(2);
    revoke(second);
    await pass(2);
    expect(lines.slice(2)).toEqual(['second AUTH_LOG unauthorized']);
  });

  it('never says that the failed one was caught up', async () => {
    const checkpoints: AuditLogCheckpoint[] = [];
    const { begin, pass, revoke, mend } = openFollowed({ onCaughtUp: (checkpoint) => checkpoints.push(checkpoint) });
    revoke(second);
    begin();
    await pass(5);
    const caughtUpAt = () =>
      checkpoints.at(-1)?.partitions.map(({ principal, caughtUpAt: at }) => [principal.id, at !== undefined]);
    expect(checkpoints.length).toBeGreaterThan(3);
    expect(caughtUpAt()).toEqual([
      [first, true],
      [second, false],
    ]);
    mend(second);
    await pass(2);
    expect(caughtUpAt()).toEqual([
      [first, true],
      [second, true],
    ]);
  });

  it('goes on where all of them fail, until one is mended', async () => {
    const { begin, pass, revoke, mend, ids, lines, ended } = openFollowed();
    revoke(first);
    revoke(second);
    begin();
    await pass(5);
    expect(lines.toSorted()).toEqual(['first AUTH_LOG unauthorized', 'second AUTH_LOG unauthorized']);
    mend(second);
    await pass(2);
    expect(ids).toEqual(['second 1']);
    expect(ended()).toBeUndefined();
  });

  it('reports what has gone meanwhile as a retention gap', async () => {
    const gaps: string[] = [];
    const { begin, pass, revoke, mend, ids, write } = openFollowed({
      after: new Date(Date.UTC(2026, 10, 22)),
      intervalMs: 720 * minuteMs,
      onRetentionGap: ({ principal, from }) => gaps.push(`${principal.id} ${from}`),
    });
    revoke(second);
    begin();
    await pass(62);
    mend(second);
    write(second, 'second 2');
    await pass(2);
    expect(gaps).toEqual([`${second} 2026-11-22T00:00:00.000Z`]);
    expect(ids).toContain('second 2');
  });

  it('ends with what the function throws', async () => {
    const { begin, pass, revoke, ended } = openFollowed({
      onFailedPrincipal: ({ error }) => {
        throw error;
      },
    });
    revoke(second);
    begin();
    await pass(2);
    expect(ended()).toMatchObject({ status: 401 });
  });

  it('ends by default, as ever', async () => {
    const { begin, pass, revoke, ended } = openFollowed({ onFailedPrincipal: undefined });
    revoke(second);
    begin();
    await pass(1);
    expect(ended()).toMatchObject({ status: 401 });
  });
});

describe('a follower of which one workspace', () => {
  it('is out of reach tells of an outage, and of no failure', async () => {
    const outages: string[] = [];
    const { begin, pass, emulator, lines, ids, stream } = openFollowed({
      onOutage: ({ code }) => outages.push(code),
    });
    emulator.faults.add(fault.status(503), { ...always, when: isSecond });
    begin();
    await pass(3);
    expect(outages.length).toBeGreaterThan(1);
    expect({ lines, failed: stream.stats.failedPrincipals }).toEqual({ lines: [], failed: 0 });
    emulator.faults.clear();
    await pass(2);
    expect(ids).toEqual(['first 1', 'second 1']);
  });

  it('refuses one type tells of that type, also where another is out of reach', async () => {
    const { begin, pass, emulator, lines } = openFollowed({ eventTypes: ['AUTH_LOG', 'AUDIT_LOG'] });
    const isOf = (type: string) => (request: { readonly url: URL }) =>
      isSecond(request) && request.url.searchParams.get('event_type') === type;
    emulator.faults.add(fault.status(503), { ...always, when: isOf('AUTH_LOG') });
    emulator.faults.add(fault.status(403), { ...always, when: isOf('AUDIT_LOG') });
    begin();
    await pass(3);
    expect(lines).toEqual(['second AUDIT_LOG forbidden']);
  });

  it('loses its key in the middle of a file list goes on in the order of the files', async () => {
    const { begin, pass, revoke, mend, write, ids, lines } = openFollowed({ concurrency: 1 });
    begin();
    await pass(2);
    for (let n = 2; n < 8; n++) write(second, `second ${n}`);
    const before = ids.length;
    revoke(second);
    await pass(4);
    expect(ids).toHaveLength(before);
    mend(second);
    await pass(3);
    expect(ids.filter((id) => id.startsWith('second'))).toEqual([1, 2, 3, 4, 5, 6, 7].map((n) => `second ${n}`));
    expect(lines).toEqual(['second AUTH_LOG unauthorized']);
  });

  it('refuses all downloads tells of it once, waits, and reads every file when it allows them', async () => {
    const { begin, pass, emulator, write, ids, lines, stream, ended } = openFollowed({ onFailedFile: 'throw' });
    const target = { ...always, route: 'GET /compliance/logs/{log_file_id}', when: isSecond } as const;
    emulator.faults.add(fault.status(403), target);
    for (let n = 2; n < 6; n++) write(second, `second ${n}`);
    begin();
    await pass(8);
    expect({ ids, lines, ended: ended() }).toEqual({
      ids: ['first 1'],
      lines: ['second AUTH_LOG forbidden'],
      ended: undefined,
    });
    expect(stream.stats.failedPrincipals).toBe(1);
    emulator.faults.clear();
    await pass(2);
    expect(ids.slice(1)).toEqual([1, 2, 3, 4, 5].map((n) => `second ${n}`));
    expect(stream.stats).toMatchObject({ failedPrincipals: 0, gaps: 0 });
  });

  it('loses its key between the list and the downloads is told once, and reads on when it is mended', async () => {
    const { begin, pass, emulator, revoke, mend, write, ids, lines, stream } = openFollowed();
    for (let n = 2; n < 6; n++) write(second, `second ${n}`);
    emulator.faults.add(
      fault.meanwhile('the key is revoked', () => revoke(second)),
      {
        route: 'GET /compliance/logs/{log_file_id}',
        when: isSecond,
      },
    );
    begin();
    await pass(5);
    expect(lines).toEqual(['second AUTH_LOG unauthorized']);
    mend(second);
    await pass(3);
    expect(ids.filter((id) => id.startsWith('second'))).toEqual([1, 2, 3, 4, 5].map((n) => `second ${n}`));
    expect(stream.stats.failedPrincipals).toBe(0);
    expect(lines).toHaveLength(1);
  });
});
