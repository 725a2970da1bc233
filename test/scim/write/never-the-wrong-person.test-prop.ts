import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isSdkError } from '../../../src/errors/is-sdk-error.js';
import {
  answer,
  type FakeServer,
  fakeServer,
  listAnswer,
  lost,
  type Stored,
  scimError,
} from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const userName = fc.constantFrom('a@x.y', 'A@x.y', 'b@x.y', 'c"d@x.y', 'e+f@x.y');
const externalId = fc.option(fc.constantFrom('hr-1', 'hr-2', 'hr\\3'), { nil: undefined });
const person = fc.record({ userName, externalId, active: fc.boolean(), title: fc.constantFrom('x', 'y') });

/** How a server may answer a filter by one attribute. */
const filtering = fc.constantFrom('right', '501', 'invalidFilter', '404', 'nothing', 'misread', 'caseSensitive');
const serverKind = fc.record({
  filters: fc.record({ userName: filtering, externalId: filtering }),
  /** How a PATCH is refused. */
  patch: fc.constantFrom('done', '404 page', '404', '501'),
  /** Whether rows show the number. */
  isNumberShown: fc.boolean(),
  /** Whether doubles are refused. */
  isUnique: fc.boolean(),
  /** Which POST is done, and its answer lost. */
  lostPost: fc.option(fc.nat(2), { nil: undefined }),
  /** How long what was made is in no list. */
  lagMs: fc.constantFrom(0, 1_000),
});
type ServerKind = typeof serverKind extends fc.Arbitrary<infer Kind> ? Kind : never;

/** Two that are one by what RFC 7643 says of `userName`, or by their number. */
const isSame = (one: Partial<Stored>, other: Partial<Stored>) =>
  String(one.userName).toLowerCase() === String(other.userName).toLowerCase() ||
  (one.externalId !== undefined && one.externalId === other.externalId);

function behave(server: FakeServer, kind: ServerKind, now: () => number): void {
  const madeAt = new Map<string, number>();
  let posts = 0;
  const show = (row: Stored) => (kind.isNumberShown ? row : { ...row, externalId: undefined });
  const list = (query: URLSearchParams): Response => {
    const [attribute, , ...quoted] = query.get('filter')?.split(' ') ?? [];
    const listed = [...server.users.values()].filter(({ id }) => now() - (madeAt.get(id) ?? -Infinity) >= kind.lagMs);
    if (attribute === undefined) {
      const start = Number(query.get('startIndex') ?? 1);
      const page = listed.slice(start - 1, start - 1 + Number(query.get('count') ?? 100));
      return listAnswer(page.map(show), { totalResults: listed.length, startIndex: start });
    }
    const value: string = JSON.parse(quoted.join(' '));
    const how = kind.filters[attribute as 'userName' | 'externalId'];
    if (how === '501' || how === '404') return scimError(Number(how));
    if (how === 'invalidFilter') return scimError(400, how);
    if (how === 'nothing' || (how === 'misread' && /[^\w.@-]/.test(value))) return listAnswer([]);
    const isCaseless = attribute === 'userName' && how !== 'caseSensitive';
    const spell = (text: unknown) => (isCaseless ? String(text).toLowerCase() : text);
    return listAnswer(listed.filter((row) => spell(row[attribute]) === spell(value)).map(show));
  };
  server.intercept = ({ method, path, query, body }) => {
    if (method === 'GET') return path === '/Users' ? list(query) : undefined;
    if (method === 'PATCH' && kind.patch === '404 page') return new Response('Cannot PATCH', { status: 404 });
    if (method === 'PATCH' && kind.patch !== 'done') return scimError(Number(kind.patch));
    if (method !== 'POST') return undefined;
    if (kind.isUnique && [...server.users.values()].some((user) => isSame(user, body as Stored))) return scimError(409);
    const id = `made-${server.users.size}`;
    server.users.set(id, { ...(body as object), id });
    madeAt.set(id, now());
    posts += 1;
    return posts - 1 === kind.lostPost ? (lost() as never) : answer(201, show(server.users.get(id) as Stored));
  };
}

