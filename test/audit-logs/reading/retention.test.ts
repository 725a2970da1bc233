import { expect, test } from 'vitest';
import type { AuditLogCheckpoint } from '../../../src/audit-logs/checkpoint.js';
import type { AuditLogFollowQuery } from '../../../src/audit-logs/query.js';
import { createFakeClock } from '../../support/fake-clock.js';
import { rejection } from '../../support/open-test-transport.js';
import { collect, collectIds, throughJson } from '../support/read-fake-log.js';
import { inRange, pageOf, type Row, row, smallLogServer } from '../support/small-log-server.js';

const dayMs = 86_400_000;
const startMs = Date.UTC(2026, 10, 2);
const day = (count: number) => new Date(startMs + count * dayMs).toISOString().replace('Z', '456Z');
const eventTypes = ['AUTH_LOG'] as const;

/** A service at a time, and a client whose clock is wrong by so many days. Files of which `refused` says so cannot be had. */
function open(files: readonly Row[], nowMs: number, wrongBy = 0, refused: (id: string) => boolean = () => false) {
  const clock = createFakeClock(nowMs + wrongBy * dayMs, { autoAdvance: true });
  const date = () => ({ date: new Date(clock.now() - wrongBy * dayMs).toUTCString() });
  const server = smallLogServer((url) => pageOf(inRange(files, url)), date, {
    clock,
    fetch: async (input, init) => {
      const url = String(input instanceof Request ? input.url : input);
      const id = /\/logs\/([^/]+)$/.exec(url)?.[1];
      return id !== undefined && refused(id) ? new Response('{}', { status: 404 }) : server.answer(input, init);
    },
  });
  return { ...server, clock };
}

async function readUntil(nowMs: number, files: readonly Row[], refused?: (id: string) => boolean) {
  const events = open(files, nowMs, 0, refused).client.events({ eventTypes, onFailedFile: () => {} });
  await collect(events);
  return throughJson(events.checkpoint()) as AuditLogCheckpoint;
}

test.each([-60, -15, 0, 15])('what is gone is reported with a clock that is wrong by %i days', async (wrongBy) => {
  const resumeFrom = await readUntil(startMs, [row('old', day(-1))]);
  const { client, lists } = open([row('new', day(39))], startMs + 40 * dayMs, wrongBy);
  const error = await rejection(collect(client.events({ eventTypes, resumeFrom })));
  expect(error).toMatchObject({ code: 'retention_gap', ranges: [{ to: expect.stringMatching(/^2026-11-12/) }] });
  expect(lists).toHaveLength(1);
});

test('a clock that is 40 days ahead makes nothing gone that can still be had', async () => {
  const files = [row('gap', day(-1)), row('read', day(-0.5))];
  const resumeFrom = await readUntil(startMs, files, (id) => id === 'gap');
  const told: unknown[] = [];
  const { client } = open(files, startMs, 40);
  const events = client.events({ eventTypes, resumeFrom, onRetentionGap: (range) => told.push(range) });
  expect(await collectIds(events as never)).toEqual(['gap']);
  expect(told).toEqual([]);
});

/** Follows until the stream ends or `looks` are over; `onLook` may move the clock. */
async function follow(
  server: ReturnType<typeof open>,
  query: Partial<AuditLogFollowQuery>,
  looks: number,
  onLook: (look: number) => void,
) {
  const stop = new AbortController();
  let look = 0;
  const onCaughtUp = () => {
    if (++look === looks) stop.abort('enough');
    onLook(look);
  };
  const events = server.client.follow({ eventTypes, ...query, onCaughtUp }, { signal: stop.signal });
  const ids: string[] = [];
  const failure = await rejection(
    (async () => {
      for await (const event of events) ids.push(event.event_id);
    })(),
  );
  return { ids, failure, checkpoint: events.checkpoint() };
}

test.each([true, false])(
  'a follower that was suspended for 40 days says what came and went; told: %s',
  async (isTold) => {
    const server = open([row('old', day(-1)), row('new', day(39))], startMs);
    const told: unknown[] = [];
    const query = isTold ? { onRetentionGap: (range: unknown) => void told.push(range) } : {};
    const onLook = (look: number) => void (look === 2 && server.clock.sleep(40 * dayMs));
    const { ids, failure } = await follow(server, query, 25, onLook);
    if (isTold) {
      expect({ failure, ids }).toEqual({ failure: 'enough', ids: ['old', 'new'] });
      expect(told).toMatchObject([{ eventType: 'AUTH_LOG', from: expect.stringMatching(/^2026-11-02/) }]);
    } else expect(failure).toMatchObject({ code: 'retention_gap' });
  },
);

test('a file that was left out and is now too old is told once as gone, and given up', async () => {
  const server = open([row('gap', day(-29.5)), row('new', day(-1))], startMs, 0, (id) => id === 'gap');
  const told: string[] = [];
  const query = {
    onFailedFile: () => void told.push('failed'),
    onRetentionGap: ({ from }: { from: string }) => void told.push(`gone ${from}`),
  };
  const { ids, checkpoint } = await follow(server, query, 12, () => void server.clock.sleep(dayMs / 4));
  expect({ ids, told }).toEqual({ ids: ['new'], told: ['failed', `gone ${day(-29.5)}`] });
  expect(checkpoint.partitions[0]?.gaps).toEqual([]);
});
