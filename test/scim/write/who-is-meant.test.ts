import { describe, expect, test } from 'vitest';
import { bulk } from '../../../src/scim/bulk/bulk.js';
import { rejection } from '../../support/open-test-transport.js';
import { tellsOf } from '../../support/tells-of.js';
import {
  answer,
  type FakeServer,
  fakeServer,
  listAnswer,
  lost,
  once,
  type Stored,
  scimError,
} from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const writes = (log: readonly string[]) => log.filter((request) => !request.startsWith('GET'));
const notFoundPage = () => new Response('Cannot PATCH', { status: 404, headers: { 'content-type': 'text/html' } });
const isWrite = ({ method }: { readonly method: string }) => method !== 'GET';

describe('upsert where a change is answered 404', () => {
  const ada: Stored = { id: '1', userName: 'ada@x.y', active: true, title: 'A' };

  test.each([
    ['a page', notFoundPage],
    ['SCIM', () => scimError(404)],
  ])('puts the resource back, and makes no second one (%s)', async (_, refusal) => {
    const server = fakeServer({ users: [ada] });
    server.intercept = ({ method }) => (method === 'PATCH' ? refusal() : undefined);
    const result = await openClient(server).client.users.upsert({ userName: 'ada@x.y', title: 'B' });
    expect(result).toMatchObject({ outcome: 'updated', resource: { title: 'B' } });
    expect([...server.users.values()]).toEqual([expect.objectContaining({ id: '1', title: 'B' })]);
  });

  test('of a member that nobody has makes no second group', async () => {
    const server = fakeServer({ groups: [{ id: 'g1', displayName: 'Ops', members: [{ value: 'u1' }] }], users: [ada] });
    server.intercept = ({ method }) => (method === 'PATCH' ? scimError(404) : undefined);
    const upsert = openClient(server).client.groups.upsert({ displayName: 'Ops', members: [{ value: '1' }] });
    await expect(upsert).rejects.toMatchObject({ status: 404 });
    expect(server.groups.size).toBe(1);
  });

  test('of one who is active and gone is an error', async () => {
    const server = fakeServer({ users: [ada] });
    server.intercept = ({ path }) => (path === '/Users/1' ? scimError(404) : undefined);
    const upsert = openClient(server).client.users.upsert({ userName: 'ada@x.y', title: 'B' });
    await expect(upsert).rejects.toMatchObject({ status: 404 });
    expect(server.users.size).toBe(1);
  });
});

describe('an id', () => {
  test.each(['get', 'find', 'deactivate', 'upsert'] as const)('beyond 2^53 is refused by %s', async (method) => {
    const server = fakeServer();
    server.intercept = ({ method: sent, path }) => {
      const user = '{"id":9007199254740993,"userName":"bob@x.y","active":true}';
      const text = path === '/Users' ? `{"totalResults":1,"Resources":[${user}]}` : user;
      return sent === 'GET' ? new Response(text) : undefined;
    };
    const { users } = openClient(server).client;
    const call = {
      get: () => users.get('9007199254740993'),
      find: () => users.find({ userName: 'bob@x.y' }),
      deactivate: () => users.deactivate('9007199254740993'),
      upsert: () => users.upsert({ userName: 'bob@x.y', title: 'B' }),
    }[method];
    const isOne = method === 'get' || method === 'deactivate';
    await expect(call()).rejects.toMatchObject(
      isOne ? { code: 'invalid_response', issues: [{ path: ['id'] }] } : { reason: 'row_without_id' },
    );
    expect(writes(server.log)).toEqual([]);
  });

  test.each(['get', 'deactivate', 'delete', 'activate'] as const)(
    'of another one in the answer is refused by %s',
    async (method) => {
      const server = fakeServer();
      server.intercept = (request) =>
        isWrite(request)
          ? scimError(404)
          : answer(200, { id: '5', userName: 'eve@x.y', active: method === 'activate' });
      const call = openClient(server).client.users[method]('6');
      await expect(call).rejects.toMatchObject({ code: 'invalid_response', issues: [{ path: ['id'] }] });
    },
  );

  test('of another one in the answer keeps a resource from being put over it', async () => {
    const server = fakeServer();
    server.intercept = ({ method }) =>
      method === 'PATCH' ? scimError(501) : answer(200, { id: '5', userName: 'eve@x.y', roles: [{ value: 'admin' }] });
    const patch = openClient(server).client.users.patch('6', [{ op: 'replace', path: 'title', value: 'B' }]);
    await expect(patch).rejects.toMatchObject({ code: 'invalid_response' });
    expect(writes(server.log)).toEqual(['PATCH /Users/6']);
  });

  test('of another one in the answer to a write is refused', async () => {
    const server = fakeServer();
    server.intercept = () => answer(200, { id: '5', userName: 'eve@x.y' });
    const { users } = openClient(server).client;
    for (const write of [
      () => users.patch('6', [{ op: 'replace', path: 'title', value: 'B' }]),
      () => users.replace('6', { userName: 'bob@x.y' }),
    ]) {
      await expect(write()).rejects.toMatchObject({ code: 'invalid_response', issues: [{ path: ['id'] }] });
    }
  });

  test('in the other case is the same', async () => {
    const server = fakeServer();
    server.intercept = () => answer(200, { id: 'ab-1', userName: 'eve@x.y' });
    expect(await openClient(server).client.users.get('AB-1')).toMatchObject({ id: 'ab-1' });
  });
});