it('an upsert changes no account of another externalId, and makes no second one', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(person, { maxLength: 4, comparator: isSame }),
      fc.array(person, { minLength: 1, maxLength: 4 }),
      serverKind,
      async (directory, wanted, kind) => {
        const server = fakeServer({ users: directory.map((user, index) => ({ id: `${index}`, ...user })) });
        const { client, clock } = openClient(server, { profile: 'rfc' });
        behave(server, kind, clock.now);
        // Where no row shows numbers, only `userName` tells two apart.
        const isDouble = (one: Stored, other: Stored) =>
          kind.isNumberShown || one.userName === other.userName ? isSame(one, other) : false;
        for (const user of wanted) {
          const before = new Map(server.users);
          await client.users.upsert(user).catch((error: unknown) => {
            if (!isSdkError(error)) throw error;
          });
          for (const [id, old] of before) {
            if (server.users.get(id) === old || !kind.isNumberShown) continue;
            expect([undefined, user.externalId]).toContain(user.externalId && old.externalId);
          }
          const all = [...server.users.values()];
          for (const one of all) expect(all.filter((other) => isDouble(one, other))).toEqual([one]);
          // The list catches up between two people.
          await clock.advance(kind.lagMs);
        }
      },
    ),
    { numRuns: 100 },
  );
}, 60_000);

it('of two rows of one name an upsert takes the one that is active, or neither', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(person, { minLength: 2, maxLength: 4 }),
      person,
      serverKind,
      async (rows, wanted, kind) => {
        const users = rows.map((user, index) => ({ id: `${index}`, ...user, userName: 'a@x.y' }));
        const server = fakeServer({ users });
        const { client, clock } = openClient(server, { profile: 'rfc' });
        behave(server, { ...kind, isNumberShown: true }, clock.now);
        await client.users.upsert({ ...wanted, userName: 'a@x.y', active: true }).catch((error: unknown) => {
          if (!isSdkError(error)) throw error;
        });
        const active = (all: Iterable<Stored>) => [...all].filter((user) => user.active === true).length;
        expect(active(server.users.values())).toBeLessThanOrEqual(Math.max(active(users), 1));
      },
    ),
  );
});

const answers = ['done', 'ignored', 'message', 'refused', '404', 'other', 'lost'] as const;

it('no removal is told that did not happen', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...answers),
      fc.constantFrom('deactivate', 'delete'),
      fc.constantFrom('itself', 'other', 'beyond'),
      fc.boolean(),
      async (how, method, read, verify) => {
        const user: Stored = { id: '1', userName: 'a@x.y', active: true };
        const server = fakeServer({ users: [user] });
        let sent = 0;
        server.intercept = (request) => {
          if (request.method === 'GET' && request.path === '/Users/1') {
            if (read === 'other') return answer(200, { id: '2', userName: 'b@x.y', active: false });
            if (read === 'beyond') return new Response('{"id":9007199254740993,"active":false}');
            return undefined;
          }
          if (request.method === 'GET') return undefined;
          sent += 1;
          if (how === '404' || (how === 'lost' && sent > 1 && !server.users.has('1'))) return scimError(404);
          if (how === 'ignored' && verify) return new Response(null, { status: 204 });
          if (how === 'message') return answer(200, { message: 'denied' });
          if (how === 'refused') return answer(200, [{ error: 'denied' }]);
          if (how === 'other') return answer(200, { id: '2', active: false, error: 'denied' });
          return undefined;
        };
        server.loseAnswer = (request) => how === 'lost' && sent === 1 && request.method !== 'GET';
        const result = await openClient(server)
          .client.users[method as 'delete']('1', { verify })
          .catch((error: unknown) => error);
        if (isSdkError(result)) return;
        const { outcome } = result as { outcome: string };
        expect(['deactivated', 'deleted', 'already']).toContain(outcome);
        expect(server.users.get('1')?.active === true).toBe(false);
      },
    ),
  );
});
