import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, type SuiteFactory } from 'vitest';
import { asOperator, databaseUrl, describeWithServices } from '../../support/services.js';

export { asOperator, databaseUrl };

/** The schema of this test file, which is dropped after it. */
export const testSchema = `test_${randomBytes(6).toString('hex')}`;

/** Tests that need PostgreSQL, with a schema of their own. */
export function describeWithPostgres(what: string, tests: SuiteFactory): void {
  describeWithServices(['PostgreSQL'], what, (...context) => {
    beforeAll(async () => void (await asOperator(`CREATE SCHEMA ${testSchema}`)));
    afterAll(async () => void (await asOperator(`DROP SCHEMA ${testSchema} CASCADE`)));
    return tests(...context);
  });
}
