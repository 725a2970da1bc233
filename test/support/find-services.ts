import { Redis } from 'ioredis';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';

/** What tests need beside Node, where a machine has it. */
export type Service = 'PostgreSQL' | 'Redis';

declare module 'vitest' {
  interface ProvidedContext {
    /** Those that answer. */
    services: readonly Service[];
  }
}

/** Where they are. */
export const databaseUrl = process.env.DATABASE_URL ?? 'postgres://postgres@127.0.0.1:5432/test';
export const redisUrl = process.env.REDIS_URL ?? 'redis://127.0.0.1:6379';

const services = [
  { name: 'PostgreSQL', url: databaseUrl, variable: 'DATABASE_URL', ask: askPostgres },
  { name: 'Redis', url: redisUrl, variable: 'REDIS_URL', ask: askRedis },
] as const;

/**
 * Looks once for the services that tests need, and says in one line what is left out without them.
 *
 * @throws where REQUIRE_SERVICES is 1, and one does not answer.
 */
export default async function findServices(project: TestProject): Promise<void> {
  const found = await Promise.all(
    services.map(async ({ name, url, variable, ask }) => {
      const why = await ask().catch((error: unknown) => String(Reflect.get(Object(error), 'code') ?? 'no answer'));
      const { host, pathname } = new URL(url);
      return { name, why, said: `${name}, since none answers at ${host}${pathname} (${why}; see ${variable})` };
    }),
  );
  project.provide(
    'services',
    found.flatMap(({ name, why }) => (why === undefined ? [name] : [])),
  );
  const missing = found.filter(({ why }) => why !== undefined);
  if (missing.length === 0) return;
  const what = `the tests on ${missing.map(({ said }) => said).join(' and on ')}.`;
  if (process.env.REQUIRE_SERVICES === '1') throw new Error(`Not to be left out: ${what}`);
  console.warn(`Left out: ${what}`);
}

async function askPostgres(): Promise<undefined> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 5_000 });
  try {
    await client.connect();
    await client.query('SELECT 1');
  } finally {
    await client.end().catch(() => {});
  }
}

async function askRedis(): Promise<undefined> {
  const redis = new Redis(redisUrl, { lazyConnect: true, connectTimeout: 5_000, retryStrategy: () => null });
  // What is asked fails without saying why.
  let why: unknown;
  redis.on('error', (error) => {
    why ??= error;
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    throw why ?? error;
  } finally {
    redis.disconnect();
  }
}
