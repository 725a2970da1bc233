import { describe, expect, it } from 'vitest';
import { bulk, GROUP_URN, ScimClient, USER_URN } from '../../src/scim/index.js';
import { createFakeClock } from '../support/fake-clock.js';
import { growthOf } from './support/growth.js';

type Client = ScimClient<'provisioning' | 'deprovisioning'>;
type Json = Readonly<Record<string, unknown>>;
interface Request {
  readonly method: string;
  readonly path: string;
}
/** What a server answers, made before anything is timed, and a call. */
type Case = (
  n: number,
) => readonly [answer: (request: Request, isChanged: boolean) => unknown, call: (client: Client) => unknown];

const list = <Item>(n: number, item: (index: number) => Item) => Array.from({ length: n }, (_, index) => item(index));
const page = (rows: readonly unknown[]) => ({ totalResults: rows.length, startIndex: 1, Resources: rows });
const user = (more: Json) => ({ schemas: [USER_URN], id: 'u', userName: 'a', displayName: 'a', ...more });
const group = (members: readonly unknown[]) => ({ schemas: [GROUP_URN], id: 'g', displayName: 'g', members });
/** The same letters in n cases. */
const inCase = (index: number, upper = 'A') =>
  [...index.toString(2).padStart(20, '0')].map((bit) => (bit === '0' ? 'a' : upper)).join('');
const rename = { op: 'replace', path: 'displayName', value: 'b' } as const;

/** A user before and after the display name is changed and read back. */
const read =
  (before: (n: number) => Json, after = before): Case =>
  (n) => {
    const [was, is] = [user(before(n)), user({ ...after(n), displayName: 'b' })];
    return [(_, isChanged) => (isChanged ? is : was), ({ users }) => users.patch('u', [rename], { verify: true })];
  };
/** The members of a group before and after one is added, or all others are removed. */
const members = (kind: 'add' | 'set', before: (n: number) => readonly unknown[], after = before): Case => {
  return (n) => {
    const [was, is, somebody] = [group(before(n)), group(after(n)), { id: 'new', userName: 'n' }];
    const answer = ({ path }: Request, isChanged: boolean) => {
      if (path.includes('/Users/')) return somebody;
      return isChanged ? is : was;
    };
    const call = ({ groups }: Client) =>
      kind === 'add'
        ? groups.addMembers('g', ['new'], { verify: true })
        : groups.setMembers('g', ['new'], { verify: true, maxRetries: 0 });
    return [answer, call];
  };
};
const upsertGroup =
  (displayName: string, row: (index: number) => Json): Case =>
  (n) => {
    const rows = page(list(n, row));
    return [() => rows, ({ groups }) => groups.upsert({ displayName }, { maxRetries: 0 })];
  };
const upsertUser =
  (row: (index: number) => Json): Case =>
  (n) => {
    const rows = page(list(n, row));
    return [() => rows, ({ users }) => users.upsert({ userName: 'ada', externalId: '7' }, { maxRetries: 0 })];
  };
const refused =
  (call: (client: Client, text: string) => unknown, text: (n: number) => string = (n) => `"${'\\"'.repeat(n)}`): Case =>
  (n) => {
    const typed = text(n);
    const refusal = new Response(JSON.stringify({ status: '400', detail: `not "${'\\"'.repeat(100)}` }), {
      status: 400,
    });
    return [() => refusal, (client) => call(client, typed)];
  };
const writes = list(200, () => ({ method: 'PATCH', path: '/Users/u', data: { Operations: [rename] } }) as const);
const bulkAnswered =
  (entry: (index: number) => Json): Case =>
  (n) => {
    const answer = { Operations: list(n, entry) };
    const config = { bulk: { supported: true, maxOperations: 1_000, maxPayloadSize: 1e6 } };
    return [
      ({ path }) => (path.includes('ServiceProviderConfig') ? config : answer),
      (client) => bulk(client, writes, { maxRetries: 0 }),
    ];
  };

