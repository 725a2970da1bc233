import { expect, test } from 'vitest';
import { logSoak, timesOf } from '../support/scale.js';
import { simulateFleet } from './support/simulated-fleet.js';

const minuteMs = 60_000;

/** What holds of any fleet, whoever died in it. */
function expectWhole(result: Awaited<ReturnType<typeof simulateFleet>>) {
  expect(result.failures).toEqual([]);
  expect(result.lost).toBe(0);
  // The store was given again what the service itself has in two files, and nothing else. Of what one call reads, the reader
  // leaves out what comes again.
  expect(result.sink.repeated).toBeLessThanOrEqual(result.service.repeated);
  expect(result.sink.refused).toBe(0);
  expect(result.counts).toMatchObject({ failed: 0, stalled: result.counts.deaths });
  expect(result.sink.takenOver).toBeGreaterThan(0);
  // No wait and no time limit is left behind.
  expect(result.left).toBe(0);
}

test('a fleet whose workers die has every event once, ten minutes later at most', {
  timeout: 4 * 3_600_000,
}, async () => {
  const workspaces = timesOf(200, Number(process.env.FLEET_WORKSPACES ?? 10_000));
  const result = await simulateFleet({
    workspaces,
    hours: timesOf(4, 24),
    workers: timesOf(4, 16),
    oneDeathIn: timesOf(100, 500),
  });
  expectWhole(result);
  expect(result.sink.repeated).toBeGreaterThan(result.service.repeated * 0.95);
  expect(result.counts.deaths).toBeGreaterThan(10);
  expect(result.counts.unfinished).toBe(0);
  expect(result.service.refused).toBe(0);
  expect(result.lag.p50).toBeLessThan(6 * minuteMs);
  expect(result.lag.p99).toBeLessThan(11 * minuteMs);
  // A file is listed 28 minutes late at most, and a dead worker costs two minutes and the next look.
  expect(result.lag.most).toBeLessThan(45 * minuteMs);
  logSoak(`fleet: ${JSON.stringify(result)}`);
});

test('a fleet that stood still for hours catches up within the limits of the service', async () => {
  const result = await simulateFleet({
    workspaces: 6,
    hours: 9,
    workers: 4,
    oneDeathIn: 40,
    standstillMs: 5 * 60 * minuteMs,
  });
  expectWhole(result);
  // Ninety files of each workspace wait, and fifty may be downloaded in a minute: nothing is refused all the same, and the budget
  // ends the job, so that others have their turn.
  expect(result.service.refused).toBe(0);
  expect(result.counts.unfinished).toBeGreaterThan(0);
  expect(result.lag.most).toBeGreaterThan(4 * 60 * minuteMs);
  expect(result.lag.most).toBeLessThan((5 * 60 + 45) * minuteMs);
});
