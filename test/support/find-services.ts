import { Client } from 'pg';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Whether the tests that need PostgreSQL are run. */
    postgres: boolean;
  }
}

/** Where PostgreSQL is. */
export const databaseUrl = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test';

/** Looks once for the services that tests need, and says in one line what is left out without them. */
export default async function findServices(project: TestProject): Promise<void> {
  const failure = await failureOfPostgres();
  // Where they are required, the tests fail by themselves.
  project.provide('postgres', failure === undefined || process.env.REQUIRE_SERVICES === '1');
  if (failure === undefined || process.env.REQUIRE_SERVICES === '1') return;
  const { host, pathname } = new URL(databaseUrl);
  console.warn(
    `Left out: the tests on PostgreSQL, since none answers at ${host}${pathname} (${failure}; see DATABASE_URL).`,
  );
}

async function failureOfPostgres(): Promise<string | undefined> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    await client.query('SELECT 1');
    return undefined;
  } catch (error) {
    return String(Reflect.get(Object(error), 'code') ?? 'no answer');
  } finally {
    await client.end().catch(() => {});
  }
}
