import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { InputError } from '../../src/errors/input-errors.js';
import { type NdjsonSinkOptions, ndjsonSink } from '../../src/export/ndjson-sink.js';
import type { LogSink, SinkLease } from '../../src/export/sink.js';
import { createFakeClock } from '../support/fake-clock.js';
import { rejection } from '../support/open-test-transport.js';
import { eventsBelow, textBelow } from './support/read-events.js';
import { testSink } from './support/sink-contract.js';
import { checkpointOf, rowOf, rowsOf, workspace } from './support/sink-rows.js';

const ttlMs = 60_000;
const day = Date.UTC(2026, 10, 20);

async function openDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'ndjson-sink-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return join(directory, 'logs');
}

for (const options of [{}, { layout: 'file' }, { compress: 'gzip' }] as const satisfies NdjsonSinkOptions[]) {
  testSink(
    `ndjson ${Object.values(options)}`,
    async () => {
      const clock = createFakeClock(day);
      const directory = await openDirectory();
      return {
        open: () => ndjsonSink(directory, { ...options, clock }),
        raws: () => eventsBelow(directory),
        everything: () => textBelow(directory),
        now: () => clock.now(),
        passTime: (ms) => clock.advance(ms),
      };
    },
    // As JavaScript would call it.
    { openWithUnknownOption: () => ndjsonSink('logs', { compres: 'gzip' } as never) },
  );
}

async function leaseOf(sink: LogSink, key = workspace.id): Promise<SinkLease> {
  const lease = await sink.lease(key, ttlMs);
  if (lease === undefined) throw new Error('Somebody else has the lease.');
  return lease;
}

test('a type and a day have a file, with the bytes that the service wrote', async () => {
  const directory = await openDirectory();
  const lease = await leaseOf(ndjsonSink(directory));
  const rows = [
    rowOf({ timestamp: '2026-11-20T23:59:59.999999Z' }),
    rowOf({ timestamp: '2026-11-20T23:59:59-01:00', raw: '{ "event_id": "spaced"  }\r' }),
    rowOf({ eventType: 'CODEX_LOG' }),
  ];
  await lease.write(rows, checkpointOf('ONE'));
  await lease.release();
  const home = join(directory, workspace.id);
  const [first, second, third] = rows.map(({ raw }) => `${raw}\n`);
  expect(await readFile(join(home, 'AUTH_LOG', '2026-11-20.ndjson'), 'utf8')).toBe(first);
  expect(await readFile(join(home, 'AUTH_LOG', '2026-11-21.ndjson'), 'utf8')).toBe(second);
  expect(await readFile(join(home, 'CODEX_LOG', '2026-11-20.ndjson'), 'utf8')).toBe(third);
});
