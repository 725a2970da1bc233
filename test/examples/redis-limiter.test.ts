import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { Redis } from 'ioredis';
import { expect, inject, onTestFinished, test } from 'vitest';
import { redisLimiter } from '../../examples/fleet/redis-limiter.js';
import { importWords } from '../support/import-word.js';
import { describeWithServices, ownName, redisUrl } from '../support/services.js';

const list = { kind: 'list', route: '/logs' } as const;

describeWithServices(['Redis'], 'the limiter in Redis', () => {
  const prefix = ownName(['Redis']);

  test('of several processes together, never more requests than the limit arrive within any interval', async () => {
    const limit = { requests: 5, intervalMs: 250 };
    const arrivals: number[] = [];
    const server = createServer((_request, response) => {
      arrivals.push(performance.now());
      // What is slow to leave, or to be answered, arrives late: every third is answered a good while after it came.
      if (arrivals.length % 3 === 0) setTimeout(() => response.end(), 100);
      else response.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const codes = [1, 2, 3].map(async () => {
      const script = resolve(import.meta.dirname, 'support/limiter-child.ts');
      const args = [redisUrl, `${prefix}:many`, JSON.stringify(limit), '20', url];
      const child = spawn(process.execPath, ['--no-warnings', ...importWords(inject('packageHook')), script, ...args], {
        stdio: 'inherit',
      });
      onTestFinished(() => void child.kill('SIGKILL'));
      const [code] = await once(child, 'exit');
      return code;
    });
    expect(await Promise.all(codes)).toEqual([0, 0, 0]);
    expect(arrivals).toHaveLength(60);
    const gaps = arrivals.slice(limit.requests).map((at, index) => at - (arrivals[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(limit.intervalMs);
  });

  test('each kind and each key counts by itself, and a kind without a limit passes', async () => {
    const redis = openRedis();
    const limits = { list: { requests: 1, intervalMs: 60_000 }, download: { requests: 1, intervalMs: 60_000 } };
    const one = redisLimiter(redis, `${prefix}:one`, limits);
    const other = redisLimiter(redis, `${prefix}:other`, limits);
    const run = async () => 'ran';
    expect(await one(run, undefined, list)).toBe('ran');
    expect(await one(run, undefined, { kind: 'download', route: '/logs/{id}' })).toBe('ran');
    expect(await other(run, undefined, list)).toBe('ran');
    for (let count = 0; count < 5; count += 1) {
      expect(await one(run, undefined, { kind: 'storage', route: '/' })).toBe('ran');
    }
  });

  test('one that waits ends with the reason of its signal, and has taken no turn', async () => {
    const redis = openRedis();
    const name = `${prefix}:aborted`;
    const throttle = redisLimiter(redis, name, { list: { requests: 1, intervalMs: 60_000 } });
    await throttle(async () => {}, undefined, list);
    const stop = new AbortController();
    const reason = new Error('enough');
    let ran = false;
    const waiting = throttle(async () => (ran = true), stop.signal, list);
    await redis.ping();
    stop.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    expect(ran).toBe(false);
    expect(await redis.zcard(`${name}:list`)).toBe(1);
    await expect(throttle(async () => {}, stop.signal, list)).rejects.toBe(reason);
  });

  test('what a request throws comes through, and its turn counts all the same', async () => {
    const redis = openRedis();
    const name = `${prefix}:failing`;
    const throttle = redisLimiter(redis, name, { list: { requests: 2, intervalMs: 60_000 } });
    const failure = new Error('refused');
    await expect(throttle(() => Promise.reject(failure), undefined, list)).rejects.toBe(failure);
    expect(await redis.zcard(`${name}:list`)).toBe(1);
  });

  test('the turn of a process that died is given to another one when its time is over', async () => {
    const redis = openRedis();
    const throttle = redisLimiter(redis, `${prefix}:dead`, { list: { requests: 1, intervalMs: 20 } }, 200);
    const startMs = performance.now();
    // It never ends, as that of a process that is gone.
    void throttle(() => new Promise(() => {}), undefined, list);
    await redis.ping();
    expect(await throttle(async () => 'ran', undefined, list)).toBe('ran');
    // Redis counts whole milliseconds.
    expect(performance.now() - startMs).toBeGreaterThan(218);
  });

  function openRedis(): Redis {
    const redis = new Redis(redisUrl);
    onTestFinished(() => redis.disconnect());
    return redis;
  }
});
