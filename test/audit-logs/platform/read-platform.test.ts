import { expect, test } from 'vitest';
import { sourceOf } from '../../../src/audit-logs/reading/event-source.js';
import { idsOf, nowSeconds, openPlatform } from './support/open-platform.js';

const eventTypes = ['PLATFORM_AUDIT_LOG'] as const;

test('events come oldest first, as they were sent, and the checkpoint leads on to those that come later', async () => {
  const { client, log, write, inOrder } = openPlatform();
  write(30, 20, 20, 10);
  const events = client().events({ eventTypes });
  const delivered: unknown[] = [];
  for await (const event of events) delivered.push(event);
  expect(delivered).toEqual(log.list());
  const resumeFrom = events.checkpoint();
  const late = write(10, 15, 5);
  const more = client().events({ eventTypes, resumeFrom });
  const ids = await idsOf(more);
  expect(ids.toSorted()).toEqual(late.toSorted());
  expect(await idsOf(client().events({ eventTypes, resumeFrom: more.checkpoint() }))).toEqual([]);
  expect(inOrder()).toHaveLength(7);
});

test('a long log is read in windows, from old to new', async () => {
  const { client, log, inOrder, emulator } = openPlatform();
  const day = 86_400;
  log.append(
    Array.from({ length: 5_000 }, (_, index) => ({
      type: 'user.added',
      effective_at: nowSeconds - 400 * day + Math.floor((index * 400 * day) / 5_000),
    })),
  );
  const events = client().events({ eventTypes });
  const files = new Set<unknown>();
  const ids: string[] = [];
  for await (const event of events) {
    ids.push(event.id);
    files.add(sourceOf(event)?.file.id);
  }
  expect(ids).toEqual(inOrder());
  expect(files.size).toBeGreaterThan(5);
  // Fifty pages, and what it took to find stretches that are short enough.
  expect(emulator.requests.list().length).toBeLessThan(120);
});

test('more events than a window holds, within one second, are all delivered', async () => {
  const { client, log, inOrder } = openPlatform();
  log.append(Array.from({ length: 2_500 }, () => ({ type: 'user.added', effective_at: nowSeconds - 7 })));
  log.append([{ type: 'user.deleted' }]);
  expect(await idsOf(client().events({ eventTypes }))).toEqual(inOrder());
});
