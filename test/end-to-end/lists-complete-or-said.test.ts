import { isSdkError } from 'chatgpt-enterprise-sdk';
import { type EmulatorOptions, type Fault, fault, scimQuirks, seedUsers } from 'chatgpt-enterprise-sdk/testing';
import { describe, expect, it } from 'vitest';
import { openWorld } from './support/open-world.js';

type Quirks = NonNullable<NonNullable<EmulatorOptions['scim']>['quirks']>;

// Two lies at once can look like the truth: a server that ignores `startIndex` and calls the page the total looks like one
// with so many users that begins again past the end. Each alone is seen through.
const ways: Readonly<Record<string, Quirks>> = {
  ...scimQuirks,
  'lies about the total': { totalResults: 'page_size' },
  'starts again past the end': { pastTheEnd: 'first_page' },
  'starts again past the end, and lies about the total': { pastTheEnd: 'first_page', totalResults: 'page_size' },
  'answers 404 past the end': { pastTheEnd: 'not_found', totalResults: 'page_size' },
  'ignores startIndex': { startIndex: 'ignored', maxPageSize: 7, defaultPageSize: 7 },
  'counts from 0': { startIndex: 'from_zero' },
  'counts in whole pages': { startIndex: 'whole_pages' },
  'counts in whole pages, and lies about the total': { startIndex: 'whole_pages', totalResults: 'page_size' },
  'shows rows again': { overlappingPages: true },
  'caps the page': { maxPageSize: 3 },
  'uses cursors always': { cursors: 'always', maxPageSize: 5 },
  'forgets its cursors': { cursors: 'always', cursorTimeout: 0, maxPageSize: 5 },
  'spells resources small': { resourcesKey: 'resources', omitsStartIndex: true, omitsEmptyResources: true },
};

const sizes = [0, 1, 7, 20, 21, 51, 100];
const pageSizes = [1, 7, 20, 50, 1000];

/** Reads a directory of this size; says what came, what was said, and what it took. */
async function walk(
  scim: EmulatorOptions['scim'],
  size: number,
  count: number,
  prefetch: number,
  plan: (add: (one: Fault, skip: number, times?: number) => void) => void = () => {},
) {
  const { connection, emulator } = openWorld({ emulator: { world: 'empty', scim } });
  const there = seedUsers(emulator, size);
  plan((one, skip, times = 1) => emulator.faults.add(one, { route: 'GET /Users', skip, times }));
  const ids: string[] = [];
  let said: string | undefined;
  try {
    for await (const { id } of connection.scim.users.iterate({ count, prefetch }, { maxRetries: 1 })) ids.push(id);
  } catch (error) {
    if (!isSdkError(error)) throw error;
    said = error.code;
  }
  emulator.faults.clear();
  const requests = emulator.requests.count('GET /Users');
  return { ids, there, said, requests, isComplete: new Set(ids).size === there.length };
}

/** Requests that any way of walking may take: one for each row would be very many, endless is not allowed. */
const bound = (size: number, count: number) => 3 * Math.ceil((size + 2) / Math.min(count, 1)) + 20;

describe.each(Object.entries(ways))('The list of a server of the kind: %s', (_name, quirks) => {
  it('is complete, or is said not to be; no one is there twice, and it ends', async () => {
    const untold: string[] = [];
    for (const size of sizes) {
      for (const count of pageSizes) {
        if (count === 1 && size > 21) continue;
        for (const prefetch of size > count ? [1, 4] : [1]) {
          const { ids, there, said, requests, isComplete } = await walk({ mode: 'rfc', quirks }, size, count, prefetch);
          const facts = `${size} users, pages of ${count}, prefetch ${prefetch}: ${ids.length} came in ${requests} requests, said ${said}`;
          expect(new Set(ids).size, facts).toBe(ids.length);
          expect(
            ids.every((id) => there.includes(id)),
            facts,
          ).toBe(true);
          expect(requests, facts).toBeLessThanOrEqual(bound(size, count));
          if (!isComplete && said === undefined) untold.push(facts);
          // To be told of a loss where there is none is a nuisance too; only refusals may do that.
          if (isComplete && said === 'incomplete_list') untold.push(`complete, yet ${facts}`);
        }
      }
    }
    expect(untold).toEqual([]);
  });
});

describe('A list that goes wrong on the way', () => {
  it.each<[string, Fault, number]>([
    ['a repeated page', fault.repeatedPage(), 1],
    ['a page that drifts', fault.driftingPage(), 1],
    ['an empty page', fault.emptyPage(), 1],
    ['a total that is the size of the page', fault.totalResults('page_size'), 1],
    ['a total of zero', fault.totalResults(0), 1],
    ['a total far too large', fault.totalResults(1_000_000), 1],
    ['a cut', fault.cut('during_body'), 1],
    ['a page of HTML', fault.html(200), 1],
    ['a shortened body', fault.truncatedBody(), 1],
  ])('through %s, once or for ever, anywhere, is complete or said not to be', async (_name, one) => {
    const untold: string[] = [];
    for (const mode of ['rfc', 'workos'] as const) {
      for (const skip of [0, 1, 2, 4]) {
        for (const times of [1, 2, Number.POSITIVE_INFINITY]) {
          for (const prefetch of [1, 4]) {
            const { ids, said, requests, isComplete } = await walk({ mode }, 23, 5, prefetch, (add) =>
              add(one, skip, times),
            );
            const facts = `${mode}, after ${skip}, ${times} times, prefetch ${prefetch}: ${ids.length} of 23 in ${requests} requests, said ${said}`;
            expect(new Set(ids).size, facts).toBe(ids.length);
            expect(requests, facts).toBeLessThan(120);
            if (!isComplete && said === undefined) untold.push(facts);
          }
        }
      }
    }
    expect(untold).toEqual([]);
  });
});