describe('what is put back', () => {
  test.each(['9007199254740993', '1e400'])('holds no number that JSON has changed: %s', async (number) => {
    const server = fakeServer();
    server.intercept = ({ method }) =>
      method === 'PATCH' ? scimError(501) : new Response(`{"id":"1","userName":"a","x":{"badge":[${number}]}}`);
    const { users } = openClient(server).client;
    const change = [{ op: 'replace', path: 'title', value: 'B' }] as const;
    await expect(users.patch('1', change)).rejects.toMatchObject({
      code: 'invalid_response',
      issues: [{ path: ['x', 'badge', '0'] }],
    });
    await expect(users.replace('1', await users.get('1'))).rejects.toMatchObject({ name: 'InputError' });
    expect(writes(server.log)).toEqual(['PATCH /Users/1']);
  });
});

describe('rows of one key', () => {
  const rows: Stored[] = [
    { id: 'old', userName: 'ada@x.y', active: false, title: 'A' },
    { id: 'new', userName: 'ada@x.y', active: true, title: 'A' },
  ];

  test.each([rows, [...rows].reverse()])('mean the one that is active', async (...users) => {
    const server = fakeServer({ users });
    const { client } = openClient(server);
    expect(await client.users.upsert({ userName: 'ada@x.y', title: 'B' })).toMatchObject({
      outcome: 'updated',
      resource: { id: 'new' },
    });
    expect(await client.users.find({ userName: 'ada@x.y' })).toMatchObject({ id: 'new' });
    expect(server.users.get('old')).toMatchObject({ active: false, title: 'A' });
  });

  test('that are both active are a conflict', async () => {
    const server = fakeServer({ users: rows.map((user) => ({ ...user, active: true })) });
    const upsert = openClient(server).client.users.upsert({ userName: 'ada@x.y', title: 'B' });
    expect(tellsOf(await rejection(upsert))).toMatchObject({ reason: 'several', ids: ['old', 'new'] });
    expect(writes(server.log)).toEqual([]);
  });

  test('of which the active one has another number are a conflict', async () => {
    const server = fakeServer({
      users: [
        { id: 'a', userName: 'ada@x.y', externalId: 'hr-9', active: true },
        { id: 'b', userName: 'ada@x.y', active: false },
      ],
    });
    const upsert = openClient(server).client.users.upsert({ userName: 'ada@x.y', externalId: 'hr-1' });
    expect(tellsOf(await rejection(upsert))).toMatchObject({ reason: 'several', ids: ['b', 'a'] });
    expect(writes(server.log)).toEqual([]);
  });
});

