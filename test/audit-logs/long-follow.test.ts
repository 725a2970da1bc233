import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import type { LogSource } from '../../src/audit-logs/api.js';
import { instantOf } from '../../src/internal/dates.js';
import { logSoak, timesOf } from '../support/scale.js';
import { timeAt, toLogFile } from './support/fake-log-source.js';
import { followFakeLog } from './support/follow-fake-log.js';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const medianOf = (values: readonly number[]) => [...values].sort((one, other) => one - other)[values.length >> 1] ?? 0;

const minuteMicros = 60_000_000;
const minutesADay = 24 * 60;
/** More where there are few files, so that what is lost for each event would show. */
const eventsAFile = timesOf(120, 12);
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

/** What is held once all that can go is gone, in the heap and beside it, where the hashes of events are. */
function heldBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

test('days of following bring every event once, and the memory stays flat', { timeout: 3_600_000 }, async () => {
  const minutes = days * minutesADay;
  const { source, appear } = endlessLog();
  const times = new Uint8Array(minutes * eventsAFile);
  const samples: number[] = [];
  const { failure, checkpoint } = await followFakeLog(
    source,
    { deduplicate: true },
    {
      minutes: minutes + 2,
      onMinute: (minute) => {
        appear(Math.min(minute, minutes - 1));
        if (minute > 0 && minute % (minutes / 40) === 0) samples.push(heldBytes());
      },
      onId: (id) => {
        const [minute, index] = id.split('-').map(Number);
        const at = Number(minute) * eventsAFile + Number(index);
        times[at] = (times[at] ?? 0) + 1;
      },
    },
  );
  expect(failure).toBeUndefined();
  expect(times.every((count) => count === 1)).toBe(true);
  // The files of the overlap, and the events that are remembered: neither grows with the days.
  expect(JSON.stringify(checkpoint).length).toBeLessThan(300_000);
  expect(samples).toHaveLength(40);
  // The first quarter fills the window of remembered events, and lets the engine compile.
  const [then, now] = [medianOf(samples.slice(10, 20)), medianOf(samples.slice(30))];
  const megabytes = samples.filter((_, index) => index % 5 === 4).map((bytes) => (bytes / 1e6).toFixed(1));
  logSoak(`${days} days of follow: ${times.length} events once, MB held by eighth: ${megabytes.join(' ')}`);
  expect(now - then, samples.join()).toBeLessThan(timesOf(1, 4) * 1_000_000);
});
