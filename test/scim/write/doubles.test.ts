import { describe, expect, test } from 'vitest';
import type { NaturalKeyConflictError } from '../../../src/errors/scim-errors.js';
import type { ScimClient } from '../../../src/scim/client.js';
import { rejection } from '../../support/open-test-transport.js';
import { tellsOf } from '../../support/tells-of.js';
import { answer, type FakeServer, fakeServer, listAnswer, type Stored, scimError } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

type Client = ScimClient<'provisioning' | 'deprovisioning'>;
type Request = FakeServer['seen'][number];

const user = { userName: 'Mira@x.y', externalId: 'hr-5' };
const group = { displayName: 'Ops', externalId: 'g-5' };
const verify = true;

interface Ways {
  /** How it answers a filter. */
  readonly filters?: 'read' | 'refused' | 'read with case';
  /** Lists show what was created only after so many more lists. */
  readonly lag?: number;
  /** POSTs are answered once so many have been carried out. */
  readonly together?: number;
  readonly users?: readonly Stored[];
  readonly groups?: readonly Stored[];
}

/** A server that takes two resources of one key, as WorkOS does of `externalId`. */
function openServer({ filters = 'read', lag = 0, together = 1, ...initial }: Ways = {}): FakeServer {
  const server = fakeServer(initial);
  const hiddenFor = new Map<string, number>();
  let made = 0;
  let answerAll = () => {};
  const allAreMade = new Promise<void>((resolve) => {
    answerAll = resolve;
  });
  server.intercept = async ({ method, path, query, body }) => {
    const store = path.startsWith('/Users') ? server.users : server.groups;
    if (method === 'POST') {
      made += 1;
      const created = { ...(body as object), id: `new-${made}` };
      store.set(created.id, created);
      hiddenFor.set(created.id, lag);
      if (made >= together) answerAll();
      await allAreMade;
      return answer(201, created);
    }
    if (method !== 'GET' || path.lastIndexOf('/') > 0) return undefined;
    const filter = query.get('filter');
    if (filter !== null && filters === 'refused') return scimError(501);
    const listed = [...store.values()].filter(({ id }) => (hiddenFor.get(id) ?? 0) <= 0);
    for (const [id, left] of hiddenFor) hiddenFor.set(id, left - 1);
    if (lag === 0 && filters !== 'read with case') return undefined;
    const [, attribute = '', value = ''] = filter?.match(/^(\w+) eq "(.*)"$/) ?? [];
    const isAsked = (row: Stored) =>
      filters === 'read with case' ? row[attribute] === value : same(row[attribute], value);
    const rows = filter === null ? listed : listed.filter(isAsked);
    const start = Number(query.get('startIndex') ?? 1);
    return listAnswer(rows.slice(start - 1), { totalResults: rows.length, startIndex: start });
  };
  return server;
}

