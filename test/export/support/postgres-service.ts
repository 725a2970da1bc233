import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, inject, type SuiteFactory } from 'vitest';
import { databaseUrl } from '../../support/find-services.js';

export { databaseUrl };

/** The schema of this test file, which is dropped after it. */
export const testSchema = `test_${randomBytes(6).toString('hex')}`;

/** Tests that need PostgreSQL, with a schema of their own. */
export function describeWithPostgres(what: string, tests: SuiteFactory): void {
  describe.skipIf(!inject('postgres'))(what, (...context) => {
    beforeAll(async () => void (await asOperator(`CREATE SCHEMA ${testSchema}`)));
    afterAll(async () => void (await asOperator(`DROP SCHEMA ${testSchema} CASCADE`)));
    return tests(...context);
  });
}

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
