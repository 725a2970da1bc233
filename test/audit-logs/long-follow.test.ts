import { expect, test } from 'vitest';
import type { LogSource } from '../../src/audit-logs/api.js';
import { instantOf } from '../../src/internal/dates.js';
import { logSoak, timesOf } from '../support/scale.js';
import { timeAt, toLogFile } from './support/fake-log-source.js';
import { followFakeLog } from './support/follow-fake-log.js';

const minuteMicros = 60_000_000;
const minutesADay = 24 * 60;
const eventsAFile = 12;
// The clock begins a day after the first file.
const endOf = (minute: number) => (minutesADay + minute) * minuteMicros;

const fileAt = (minute: number) => ({
  id: `f${minute}`,
  endsAt: endOf(minute),
  events: Array.from({ length: eventsAFile }, (_, index) => `${minute}-${index}`),
});

/** A log that gets a file a minute, of which none is kept in memory. */
function endlessLog() {
  let newest = -1;
  const firstMicros = instantOf(timeAt(endOf(0))) / 1_000n;
  const source: LogSource = {
    route: '/logs',
    list: async ({ after }) => {
      const sinceFirst = Number(instantOf(after) / 1_000n - firstMicros);
      const from = Math.max(0, Math.floor(sinceFirst / minuteMicros) + 1);
      const to = Math.min(newest + 1, from + 100);
      const data = Array.from({ length: Math.max(0, to - from) }, (_, index) => toLogFile(fileAt(from + index)));
      return { data, has_more: to < newest + 1 && to > from, last_end_time: data.at(-1)?.end_time ?? null };
    },
    download: async ({ id }) => {
      const { events, endsAt } = fileAt(Number(id.slice(1)));
      const lines = events.map((event, index) =>
        JSON.stringify({ event_id: event, type: 'AUTH_LOG', timestamp: timeAt(endsAt - eventsAFile + index) }),
      );
      return new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
    },
  };
  return { source, appear: (minute: number) => (newest = minute) };
}

const days = timesOf(0.25, 30);

test('days of following bring every event once, and the memory stays flat', { timeout: 3_600_000 }, async () => {
  const minutes = days * minutesADay;
  const { source, appear } = endlessLog();
  const heaps: number[] = [];
  const { ids, failure, checkpoint } = await followFakeLog(
    source,
    { deduplicate: true },
    {
      minutes: minutes + 2,
      onMinute: (minute) => {
        appear(Math.min(minute, minutes - 1));
        if (minute % minutesADay === 0) heaps.push(process.memoryUsage().heapUsed);
      },
    },
  );
  expect(failure).toBeUndefined();
  expect(ids).toHaveLength(minutes * eventsAFile);
  expect(new Set(ids).size).toBe(ids.length);
  // The files of the overlap, and the events that are remembered: neither grows with the days.
  expect(JSON.stringify(checkpoint).length).toBeLessThan(300_000);
  const megabytes = heaps.map((bytes) => Math.round(bytes / 1e6));
  logSoak(`${days} days of follow: ${ids.length} events once, MB of heap by day: ${megabytes.join(' ')}`);
  const [first = 0, last = 0] = [heaps[1], heaps.at(-1)];
  if (heaps.length > 2) expect(last - first, heaps.join()).toBeLessThan(200 * 1024 * 1024);
});