const cases: Readonly<Record<string, Case>> = {
  'a name that all rows have': upsertGroup('Team', (i) => ({ id: `g${i}`, displayName: 'Team' })),
  'a name that is like that of all rows': upsertGroup('Te\u00e1m', (i) => ({
    id: `g${i}`,
    displayName: 'Tea\u0301m ',
  })),
  'rows without the name': upsertGroup('Team', (i) => ({ id: `g${i}` })),
  'rows with no name and one like it': upsertGroup('Team', (i) => ({
    id: `g${i}`,
    displayName: i % 2 ? 'team ' : 'TEAM',
  })),
  'users of one name': upsertUser((i) => ({ id: `u${i}`, userName: 'ada', active: i % 2 === 0 })),
  'users of one name and other external ids': upsertUser((i) => ({
    id: `u${i}`,
    userName: 'ADA',
    externalId: `x${i}`,
  })),
  'users of a name like it': upsertUser((i) => ({ id: `u${i}`, userName: `d${i}\\ada` })),
  'members of one id': members('add', (n) => list(n, () => ({ value: 'x' }))),
  'members of one id that go': members(
    'add',
    (n) => list(n, () => ({ value: 'x' })),
    () => [{ value: 'y' }],
  ),
  'members of one id and many types': members('add', (n) => list(n, (i) => ({ value: 'x', type: `t${i}` }))),
  'members of one id in many cases, then in others': members(
    'add',
    (n) => list(n, (i) => ({ value: inCase(i) })),
    (n) => list(n, (i) => ({ value: inCase(i + n) })),
  ),
  'members of one id in many cases of which half stay': members(
    'add',
    (n) => list(2 * n, (i) => ({ value: inCase(i) })),
    (n) => list(n, (i) => ({ value: inCase(i) })),
  ),
  'other members of one id': members('set', (n) => list(n, () => ({ value: 'x' }))),
  'other members of one id and many types': members('set', (n) => list(n, (i) => ({ value: 'x', type: `t${i}` }))),
  'equal values in a list': read((n) => ({ roles: list(n, () => ({ value: 'x' })) })),
  'equal values of many types': read((n) => ({ roles: list(n, (i) => ({ value: 'x', type: `t${i}` })) })),
  'equal values of many types, the other way round': read(
    (n) => ({ roles: list(n, (i) => ({ value: 'x', type: `t${i}` })) }),
    (n) => ({ roles: list(n, (i) => ({ value: 'x', type: `t${n - i}` })) }),
  ),
  'equal values of which the last alone is whole': read(
    (n) => ({ roles: list(n, (i) => ({ value: 'x', type: 't', more: i })) }),
    (n) => ({ roles: list(n, (i) => ({ value: 'x', type: 't', ...(i === n - 1 && { more: 1 }) })) }),
  ),
  numbers: read(
    (n) => ({ codes: list(n, (i) => i) }),
    (n) => ({ codes: list(n, (i) => n - 1 - i) }),
  ),
  'addresses without a value': read(
    (n) => ({ addresses: list(n, (i) => ({ locality: `l${i}` })) }),
    (n) => ({ addresses: list(n, (i) => ({ locality: `l${n - 1 - i}` })) }),
  ),
  'attributes in another case': read(
    (n) => Object.fromEntries(list(n, (i) => [`k${i}`, 'x'])),
    (n) => Object.fromEntries(list(n, (i) => [`K${i}`, 'x'])),
  ),
  'parts in another case': read(
    (n) => ({ more: Object.fromEntries(list(n, (i) => [`k${i}`, 'x'])) }),
    (n) => ({ more: Object.fromEntries(list(n, (i) => [`K${i}`, 'x'])) }),
  ),
  'extensions nobody knows': read((n) => Object.fromEntries(list(n, (i) => [`urn:x:2.0:E${i}`, { a: 'x' }]))),
  'a list that is added to': (n) => {
    const roles = list(n, (i) => ({ value: 'x', type: `t${i}` }));
    const [was, is] = [user({ roles }), user({ roles: [...roles.toReversed(), { value: 'new' }] })];
    const operation = { op: 'add', path: 'roles', value: [{ value: 'new' }] } as const;
    return [(_, isChanged) => (isChanged ? is : was), ({ users }) => users.patch('u', [operation], { verify: true })];
  },
  'a list that is replaced': (n) => {
    const emails = list(n, () => ({ value: 'x' }));
    const operation = { op: 'replace', path: 'emails', value: [{ value: 'new' }] } as const;
    return [() => user({ emails }), ({ users }) => users.patch('u', [operation], { verify: true })];
  },
  'a filter that is refused': refused(({ users }, filter) => users.list({ filter })),
  'a filter to post that is refused': refused(({ users }, filter) => users.search({ filter })),
  'an attribute to sort by that is refused': refused(({ users }, sortBy) => users.list({ sortBy })),
  'attributes that are refused': refused(({ users }, one) => users.list({ attributes: [one] })),
  'a path that is refused': refused(({ users }, text) =>
    users.patch('u', [{ op: 'replace', path: `emails[value eq ${text}`, value: 'x' }]),
  ),
  'a bulk request of which every entry names all': bulkAnswered(() => ({
    method: 'PATCH',
    location: '/Users/u',
    status: '200',
  })),
  'a bulk request of which entries name others': bulkAnswered((i) => ({
    method: 'PATCH',
    location: `/Users/${i}`,
    status: '200',
  })),
};

describe('the time a call takes grows with what a server answers, or a caller sends, not with its square', () => {
  it.each(Object.entries(cases))('%s', { timeout: 60_000 }, async (_name, make) => {
    const growth = await growthOf((n) => {
      const [answer, call] = make(n);
      return async () => {
        let isChanged = false;
        const fetch = (async (url: string, { method = 'GET' }: RequestInit) => {
          if (method === 'PATCH' || method === 'PUT') isChanged = true;
          const given = answer({ method, path: new URL(url).pathname }, isChanged);
          return given instanceof Response ? given.clone() : new Response(JSON.stringify(given));
        }) as typeof globalThis.fetch;
        const clock = createFakeClock(undefined, { autoAdvance: true });
        const access = { provisioning: true, deprovisioning: true } as const;
        const options = {
          baseUrl: 'https://h.example/scim',
          token: 'token-1',
          access,
          fetch,
          clock,
          rateLimit: false,
        } as const;
        await call(new ScimClient({ ...options, profile: 'rfc' }));
      };
    });
    expect(growth).toBeLessThan(3.2);
  });
});