const same = (one: unknown, other: string) => String(one).toLowerCase() === other.toLowerCase();
const writes = ({ log }: FakeServer) => log.filter((request) => !request.startsWith('GET'));
const lists = ({ seen }: FakeServer) => seen.filter((one: Request) => one.method === 'GET' && !/\/.*\//.test(one.path));
const idsOf = (error: unknown) => (error as NaturalKeyConflictError).ids();

const creations = {
  'users.create': ({ users }: Client) => users.create(user, { verify }),
  'users.upsert': ({ users }: Client) => users.upsert(user, { verify }),
  'groups.create': ({ groups }: Client) => groups.create(group, { verify }),
  'groups.upsert': ({ groups }: Client) => groups.upsert(group, { verify }),
};

describe.each(['read', 'refused', 'read with case'] as const)('where filters are %s', (filters) => {
  test.each(Object.entries(creations))('two processes that call %s at once are told', async (_, create) => {
    const server = openServer({ filters, together: 2 });
    const clients = [openClient(server).client, openClient(server).client];
    const errors = await Promise.all(clients.map((client) => rejection(create(client))));
    expect(errors).toEqual([0, 1].map(() => expect.objectContaining({ code: 'conflict', reason: 'doubled' })));
    // Each is told of its own one first.
    expect(errors.map(idsOf).sort()).toEqual([
      ['new-1', 'new-2'],
      ['new-2', 'new-1'],
    ]);
    expect(writes(server)).toHaveLength(2);
    expect(server.users.size + server.groups.size).toBe(2);
  });

  test.each(Object.entries(creations))('%s by one process alone is done', async (_, create) => {
    const server = openServer({ filters, users: [{ id: '1', userName: 'ada@x.y', externalId: 'hr-1' }] });
    await create(openClient(server).client);
    expect(writes(server)).toHaveLength(1);
  });
});

test('without `verify` nothing is asked after a creation', async () => {
  const server = openServer({ users: [{ id: '1', ...user }] });
  const { users } = openClient(server).client;
  await users.create(user);
  expect(server.log).toEqual(['POST /Users']);
  await users.upsert({ userName: 'ada@x.y' });
  expect(server.log.at(-1)).toBe('POST /Users');
});

test('with `verify` an upsert that creates nothing looks for no double', async () => {
  const server = openServer({ users: [{ id: '1', ...user, active: true }] });
  const { outcome } = await openClient(server).client.users.upsert({ ...user, title: 'Lead' }, { verify });
  expect(outcome).toBe('updated');
  expect(lists(server)).toHaveLength(1);
});

describe.each(['read', 'refused', 'read with case'] as const)(
  'doubled, where filters are %s, is one created',
  (filters) => {
    test.each<[string, Stored]>([
      ['beside one of the same `userName` and no `externalId`', { id: '1', userName: 'MIRA@X.Y' }],
      [
        'beside one of the same `userName` and another `externalId`',
        { id: '1', userName: 'mira@x.y', externalId: 'hr-6' },
      ],
      [
        'beside one of the same `externalId` and another `userName`',
        { id: '1', userName: 'sol@x.y', externalId: 'hr-5' },
      ],
    ])('%s', async (_, other) => {
      const server = openServer({ filters, users: [other] });
      const error = await rejection(openClient(server).client.users.create(user, { verify }));
      expect(tellsOf(error)).toMatchObject({ reason: 'doubled', ids: ['new-1', '1'] });
    });

    test('beside several', async () => {
      const server = openServer({
        filters,
        users: [
          { id: '1', ...user },
          { id: '2', ...user },
        ],
      });
      const error = await rejection(openClient(server).client.users.create(user, { verify }));
      expect(idsOf(error)).toEqual(['new-1', '1', '2']);
    });

    test('that is not active, beside one that is not', async () => {
      const server = openServer({ filters, users: [{ id: '1', ...user, active: false }] });
      const creation = openClient(server).client.users.create({ ...user, active: false }, { verify });
      expect(tellsOf(await rejection(creation))).toMatchObject({ reason: 'doubled', ids: ['new-1', '1'] });
    });
  },
);

describe('a resource that was created is not doubled', () => {
  test('by a row that is left of one that was deleted', async () => {
    const server = openServer({ users: [{ id: '1', ...user, active: false }] });
    expect(await openClient(server).client.users.create(user, { verify })).toMatchObject({ id: 'new-1' });
  });

  test('by a group of the same name and another `externalId`', async () => {
    const server = openServer({ groups: [{ id: '1', displayName: 'Ops', externalId: 'g-6' }] });
    expect(await openClient(server).client.groups.create(group, { verify })).toMatchObject({ id: 'new-1' });
  });

  test('by itself, where lists spell its id in the other case', async () => {
    const server = openServer();
    const { intercept } = server;
    server.intercept = (request, number) => {
      if (request.path === '/Users') return intercept?.(request, number);
      return answer(200, { ...user, id: 'NEW-1' });
    };
    await openClient(server).client.users.create(user, { verify });
    expect(server.users.size).toBe(1);
  });

  test('where it has no natural key', async () => {
    const server = fakeServer();
    server.intercept = () => answer(200, { id: 't1', colour: 'red' });
    const schema = { id: 'urn:t', attributes: { colour: {} } };
    const things = openClient(server).client.resource({ endpoint: '/Things', schema });
    expect(await things.create({ colour: 'red' } as never, { verify })).toMatchObject({ id: 't1' });
    expect(server.log).toEqual(['POST /Things', 'GET /Things/t1']);
  });
});

describe('where lists lag behind', () => {
  const createTogether = async (server: FakeServer) => {
    const opened = [openClient(server), openClient(server)];
    const settled = await Promise.allSettled(opened.map(({ client }) => client.users.create(user, { verify })));
    return { opened, reasons: settled.map((one) => (one.status === 'rejected' ? one.reason.reason : 'created')) };
  };

  test('it is looked for again until what was created is shown', async () => {
    const { reasons, opened } = await createTogether(openServer({ lag: 4, together: 2 }));
    expect(reasons).toEqual(['doubled', 'doubled']);
    expect(opened.some(({ clock }) => clock.waits.length > 0)).toBe(true);
  });

  test('one that shows another and not yet the one created is enough', async () => {
    const server = openServer({ lag: 1_000, users: [{ id: '1', ...user }] });
    const error = await rejection(openClient(server).client.users.create(user, { verify }));
    expect(tellsOf(error)).toMatchObject({ reason: 'doubled', ids: ['new-1', '1'] });
  });

  test('one that shows nobody in time is no error, and an upsert afterwards names both', async () => {
    const server = openServer({ lag: 1_000, together: 2 });
    const { reasons } = await createTogether(server);
    expect(reasons).toEqual(['created', 'created']);
    const caughtUp = openServer({ users: [...server.users.values()] });
    const error = await rejection(openClient(caughtUp).client.users.upsert(user));
    expect(tellsOf(error)).toMatchObject({ reason: 'several', ids: ['new-1', 'new-2'] });
  });
});

test('a list that cannot be read leaves it open, and says that the resource was created', async () => {
  const server = openServer();
  const { intercept } = server;
  server.intercept = (request, number) =>
    request.method === 'GET' && request.path === '/Users' ? scimError(403) : intercept?.(request, number);
  const error = await rejection(openClient(server).client.users.create(user, { verify }));
  expect(error).toMatchObject({ status: 403, remedy: expect.stringMatching(/^It was created\./) });
  expect(writes(server)).toEqual(['POST /Users']);
});