test('the twin that is active is looked for, though the other was found by its number', async () => {
  const server = fakeServer({
    users: [
      { id: 'new', userName: 'ada@x.y', active: true },
      { id: 'old', userName: 'ada@x.y', externalId: 'hr-1', active: false },
    ],
  });
  server.intercept = filtering('userName', () => listAnswer([]));
  const upsert = openClient(server).client.users.upsert({ userName: 'ada@x.y', externalId: 'hr-1' });
  expect(tellsOf(await rejection(upsert))).toMatchObject({ reason: 'several', ids: ['new', 'old'] });
  expect(writes(server.log)).toEqual([]);
});

/** Answers a filter by this attribute in place of the server. */
const filtering =
  (attribute: string, filtered: (value: string) => Response | undefined): FakeServer['intercept'] =>
  ({ query }) => {
    const [asked, , ...value] = query.get('filter')?.split(' ') ?? [];
    return asked === attribute ? filtered(JSON.parse(value.join(' '))) : undefined;
  };

describe('a filter that finds nothing', () => {
  const renamed: Stored = { id: '1', userName: 'old@x.y', externalId: 'hr-1', active: true };
  const wanted = { userName: 'new@x.y', externalId: 'hr-1' };

  test.each<[string, () => Response]>([
    ['an empty list', () => listAnswer([])],
    ['404', () => scimError(404)],
    ['a total and no rows', () => listAnswer([], { totalResults: 1 })],
  ])('though one is there makes no second one (%s)', async (_, filtered) => {
    const server = fakeServer({ users: [renamed] });
    server.intercept = filtering('externalId', filtered);
    expect(await openClient(server).client.users.upsert(wanted)).toMatchObject({
      outcome: 'updated',
      resource: { id: '1', userName: 'new@x.y' },
    });
    expect(server.users.size).toBe(1);
  });

  test('because it minds the case makes no second one', async () => {
    const server = fakeServer({ users: [{ id: '1', userName: 'Ada@x.y', active: true }] });
    server.intercept = filtering('userName', (value) =>
      listAnswer([...server.users.values()].filter(({ userName }) => userName === value)),
    );
    expect(await openClient(server).client.users.upsert({ userName: 'ada@x.y', title: 'B' })).toMatchObject({
      outcome: 'updated',
      resource: { id: '1' },
    });
    expect(server.users.size).toBe(1);
  });

  test.each(['ada+b@x.y', "o'b@x.y", 'a%b@x.y', 'a&b@x.y', 'a"b@x.y', 'ю@x.y', 'ü@x.y'])(
    'because it misreads %s makes no second one',
    async (userName) => {
      const plain = Array.from({ length: 3 }, (_, n) => ({ id: `p${n}`, userName: `p${n}@x.y`, active: true }));
      const server = fakeServer({ users: [...plain, { id: '1', userName, active: true }] });
      server.intercept = filtering('userName', (value) => (/[^\w.@-]/.test(value) ? listAnswer([]) : undefined));
      await openClient(server).client.users.upsert({ userName, title: 'B' });
      expect(writes(server.log)).toEqual(['PATCH /Users/1']);
    },
  );

  test('is believed once it was seen to find another one', async () => {
    const users = Array.from({ length: 300 }, (_, n) => ({ id: `${n}`, userName: `u${n}@x.y`, externalId: `hr-${n}` }));
    const server = fakeServer({ users });
    const { client } = openClient(server);
    await client.users.upsert({ userName: 'a@x.y', externalId: 'n-1' });
    // Two lookups, a page to find somebody by whom to try each filter, and the two trials.
    expect(server.log).toEqual([...Array.from({ length: 5 }, () => 'GET /Users'), 'POST /Users']);
    await client.users.upsert({ userName: 'b@x.y', externalId: 'n-2' });
    expect(server.log.slice(6)).toEqual(['GET /Users', 'GET /Users', 'POST /Users']);
  });

  test('of an attribute that no row shows costs one walk', async () => {
    const users = Array.from({ length: 250 }, (_, n) => ({ id: `${n}`, userName: `u${n}@x.y` }));
    const server = fakeServer({ users });
    const { client } = openClient(server);
    await client.users.upsert({ userName: 'a@x.y', externalId: 'n-1' });
    const first = server.log.length;
    await client.users.upsert({ userName: 'b@x.y', externalId: 'n-2' });
    await client.users.upsert({ userName: 'c@x.y', externalId: 'n-3' });
    // The second tries the filter by whom the first has made.
    expect(first).toBeLessThan(10);
    expect(server.log.length - first).toBe(7);
  });
});

