import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { ExportError } from '../../src/errors/export-error.js';
import { InputError } from '../../src/errors/input-errors.js';
import { sqliteSink } from '../../src/export/sqlite-sink.js';
import { createFakeClock } from '../support/fake-clock.js';
import { rejection } from '../support/open-test-transport.js';
import { printedByAll } from '../support/printed-by-all.js';
import { checkpointOf, rowOf, rowsOf } from './support/sink-rows.js';
import { eachDriver, type SqliteConnection, sqliteFile } from './support/sqlite-file.js';

const ttlMs = 60_000;

const openClock = () => createFakeClock(Date.UTC(2026, 10, 20), { autoAdvance: true });

async function leaseOn(db: SqliteConnection, clock = openClock()) {
  const sink = sqliteSink(db, { clock });
  const lease = await sink.lease('key', ttlMs);
  if (lease === undefined) throw new Error('Somebody else has the lease.');
  return { sink, lease, clock };
}

const count = (db: SqliteConnection) =>
  Object.values(db.prepare('SELECT count(*) FROM audit_log_events').get() as object)[0];

describe.each(eachDriver)('$name', ({ connect }) => {
  test('a full disk is said, nothing of the write stays, and with room it goes on', async () => {
    const { open } = sqliteFile(connect);
    const db = open();
    const { lease } = await leaseOn(db);
    await lease.write(rowsOf(2), checkpointOf('ONE'));
    const [pages] = Object.values(db.prepare('PRAGMA page_count').get() as object);
    db.exec(`PRAGMA max_page_count = ${Number(pages) + 20}`);
    const rows = rowsOf(2_000, { action: 'secret_deed' });
    const error = await rejection(lease.write(rows, checkpointOf('TWO')));
    expect(error).toBeInstanceOf(ExportError);
    expect(error).toMatchObject({ code: 'store_failed', storeCode: 'SQLITE_FULL' });
    for (const text of Object.values(printedByAll(error))) expect(text).not.toMatch(/secret_deed|INSERT|disk is full/);
    expect([count(db), await lease.checkpoint()]).toEqual([2, checkpointOf('ONE')]);
    db.exec('PRAGMA max_page_count = 1000000');
    expect(await lease.write(rows, checkpointOf('TWO'))).toEqual({ added: 2_000 });
    expect(count(open())).toBe(2_002);
  });

  test('a file that another holds is waited for', async () => {
    const { open } = sqliteFile(connect);
    const [db, other] = [open(), open()];
    const { lease, clock } = await leaseOn(db);
    db.exec('PRAGMA busy_timeout = 0');
    other.exec('BEGIN IMMEDIATE');
    const { sleep } = clock;
    let waits = 0;
    clock.sleep = (ms, signal) => {
      waits += 1;
      if (waits === 3) other.exec('COMMIT');
      return sleep(ms, signal);
    };
    expect(await lease.write(rowsOf(2), checkpointOf('ONE'))).toEqual({ added: 2 });
    expect(waits).toBe(3);
  });

  test('a file that another holds for ever is said to be busy', async () => {
    const { open } = sqliteFile(connect);
    const [db, other] = [open(), open()];
    const { lease, clock } = await leaseOn(db);
    db.exec('PRAGMA busy_timeout = 0');
    other.exec('BEGIN IMMEDIATE');
    const startMs = clock.now();
    const error = await rejection(lease.write(rowsOf(2), checkpointOf('ONE')));
    expect(error).toMatchObject({ code: 'store_failed', storeCode: 'SQLITE_BUSY' });
    expect(clock.now() - startMs).toBeGreaterThanOrEqual(30_000);
    other.exec('ROLLBACK');
    expect(await lease.write(rowsOf(2), checkpointOf('ONE'))).toEqual({ added: 2 });
  });

  test("a transaction of the caller's own is refused, and stays as it was", async () => {
    const { open } = sqliteFile(connect);
    const db = open();
    const { sink, lease } = await leaseOn(db);
    db.exec('CREATE TABLE mine (x); BEGIN; INSERT INTO mine VALUES (1)');
    expect(await rejection(sink.lease('other', ttlMs))).toBeInstanceOf(InputError);
    expect(await rejection(lease.write(rowsOf(1), checkpointOf('ONE')))).toBeInstanceOf(InputError);
    expect(await rejection(lease.renew())).toBeInstanceOf(InputError);
    db.exec('COMMIT');
    expect(count(db)).toBe(0);
    expect(Object.values(db.prepare('SELECT count(*) FROM mine').get() as object)).toEqual([1]);
    expect(await lease.write(rowsOf(1), checkpointOf('ONE'))).toEqual({ added: 1 });
  });

  test('a database that was closed is said, and a new connection goes on behind what was written', async () => {
    const { open } = sqliteFile(connect);
    const db = open();
    const { lease, clock } = await leaseOn(db);
    const [first, second] = [rowsOf(2), rowsOf(2)];
    await lease.write(first, checkpointOf('ONE'));
    db.close();
    expect(await rejection(lease.write(second, checkpointOf('TWO')))).toMatchObject({ code: 'store_failed' });
    await clock.advance(ttlMs);
    const { lease: next } = await leaseOn(open(), clock);
    expect(await next.checkpoint()).toEqual(checkpointOf('ONE'));
    expect(await next.write([...first, ...second], checkpointOf('TWO'))).toEqual({ added: 2 });
  });

  test('a file that is no database, and one that is damaged, are said to be', async () => {
    const { path, open } = sqliteFile(connect);
    writeFileSync(path, 'this is a letter to my aunt, and no database\n'.repeat(200));
    const error = await rejection(leaseOn(open()));
    expect(error).toMatchObject({ code: 'store_damaged', storeCode: 'SQLITE_NOTADB' });
    for (const text of Object.values(printedByAll(error))) expect(text).not.toContain('aunt');
  });

  test('a checkpoint that somebody has changed is not used', async () => {
    const { open } = sqliteFile(connect);
    const db = open();
    const { lease } = await leaseOn(db);
    db.exec(`UPDATE audit_log_leases SET checkpoint = '{"version":1,"par'`);
    expect(await rejection(lease.checkpoint())).toMatchObject({ code: 'store_damaged' });
  });

  test('with secure_delete and a truncated WAL, no byte of an erased person is in the files', async () => {
    const { path, directory, open } = sqliteFile(connect);
    const db = open();
    db.exec('PRAGMA journal_mode = WAL; PRAGMA secure_delete = ON');
    const { sink, lease } = await leaseOn(db);
    const theirs = Array.from({ length: 50 }, (_, index) =>
      rowOf({ userId: 'user-erased', raw: `{"text":"secret deed ${'x'.repeat(index * 200)}","user":"user-erased"}` }),
    );
    await lease.write([...theirs, ...rowsOf(50)], checkpointOf('ONE'));
    const bytes = () => {
      copyFileSync(path, `${directory}/copy`);
      return readFileSync(path, 'latin1') + readFileSync(`${path}-wal`, 'latin1');
    };
    expect(bytes()).toMatch(/user-erased/);
    expect(await sink.erase({ userId: 'user-erased' })).toEqual({ erased: 50 });
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    expect(bytes()).not.toMatch(/user-erased|secret deed/);
  });

  test('without secure_delete, VACUUM and a truncated WAL do the same', async () => {
    const { path, open } = sqliteFile(connect);
    const db = open();
    db.exec('PRAGMA journal_mode = WAL; PRAGMA secure_delete = OFF');
    const { sink, lease } = await leaseOn(db);
    await lease.write([...rowsOf(50, { userId: 'user-erased' }), ...rowsOf(50)], checkpointOf('ONE'));
    await sink.erase({ userId: 'user-erased' });
    db.exec('VACUUM; PRAGMA wal_checkpoint(TRUNCATE)');
    expect(readFileSync(path, 'latin1') + readFileSync(`${path}-wal`, 'latin1')).not.toMatch(/user-erased/);
  });

  test('many events are erased and pruned in steps, between which others may write', async () => {
    const { open } = sqliteFile(connect);
    const { sink, lease, clock } = await leaseOn(open());
    const other = sqliteSink(open(), { clock });
    const second = await other.lease('other', ttlMs);
    await lease.write(rowsOf(3_500, { userId: 'user-erased' }), checkpointOf('ONE'));
    let between = 0;
    const { sleep } = clock;
    clock.sleep = async (ms, signal) => {
      await second?.write(rowsOf(1), checkpointOf('ONE'));
      between += 1;
      return sleep(ms, signal);
    };
    expect(await sink.erase({ userId: 'user-erased' })).toEqual({ erased: 3_500 });
    expect(between).toBe(4);
  });
});

