import { getEventListeners } from 'node:events';
import { createEmulator, createTestClock } from 'chatgpt-enterprise-sdk/testing';
import { describe, expect, it } from 'vitest';
import { logSoak, timesOf } from '../support/scale.js';
import { type Cancellable, cancellable } from './support/cancellable.js';
import { type EverythingConfig, openWorld, type World } from './support/open-world.js';
import { publicFunctions } from './support/public-functions.js';

/** Where a call is when it is cancelled: at which request, wait or thing handed out is a number beside that. */
const places = [
  'before a request',
  'while the head of an answer is awaited',
  'in the middle of a body',
  'after an answer',
  'while it waits for the rate limit',
  'while it waits to try again',
  'with a thing it handed out',
] as const;
type Place = (typeof places)[number];

const first = String(createEmulator().store.users.list()[0]?.userName);

/** The answer, whose body breaks off in the middle, where `onMiddle` is called, as that of `fetch` does. */
async function broken(answer: Response, onMiddle: () => void, signal: AbortSignal | null | undefined) {
  const bytes = new Uint8Array(await answer.arrayBuffer());
  if (bytes.length === 0) {
    onMiddle();
    return answer;
  }
  let isBegun = false;
  const body = new ReadableStream({
    pull: (controller) => {
      if (!isBegun) {
        isBegun = true;
        controller.enqueue(bytes.slice(0, bytes.length >> 1));
        return;
      }
      onMiddle();
      if (signal?.aborted) controller.error(signal.reason);
    },
  });
  const { status, headers } = answer;
  return new Response(body, { status, headers });
}

/** Cancels at a place, so many of its kind from the beginning. */
async function cancelAt({ start, isRich }: Cancellable, place: Place, number: number) {
  const controller = new AbortController();
  const { signal } = controller;
  const reason = new Error('enough');
  let [sent, waits, items, late] = [0, 0, 0, 0];
  const tries = new Map<string, number>();
  const cancelIf = (isThere: boolean) => {
    if (isThere) controller.abort(reason);
  };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    // What is begun with an aborted signal is not sent.
    if (signal.aborted && init?.signal?.aborted !== true) late += 1;
    sent += 1;
    const isIt = sent === number;
    cancelIf(isIt && place === 'before a request');
    const key = `${init?.method} ${String(input).replace(/\?expires=.*/, '')}`;
    tries.set(key, (tries.get(key) ?? 0) + 1);
    // The first of each: requests under way at once would take the second tries from one another.
    if (place === 'while it waits to try again' && (tries.get(key) ?? 0) % 2 === 1)
      return new Response(null, { status: 429, headers: { 'retry-after': '1' } });
    const answer = await world.emulator.fetch(input, init);
    cancelIf(isIt && place === 'while the head of an answer is awaited');
    if (init?.signal?.aborted) throw init.signal.reason;
    if (isIt && place === 'in the middle of a body')
      return broken(answer, () => controller.abort(reason), init?.signal);
    cancelIf(isIt && place === 'after an answer');
    return answer;
  };
  const clock = createTestClock({ skipsWaits: true });
  const waiting = {
    ...clock,
    sleep: (ms: number, own?: AbortSignal) => {
      waits += 1;
      const wait = clock.sleep(ms, own);
      cancelIf(
        waits === number && (place === 'while it waits for the rate limit' || place === 'while it waits to try again'),
      );
      return wait;
    },
  };
  const rateLimit = place === 'while it waits for the rate limit' && ({ requests: 1, intervalMs: 1_000 } as const);
  const world: World<EverythingConfig> = openWorld({
    provisioning: true,
    deprovisioning: true,
    emulator: { clock, ...(isRich && { scim: { mode: 'rfc', me: first } }) },
    connect: {
      fetch,
      clock: waiting,
      scim: { rateLimit },
      auditLogs: { rateLimit: rateLimit && { lists: rateLimit, downloads: rateLimit } },
    },
  });
  const onItem = () => {
    items += 1;
    cancelIf(items === number && place === 'with a thing it handed out');
  };
  const outcome = await start(world, { signal, onItem }).then(
    () => 'done',
    (error: unknown) => error,
  );
  await new Promise((resolve) => setImmediate(resolve));
  return { outcome, reason, late, sent, signal, listeners: getEventListeners(signal, 'abort').length };
}

const totals = new Map<Place, number>();

describe.each(cancellable)('Cancelling $name', (one) => {
  it.each(places)('%s ends it with the reason, and nothing more is sent', { timeout: 600_000 }, async (place) => {
    let cancelled = 0;
    for (let number = 1; number <= timesOf(5, 60); number += 1) {
      const { outcome, reason, late, listeners, signal } = await cancelAt(one, place, number);
      expect(late, `number ${number}`).toBe(0);
      expect(listeners, `number ${number}`).toBe(0);
      if (!signal.aborted) {
        expect(outcome, `number ${number}`).toBe('done');
        break;
      }
      // With the last answer, or the last thing, the call may be done.
      const mayBeDone = place === 'after an answer' || place === 'with a thing it handed out';
      if (!mayBeDone || outcome !== 'done') expect(outcome, `number ${number}`).toBe(reason);
      cancelled += 1;
    }
    logSoak(`${cancelled} cancellations of ${one.name}, ${place}`);
    totals.set(place, (totals.get(place) ?? 0) + cancelled);
    const isOfRequests = !place.startsWith('while it waits') && place !== 'with a thing it handed out';
    if (isOfRequests) expect(cancelled).toBeGreaterThan(0);
  });
});

it('every public method that waits for something was cancelled', () => {
  const { connection } = openWorld({ provisioning: true, deprovisioning: true });
  const names = cancellable.map(({ name }) => name.replace(/[ ,].*/, ''));
  const waitsForNothing = /\.principals\.|\.withExtensions$|^scim\.resource$|^close$|Symbol/;
  const paths = publicFunctions(connection, '').map(({ path }) => path.slice(1));
  expect(paths.filter((path) => !waitsForNothing.test(path) && !names.includes(path))).toEqual([]);
});

it('as many as the closing note says', () => {
  const total = [...totals.values()].reduce((sum, count) => sum + count, 0);
  logSoak(`${total} cancellations: ${[...totals].map(([place, count]) => `${count} ${place}`).join(', ')}`);
  expect(total).toBeGreaterThanOrEqual(timesOf(500, 2_080));
  for (const place of places) expect(totals.get(place), place).toBeGreaterThan(40);
});
