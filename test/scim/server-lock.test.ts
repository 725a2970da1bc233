import { expect, test } from 'vitest';
import { withLock } from '../../src/scim/server.js';

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

test('work with the same key runs one after the other, in order; other keys do not wait', async () => {
  const locks = new Map<string, Promise<unknown>>();
  const log: string[] = [];
  const work = (name: string) => async () => {
    log.push(`${name} begins`);
    await tick();
    log.push(`${name} ends`);
    return name;
  };
  const results = await Promise.all([
    withLock(locks, ['g'], work('1')),
    withLock(locks, ['g'], work('2')),
    withLock(locks, ['h'], work('other')),
  ]);
  expect(results).toEqual(['1', '2', 'other']);
  expect(log.filter((line) => !line.startsWith('other'))).toEqual(['1 begins', '1 ends', '2 begins', '2 ends']);
  expect(log.indexOf('other begins')).toBeLessThan(log.indexOf('1 ends'));
});

test('a piece that fails does not stop the next, and nothing is kept of either', async () => {
  const locks = new Map<string, Promise<unknown>>();
  const failing = withLock(locks, ['g'], () => Promise.reject(new Error('no')));
  const next = withLock(locks, ['g'], async () => 'yes');
  await expect(failing).rejects.toThrow('no');
  await expect(next).resolves.toBe('yes');
  await tick();
  expect(locks.size).toBe(0);
});

test('a piece that is aborted while it waits is never begun', async () => {
  const locks = new Map<string, Promise<unknown>>();
  let release = () => {};
  const first = withLock(
    locks,
    ['g'],
    () =>
      new Promise<void>((resolve) => {
        release = resolve;
      }),
  );
  const controller = new AbortController();
  let isBegun = false;
  const second = withLock(
    locks,
    ['g'],
    async () => {
      isBegun = true;
    },
    controller.signal,
  );
  controller.abort(new Error('enough'));
  await expect(second).rejects.toThrow('enough');
  release();
  await first;
  await tick();
  expect(isBegun).toBe(false);
});
