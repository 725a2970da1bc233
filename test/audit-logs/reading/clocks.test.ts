import { describe, expect, test } from 'vitest';
import type { AuditLogCheckpoint } from '../../../src/audit-logs/checkpoint.js';
import { hashFileId, unpackFiles } from '../../../src/audit-logs/reading/completed-files.js';
import { beforeAllFiles } from '../../../src/audit-logs/reading/overlap.js';
import { createFakeClock } from '../../support/fake-clock.js';
import { rejection } from '../../support/open-test-transport.js';
import { collect, collectIds, throughJson } from '../support/read-fake-log.js';
import { inRange, pageOf, type Row, row, smallLogServer } from '../support/small-log-server.js';

const dayMs = 86_400_000;
/** Where the clocks of the client start. */
const startMs = Date.UTC(2026, 10, 2);
const day = (count: number) => new Date(startMs + count * dayMs).toISOString().replace('Z', '456Z');
const eventTypes = ['AUTH_LOG'] as const;
const saved = (events: { checkpoint(): AuditLogCheckpoint }) => throughJson(events.checkpoint());

/** A client whose clock is wrong by so many days, and a server that says what time it is, or does not. */
function open(files: readonly Row[], { wrongBy = 0, saysTime = true, nowMs = startMs } = {}) {
  const date = () => (saysTime ? { date: new Date(nowMs).toUTCString() } : {});
  const clock = createFakeClock(nowMs + wrongBy * dayMs, { autoAdvance: true });
  return smallLogServer((url) => pageOf(inRange(files, url)), date as () => Record<string, string>, { clock });
}

test.each([-40, 0, 10, 365])('a first run reads everything with a clock that is wrong by %i days', async (wrongBy) => {
  const files = [row('old', day(-29.5)), row('mid', day(-20)), row('new', day(-1))];
  const { client, lists } = open(files, { wrongBy });
  expect(await collectIds(client.events({ eventTypes }) as never)).toEqual(['old', 'mid', 'new']);
  expect((await collect(client.files({ eventTypes }))).map(({ id }) => id)).toEqual(['old', 'mid', 'new']);
  expect(lists[0]?.searchParams.get('after')).toBe(beforeAllFiles);
});

test('a first run that ended before it had read anything is no gap, however late it is resumed', async () => {
  const before = open([]).client.events({ eventTypes });
  const late = open([row('new', day(59))], { nowMs: startMs + 60 * dayMs });
  expect(await collectIds(late.client.events({ eventTypes, resumeFrom: saved(before) }) as never)).toEqual(['new']);
});

describe.each([true, false])('with a server that says what time it is: %s', (saysTime) => {
  test('a clock that was a year ahead for one run does not silence the report of what is gone', async () => {
    const files = [row('a', day(-5)), row('b', day(-4))];
    const first = open(files, { saysTime }).client.events({ eventTypes });
    await collect(first);
    const ahead = open(files, { saysTime, wrongBy: 365 });
    const wrong = ahead.client.events({ eventTypes, resumeFrom: saved(first), onRetentionGap: () => {} });
    await collect(wrong);
    const caughtUpAt = wrong.checkpoint().partitions[0]?.caughtUpAt ?? '';
    expect(caughtUpAt.slice(0, 4)).toBe(saysTime ? '2026' : '2027');

    const late = open([], { saysTime, nowMs: startMs + 41 * dayMs }).client;
    const error = await rejection(collect(late.events({ eventTypes, resumeFrom: saved(wrong) })));
    expect(error).toMatchObject({ code: 'retention_gap' });

    // A run with the right clock in between takes the wrong time out.
    const right = open(files, { saysTime, nowMs: startMs + dayMs }).client.events({
      eventTypes,
      resumeFrom: saved(wrong),
    });
    await collect(right);
    expect(right.checkpoint().partitions[0]?.caughtUpAt?.slice(0, 10)).toBe(day(1).slice(0, 10));
  });

  test('a file dated 2099 leaves the overlap and the report as they are', async () => {
    const files = [row('a', day(-1)), row('b', day(-0.99)), row('odd', '2099-01-01T00:00:00Z')];
    const server = open(files, { saysTime });
    const first = server.client.events({ eventTypes });
    expect(await collectIds(first as never)).toEqual(['a', 'b', 'odd']);
    files.push(row('late', day(-0.995)));
    const second = server.client.events({ eventTypes, resumeFrom: saved(first) });
    expect(await collectIds(second as never)).toEqual(['late']);

    const late = open([], { saysTime, nowMs: startMs + 41 * dayMs }).client;
    const error = await rejection(collect(late.events({ eventTypes, resumeFrom: saved(second) })));
    expect(error).toMatchObject({ code: 'retention_gap' });
  });

  test('following survives a file dated 2099', async () => {
    const files = [row('a', day(-1)), row('b', day(-0.99)), row('odd', '2099-01-01T00:00:00Z')];
    const { client, lists } = open(files, { saysTime });
    const ids: (string | undefined)[] = [];
    for await (const event of client.follow({ eventTypes })) {
      ids.push(event.event_id);
      if (event.event_id === 'odd') files.push(row('late', day(-0.995)), row('next', day(-0.9)));
      if (event.event_id === 'next') break;
    }
    expect(ids).toEqual(['a', 'b', 'odd', 'late', 'next']);
    expect(lists.length).toBeLessThan(50);
  });

  test('an `after` that a wrong clock put into the future leaves out nothing', async () => {
    const partition = { principal: undefined, eventType: 'AUTH_LOG', completedFiles: '', gaps: [], seen: [] };
    const { client } = open([row('old', day(-3)), row('new', day(-0.001))], { saysTime });
    const [principal] = client.principals;
    const resumed = (more: object) =>
      client.events({
        eventTypes,
        resumeFrom: { version: 1, partitions: [{ ...partition, principal, after: day(365), ...more }] } as never,
      });
    expect(await collectIds(resumed({ caughtUpAt: day(365) }) as never)).toEqual(['old', 'new']);
    const events = resumed({ caughtUpAt: day(-0.01) });
    expect(await collectIds(events as never)).toEqual(['new']);
    expect(unpackFiles(events.checkpoint().partitions[0]?.completedFiles ?? '')).toMatchObject([
      { hash: hashFileId('new') },
    ]);
  });
});

