import { readFileSync } from 'node:fs';
import { Client, Pool } from 'pg';
import postgres from 'postgres';
import { type PostgresClient, postgresSink } from '../../src/export/index.ts';
import { postgresMigrations } from '../../src/export/postgres-schema.ts';
import { sqlTables } from '../../src/export/sql-tables.ts';
import { type StoredEvent, storedEvents } from '../../src/export/stored-event.ts';
import { exportInto, measured, readBatches, readIntoMemory, type Sample, textOf } from './reading.ts';

export type Driver = 'pg' | 'postgres';

const databaseUrl = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test';
const columns = 'event_id, event_type, timestamp, principal, user_id, action, file_id, line, raw';
const width = 9;

type Value = string | number | null;

/** What the ways have in common: a connection, and how it runs a statement. */
interface Connection {
  readonly client: PostgresClient;
  /** A named, and so prepared, statement where it has values. */
  run(text: string, values?: readonly Value[]): Promise<ArrayLike<unknown>>;
  end(): Promise<void>;
}

/** Why there is none; `undefined` where one answers. */
export async function failureOfPostgres(): Promise<string | undefined> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    await client.query('SELECT 1');
    return undefined;
  } catch (error) {
    return `none answers at ${new URL(databaseUrl).host} (${Reflect.get(Object(error), 'code') ?? 'no answer'})`;
  } finally {
    await client.end().catch(() => {});
  }
}

export async function dropSchema(schema: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
    // Else it may come in the middle of what is measured next.
    await client.query('CHECKPOINT').catch(() => {});
  } finally {
    await client.end();
  }
}

/** One connection, so that the CPU time of its server process can be read. */
function connect(driver: Driver): Connection {
  if (driver === 'postgres') {
    const sql = postgres(databaseUrl, { max: 1, onnotice: () => {} });
    return {
      client: sql,
      run: (text, values = []) => sql.unsafe(text, [...values], { prepare: true }),
      end: () => sql.end(),
    };
  }
  const pool = new Pool({ connectionString: databaseUrl, max: 1 });
  const names = new Map<string, string>();
  return {
    client: pool,
    async run(text, values) {
      if (values === undefined) return (await pool.query(text)).rows;
      const name = names.get(text) ?? `bench-${names.size}`;
      names.set(text, name);
      return (await pool.query({ name, text, values: [...values] })).rows;
    },
    end: () => pool.end(),
  };
}

async function withConnection(
  driver: Driver,
  work: (connection: Connection, cpuOfDatabase: () => number) => Promise<Sample>,
): Promise<Sample> {
  const connection = connect(driver);
  try {
    const [row] = Array.from(await connection.run('SELECT pg_backend_pid() AS pid')) as { pid: number }[];
    return await work(connection, () => cpuMsOf(row?.pid));
  } finally {
    await connection.end();
  }
}

/** Of a process on this machine; 0 where the database is on another one, or the system is no Linux. */
function cpuMsOf(pid: number | undefined): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    if (!stat.includes('(postgres)')) return 0;
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return 0;
  }
}

export function exportToPostgres(url: string, schema: string, driver: Driver): Promise<Sample> {
  return withConnection(driver, ({ client }, cpuOfDatabase) =>
    measured(() => exportInto(url, postgresSink(client, { schemaName: schema })), cpuOfDatabase),
  );
}

/** As many rows a statement, each a transaction by itself, as the sink writes, and nothing else. */
export async function insertIntoPostgres(url: string, schema: string, driver: Driver): Promise<Sample> {
  const writes: Value[][] = [];
  await readIntoMemory(url, true, async (rows) => writes.push((await storedEvents(rows)).flatMap(valuesOf)));
  return withConnection(driver, async ({ run }, cpuOfDatabase) => {
    const { events } = await makeTables(run, schema);
    return measured(async () => {
      let inserted = 0;
      for (const values of writes) {
        await run(insertStatement(events, values.length / width), values);
        inserted += values.length / width;
      }
      return inserted;
    }, cpuOfDatabase);
  });
}

function valuesOf(row: StoredEvent): Value[] {
  const { eventId, eventType, timestamp, principal, userId, action, fileId, line, raw } = row;
  return [eventId, eventType, timestamp, principal, userId, action, fileId, line, raw];
}

/** Batches of 500 in a loop, a transaction each: by one statement, which is faster than 500. */
export function loopIntoPostgres(url: string, schema: string, driver: Driver): Promise<Sample> {
  return withConnection(driver, async ({ run }, cpuOfDatabase) => {
    const { events: table } = await makeTables(run, schema);
    const checkpoints = `"${schema}".checkpoints`;
    await run(`CREATE TABLE ${checkpoints} (id integer PRIMARY KEY, checkpoint text NOT NULL)`);
    const save = `INSERT INTO ${checkpoints} VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET checkpoint = excluded.checkpoint`;
    return measured(async () => {
      let written = 0;
      for await (const { events, checkpoint, files } of readBatches(url)) {
        const fileId = files[0]?.id ?? '';
        const values = events.flatMap((event): Value[] => {
          const { event_id: id, type, timestamp, principal, actor } = event;
          const who = textOf(actor?.user_id);
          return [id, type, timestamp, principal?.id ?? '', who, null, fileId, 1, JSON.stringify(event)];
        });
        // There is one connection, so that they are one transaction.
        await run('BEGIN');
        await run(`${insertStatement(table, events.length)} ON CONFLICT (event_id) DO NOTHING`, values);
        await run(save, [JSON.stringify(checkpoint)]);
        await run('COMMIT');
        written += events.length;
      }
      return written;
    }, cpuOfDatabase);
  });
}

async function makeTables(run: Connection['run'], schema: string) {
  const tables = sqlTables({ schemaName: schema });
  await run(`CREATE SCHEMA "${schema}"`);
  for (const step of postgresMigrations.flatMap((migration) => migration(tables))) await run(step);
  return tables;
}

function insertStatement(table: string, count: number): string {
  const rows = Array.from({ length: count }, (_none, row) => {
    const places = Array.from({ length: width }, (_nothing, column) => `$${row * width + column + 1}`);
    return `(${places.join(', ')})`;
  });
  return `INSERT INTO ${table} (${columns}) VALUES ${rows.join(', ')}`;
}
