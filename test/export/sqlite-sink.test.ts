import { sqliteSink } from '../../src/export/sqlite-sink.js';
import { createFakeClock } from '../support/fake-clock.js';
import { type StoreUnderTest, testSink } from './support/sink-contract.js';
import { eachDriver, type SqliteConnection, sqliteFile } from './support/sqlite-file.js';

for (const { name, connect } of eachDriver) {
  testSink(name, async () => openStore(connect), {
    // As JavaScript would call it.
    openWithUnknownOption: () => sqliteSink(connect(':memory:'), { prefix: 'x_' } as never),
  });
}

function openStore(connect: (path: string) => SqliteConnection): StoreUnderTest {
  const clock = createFakeClock(Date.UTC(2026, 10, 20), { autoAdvance: true });
  const { open } = sqliteFile(connect);
  const operator = open();
  const read = async (sql: string) => operator.prepare(sql).all() as Record<string, unknown>[];
  return {
    open: () => sqliteSink(open(), { clock }),
    openAhead: (ms) => sqliteSink(open(), { clock: createFakeClock(clock.now() + ms) }),
    raws: async () =>
      (await read('SELECT raw FROM audit_log_events WHERE raw IS NOT NULL')).map(({ raw }) => String(raw)),
    everything: async () =>
      JSON.stringify([await read('SELECT * FROM audit_log_events'), await read('SELECT * FROM audit_log_leases')]),
    now: () => clock.now(),
    passTime: (ms) => clock.advance(ms),
  };
}
