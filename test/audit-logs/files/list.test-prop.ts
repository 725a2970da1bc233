import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AskForPage, listLogFiles } from '../../../src/audit-logs/files/list.js';
import type { LogFile, LogFilePage } from '../../../src/audit-logs/files/log-file.js';
import { instantOf } from '../../../src/internal/dates.js';
import { timeAt } from '../support/fake-log-source.js';

const units = { ns: 1n, us: 1_000n, ms: 1_000_000n, s: 1_000_000_000n } as const;
const noOrder = (one: LogFile) => Number(one.id.split('-')[1]);

interface Service {
  /** Of each file: seconds, and nanoseconds, so that many share a second, a millisecond, or all of it. */
  readonly ends: readonly (readonly [seconds: number, nanoseconds: number])[];
  readonly pageSize: number;
  /** In which the service compares times. */
  readonly unit: keyof typeof units;
  readonly order: 'oldest first' | 'oldest first by unit' | 'newest first' | 'none';
  readonly hasMore: 'true' | 'of a full page' | 'always' | 'once too often';
  readonly takesBefore: boolean;
  readonly repeatsAfter: boolean;
  readonly seed: number;
}

/** Lists the files as such a service would, and says how often it was asked. */
function open(service: Service) {
  let state = service.seed;
  const random = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state;
  };
  const files = service.ends.map(
    ([seconds, ns], index): LogFile => ({
      id: `${index}-${random()}`,
      event_type: 'AUTH_LOG',
      end_time: `2026-11-01T00:00:${String(seconds).padStart(2, '0')}.${String(ns).padStart(9, '0')}Z`,
    }),
  );
  const cut = (time: string) => instantOf(time) / units[service.unit];
  const sortKeys: Record<Service['order'], (file: LogFile) => bigint | number> = {
    'oldest first': (file) => instantOf(file.end_time),
    'oldest first by unit': (file) => cut(file.end_time),
    'newest first': (file) => -instantOf(file.end_time),
    none: noOrder,
  };
  const key = sortKeys[service.order];
  const asked = { lists: 0, lies: 0 };
  const answer = (after: string, before: string | undefined): LogFilePage => {
    const found = files
      .filter(({ end_time: end }) => (service.repeatsAfter ? cut(end) >= cut(after) : cut(end) > cut(after)))
      .filter(({ end_time: end }) => before === undefined || !service.takesBefore || cut(end) < cut(before))
      .sort((one, other) => Number(BigInt(key(one)) - BigInt(key(other))) || noOrder(one) - noOrder(other));
    const data = found.slice(0, service.pageSize);
    const isMore = found.length > data.length;
    const lies =
      service.hasMore === 'always' ||
      (service.hasMore === 'of a full page' && data.length === service.pageSize) ||
      (service.hasMore === 'once too often' && asked.lies++ === 0);
    return { data, has_more: isMore || lies, last_end_time: data.at(-1)?.end_time };
  };
  const ask: AskForPage = async ({ after, before, check }) => {
    for (let attempt = 1; ; attempt += 1) {
      asked.lists += 1;
      const page = answer(after, before);
      try {
        check(page);
        return page;
      } catch (failure) {
        if (attempt === 3) throw failure;
      }
    }
  };
  return { files, ask, asked };
}

async function read(service: Service) {
  const { files, ask, asked } = open(service);
  const listed: string[] = [];
  let failure: unknown;
  try {
    for await (const page of listLogFiles({ ask, route: '/logs', after: timeAt(-1) })) {
      listed.push(...page.map(({ id }) => id));
    }
  } catch (thrown) {
    failure = thrown;
  }
  return { files, listed, failure, lists: asked.lists };
}

const services = fc.record<Service>({
  ends: fc.array(fc.tuple(fc.nat(9), fc.constantFrom(0, 1_000, 123_456, 1_000_000, 500_000_000, 999_000_000)), {
    maxLength: 40,
    size: 'max',
  }),
  pageSize: fc.integer({ min: 1, max: 14 }),
  unit: fc.constantFrom('ns', 'us', 'ms', 's'),
  order: fc.constantFrom('oldest first', 'oldest first by unit', 'newest first', 'none'),
  hasMore: fc.constantFrom('true', 'of a full page', 'always', 'once too often'),
  takesBefore: fc.boolean(),
  repeatsAfter: fc.boolean(),
  seed: fc.nat(),
});

test('whatever order, precision, ties and `has_more`: all files are listed once, or it is an error', async () => {
  await fc.assert(
    fc.asyncProperty(services, async (service) => {
      const { files, listed, failure, lists } = await read(service);
      expect(new Set(listed).size).toBe(listed.length);
      expect(lists).toBeLessThan(60 * (files.length + 2));
      if (failure === undefined) expect(listed.toSorted()).toEqual(files.map(({ id }) => id).toSorted());
      else expect(failure).toMatchObject({ name: /^(IncompleteList|ResponseValidation)Error$/ });
    }),
    { numRuns: 2000 },
  );
});

test('an honest service of any order is read whole where no time is shared by more files than fit on a page', async () => {
  const honest = services.map(
    (service): Service => ({ ...service, hasMore: 'true', takesBefore: true, repeatsAfter: false }),
  );
  await fc.assert(
    fc.asyncProperty(honest, async (service) => {
      const counts = new Map<number, number>();
      // Of a second, as a service may compare seconds.
      for (const [seconds] of service.ends) counts.set(seconds, (counts.get(seconds) ?? 0) + 1);
      fc.pre(Math.max(0, ...counts.values()) <= service.pageSize);
      const { files, listed, failure } = await read(service);
      expect(failure).toBeUndefined();
      expect(listed.toSorted()).toEqual(files.map(({ id }) => id).toSorted());
    }),
    { numRuns: 1000 },
  );
});

test('a service that calls every full page unfinished is read whole, too', async () => {
  const full = services.map(
    (service): Service => ({ ...service, hasMore: 'of a full page', takesBefore: true, repeatsAfter: false }),
  );
  await fc.assert(
    fc.asyncProperty(full, async (service) => {
      const counts = new Map<number, number>();
      for (const [seconds] of service.ends) counts.set(seconds, (counts.get(seconds) ?? 0) + 1);
      fc.pre(Math.max(0, ...counts.values()) < service.pageSize);
      const { files, listed, failure } = await read(service);
      expect(failure).toBeUndefined();
      expect(listed.toSorted()).toEqual(files.map(({ id }) => id).toSorted());
    }),
    { numRuns: 1000 },
  );
});
