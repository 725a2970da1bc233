import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import Database from 'better-sqlite3';
import { onTestFinished } from 'vitest';
import { sqliteSink } from '../../src/export/sqlite-sink.js';
import { createFakeClock } from '../support/fake-clock.js';
import { type StoreUnderTest, testSink } from './support/sink-contract.js';

const drivers = {
  'node:sqlite': (path: string) => new DatabaseSync(path),
  'better-sqlite3': (path: string) => new Database(path),
};

for (const [name, connect] of Object.entries(drivers)) {
  testSink(name, async () => openStore(connect), {
    // As JavaScript would call it.
    openWithUnknownOption: () => sqliteSink(connect(':memory:'), { prefix: 'x_' } as never),
  });
}

function openStore(connect: (typeof drivers)[keyof typeof drivers]): StoreUnderTest {
  const directory = mkdtempSync(join(tmpdir(), 'sqlite-sink-'));
  const path = join(directory, 'logs.sqlite');
  const clock = createFakeClock(Date.UTC(2026, 10, 20), { autoAdvance: true });
  const connections: { close(): unknown }[] = [];
  onTestFinished(() => {
    for (const connection of connections) connection.close();
    rmSync(directory, { recursive: true });
  });
  const open = () => {
    const db = connect(path);
    connections.push(db);
    return db;
  };
  const operator = open();
  const read = async (sql: string) => operator.prepare(sql).all() as Record<string, unknown>[];
  return {
    open: () => sqliteSink(open(), { clock }),
    raws: async () =>
      (await read('SELECT raw FROM audit_log_events WHERE raw IS NOT NULL')).map(({ raw }) => String(raw)),
    everything: async () =>
      JSON.stringify([await read('SELECT * FROM audit_log_events'), await read('SELECT * FROM audit_log_leases')]),
    now: () => clock.now(),
    passTime: (ms) => clock.advance(ms),
  };
}
