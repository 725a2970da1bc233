import { describe, expect, test } from 'vitest';
import type { TransportEvent } from '../../../src/transport/options.js';
import { collect } from '../support/collect.js';
import { answer, fakeServer, listAnswer, scimError } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const users = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `${index}`, userName: `u${index}` }));

describe('iterate', () => {
  test('asks for nothing before the first is wanted, and starts anew with each loop', async () => {
    const server = fakeServer({ users: users(5) });
    const list = openClient(server).client.users.iterate({ count: 3 });
    await Promise.resolve();
    expect(server.seen).toHaveLength(0);
    expect(await collect(list)).toHaveLength(5);
    expect(await collect(list)).toHaveLength(5);
    expect(server.seen).toHaveLength(4);
  });

  test('asks for a page only when it is wanted', async () => {
    const server = fakeServer({ users: users(9) });
    for await (const user of openClient(server).client.users.iterate({ count: 3 })) {
      if (user.id === '3') break;
    }
    expect(server.seen).toHaveLength(2);
  });

  test('answers concurrent calls of next in order, each item once', async () => {
    const server = fakeServer({ users: users(7) });
    const iterator = openClient(server).client.users.iterate({ count: 2 })[Symbol.asyncIterator]();
    const results = await Promise.all(Array.from({ length: 8 }, () => iterator.next()));
    expect(results.map(({ value }) => value?.id)).toEqual(['0', '1', '2', '3', '4', '5', '6', undefined]);
  });

  test('is not changed by what happens to the query later', async () => {
    const server = fakeServer({ users: users(2) });
    const query = { filter: 'userName eq "u1"' };
    const list = openClient(server).client.users.iterate(query);
    query.filter = 'userName eq "u0"';
    expect((await collect(list)).map(({ id }) => id)).toEqual(['1']);
  });

  test('goes on after any page, from its cursor', async () => {
    const server = fakeServer({ users: users(10) });
    const { client } = openClient(server);
    const cursors: string[] = [];
    for await (const page of client.users.iterate({ count: 4 }).pages())
      if (page.nextCursor) cursors.push(page.nextCursor);
    expect(cursors).toHaveLength(2);
    const rest = await collect(client.users.iterate({ cursor: cursors[0] }));
    expect(rest.map(({ id }) => id)).toEqual(['4', '5', '6', '7', '8', '9']);
  });

  test('follows the cursors of RFC 9865 verbatim', async () => {
    const server = fakeServer();
    server.intercept = ({ query }) =>
      query.get('cursor') === 'n+xt/2='
        ? listAnswer([{ id: '2' }], { totalResults: 2 })
        : listAnswer([{ id: '1' }], { totalResults: 2, nextCursor: 'n+xt/2=' });
    expect(await collect(openClient(server).client.users.iterate())).toHaveLength(2);
    expect(server.seen[1]?.query.has('startIndex')).toBe(false);
    expect(server.seen[1]?.query.get('count')).toBe('100');
  });

  test.each([
    ['ends with the page that has none', undefined],
    ['ends with the page whose next is 0', 0],
  ])('follows cursors that are numbers, and %s', async (_end, last) => {
    const server = fakeServer();
    server.intercept = ({ query }) => {
      const place = Number(query.get('cursor') ?? 0);
      const next = place < 20 ? place + 10 : last;
      return answer(200, { Resources: [{ id: `${place}` }], nextCursor: next });
    };
    const { client } = openClient(server);
    expect((await collect(client.users.iterate())).map(({ id }) => id)).toEqual(['0', '10', '20']);
    expect(server.seen.map(({ query }) => query.get('cursor'))).toEqual([null, '10', '20']);
  });

  test('refuses a cursor that is a number too large to be exact, which could pass over rows', async () => {
    const server = fakeServer();
    server.intercept = () =>
      new Response('{"totalResults":9,"Resources":[{"id":"1"}],"nextCursor":9007199254740993}', {
        headers: { 'content-type': 'application/scim+json' },
      });
    await expect(collect(openClient(server).client.users.iterate())).rejects.toMatchObject({
      code: 'invalid_response',
      issues: [{ path: ['nextCursor'], message: expect.any(String) }],
    });
  });

  test.each([
    ['of the walk', {}, { deadlineMs: 500 }],
    ['of the client', { deadlineMs: 500 }, {}],
  ])('has one deadline for all pages: that %s', async (_whose, clientOptions, options) => {
    const server = fakeServer({ users: users(50) });
    const { client, clock } = openClient(server, clientOptions);
    server.intercept = async () => {
      await clock.advance(200);
      return undefined;
    };
    const list = client.users.iterate({ count: 3 }, options);
    await expect(collect(list)).rejects.toMatchObject({
      code: 'timeout',
      // Not what was left of it for the last page.
      message: expect.stringContaining('within 500 ms'),
    });
    expect(server.seen).toHaveLength(3);
    // Each loop starts anew.
    await expect(collect(list)).rejects.toMatchObject({ code: 'timeout' });
    expect(server.seen).toHaveLength(6);
  });

  test('tells a full page that is all from one that is not, once the server said how it pages', async () => {
    const server = fakeServer();
    server.intercept = ({ path, query }) =>
      path === '/ServiceProviderConfig'
        ? answer(200, { pagination: { cursor: true, index: false } })
        : answer(200, { Resources: [{ id: '1' }, { id: '2' }].slice(0, Number(query.get('count'))) });
    const { client } = openClient(server);
    const walk = () => collect(client.users.iterate({ count: 2 }));
    // By index it is the same page again, as from a server that cannot page at all.
    await expect(walk()).rejects.toMatchObject({ code: 'incomplete_list', reason: 'stalled', received: 2 });
    // With room left it is so too, where the size is heeded and the place is not.
    await expect(collect(client.users.iterate({ count: 3 }))).rejects.toMatchObject({ reason: 'stalled' });
    await client.serviceProviderConfig();
    expect(await walk()).toHaveLength(2);
  });

  test('learns that a server pages by cursor from a full page that is all', async () => {
    const server = fakeServer();
    server.intercept = ({ query }) => {
      const rows = users(2).slice(0, Number(query.get('count')));
      return answer(200, { Resources: rows, ...(rows.length < 2 && { nextCursor: 'b' }) });
    };
    const { client } = openClient(server);
    expect(await collect(client.users.iterate({ count: 2 }))).toHaveLength(2);
    expect(server.seen).toHaveLength(4);
    expect(await collect(client.users.iterate({ count: 2 }))).toHaveLength(2);
    expect(server.seen.slice(4).map(({ query }) => `${query}`)).toEqual(['cursor=&count=2']);
  });

  test('starts again where a cursor expired, and repeats nothing', async () => {
    const server = fakeServer();
    let expired = 0;
    server.intercept = ({ query }) => {
      if (query.get('cursor') === null) return listAnswer([{ id: '1' }, { id: '2' }], { nextCursor: 'c2' });
      if (expired === 0) {
        expired += 1;
        return scimError(400, 'expiredCursor');
      }
      return listAnswer([{ id: '3' }]);
    };
    const items = await collect(openClient(server).client.users.iterate());
    expect(items.map(({ id }) => id)).toEqual(['1', '2', '3']);
  });

  test('an answer that only repeats is reported, with what is missing', async () => {
    const server = fakeServer();
    server.intercept = () => answer(200, { totalResults: 9, startIndex: 1, Resources: users(3) });
    const seen: string[] = [];
    const walk = async () => {
      for await (const { id } of openClient(server).client.users.iterate()) seen.push(id);
    };
    await expect(walk()).rejects.toMatchObject({
      code: 'incomplete_list',
      reason: 'stalled',
      received: 3,
      totalResults: 9,
    });
    expect(seen).toHaveLength(3);
  });

  test('a server that has no page behind the last may say so with an error', async () => {
    const server = fakeServer({ users: users(3) });
    server.intercept = ({ query }) => (query.get('startIndex') === '1' ? undefined : scimError(400, 'invalidValue'));
    expect(await collect(openClient(server).client.users.iterate())).toHaveLength(3);
  });

  test('stops when the signal aborts, with its reason', async () => {
    const server = fakeServer({ users: users(9) });
    const controller = new AbortController();
    const walk = async () => {
      for await (const { id } of openClient(server).client.users.iterate({ count: 3 }, { signal: controller.signal })) {
        if (id === '2') controller.abort(new Error('enough'));
      }
    };
    await expect(walk()).rejects.toThrow('enough');
    expect(server.seen).toHaveLength(1);
  });

  describe('where a row has no id', () => {
    const rows = [{ id: '1' }, { id: null, userName: 'invited@x.y' }, { id: '3' }];
    const open = () => {
      const server = fakeServer();
      server.intercept = ({ query }) =>
        listAnswer(rows.slice(Number(query.get('startIndex')) - 1), { totalResults: 3 });
      return openClient(server).client.users;
    };

    test('delivers the others, and then says so', async () => {
      const ids: string[] = [];
      const walk = async () => {
        for await (const { id } of open().iterate()) ids.push(id);
      };
      await expect(walk()).rejects.toMatchObject({
        reason: 'row_without_id',
        received: 2,
        message: expect.stringContaining('row 2 of page 1'),
      });
      expect(ids).toEqual(['1', '3']);
      await expect(open().find({ userName: 'mira@x.y' })).rejects.toMatchObject({ reason: 'row_without_id' });
    });

    test('shows it as it came, page by page and in a list', async () => {
      const told: string[] = [];
      const onIncomplete = ({ reason }: { readonly reason: string }) => told.push(reason);
      const pages = await collect(open().iterate({ onIncomplete }).pages());
      expect(pages.flatMap(({ invalidRows = [] }) => invalidRows)).toEqual([rows[1]]);
      expect(told).toEqual(['row_without_id']);
      expect(await open().list()).toMatchObject({ items: [{ id: '1' }, { id: '3' }], invalidRows: [rows[1]] });
    });
  });

  test("with completeness: 'proven' walks again", async () => {
    const server = fakeServer({ users: users(5) });
    expect(await collect(openClient(server).client.users.iterate({ count: 3, completeness: 'proven' }))).toHaveLength(
      5,
    );
    expect(server.seen.map(({ query }) => query.get('startIndex'))).toEqual(['1', '3', '0', '1', '3', '6']);
  });

  test('asks for the page behind those under way before it reads the one that came', async () => {
    const told: string[] = [];
    const onEvent = ({ type, callId }: TransportEvent) => void told.push(`${type} ${callId}`);
    const { client } = openClient(fakeServer({ users: users(100) }), { onEvent });
    const prefetch = 3;
    expect(await collect(client.users.iterate({ count: 10, prefetch }))).toHaveLength(100);
    const calls = told.filter((event) => event.startsWith('request')).map((event) => event.slice('request '.length));
    expect(calls).toHaveLength(11);
    // By the first two it is known where the others are.
    for (const [index, behind] of calls.slice(2 + prefetch).entries()) {
      expect(told.indexOf(`request ${behind}`)).toBeLessThan(told.indexOf(`response ${calls[2 + index]}`));
    }
  });

  test.each([
    { count: 0 },
    { count: 1.5 },
    { prefetch: 0 },
    { maxPages: -1 },
    { cursor: 'what' },
    { completeness: 'sure' as 'proven' },
    { completeness: 'proven' as const, cursor: 'index:3:4' },
  ])('refuses %j at once', (query) => {
    const { client } = openClient(fakeServer());
    expect(() => client.users.iterate(query)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
  });
});

describe('list', () => {
  test('gives a page and where to go on, believing the server', async () => {
    const { client } = openClient(fakeServer({ users: users(5) }));
    const first = await client.users.list({ count: 3 });
    expect(first).toMatchObject({ totalResults: 5, startIndex: 1, items: [{ id: '0' }, { id: '1' }, { id: '2' }] });
    const second = await client.users.list({ cursor: first.nextCursor });
    expect(second.items.map(({ id }) => id)).toEqual(['3', '4']);
    expect(second.nextCursor).toBeUndefined();
  });

  test.each(['list', 'search'] as const)(
    'by %s ends with the page that has no next cursor, whatever the total',
    async (read) => {
      const server = fakeServer();
      const next: Record<string, string | undefined> = { '': 'b', b: 'c' };
      server.intercept = ({ query, body }) => {
        const cursor = query.get('cursor') ?? (body as { cursor?: string } | undefined)?.cursor ?? '';
        return answer(200, { Resources: users(2), nextCursor: next[cursor] });
      };
      const { client } = openClient(server, { profile: 'rfc' });
      const cursors: (string | undefined)[] = [];
      let cursor: string | undefined;
      do {
        const page = await client.users[read]({ count: 2, cursor });
        cursor = page.nextCursor;
        cursors.push(cursor);
      } while (cursor !== undefined && cursors.length < 9);
      expect(cursors).toEqual(['cursor:2:b', 'cursor:2:c', undefined]);
    },
  );
});
