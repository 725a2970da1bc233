import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { Client } from 'pg';
import { afterAll, describe, inject, type SuiteFactory } from 'vitest';
import { databaseUrl, redisUrl, type Service } from './find-services.js';

export { databaseUrl, redisUrl };

/** Tests that need services: left out where one does not answer. */
export function describeWithServices(needed: readonly Service[], what: string, tests: SuiteFactory): void {
  const found = inject('services');
  describe.skipIf(needed.some((name) => !found.includes(name)))(what, tests);
}

/** A name that nobody has: of a schema of PostgreSQL and a prefix of Redis. What is there under it is dropped after the tests. */
export function ownName(services: readonly Service[]): string {
  const name = `test_${randomBytes(6).toString('hex')}`;
  afterAll(async () => {
    if (services.includes('PostgreSQL')) await asOperator(`DROP SCHEMA IF EXISTS ${name} CASCADE`);
    if (services.includes('Redis')) await dropKeys(name);
  });
  return name;
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

async function dropKeys(prefix: string): Promise<void> {
  const redis = new Redis(redisUrl);
  try {
    for (let cursor = '0', isFirst = true; isFirst || cursor !== '0'; isFirst = false) {
      const [next, keys] = await redis.scan(cursor, 'MATCH', `${prefix}:*`, 'COUNT', 1_000);
      if (keys.length > 0) await redis.del(...keys);
      cursor = next;
    }
  } finally {
    redis.disconnect();
  }
}
