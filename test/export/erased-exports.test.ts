import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { exportLogs } from '../../src/export/export-logs.js';
import { memorySink } from '../../src/export/memory-sink.js';
import { ndjsonSink } from '../../src/export/ndjson-sink.js';
import { objectSink } from '../../src/export/object-sink.js';
import type { LogSink } from '../../src/export/sink.js';
import { openRawLog } from '../audit-logs/support/raw-log.js';
import { ObjectServer } from './support/object-server.js';
import { eventsBelow } from './support/read-events.js';

const query = { eventTypes: ['AUTH_LOG'], after: '2026-11-01T00:00:00Z' } as const;

const event = (id: string, user: string) =>
  JSON.stringify({ event_id: id, type: 'AUTH_LOG', timestamp: '2026-11-01T00:00:00Z', actor: { user_id: user } });

/** Two events of one who is erased, and two of others. */
const fileOf = (index: number) =>
  ['gone', 'kept', 'gone', 'kept'].map((who, line) => event(`${who}-${index}-${line}`, `user-${who}`));
const bodies = Array.from({ length: 4 }, (_, index) => fileOf(index).join('\n'));

interface Store {
  readonly sink: LogSink;
  readonly raws: () => Promise<readonly string[]>;
}

async function inFiles(options: Parameters<typeof ndjsonSink>[1]): Promise<Store> {
  const directory = await mkdtemp(join(tmpdir(), 'erased-exports-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return { sink: ndjsonSink(directory, options), raws: () => eventsBelow(directory) };
}

async function inObjects(options: Parameters<typeof objectSink>[1]): Promise<Store> {
  const server = new ObjectServer();
  return { sink: objectSink(server.asStore(), options), raws: async () => server.events() };
}

const stores: readonly (readonly [name: string, open: () => Promise<Store>])[] = [
  ['files of a day', () => inFiles({})],
  ['files of a log file', () => inFiles({ layout: 'file' })],
  ['files, compressed', () => inFiles({ compress: 'gzip' })],
  ['objects', () => inObjects({})],
  ['objects, compressed', () => inObjects({ compress: 'gzip' })],
  [
    'memory',
    async () => {
      const sink = memorySink();
      return { sink, raws: async () => sink.events.map(({ raw }) => raw) };
    },
  ],
];

test.each(stores)(
  '%s: what was erased does not come back with a later export, nor from a file that has it again',
  async (_name, open) => {
    const { sink, raws } = await open();
    const run = (all: readonly string[], maxEvents?: number) =>
      exportLogs({ client: openRawLog(all).client, query, sink, batchSize: 3, budget: { maxEvents } });
    const wanted = (all: readonly string[]) => all.flatMap((body) => body.split('\n'));
    const sorted = async () => [...(await raws())].sort();

    // Up to the middle of the second file.
    expect(await run(bodies, 6)).toMatchObject({ done: false, counts: { written: 6 } });
    const [first = '', second = ''] = bodies;
    const erased = [...first.split('\n'), ...second.split('\n').slice(0, 2)].filter((raw) => raw.includes('user-gone'));
    expect(await sink.erase({ userId: 'user-gone' })).toEqual({ erased: erased.length });

    // The service lists all of it again, and a later file has some of the events once more.
    const repeating = [...bodies, [...fileOf(0), event('late', 'user-kept')].join('\n')];
    expect(await run(repeating)).toMatchObject({ done: true });
    const all = wanted(bodies).filter((raw) => !erased.includes(raw));
    expect(await sorted()).toEqual([...all, event('late', 'user-kept')].sort());

    // What the person did later is there until it is erased too; then nothing is.
    expect(await sink.erase({ userId: 'user-gone' })).toEqual({ erased: 8 - erased.length });
    for (let times = 0; times < 2; times += 1)
      expect(await run([...repeating, fileOf(1).join('\n')])).toMatchObject({ done: true });
    const kept = wanted(bodies).filter((raw) => raw.includes('user-kept'));
    expect(await sorted()).toEqual([...kept, event('late', 'user-kept')].sort());
  },
);
