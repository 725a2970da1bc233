import { Client, Pool, type PoolClient } from 'pg';
import postgres from 'postgres';
import { expect, onTestFinished, test } from 'vitest';
import { InputError } from '../../src/errors/input-errors.js';
import type { PostgresClient } from '../../src/export/postgres-client.js';
import { postgresSink } from '../../src/export/postgres-sink.js';
import type { LogSink } from '../../src/export/sink.js';
import { rejection } from '../support/open-test-transport.js';
import { printedByAll } from '../support/printed-by-all.js';
import { type Cut, cuttingProxy } from './support/cutting-proxy.js';
import { asOperator, databaseUrl, describeWithPostgres, testSchema } from './support/postgres-service.js';
import { checkpointOf, rowOf, rowsOf } from './support/sink-rows.js';

const ttlMs = 60_000;
let stores = 0;

function openStore() {
  stores += 1;
  const tablePrefix = `f${stores}_`;
  const table = (name: string) => `${testSchema}.${tablePrefix}${name}`;
  const count = async () => (await asOperator(`SELECT count(*)::integer AS n FROM ${table('events')}`))[0]?.n;
  return { options: { schemaName: testSchema, tablePrefix }, table, count };
}

async function leaseOn(sink: LogSink) {
  const lease = await sink.lease('key', ttlMs);
  if (lease === undefined) throw new Error('Somebody else has the lease.');
  return lease;
}

function openPool(connectionString = databaseUrl, max = 2): Pool {
  const pool = new Pool({ connectionString, max, application_name: `${testSchema}_${stores}` });
  // A connection that is lost while nobody uses it.
  pool.on('error', () => {});
  onTestFinished(() => pool.end());
  return pool;
}

function openPostgres(url = databaseUrl) {
  const sql = postgres(url, { max: 2, connection: { application_name: `${testSchema}_${stores}` } });
  onTestFinished(() => sql.end({ timeout: 1 }));
  return sql;
}

async function openClient(connectionString = databaseUrl): Promise<Client> {
  const client = new Client({ connectionString, application_name: `${testSchema}_${stores}` });
  client.on('error', () => {});
  await client.connect();
  onTestFinished(() => client.end().catch(() => {}));
  return client;
}

const drivers: readonly { readonly name: string; readonly connect: (url?: string) => Promise<PostgresClient> }[] = [
  { name: 'pg Client', connect: openClient },
  { name: 'pg Pool', connect: async (url) => openPool(url) },
  { name: 'postgres', connect: async (url) => openPostgres(url) },
];

const endConnections = () =>
  asOperator('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1', [
    `${testSchema}_${stores}`,
  ]);

