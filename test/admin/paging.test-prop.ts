import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { AdminList } from '../../src/admin/paging.js';
import { rejection } from '../support/open-test-transport.js';
import { type Arrived, openAdmin } from './support/open-admin.js';

type Dialect = 'after' | 'cursor' | 'page';
type Client = ReturnType<typeof openAdmin>['client'];
interface Row {
  readonly id: string;
}
type Envelope = Readonly<Record<string, unknown>>;

/** Lists that speak each dialect; of invitations nobody has said which one. */
const lists: readonly (readonly [name: string, dialect: Dialect, open: (client: Client) => AdminList<unknown>])[] = [
  ['members', 'after', (client) => client.members.iterate()],
  ['groups', 'cursor', (client) => client.groups.iterate()],
  ['members of a group', 'cursor', (client) => client.groups.members('grp-1')],
  ['limits of people', 'cursor', (client) => client.usageLimits.users.iterate()],
  ['use', 'page', (client) => client.usage.iterate()],
  ['invitations, by their last id', 'after', (client) => client.invites.iterate()],
  ['invitations, by cursor', 'cursor', (client) => client.invites.iterate()],
  ['service accounts, by page', 'page', (client) => client.serviceAccounts.iterate()],
];

/** Rows, cut into pages of at least one. */
const cuts = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 6 });

function pagesOf(sizes: readonly number[]): Row[][] {
  let count = 0;
  return sizes.map((size) =>
    Array.from({ length: size }, () => {
      count += 1;
      // With what a row of daily use is known by.
      return { id: `id-${count}`, user_id: `id-${count}`, start_time: 0 };
    }),
  );
}

const rowsOf = (rows: readonly unknown[]) => rows.map((row) => (row as Row).id);
const placeNames = { after: 'last_id', cursor: 'cursor', page: 'next_page' } as const;
const cursorOf = (dialect: Dialect, index: number, page: readonly Row[]) =>
  dialect === 'after' ? (page.at(-1)?.id ?? '') : `to page ${index + 1} +/=`;

/** A service with these pages, which finds a page by what it gave to lead there; `lie` changes what one of them says. */
function serve(
  dialect: Dialect,
  pages: readonly Row[][],
  lie: (index: number, said: Envelope) => Envelope = (_, said) => said,
) {
  return openAdmin(({ query }: Arrived) => {
    const given = query[dialect];
    const index = given === undefined ? 0 : 1 + pages.findIndex((page, at) => cursorOf(dialect, at, page) === given);
    const page = pages[index] ?? [];
    const isLast = index >= pages.length - 1;
    const leads = dialect === 'after' || !isLast ? cursorOf(dialect, index, page) : null;
    return lie(index, {
      data: page,
      // The others say where they end, too.
      ...(dialect === 'cursor' && { last_id: page.at(-1)?.id ?? null }),
      [placeNames[dialect]]: leads,
      has_more: !isLast,
    });
  });
}

test.each(lists)('%s: however they are cut into pages, each row comes once, in order', async (_, dialect, open) => {
  await fc.assert(
    fc.asyncProperty(cuts, async (sizes) => {
      const pages = pagesOf(sizes);
      const { client, asked } = serve(dialect, pages);
      expect(rowsOf(await open(client).toArray())).toEqual(rowsOf(pages.flat()));
      expect(asked).toHaveLength(pages.length);
    }),
    { numRuns: 20 },
  );
});

test.each(lists)('%s: from the cursor of any page the rest comes, each row once', async (_, dialect, open) => {
  await fc.assert(
    fc.asyncProperty(cuts, async (sizes) => {
      const pages = pagesOf(sizes);
      const { client } = serve(dialect, pages);
      const seen: string[] = [];
      for await (const { items, nextCursor } of open(client).pages()) {
        seen.push(...rowsOf(items));
        if (nextCursor === undefined) continue;
        const rest = await restOf(open, client, nextCursor);
        expect([...seen, ...rowsOf(rest)]).toEqual(rowsOf(pages.flat()));
      }
      expect(seen).toEqual(rowsOf(pages.flat()));
    }),
    { numRuns: 10 },
  );
});