test.each([true, false])(
  'a machine that wakes up in 1970 repeats nothing; the server says the time: %s',
  async (says) => {
    const files = [row('a', day(-1)), row('b', day(-0.5))];
    const first = open(files).client.events({ eventTypes });
    await collect(first);
    files.push(row('c', day(-0.1)));
    const { client } = open(files, { saysTime: says, wrongBy: -startMs / dayMs });
    const second = client.events({ eventTypes, resumeFrom: saved(first) });
    expect(await collectIds(second as never)).toEqual(['c']);
    const caughtUpAt = second.checkpoint().partitions[0]?.caughtUpAt ?? '';
    expect(caughtUpAt.slice(0, 10)).toBe(day(0).slice(0, 10));
    files.push(row('d', day(-0.05)));
    expect(await collectIds(open(files).client.events({ eventTypes, resumeFrom: saved(second) }) as never)).toEqual([
      'd',
    ]);
  },
);

/** Follows three days of files, with a few looks; `wrongAt` says by how many hours the time is wrong at a look. */
async function followWithWrongTime(saysTime: boolean, wrongAt: (look: number) => number) {
  const files = Array.from({ length: 18 }, (_, index) => row(`f${index}`, day(-3 + index / 6)));
  const clock = createFakeClock(startMs, { autoAdvance: true });
  let look = 1;
  const wrongMs = () => wrongAt(look) * 3_600_000;
  const date = () => (saysTime ? { date: new Date(clock.now() + wrongMs()).toUTCString() } : {});
  const stop = new AbortController();
  const { client, lists } = smallLogServer((url) => pageOf(inRange(files, url)), date as () => Record<string, string>, {
    clock: saysTime ? clock : { ...clock, now: () => clock.now() + wrongMs(), monotonicNow: clock.now },
  });
  const onCaughtUp = () => void (++look > 8 && stop.abort('enough'));
  const ids: (string | undefined)[] = [];
  const following = async () => {
    const events = client.follow({ eventTypes, deduplicate: false, onCaughtUp }, { signal: stop.signal });
    for await (const event of events) ids.push(event.event_id);
  };
  expect(await rejection(following())).toBe('enough');
  expect(ids).toEqual(files.map(({ id }) => id));
  expect(lists.length).toBeLessThan(12);
}

test.each([
  ['one `Date` is two hours behind', true, (look: number) => (look === 4 ? -2 : 0)],
  ['one `Date` is forty days ahead', true, (look: number) => (look === 4 ? 960 : 0)],
  ['each `Date` is further behind', true, (look: number) => -look],
  ['the clock is set back a day, and nobody says the time', false, (look: number) => (look >= 4 ? -24 : 0)],
] as const)('a follower repeats nothing when %s', async (_what, saysTime, wrongAt) => {
  await followWithWrongTime(saysTime, wrongAt);
});

test.each([true, false])(
  'a run with a clock that is two hours behind repeats nothing; the server says so: %s',
  async (says) => {
    const files = [row('a', day(-1)), row('b', day(-0.01))];
    const first = open(files).client.events({ eventTypes });
    await collect(first);
    files.push(row('c', day(-0.005)));
    const behind = says
      ? open(files, { nowMs: startMs - dayMs / 12 })
      : open(files, { wrongBy: -1 / 12, saysTime: false });
    const second = behind.client.events({ eventTypes, resumeFrom: saved(first), deduplicate: false });
    expect(await collectIds(second as never)).toEqual(['c']);
  },
);
