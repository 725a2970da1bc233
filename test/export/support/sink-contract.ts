import { expect, test } from 'vitest';
import { ExportError } from '../../../src/errors/export-error.js';
import { InputError } from '../../../src/errors/input-errors.js';
import type { LogSink, SinkLease } from '../../../src/export/sink.js';
import { rejection } from '../../support/open-test-transport.js';
import { checkpointOf, hostileRows, rowOf, rowsOf } from './sink-rows.js';

/** An empty store, and what its operator can do with it. */
export interface StoreUnderTest {
  /** Opens a sink on it, as another process would. */
  open(): LogSink;
  /** Opens one whose clock is ahead. Left out where all have one clock. */
  openAhead?(ms: number): LogSink;
  /** The events in it as the service wrote them, in any order, without those that were erased. */
  raws(): Promise<readonly string[]>;
  /** All that it holds, as text. */
  everything(): Promise<string>;
  /** The time of its clock. */
  now(): number;
  /** Lets time pass for all that it holds. */
  passTime(ms: number): Promise<void>;
}

export interface SinkTraits {
  /** Opens the sink with an option that it does not have. Left out where it has none. */
  readonly openWithUnknownOption?: () => unknown;
  /** @default true */
  readonly erases?: boolean;
  /** @default true */
  readonly prunes?: boolean;
}

const ttlMs = 60_000;
const dayMs = 86_400_000;

