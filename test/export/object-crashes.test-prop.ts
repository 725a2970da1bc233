import fc from 'fast-check';
import { expect, test } from 'vitest';
import { objectSink } from '../../src/export/object-sink.js';
import type { ObjectStore } from '../../src/export/object-store.js';
import { createFakeClock } from '../support/fake-clock.js';
import { timesOf } from '../support/scale.js';
import { eventCount, exportAll, numbersIn, wrongNumbers } from './support/numbered-events.js';
import { ObjectServer } from './support/object-server.js';
import { openWait } from './support/open-wait.js';
import { workspace } from './support/sink-rows.js';

const ttlMs = 60_000;
const start = Date.UTC(2026, 10, 20);

/** What becomes of a request: lost on its way there, or back; or it comes to the store only when others have gone on. */
interface Fault {
  readonly at: number;
  readonly kind: 'crash' | 'crashAfter' | 'lost' | 'answerLost' | 'stall' | 'sentLate';
}

interface Step {
  readonly work: 'export' | 'erase';
  readonly batch: number;
  readonly faults: readonly Fault[];
}

/** The store as one process reaches it. */
function faultyStore(server: ObjectServer, faults: readonly Fault[]) {
  let [count, isDead] = [0, false];
  const stalled = openWait();
  const letGo = openWait();
  const crashed = openWait();
  const late: (() => unknown)[] = [];
  const request = async <T>(send: () => T): Promise<T> => {
    if (isDead) return new Promise<never>(() => {});
    count += 1;
    const kind = faults.find(({ at }) => at === count)?.kind;
    if (kind === 'lost') throw Object.assign(new Error('Lost.'), { code: 'ECONNRESET' });
    if (kind === 'sentLate') {
      late.push(send);
      throw Object.assign(new Error('Timed out.'), { code: 'ETIMEDOUT' });
    }
    if (kind === 'crash' || kind === 'crashAfter') {
      isDead = true;
      if (kind === 'crashAfter') send();
      crashed.resolve();
      return new Promise<never>(() => {});
    }
    if (kind === 'stall') {
      stalled.resolve();
      await letGo.promise;
    }
    const answer = send();
    if (kind === 'answerLost') throw Object.assign(new Error('Lost.'), { code: 'ECONNRESET' });
    return answer;
  };
  const store: ObjectStore = {
    put: (...asked) => request(() => server.put(...asked)),
    get: (key) => request(() => server.get(key)),
    list: (prefix) => server.list(prefix),
  };
  const arrive = () => {
    for (const send of late.splice(0)) send();
  };
  return { store, stalled: stalled.promise, crashed: crashed.promise, letGo: () => letGo.resolve(), arrive };
}

const faultOf = fc.record<Fault>({
  at: fc.integer({ min: 1, max: 40 }),
  kind: fc.constantFrom('crash', 'crashAfter', 'lost', 'answerLost', 'stall', 'sentLate'),
});

const stepOf = fc.record<Step>({
  work: fc.constantFrom('export', 'export', 'export', 'erase'),
  batch: fc.integer({ min: 1, max: 25 }),
  faults: fc.array(faultOf, { maxLength: 3 }),
});

async function run(compress: 'gzip' | undefined, steps: readonly Step[]): Promise<void> {
  const clock = createFakeClock(start);
  const server = new ObjectServer();
  const waiting: { goOn(): Promise<unknown> }[] = [];
  for (const [index, { work, batch, faults }] of steps.entries()) {
    const faulty = faultyStore(server, faults);
    const sink = objectSink(faulty.store, { compress, clock });
    const working = work === 'erase' ? sink.erase({ userId: 'user-1' }) : exportAll(sink, batch, { triesAgain: true });
    const gone = Promise.race([working.catch(() => {}), faulty.crashed]);
    await Promise.race([gone, faulty.stalled]);
    waiting.push({
      async goOn() {
        faulty.arrive();
        faulty.letGo();
        await gone;
        faulty.arrive();
      },
    });
    await clock.advance(ttlMs + 1);
    if (index % 2 === 1) await waiting.shift()?.goOn();
  }
  for (const one of waiting) await one.goOn();
  await clock.advance(ttlMs + 1);

  const sink = objectSink(server.asStore(), { compress, clock });
  await exportAll(sink, 7);
  const mayBeGone = (number: number) => number % 5 === 1 && steps.some(({ work }) => work === 'erase');
  expect(wrongNumbers(server.events(), mayBeGone)).toEqual([]);
  await sink.erase({ userId: 'user-1' });
  expect(numbersIn(server.events())).toEqual(
    Array.from({ length: eventCount }, (_, n) => n).filter((n) => n % 5 !== 1),
  );
  expect(server.text()).not.toContain(`${workspace.id}/CODEX_LOG/undated`);
}

test('whatever crashes, is lost or comes late on its way, each event ends in the objects once', {
  timeout: timesOf(120_000, 1_800_000),
}, async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(undefined, 'gzip' as const),
      fc.array(stepOf, { minLength: 1, maxLength: 6 }),
      (compress, steps) => run(compress, steps),
    ),
    { numRuns: timesOf(150, 5_000) },
  );
});