describe('one who is like the one that is meant', () => {
  test.each([
    ['a domain before it', 'ada@x.y', 'PRIMARY/ada@x.y'],
    ['spaces', 'ada@x.y ', 'ada@x.y'],
    ['other letters', 'ü@x.y'.normalize('NFD'), 'ü@x.y'.normalize('NFC')],
  ])('is named, and nobody is made: %s', async (_, userName, stored) => {
    const server = fakeServer({
      users: [
        { id: '2', userName: `${stored}.uk`, active: true },
        { id: '1', userName: stored, active: true },
      ],
    });
    const upsert = openClient(server).client.users.upsert({ userName, title: 'B' });
    expect(tellsOf(await rejection(upsert))).toMatchObject({ reason: 'alike', ids: ['1'] });
    expect(writes(server.log)).toEqual([]);
  });

  test('is one whom the filter finds and whose key is not shown', async () => {
    const server = fakeServer({ users: [{ id: '1', userName: 'old@x.y', active: true }] });
    server.intercept = filtering('externalId', (value) =>
      listAnswer(value === 'hr-1' ? [...server.users.values()] : []),
    );
    const upsert = openClient(server).client.users.upsert({ userName: 'new@x.y', externalId: 'hr-1' });
    expect(tellsOf(await rejection(upsert))).toMatchObject({ reason: 'alike', ids: ['1'] });
    expect(server.users.size).toBe(1);
  });

  test.each(['1001', 1001])('a number is the same as its digits: %j', async (externalId) => {
    const server = fakeServer({ users: [{ id: '1', userName: 'old@x.y', externalId: 1001, active: true }] });
    server.intercept = filtering('externalId', () => listAnswer([]));
    const upsert = openClient(server).client.users.upsert({ userName: 'new@x.y', externalId } as never);
    expect(await upsert).toMatchObject({ resource: { id: '1', userName: 'new@x.y' } });
    expect(server.users.size).toBe(1);
  });
});

describe('a POST whose answer was lost', () => {
  test.each(['create', 'upsert'] as const)('is not repeated by %s while one is in the whole list', async (method) => {
    const server = fakeServer();
    server.intercept = filtering('userName', () => listAnswer([]));
    server.loseAnswer = once(({ method: sent }) => sent === 'POST');
    await openClient(server).client.users[method]({ userName: 'ada+b@x.y' });
    expect(writes(server.log)).toEqual(['POST /Users']);
  });
});

describe('the answer to a creation', () => {
  const wanted = { userName: 'ada@x.y' };

  test.each(['create', 'upsert'] as const)('about somebody else is refused by %s', async (method) => {
    const server = fakeServer();
    server.intercept = ({ method: sent }) =>
      sent === 'POST' ? answer(201, { id: '5', userName: 'eve@x.y' }) : undefined;
    const call = openClient(server).client.users[method](wanted);
    expect(tellsOf(await rejection(call))).toMatchObject({ reason: 'other_resource', ids: ['5'] });
  });

  test.each<[string, () => Response]>([
    ['the id of a request', () => answer(201, { id: 'req-77' })],
    ['an id that was not filled in', () => answer(201, { id: 'undefined', userName: 'ada@x.y' })],
    ['a Location elsewhere', () => new Response(null, { status: 201, headers: { location: '/audit/events/5' } })],
  ])('with %s leaves open whether there is one', async (_, made) => {
    const server = fakeServer({ users: [{ id: '5', userName: 'eve@x.y' }] });
    server.intercept = ({ method }) => (method === 'POST' ? made() : undefined);
    const create = openClient(server).client.users.create(wanted);
    await expect(create).rejects.toMatchObject({ code: 'invalid_response', remedy: expect.stringContaining('Look') });
    expect(writes(server.log)).toEqual(['POST /Users']);
  });
});