/** What holds for every sink. `openStore` makes an empty store, and lets it go when the test has finished. */
export function testSink(name: string, openStore: () => Promise<StoreUnderTest>, traits: SinkTraits = {}): void {
  const { openWithUnknownOption, erases = true, prunes = true } = traits;

  test(`${name}: what was written is read back, with the checkpoint`, async () => {
    const store = await openStore();
    const sink = store.open();
    const lease = await leaseOf(sink);
    expect([lease.key, await lease.checkpoint()]).toEqual(['key', undefined]);
    const [first, second] = [rowsOf(3), rowsOf(2)];
    expect(await lease.write(first, checkpointOf('ONE'))).toEqual({ added: 3 });
    expect(await lease.checkpoint()).toEqual(checkpointOf('ONE'));
    expect(await lease.write(second, checkpointOf('TWO'))).toEqual({ added: 2 });
    await lease.release();
    expect(await (await leaseOf(store.open())).checkpoint()).toEqual(checkpointOf('TWO'));
    expect(await sortedRaws(store)).toEqual(rawsOf([...first, ...second]));
  });

  test(`${name}: a checkpoint is written without events too, and each key has its own`, async () => {
    const store = await openStore();
    const sink = store.open();
    const [one, other] = [await leaseOf(sink, 'one'), await leaseOf(sink, `o'ther/"\\../\u0000 ${'k'.repeat(5_000)}`)];
    expect(await one.write([], checkpointOf('ONE'))).toEqual({ added: 0 });
    expect(await other.checkpoint()).toBeUndefined();
    await other.write([], checkpointOf('OTHER'));
    expect([await one.checkpoint(), await other.checkpoint()]).toEqual([checkpointOf('ONE'), checkpointOf('OTHER')]);
    expect(await store.raws()).toEqual([]);
  });

  test(`${name}: a lease is held by one until it is given back`, async () => {
    const store = await openStore();
    const sink = store.open();
    const first = await leaseOf(sink);
    expect(await store.open().lease('key', ttlMs)).toBeUndefined();
    expect(await sink.lease('key', ttlMs)).toBeUndefined();
    await first.release();
    const second = await leaseOf(store.open());
    expect(second.fence).toBeGreaterThan(first.fence);
    await expectLost(first, store);
    await first.release();
    expect(await sink.lease('key', ttlMs)).toBeUndefined();
  });

  test(`${name}: a lease has a key and a time`, async () => {
    const store = await openStore();
    for (const [key, time] of [
      ['key', Number.NaN],
      ['key', 0],
      ['key', Number.POSITIVE_INFINITY],
      ['key', 1e300],
      [7, ttlMs],
    ] as const) {
      // As JavaScript would call it.
      expect(await rejection(store.open().lease(key as never, time))).toBeInstanceOf(InputError);
    }
  });

  test(`${name}: a lease that was given back is given back, whatever is asked of it then`, async () => {
    const store = await openStore();
    const lease = await leaseOf(store.open());
    await lease.write(rowsOf(1), checkpointOf('ONE'));
    await lease.release();
    await expectLost(lease, store);
    await lease.release();
    const next = await leaseOf(store.open());
    expect(next.fence).toBeGreaterThan(lease.fence);
    expect(await next.checkpoint()).toEqual(checkpointOf('ONE'));
    await lease.release();
    expect(await next.write(rowsOf(1), checkpointOf('TWO'))).toEqual({ added: 1 });
  });

  test(`${name}: a clock that was wrong keeps nobody out for long, and one that is a little ahead loses nothing`, async () => {
    const store = await openStore();
    if (store.openAhead === undefined) return;
    const ahead = await leaseOf(store.openAhead(ttlMs - 1_000));
    expect(await store.open().lease('key', 1_000)).toBeUndefined();
    await ahead.release();
    const wrong = await leaseOf(store.openAhead(3_650 * dayMs));
    const next = await leaseOf(store.open());
    expect(next.fence).toBeGreaterThan(wrong.fence);
    await expectLost(wrong, store);
    expect(await next.write(rowsOf(1), checkpointOf('ONE'))).toEqual({ added: 1 });
  });

  test(`${name}: of many who want a lease at once, one gets it`, async () => {
    const store = await openStore();
    const asked = Array.from({ length: 8 }, () => store.open().lease('key', ttlMs));
    const got = (await Promise.all(asked)).filter((lease) => lease !== undefined);
    expect(got).toHaveLength(1);
  });

  test(`${name}: a lease that has expired is taken, and its former holder writes nothing more`, async () => {
    const store = await openStore();
    const late = await leaseOf(store.open());
    await late.write(rowsOf(1), checkpointOf('LATE'));
    await store.passTime(ttlMs - 1_000);
    expect(await store.open().lease('key', ttlMs)).toBeUndefined();
    await store.passTime(2_000);
    const next = await leaseOf(store.open());
    expect(next.fence).toBeGreaterThan(late.fence);
    await expectLost(late, store);
    await late.release();
    expect(await store.open().lease('key', ttlMs)).toBeUndefined();
    expect(await next.checkpoint()).toEqual(checkpointOf('LATE'));
    await next.write(rowsOf(1), checkpointOf('NEXT'));
    expect(await store.raws()).toHaveLength(2);
  });

  test(`${name}: a lease that has expired is still its holder's where nobody took it`, async () => {
    const store = await openStore();
    const lease = await leaseOf(store.open());
    await store.passTime(2 * ttlMs);
    expect(await lease.write(rowsOf(1), checkpointOf('ONE'))).toEqual({ added: 1 });
    expect(await store.open().lease('key', ttlMs)).toBeUndefined();
  });

  test(`${name}: writing and renewing begin the time of a lease anew`, async () => {
    const store = await openStore();
    const lease = await leaseOf(store.open());
    for (const renew of [() => lease.renew(), () => lease.write([], checkpointOf('ONE')), () => lease.renew()]) {
      await store.passTime(ttlMs - 5_000);
      await renew();
      expect(await store.open().lease('key', ttlMs)).toBeUndefined();
    }
  });

  test(`${name}: events without end fit into one write`, async () => {
    const store = await openStore();
    const rows = rowsOf(2_503);
    const lease = await leaseOf(store.open());
    expect(await lease.write(rows, checkpointOf('ONE'))).toEqual({ added: 2_503 });
    expect(await sortedRaws(store)).toEqual(rawsOf(rows));
  });

  test(`${name}: of what cannot be written whole, nothing is`, async () => {
    const store = await openStore();
    const lease = await leaseOf(store.open());
    await lease.write(rowsOf(1), checkpointOf('ONE'));
    const unreadable = {
      get() {
        throw new TypeError('No more.');
      },
    };
    const broken = Object.defineProperties(rowOf(), { raw: unreadable, bytes: unreadable });
    await rejection(lease.write([...rowsOf(1_500), broken], checkpointOf('TWO')));
    const cycle = { ...checkpointOf('CYCLE'), self: {} };
    cycle.self = cycle;
    await rejection(lease.write(rowsOf(2), cycle));
    expect(await lease.checkpoint()).toEqual(checkpointOf('ONE'));
    expect(await store.raws()).toHaveLength(1);
    expect(await lease.write(rowsOf(2), checkpointOf('TWO'))).toEqual({ added: 2 });
  });

  test(`${name}: an event is kept once, whoever writes it`, async () => {
    const store = await openStore();
    const sink = store.open();
    const [one, other] = [await leaseOf(sink, 'one'), await leaseOf(sink, 'other')];
    const [a, b, c] = [rowOf(), rowOf(), rowOf()];
    const added = [
      await one.write([a, b], checkpointOf('ONE')),
      await one.write([a, b, c, c], checkpointOf('TWO')),
      await other.write([a, b, c], checkpointOf('ONE')),
    ].map((result) => result.added);
    if (!sink.isUniqueByEventId) return;
    expect(added).toEqual([2, 1, 0]);
    expect(await sortedRaws(store)).toEqual(rawsOf([a, b, c]));
  });

  test(`${name}: whatever the service wrote is kept as it is`, async () => {
    const store = await openStore();
    const rows = hostileRows();
    const lease = await leaseOf(store.open());
    // Each by itself as well: what stands in a statement of many need not hold for one.
    const alone = rows.slice(1, 10);
    for (const row of alone) expect(await lease.write([row], checkpointOf(row.raw))).toEqual({ added: 1 });
    const { added } = await lease.write(rows, checkpointOf("'; drop table \u0000 \ud800"));
    const { isUniqueByEventId } = store.open();
    expect(added).toBe(isUniqueByEventId ? rows.length - alone.length : rows.length);
    expect(await sortedRaws(store)).toEqual(rawsOf(isUniqueByEventId ? rows : [...alone, ...rows]));
    expect(await lease.checkpoint()).toEqual(checkpointOf("'; drop table \u0000 \ud800"));
  });

  if (erases) {
    test(`${name}: a person who was erased is found nowhere, and does not come back`, async () => {
      const store = await openStore();
      const sink = store.open();
      const lease = await leaseOf(sink);
      const theirs = rowsOf(3, { userId: 'user-erased', action: 'secret_deed' });
      const others = [...rowsOf(2), ...rowsOf(2, { userId: undefined }), ...rowsOf(1, { userId: 'user-erased-not' })];
      await lease.write([...theirs, ...others], checkpointOf('ONE'));
      expect(await sink.erase({ userId: 'user-erased' })).toEqual({ erased: 3 });
      expect(await store.everything()).not.toMatch(/user-erased(?!-not)|secret_deed/);
      expect(await sortedRaws(store)).toEqual(rawsOf(others));
      expect(await lease.checkpoint()).toEqual(checkpointOf('ONE'));
      // Of others, the checkpoint knows what was there.
      const again = sink.isUniqueByEventId ? theirs : [];
      expect(await lease.write([...again, ...rowsOf(1)], checkpointOf('TWO'))).toEqual({ added: 1 });
      expect(await store.everything()).not.toMatch(/user-erased(?!-not)|secret_deed/);
      expect(await sink.erase({ userId: 'user-erased' })).toEqual({ erased: 0 });
    });

    test(`${name}: a person of any id is erased, and nobody else`, async () => {
      const store = await openStore();
      const sink = store.open();
      const lease = await leaseOf(sink);
      const ids = hostileRows().flatMap(({ userId }) => (userId === undefined || userId.trim() === '' ? [] : [userId]));
      const people = [...new Set([...ids, '%', '_', '*'])];
      await lease.write(
        people.map((userId) => rowOf({ userId })),
        checkpointOf('ONE'),
      );
      for (const userId of people) expect(await sink.erase({ userId })).toEqual({ erased: 1 });
      expect(await store.raws()).toEqual([]);
    });

    test(`${name}: who is to be erased must be said`, async () => {
      const store = await openStore();
      for (const person of [
        undefined,
        {},
        { userId: '' },
        { userId: ' ' },
        { userId: 1 },
        { userId: 'mira@north.example' },
      ]) {
        // As JavaScript would call it.
        expect(await rejection(store.open().erase(person as never))).toBeInstanceOf(InputError);
      }
    });
  }

  if (prunes) {
    test(`${name}: what happened before a time is removed, and what has none goes by when it was written`, async () => {
      const store = await openStore();
      const sink = store.open();
      const lease = await leaseOf(sink);
      const at = (ageMs: number) => new Date(store.now() - ageMs).toISOString();
      const old = [rowOf({ timestamp: at(40 * dayMs) }), rowOf({ timestamp: at(31 * dayMs) })];
      const kept = [rowOf({ timestamp: at(29 * dayMs) }), rowOf({ timestamp: at(0) })];
      const timeless = rowOf({ timestamp: undefined });
      await lease.write([...old, ...kept, timeless], checkpointOf('ONE'));
      expect(await sink.prune({ before: at(30 * dayMs) })).toEqual({ removed: 2 });
      expect(await sortedRaws(store)).toEqual(rawsOf([...kept, timeless]));
      expect(await sink.prune({ before: new Date(store.now() - 30 * dayMs) })).toEqual({ removed: 0 });
      await store.passTime(3 * dayMs);
      expect(await sink.prune({ before: at(28 * dayMs) })).toEqual({ removed: 1 });
      expect(await sink.prune({ before: at(2 * dayMs) })).toMatchObject({ removed: expect.any(Number) });
      expect(await store.raws()).not.toContain(timeless.raw);
      expect(await lease.checkpoint()).toEqual(checkpointOf('ONE'));
      // Of what names no time nobody knows how old it is when it comes again.
      expect(await lease.write([timeless], checkpointOf('TWO'))).toEqual({ added: 1 });
    });

    test(`${name}: what was pruned does not come back when it is read again, and what is as old stays out`, async () => {
      const store = await openStore();
      const sink = store.open();
      if (!sink.isUniqueByEventId) return;
      const lease = await leaseOf(sink);
      const nowMs = store.now();
      const at = (ageMs: number) => new Date(nowMs - ageMs).toISOString();
      const [old, kept] = [rowsOf(3, { timestamp: at(31 * dayMs) }), rowsOf(2, { timestamp: at(29 * dayMs) })];
      await lease.write([...old, ...kept], checkpointOf('ONE'));
      expect(await sink.prune({ before: at(30 * dayMs) })).toEqual({ removed: 3 });
      // A later call with an earlier time does not take it back.
      expect(await store.open().prune({ before: at(60 * dayMs) })).toEqual({ removed: 0 });
      const news = [rowOf({ timestamp: at(30 * dayMs) }), rowOf({ timestamp: undefined })];
      const late = rowOf({ timestamp: at(30 * dayMs + 1), principal: { type: 'organization', id: 'org-1' } });
      expect(await lease.write([...old, late, ...kept, ...news], checkpointOf('TWO'))).toEqual({ added: 2 });
      const other = await leaseOf(store.open(), 'other');
      expect(await other.write(old, checkpointOf('ONE'))).toEqual({ added: 0 });
      expect(await sortedRaws(store)).toEqual(rawsOf([...kept, ...news]));
    });

    test(`${name}: what is pruned is known by its time, however that is spelled`, async () => {
      const store = await openStore();
      const sink = store.open();
      const lease = await leaseOf(sink);
      const [day, later] = [40, 20].map((days) => new Date(store.now() - days * dayMs).toISOString().slice(0, 10));
      const spelled = (date = '') => [
        `${date.replaceAll('-', '')}T101112,5+0530`,
        `${date}t10:00:00z`,
        date,
        `${date}T10:00:00.123456789123Z`,
        `${date}T23:59:60Z`,
      ];
      const kept = spelled(later).map((timestamp) => rowOf({ timestamp }));
      const old = spelled(day).map((timestamp) => rowOf({ timestamp }));
      await lease.write([...old, ...kept, rowOf({ timestamp: 'no time' })], checkpointOf('ONE'));
      expect(await sink.prune({ before: new Date(store.now() - 30 * dayMs) })).toEqual({ removed: old.length });
      expect(await store.raws()).toHaveLength(kept.length + 1);
    });

    test(`${name}: what is younger than a day is not removed`, async () => {
      const store = await openStore();
      for (const before of [undefined, 'soon', new Date(Number.NaN), new Date(store.now()), 5]) {
        // As JavaScript would call it.
        expect(await rejection(store.open().prune({ before } as never))).toBeInstanceOf(InputError);
      }
    });
  }

  if (erases && prunes) {
    test(`${name}: many events are erased and pruned to the last`, async () => {
      const store = await openStore();
      const sink = store.open();
      const lease = await leaseOf(sink);
      const longAgo = new Date(store.now() - 40 * dayMs).toISOString();
      const old = rowsOf(2_503, { userId: 'user-kept', timestamp: longAgo });
      await lease.write([...rowsOf(2_503, { userId: 'user-erased' }), ...old, ...rowsOf(1)], checkpointOf('ONE'));
      expect(await sink.erase({ userId: 'user-erased' })).toEqual({ erased: 2_503 });
      expect(await sink.prune({ before: new Date(store.now() - 30 * dayMs) })).toEqual({ removed: 2_503 });
      expect(await store.raws()).toHaveLength(1);
    });
  }

  if (openWithUnknownOption !== undefined) {
    test(`${name}: an option that does not exist is refused`, () => {
      expect(openWithUnknownOption).toThrow(InputError);
    });
  }
}

async function leaseOf(sink: LogSink, key = 'key'): Promise<SinkLease> {
  const lease = await sink.lease(key, ttlMs);
  if (lease === undefined) throw new Error('Somebody else has the lease.');
  return lease;
}

/** That the store itself refuses the lease, and that nothing has come of it. */
async function expectLost(lease: SinkLease, store: StoreUnderTest): Promise<void> {
  const before = await store.everything();
  const refused = [
    await rejection(lease.write(rowsOf(1), checkpointOf('TOO_LATE'))),
    await rejection(lease.write([], checkpointOf('TOO_LATE'))),
    await rejection(lease.renew()),
    await rejection(lease.checkpoint()),
  ];
  for (const error of refused)
    expect([error instanceof ExportError, error]).toMatchObject([true, { code: 'lease_lost' }]);
  expect(await store.everything()).toBe(before);
}

async function sortedRaws(store: StoreUnderTest): Promise<readonly string[]> {
  return [...(await store.raws())].sort();
}

function rawsOf(rows: readonly { readonly raw: string }[]): readonly string[] {
  return rows.map(({ raw }) => raw).sort();
}