test('what is no open database is refused', () => {
  for (const db of [undefined, null, 'logs.sqlite', {}, { exec() {} }, new Proxy({}, {})]) {
    // As JavaScript would call it.
    expect(() => sqliteSink(db as never)).toThrow(InputError);
  }
});

test('a database that was closed and opened again is written as before', async () => {
  const db = new DatabaseSync(sqliteFile((path) => new DatabaseSync(path)).path);
  onTestFinished(() => db.close());
  const { lease } = await leaseOn(db);
  await lease.write(rowsOf(2), checkpointOf('ONE'));
  db.close();
  expect(await rejection(lease.write(rowsOf(2), checkpointOf('TWO')))).toMatchObject({ code: 'store_failed' });
  db.open();
  expect(await lease.write(rowsOf(2), checkpointOf('TWO'))).toEqual({ added: 2 });
});

test('what the service wrote is read with the operators of JSON', async () => {
  const db = new DatabaseSync(':memory:');
  onTestFinished(() => db.close());
  const { lease } = await leaseOn(db);
  await lease.write([rowOf({ eventType: 'AUDIT_LOG', userId: 'user-a' })], checkpointOf('ONE'));
  const read = db.prepare("SELECT raw ->> '$.type' AS type, raw ->> '$.actor.user_id' AS person FROM audit_log_events");
  expect({ ...read.get() }).toEqual({ type: 'AUDIT_LOG', person: 'user-a' });
});

test('numbers and rows come back the same however the driver is set', async () => {
  const db = new DatabaseSync(':memory:', { readBigInts: true, returnArrays: true });
  const { lease } = await leaseOn(db);
  expect(lease.fence).toBe(1);
  expect(await lease.write(rowsOf(3), checkpointOf('ONE'))).toEqual({ added: 3 });
  expect(await lease.checkpoint()).toEqual(checkpointOf('ONE'));
});
