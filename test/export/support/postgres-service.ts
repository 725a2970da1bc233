import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, describe, type SuiteFactory } from 'vitest';

/** Where PostgreSQL is. */
export const databaseUrl = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test';

/** The schema of this test file, which is dropped after it. */
export const testSchema = `test_${randomBytes(6).toString('hex')}`;

async function reach(): Promise<string | undefined> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    await client.query(`CREATE SCHEMA ${testSchema}`);
    return undefined;
  } catch (error) {
    return String(Reflect.get(Object(error), 'code') ?? 'no answer');
  } finally {
    await client.end().catch(() => {});
  }
}

const away = await reach();

/** Tests that need PostgreSQL. Without it they are left out, and said to be; with REQUIRE_SERVICES=1 they fail. */
export function describeWithPostgres(what: string, tests: SuiteFactory): void {
  if (away === undefined || process.env.REQUIRE_SERVICES === '1') describe(what, tests);
  else {
    console.warn(`Left out: ${what}. There is no PostgreSQL at DATABASE_URL or 127.0.0.1:5432 (${away}).`);
    describe.skip(what, tests);
  }
}

afterAll(async () => {
  if (away === undefined) await asOperator(`DROP SCHEMA ${testSchema} CASCADE`);
});

/** Runs a statement on a connection of its own. */
export async function asOperator(sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql, values)).rows;
  } finally {
    await client.end();
  }
}