describeWithPostgres('failures of PostgreSQL', () => {
  // As a pooler does that gives each transaction another connection.
  test.each([
    ['pg Client', async () => openClient()],
    ['pg Pool', async () => openPool(databaseUrl, 1)],
  ] as const)('%s: a write goes on where what was prepared is not there any more', async (_name, connect) => {
    const { options, count } = openStore();
    const client = await connect();
    const lease = await leaseOn(postgresSink(client, options));
    await lease.write(rowsOf(2), checkpointOf('ONE'));
    const prepared = await client.query('SELECT count(*)::integer AS n FROM pg_prepared_statements');
    expect(prepared.rows).toEqual([{ n: 1 }]);
    await client.query('DEALLOCATE ALL');
    expect(await lease.write(rowsOf(3), checkpointOf('TWO'))).toEqual({ added: 3 });
    expect([await count(), await lease.checkpoint()]).toEqual([5, checkpointOf('TWO')]);
  });

  for (const { name, connect } of drivers) {
    test(`${name}: what the database refuses is said by its code, and nothing of the write stays`, async () => {
      const { options, table, count } = openStore();
      const lease = await leaseOn(postgresSink(await connect(), options));
      await lease.write(rowsOf(2), checkpointOf('ONE'));
      // As a full disk is met: in the middle of a write, by the server.
      await asOperator(`
        CREATE FUNCTION ${table('full')}() RETURNS trigger LANGUAGE plpgsql AS $$
          BEGIN RAISE EXCEPTION 'could not extend file for %', NEW.raw USING ERRCODE = 'disk_full'; END $$;
        CREATE TRIGGER full_disk BEFORE INSERT ON ${table('events')} FOR EACH ROW
          WHEN (NEW.event_id = 'last') EXECUTE FUNCTION ${table('full')}()`);
      const rows = [...rowsOf(500, { action: 'secret_deed' }), rowOf({ eventId: 'last', action: 'secret_deed' })];
      const error = await rejection(lease.write(rows, checkpointOf('TWO')));
      expect(error).toMatchObject({ code: 'store_failed', storeCode: '53100' });
      for (const text of Object.values(printedByAll(error)))
        expect(text).not.toMatch(/secret_deed|INSERT|could not extend/);
      expect([await count(), await lease.checkpoint()]).toEqual([2, checkpointOf('ONE')]);
      await asOperator(`DROP TRIGGER full_disk ON ${table('events')}`);
      expect(await lease.write(rows, checkpointOf('TWO'))).toEqual({ added: 501 });
    });

    for (const cut of ['before the statement', 'before its answer'] satisfies Cut[]) {
      test(`${name}: a write whose connection is lost ${cut} is no success, and the next start is right`, async () => {
        const { options, count } = openStore();
        const proxy = await cuttingProxy(databaseUrl, 'the-mark');
        const lease = await leaseOn(postgresSink(await connect(proxy.url), options));
        await lease.write(rowsOf(2), checkpointOf('ONE'));
        const rows = [...rowsOf(2), rowOf({ eventId: 'the-mark' })];
        proxy.cutNext(cut);
        expect(await rejection(lease.write(rows, checkpointOf('TWO')))).toMatchObject({ code: 'store_failed' });
        proxy.mend();
        const isWritten = cut === 'before its answer';
        await expect.poll(count).toBe(isWritten ? 5 : 2);
        await asOperator(`UPDATE ${testSchema}.${options.tablePrefix}leases SET expires_at = now()`);
        const next = await leaseOn(postgresSink(await connect(), options));
        expect(await next.checkpoint()).toEqual(checkpointOf(isWritten ? 'TWO' : 'ONE'));
        expect(await next.write(rows, checkpointOf('TWO'))).toEqual({ added: isWritten ? 0 : 3 });
        expect(await count()).toBe(5);
        expect(await rejection(lease.write(rows, checkpointOf('LATE')))).toHaveProperty(
          'code',
          name === 'pg Client' ? 'store_failed' : 'lease_lost',
        );
      });
    }
  }

  test.each(drivers.slice(1))(
    '$name: the database goes away and comes back, and the same lease goes on',
    async ({ connect }) => {
      const { options, count } = openStore();
      const lease = await leaseOn(postgresSink(await connect(), options));
      await lease.write(rowsOf(2), checkpointOf('ONE'));
      for (let times = 0; times < 3; times += 1) {
        await endConnections();
        // The driver may learn of it only now. What it told was not written, or is written once.
        const rows = rowsOf(2);
        await lease.write(rows, checkpointOf('TWO')).catch(() => lease.write(rows, checkpointOf('TWO')));
        expect(await count()).toBe(4 + 2 * times);
      }
      expect(await lease.checkpoint()).toEqual(checkpointOf('TWO'));
    },
  );

  test.each(drivers)(
    '$name: a connection that is ended in the middle of a write is said, and nothing of it stays',
    async ({ connect }) => {
      const { options, table, count } = openStore();
      const lease = await leaseOn(postgresSink(await connect(), options));
      const blocker = await openClient();
      await blocker.query('BEGIN');
      await blocker.query(`LOCK TABLE ${table('events')}`);
      const refused = rejection(lease.write(rowsOf(2), checkpointOf('ONE')));
      const waiting = () =>
        asOperator(
          `SELECT pg_terminate_backend(pid) AS ended FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name = $1`,
          [`${testSchema}_${stores}`],
        );
      await expect.poll(waiting).toEqual([{ ended: true }]);
      const error = await refused;
      expect(error).toMatchObject({ code: 'store_failed' });
      await blocker.query('ROLLBACK');
      expect(await count()).toBe(0);
    },
  );

  test('the connections of a pool are given back, also where writing fails', async () => {
    const { options } = openStore();
    const pool = openPool();
    const lease = await leaseOn(postgresSink(pool, options));
    await asOperator(`ALTER TABLE ${testSchema}.${options.tablePrefix}events ADD CHECK (action <> 'refused')`);
    for (let times = 0; times < 5; times += 1) {
      const error = await rejection(lease.write(rowsOf(1, { action: 'refused' }), checkpointOf('ONE')));
      expect(error).toMatchObject({ storeCode: '23514' });
    }
    expect([pool.totalCount - pool.idleCount, pool.waitingCount]).toEqual([0, 0]);
    const { rows } = await pool.query<{ n: number }>(
      "SELECT count(*)::integer AS n FROM pg_stat_activity WHERE application_name = $1 AND state LIKE 'idle in%'",
      [`${testSchema}_${stores}`],
    );
    expect(rows).toEqual([{ n: 0 }]);
  });

  test("a transaction of the caller's own is refused, and stays as it was", async () => {
    const { options, count } = openStore();
    const pool = openPool();
    const borrowed: PoolClient = await pool.connect();
    onTestFinished(() => borrowed.release());
    for (const client of [await openClient(), borrowed]) {
      const lease = await leaseOn(postgresSink(client, options));
      await client.query('BEGIN');
      expect(await rejection(lease.write(rowsOf(1), checkpointOf('ONE')))).toBeInstanceOf(InputError);
      expect(await rejection(client.query('THIS IS NO STATEMENT'))).toBeDefined();
      expect(await rejection(lease.renew())).toBeInstanceOf(InputError);
      await client.query('ROLLBACK');
      await lease.write([], checkpointOf('ONE'));
      await lease.release();
    }
    expect(await count()).toBe(0);
    const sql = openPostgres();
    await sql.begin(async (transaction) => {
      // As JavaScript would call it.
      expect(() => postgresSink(transaction as never, options)).toThrow(InputError);
    });
    const reserved = await sql.reserve();
    expect(() => postgresSink(reserved, options)).toThrow(InputError);
    reserved.release();
  });

  test('a client that was never connected is refused, and does not wait for ever', async () => {
    const { options } = openStore();
    const error = await rejection(
      postgresSink(new Client({ connectionString: databaseUrl }), options).lease('key', ttlMs),
    );
    expect(error).toMatchObject({ code: 'invalid_input', message: expect.stringContaining('not connected') });
  });

  test('several calls at once on one client are made one after the other', async () => {
    const { options, count } = openStore();
    const warnings: string[] = [];
    const note = ({ message }: Error) => void warnings.push(message);
    process.on('warning', note);
    onTestFinished(() => void process.off('warning', note));
    const sink = postgresSink(await openClient(), options);
    const leases = await Promise.all(['a', 'b', 'c'].map((key) => sink.lease(key, ttlMs)));
    await Promise.all(leases.map((lease) => lease?.write(rowsOf(100), checkpointOf('ONE'))));
    expect(await count()).toBe(300);
    // `pg` warns of a query that is sent while another is on its way.
    expect(warnings).toEqual([]);
  });

  const withOptions = (said: string) => {
    const url = new URL(databaseUrl);
    url.searchParams.set('options', said);
    return url.href;
  };
  const isWaiting = async () => {
    const sql = "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND application_name = $1";
    return (await asOperator(sql, [`${testSchema}_${stores}`])).length;
  };
  const insertOf = (table: string, eventId: string) =>
    `INSERT INTO ${table} (event_id, event_type, principal, file_id, line) VALUES ('${eventId}', 'A', 'w', 'f', 1)`;

  test('a write that the isolation of the database refuses is made again', async () => {
    const { options, table, count } = openStore();
    const lease = await leaseOn(
      postgresSink(openPool(withOptions('-c default_transaction_isolation=serializable')), options),
    );
    const other = new Client({ connectionString: databaseUrl });
    await other.connect();
    onTestFinished(() => other.end());
    await other.query('BEGIN');
    await other.query(insertOf(table('events'), 'both'));
    const written = lease.write([...rowsOf(2), rowOf({ eventId: 'both' })], checkpointOf('ONE'));
    await expect.poll(isWaiting).toBe(1);
    await other.query('COMMIT');
    expect(await written).toEqual({ added: 2 });
    expect(await count()).toBe(3);
  });

  test('a write that is chosen to end a deadlock is made again', async () => {
    const { options, table, count } = openStore();
    const lease = await leaseOn(postgresSink(openPool(withOptions('-c deadlock_timeout=300ms')), options));
    const other = new Client({ connectionString: withOptions('-c deadlock_timeout=60s') });
    await other.connect();
    onTestFinished(() => other.end());
    await other.query('BEGIN');
    await other.query(insertOf(table('events'), 'second'));
    const written = lease.write([rowOf({ eventId: 'first' }), rowOf({ eventId: 'second' })], checkpointOf('ONE'));
    await expect.poll(isWaiting).toBe(1);
    await other.query(insertOf(table('events'), 'first'));
    await other.query('COMMIT');
    expect(await written).toEqual({ added: 0 });
    expect(await count()).toBe(2);
  });

  test('what the service wrote is read with the operators of JSON', async () => {
    const { options, table } = openStore();
    const lease = await leaseOn(postgresSink(openPool(), options));
    await lease.write([rowOf({ eventType: 'AUDIT_LOG', userId: 'user-a' })], checkpointOf('ONE'));
    const sql = `SELECT raw::jsonb ->> 'type' AS type, raw::jsonb #>> '{actor,user_id}' AS person FROM ${table('events')}`;
    expect(await asOperator(sql)).toEqual([{ type: 'AUDIT_LOG', person: 'user-a' }]);
  });

  test('however the driver is told to name columns, rows are read', async () => {
    const { options } = openStore();
    const sql = postgres(databaseUrl, { max: 1, transform: postgres.toPascal });
    onTestFinished(() => sql.end());
    const lease = await leaseOn(postgresSink(sql, options));
    expect(lease.fence).toBe(1);
    expect(await lease.write(rowsOf(2), checkpointOf('ONE'))).toEqual({ added: 2 });
    expect(await lease.checkpoint()).toEqual(checkpointOf('ONE'));
  });
});

test('what is no client is refused', () => {
  for (const client of [undefined, null, databaseUrl, {}, { unsafe() {} }, new Proxy({}, {})]) {
    // As JavaScript would call it.
    expect(() => postgresSink(client as never)).toThrow(InputError);
  }
});
