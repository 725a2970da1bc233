import { Pool } from 'pg';
import { expect } from 'vitest';
import { postgresSink } from '../../../src/export/index.js';
import { asOperator, databaseUrl } from '../../support/services.js';

interface Writers {
  readonly table: string;
}

/** Has the database note under which lease each checkpoint was written, and from which process: by its PGAPPNAME. */
export async function watchWriters(schema: string): Promise<Writers> {
  const pool = new Pool({ connectionString: databaseUrl });
  await postgresSink(pool, { schemaName: schema }).prune({ before: '2000-01-01T00:00:00Z' });
  await pool.end();
  await asOperator(`
    CREATE TABLE ${schema}.writers (number serial, key text, fence bigint, process text);
    CREATE FUNCTION ${schema}.note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO ${schema}.writers (key, fence, process)
      VALUES (NEW.key, NEW.fence, current_setting('application_name'));
      RETURN NULL;
    END $$;
    CREATE TRIGGER note AFTER UPDATE OF checkpoint ON ${schema}.audit_log_leases
      FOR EACH ROW EXECUTE FUNCTION ${schema}.note()`);
  return { table: `${schema}.writers` };
}

/** That no principal was written by two at a time: each lease had one process, and they came one after the other. */
export async function expectOneWriterAtATime({ table }: Writers): Promise<void> {
  const rows = await asOperator(`SELECT key, fence::integer, process FROM ${table} ORDER BY number`);
  expect(rows.length).toBeGreaterThan(4);
  const processOf = new Map<string, unknown>();
  const lastFence = new Map<unknown, number>();
  for (const { key, fence, process } of rows) {
    const lease = `${key} ${fence}`;
    expect(processOf.get(lease) ?? process).toBe(process);
    processOf.set(lease, process);
    expect(Number(fence)).toBeGreaterThanOrEqual(lastFence.get(key) ?? 0);
    lastFence.set(key, Number(fence));
  }
}