describe('a removal whose answer was lost or refused', () => {
  test.each([undefined, 'W/"1"'])('and that was done is done (ifMatch %s)', async (ifMatch) => {
    const server = fakeServer({ users: [{ id: '1', userName: 'a', meta: { version: 'W/"1"' } }] });
    let sent = 0;
    server.intercept = ({ method, headers }) => {
      if (method !== 'DELETE') return undefined;
      sent += 1;
      if (sent > 1) return headers.has('if-match') ? scimError(412) : scimError(404);
      server.users.clear();
      return lost() as never;
    };
    expect(await openClient(server).client.users.delete('1', { ifMatch })).toEqual({ outcome: 'deleted' });
  });

  test('and whose version has passed is refused while the user is there', async () => {
    const server = fakeServer({ users: [{ id: '1', userName: 'a' }] });
    let sent = 0;
    server.intercept = ({ method }) => {
      if (method !== 'DELETE') return undefined;
      sent += 1;
      return sent > 1 ? scimError(412) : (lost() as never);
    };
    const call = openClient(server).client.users.delete('1', { ifMatch: 'W/"1"' });
    await expect(call).rejects.toMatchObject({ code: 'precondition_failed' });
  });

  test.each(['activate', 'deactivate'] as const)(
    '%s where there is no PATCH says that the user is there',
    async (method) => {
      const server = fakeServer({ users: [{ id: '1', userName: 'a', active: method === 'deactivate' }] });
      server.intercept = ({ method: sent }) => (sent === 'PATCH' ? notFoundPage() : undefined);
      const call = openClient(server).client.users[method]('1');
      await expect(call).rejects.toMatchObject({ status: 404, remedy: expect.stringContaining('is there') });
    },
  );

  test('that is refused with 404 for one who is there says so', async () => {
    const server = fakeServer({ users: [{ id: '1', userName: 'a' }] });
    server.intercept = ({ method }) => (method === 'DELETE' ? scimError(404) : undefined);
    const call = openClient(server).client.users.delete('1');
    await expect(call).rejects.toMatchObject({ status: 404, remedy: expect.stringContaining('is there') });
  });
});

