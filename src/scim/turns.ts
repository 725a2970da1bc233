import { untilAborted } from '../internal/until-aborted.js';

/**
 * Runs pieces of work with the same key one after the other, in the order they came. A piece that fails does not stop
 * the next; one that is aborted while it waits is never begun.
 */
export function inTurn<T>(
  turns: Map<string, Promise<unknown>>,
  key: string,
  work: () => Promise<T>,
  signal?: AbortSignal | undefined,
): Promise<T> {
  const before = turns.get(key) ?? Promise.resolve();
  const mine = before.then(() => {
    signal?.throwIfAborted();
    return work();
  });
  const ended: Promise<unknown> = mine
    .catch(() => {})
    .then(() => {
      if (turns.get(key) === ended) turns.delete(key);
    });
  turns.set(key, ended);
  return signal === undefined ? mine : untilAborted(mine, signal);
}
