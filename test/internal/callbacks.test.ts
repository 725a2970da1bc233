import { expect, it } from 'vitest';
import { Callbacks } from '../../src/internal/callbacks.js';
import { rejection } from '../support/open-test-transport.js';

const never = () => new Promise<never>(() => {});

function open() {
  const failures: unknown[] = [];
  const stop = new AbortController();
  const callbacks = new Callbacks((error) => failures.push(error), [undefined, stop.signal]);
  return { failures, stop, callbacks };
}

it('an abort ends the wait for a call that never answers, and is what the iteration ends with', async () => {
  const { failures, stop, callbacks } = open();
  const told = callbacks.callInTurn(never);
  stop.abort('enough');
  await told;
  expect(failures).toEqual(['enough']);
  expect(callbacks.inTurn).toBeUndefined();
});

it('an abort ends the wait for those for which nothing waits before the end', async () => {
  const { stop, callbacks } = open();
  callbacks.note(never());
  const done = callbacks.allDone();
  stop.abort('enough');
  expect(await rejection(done)).toBe('enough');
});

it('what is being saved is waited for after an abort, also by the call behind it', async () => {
  const { stop, callbacks } = open();
  const steps: string[] = [];
  let end = () => {};
  const saving = new Promise<void>((resolve) => {
    end = resolve;
  });
  void callbacks.saveInTurn(() => saving.then(() => steps.push('saved')));
  const told = callbacks.callInTurn(never)?.then(() => steps.push('told'));
  stop.abort('enough');
  await Promise.resolve();
  await Promise.resolve();
  expect(steps).toEqual([]);
  end();
  await told;
  expect(steps).toEqual(['saved', 'told']);
});

it('each call waits for the one before it, and one that answers at once keeps nobody waiting', async () => {
  const { failures, callbacks } = open();
  const steps: number[] = [];
  expect(callbacks.callInTurn(() => steps.push(1))).toBeUndefined();
  void callbacks.callInTurn(async () => steps.push(2));
  void callbacks.callInTurn(() => Promise.reject('wrong'));
  await callbacks.callInTurn(() => steps.push(3));
  await callbacks.allDone();
  expect(steps).toEqual([1, 2, 3]);
  expect(failures).toEqual(['wrong']);
});