describe('a number that nobody had, given to somebody since', () => {
  const filtersByName: FakeServer['intercept'] = ({ method, query, body }) => {
    if (method === 'GET' && query.get('filter')?.startsWith('externalId')) return scimError(404);
    return method === 'POST' && (body as Stored).userName === 'cem@x.y' ? scimError(403) : undefined;
  };

  test.each([
    ['upsert', { userName: 'bea@x.y', externalId: 'hr-1' }],
    ['patch', [{ op: 'add', path: 'externalId', value: 'hr-1' }]],
    ['patch, whose answer is lost', [{ op: 'add', value: { externalId: 'hr-1' } }]],
    ['bulk', { externalId: 'hr-1', userName: 'bea@x.y' }],
  ])('is looked for among all again: by %s', async (how, given) => {
    const server = fakeServer({ users: [{ id: '1', userName: 'bea@x.y', active: true }] });
    server.intercept = filtersByName;
    const { client } = openClient(server, { profile: 'rfc', maxRetries: 0 });
    // A walk that meets no number at all.
    await expect(client.users.upsert({ userName: 'cem@x.y', externalId: '7' })).rejects.toMatchObject({ status: 403 });
    server.loseAnswer = once(({ method }) => how.includes('lost') && method === 'PATCH');
    if (how === 'upsert') await client.users.upsert(given as { userName: string });
    else if (how === 'bulk') await bulk(client, [{ method: 'PUT', path: '/Users/1', data: given }]);
    else await client.users.patch('1', given as { op: 'add'; value: string }[]).catch(() => {});
    expect(server.users.get('1')).toMatchObject({ userName: 'bea@x.y', externalId: 'hr-1' });

    await client.users.upsert({ userName: 'ann@x.y', externalId: 'hr-1' }).catch(() => {});
    expect([...server.users.values()].map(({ id, userName }) => [id, userName])).toEqual([['1', 'ann@x.y']]);
  });

  test.each([0, 1])(
    'is looked for where the answer shows only a part, and filters find nothing (%s before)',
    async (before) => {
      const users = Array.from({ length: before }, (_, index) => ({ id: `${index}`, userName: `u${index}@x.y` }));
      const server = fakeServer({ users });
      server.intercept = ({ method, query, body }) => {
        if (method === 'GET' && query.get('filter')?.startsWith('externalId')) return listAnswer([]);
        if (method !== 'POST') return undefined;
        const { userName } = body as Stored;
        server.users.set('made', { ...(body as object), id: 'made' });
        return answer(201, { id: 'made', userName });
      };
      const { client } = openClient(server);
      const user = (address: string) => ({
        userName: address,
        emails: [{ value: address, primary: true }],
        externalId: 'hr-1',
      });
      await client.users.upsert(user('old@x.y'));
      expect(await client.users.upsert(user('new@x.y'))).toMatchObject({ outcome: 'updated' });
      expect([...server.users.values()].filter(({ externalId }) => externalId === 'hr-1')).toHaveLength(1);
    },
  );

  test('while all are read is looked for again', async () => {
    const users = Array.from({ length: 250 }, (_, index) => ({ id: `${index}`, userName: `u${index}@x.y` }));
    const server = fakeServer({ users });
    const { client } = openClient(server);
    const isLate = once<string | null>((start) => Number(start) > 150);
    server.intercept = async ({ method, query, body }) => {
      if (method === 'GET' && query.get('filter')?.startsWith('externalId')) return listAnswer([]);
      if (method === 'POST' && (body as Stored).externalId === 'hr-0') return scimError(403);
      if (method !== 'GET' || query.has('filter') || !isLate(query.get('startIndex'))) return undefined;
      await client.users.patch('1', [{ op: 'replace', path: 'externalId', value: 'hr-1' }]);
      return undefined;
    };
    const emails = [{ value: 'new@x.y', primary: true }];
    await client.users.upsert({ userName: 'first@x.y', externalId: 'hr-0', emails }).catch(() => {});
    await client.users.upsert({ userName: 'new@x.y', externalId: 'hr-1', emails }).catch(() => {});
    expect([...server.users.values()].filter(({ externalId }) => externalId === 'hr-1')).toHaveLength(1);
  });

  test('costs no walk for each where the server shows none of those that it was given', async () => {
    const server = fakeServer();
    const shown = ({ externalId: _, ...row }: Stored) => row;
    server.intercept = ({ method, query, body }) => {
      if (method === 'POST') {
        const id = `made-${server.users.size}`;
        server.users.set(id, { ...(body as object), id });
        return answer(201, { id });
      }
      if (method !== 'GET') return undefined;
      const name = /^userName eq "(.*)"$/.exec(query.get('filter') ?? '')?.[1];
      if (name === undefined && query.has('filter')) return listAnswer([]);
      const all = [...server.users.values()].map(shown);
      if (name !== undefined)
        return listAnswer(all.filter((row) => String(row.userName).toLowerCase() === name.toLowerCase()));
      const start = Number(query.get('startIndex')) || 1;
      return listAnswer(all.slice(start - 1, start + 99), { totalResults: all.length, startIndex: start });
    };
    const { client } = openClient(server);
    const walks = () =>
      server.seen.filter(({ path, method, query }) => path === '/Users' && method === 'GET' && !query.has('filter'))
        .length;
    const made: number[] = [];
    for (let number = 0; number < 20; number += 1) {
      const address = `u${number}@x.y`;
      await client.users.upsert({
        userName: address,
        externalId: `hr-${number}`,
        emails: [{ value: address, primary: true }],
      });
      made.push(walks());
    }
    expect(server.users.size).toBe(20);
    expect(made.at(-1)).toBe(made.at(3));
  });
});
