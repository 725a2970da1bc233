import { expect, test } from 'vitest';
import { idsOf, nowSeconds, openPlatform } from './support/open-platform.js';

const eventTypes = ['PLATFORM_AUDIT_LOG'] as const;
const dayMs = 86_400_000;
const at = (days: number) => new Date(nowSeconds * 1000 + days * dayMs).toISOString();
const saved = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value));

test('who began a day ahead, by a fast clock, gets what happens from then on', async () => {
  const { client, write, inOrder } = openPlatform();
  const first = client().events({ eventTypes, after: at(1) });
  expect(await idsOf(first)).toEqual([]);
  write(20, 10);
  const second = client().events({ eventTypes, resumeFrom: saved(first.checkpoint()) });
  expect(await idsOf(second)).toEqual(inOrder());
  const [late] = write(15);
  expect(await idsOf(client().events({ eventTypes, resumeFrom: saved(second.checkpoint()) }))).toEqual([late]);
});

test('a follower that begins in the future delivers what comes', async () => {
  const { client, write, clock } = openPlatform();
  write(10_000);
  const stop = new AbortController();
  const ids: string[] = [];
  let looks = 0;
  const query = { eventTypes, after: at(365), intervalMs: 1_000, onCaughtUp: () => void looks++ };
  const reading = (async () => {
    for await (const { id } of client().follow(query, { signal: stop.signal })) ids.push(id);
  })().catch((error: unknown) => error);
  await expect.poll(() => looks).toBe(1);
  const fresh = write(0);
  await expect
    .poll(() => {
      clock.advance(1_000);
      return ids.length;
    })
    .toBeGreaterThan(0);
  stop.abort();
  await reading;
  expect(ids).toEqual(fresh);
});

test('a checkpoint of which no time can be believed leaves out nothing, and none of it comes twice', async () => {
  const { client, write, inOrder } = openPlatform();
  write(3 * 365 * 86_400, 10);
  const [principal] = client().principals;
  const resumed = (more: object) =>
    client().events({
      eventTypes,
      resumeFrom: saved({
        version: 1,
        partitions: [
          { principal, eventType: eventTypes[0], completedFiles: '', gaps: [], seen: [], after: at(30_000), ...more },
        ],
      }) as never,
    });
  expect(await idsOf(resumed({ caughtUpAt: at(30_000) }))).toEqual(inOrder());
  // From there on the log had been read: minus the overlap.
  const events = resumed({ caughtUpAt: at(-0.1) });
  expect(await idsOf(events)).toEqual(inOrder().slice(1));
  expect(await idsOf(client().events({ eventTypes, resumeFrom: saved(events.checkpoint()) }))).toEqual([]);
});

test('a run that ended at an event of the year 2099 is followed by one that reads what is older', async () => {
  const { client, log, write } = openPlatform();
  write(10);
  log.append([{ type: 'user.added', effective_at: nowSeconds + 2_300_000_000 }]);
  const first = client().events({ eventTypes, deduplicate: 'store' });
  await idsOf(first);
  const { partitions, ...checkpoint } = saved(first.checkpoint());
  const fresh = write(5);
  // A store keeps where it was in the list, where it has no room for all of it.
  const resumeFrom = { ...checkpoint, partitions: partitions.map((one) => ({ ...one, listFrom: at(26_000) })) };
  expect(await idsOf(client().events({ eventTypes, resumeFrom }))).toEqual(fresh);
});
