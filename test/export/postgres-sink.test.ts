import { Client, Pool } from 'pg';
import postgres from 'postgres';
import { onTestFinished } from 'vitest';
import type { PostgresClient } from '../../src/export/postgres-client.js';
import { postgresSink } from '../../src/export/postgres-sink.js';
import { asOperator, databaseUrl, describeWithPostgres, testSchema } from './support/postgres-service.js';
import { type StoreUnderTest, testSink } from './support/sink-contract.js';

interface Connection {
  readonly client: PostgresClient;
  end(): Promise<unknown>;
}

const drivers: Readonly<Record<string, () => Promise<Connection>>> = {
  'pg Client': async () => {
    const client = new Client({ connectionString: databaseUrl });
    await client.connect();
    return { client, end: () => client.end() };
  },
  'pg Pool': async () => {
    const client = new Pool({ connectionString: databaseUrl, max: 2 });
    return { client, end: () => client.end() };
  },
  postgres: async () => {
    const client = postgres(databaseUrl, { max: 2 });
    return { client, end: () => client.end() };
  },
};

describeWithPostgres('the sink for PostgreSQL', () => {
  for (const [name, connect] of Object.entries(drivers)) {
    testSink(name, () => openStore(connect), {
      // As JavaScript would call it.
      openWithUnknownOption: () => postgresSink(postgres(databaseUrl), { prefix: 'x_' } as never),
    });
  }
});

let stores = 0;

async function openStore(connect: () => Promise<Connection>): Promise<StoreUnderTest> {
  stores += 1;
  const tablePrefix = `s${stores}_`;
  const events = `${testSchema}.${tablePrefix}events`;
  const leases = `${testSchema}.${tablePrefix}leases`;
  const options = { schemaName: testSchema, tablePrefix };
  const connections = await Promise.all(Array.from({ length: 8 }, connect));
  onTestFinished(async () => void (await Promise.all(connections.map((connection) => connection.end()))));
  let opened = 0;
  return {
    open: () => {
      const connection = connections[opened++ % connections.length];
      if (connection === undefined) throw new Error('Never.');
      return postgresSink(connection.client, options);
    },
    raws: async () =>
      (await asOperator(`SELECT raw FROM ${events} WHERE raw IS NOT NULL`)).map(({ raw }) => String(raw)),
    everything: async () =>
      JSON.stringify([
        await asOperator(`SELECT * FROM ${events} ORDER BY event_id`),
        await asOperator(`SELECT * FROM ${leases} ORDER BY key`),
      ]),
    now: () => Date.now(),
    passTime: async (ms) => {
      const by = `interval '${ms} milliseconds'`;
      await asOperator(`UPDATE ${leases} SET expires_at = expires_at - ${by}`);
      // Of the events, only when they were written matters: the store's time is the real one.
      await asOperator(`UPDATE ${events} SET written_at = written_at - ${by}`);
    },
  };
}