/** The same list, from a cursor on: every method of these takes one in its query. */
function restOf(open: (client: Client) => AdminList<unknown>, client: Client, cursor: string): Promise<unknown[]> {
  const iterateFrom = (resource: { iterate(query: { cursor: string }): AdminList<unknown> }) => ({
    iterate: () => resource.iterate({ cursor }),
  });
  const from = {
    members: iterateFrom(client.members),
    groups: {
      ...iterateFrom(client.groups),
      members: (id: string) => client.groups.members(id, { cursor }),
    },
    usageLimits: { users: iterateFrom(client.usageLimits.users) },
    usage: iterateFrom(client.usage),
    invites: iterateFrom(client.invites),
    serviceAccounts: iterateFrom(client.serviceAccounts),
  };
  // The lists above call no others.
  return open(from as unknown as Client).toArray();
}

const lies: readonly (readonly [
  reason: string,
  tell: (said: Envelope, dialect: Dialect, pages: readonly Row[][], index: number) => Envelope,
])[] = [
  ['cursor_missing', (said, dialect) => ({ ...said, last_id: null, [placeNames[dialect]]: null, has_more: true })],
  ['page_empty', (said, dialect) => ({ ...said, data: [], [placeNames[dialect]]: 'somewhere', has_more: true })],
  ['row_repeated', (said, _dialect, pages, index) => ({ ...said, data: [...(pages[index] ?? []), pages[0]?.[0]] })],
];

for (const [reason, tell] of lies) {
  test.each(lists)(
    `%s: a page that lies (${reason}) is an error, and what came before is delivered`,
    async (name, dialect, open) => {
      await fc.assert(
        fc.asyncProperty(cuts, fc.nat(), async (sizes, at) => {
          const pages = pagesOf(sizes);
          const lying = at % pages.length;
          // Of which dialect a list is can be seen by its first page alone.
          fc.pre(reason === 'row_repeated' || lying > 0 || !/invitations|service/.test(name));
          const { client } = serve(dialect, pages, (index, said) =>
            index === lying ? tell(said, dialect, pages, index) : said,
          );
          const seen: string[] = [];
          const read = (async () => {
            for await (const row of open(client)) seen.push((row as Row).id);
          })();
          expect(await rejection(read)).toMatchObject({
            name: 'IncompleteListError',
            code: 'pagination_stuck',
            reason,
            received: seen.length,
          });
          const expected = rowsOf(pages.slice(0, reason === 'page_empty' ? lying : lying + 1).flat());
          expect(seen).toEqual(expected);
        }),
        { numRuns: 20 },
      );
    },
  );
}

test.each(lists)(
  '%s: a cursor that comes again is an error, also where its rows are new',
  async (name, dialect, open) => {
    let count = 0;
    const { client } = openAdmin(() => {
      count += 2;
      const data = [count, count + 1].map((id) => ({ id: `id-${id}`, user_id: `id-${id}`, start_time: 0 }));
      return { data, [placeNames[dialect]]: 'round and round', has_more: true };
    });
    const error = await rejection(open(client).toArray());
    // Of members it is the id of the last row.
    expect(error).toMatchObject(
      name === 'members'
        ? { reason: 'cursor_elsewhere', received: 2, requests: 1 }
        : { reason: 'cursor_repeated', received: 4, requests: 2 },
    );
    // It may hold an id.
    expect(JSON.stringify(error)).not.toContain('round');
  },
);

test.each(['members', 'groups', 'usage'] as const)('%s: a page alone is judged by the same rules', async (name) => {
  const { client } = openAdmin(() => ({ data: [{ id: 'id-1' }], has_more: true, last_id: '', cursor: null }));
  expect(await rejection(client[name].list())).toMatchObject({ reason: 'cursor_missing' });
});
