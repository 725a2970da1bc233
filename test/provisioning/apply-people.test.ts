import { expect, test } from 'vitest';
import { exitCodeOf } from '../../src/provisioning/exit-code.js';
import { memoryJournal } from '../../src/provisioning/journal.js';
import type { PlanPolicy } from '../../src/provisioning/policy.js';
import { lost, once, scimError } from '../scim/support/fake-server.js';
import { openClient, openRestricted } from '../scim/support/open-client.js';
import { apply, resultLinesOf } from './support/apply.js';
import { account, groupOf, openDirectory, person, rosterOf } from './support/open-directory.js';

const writes = (log: readonly string[]) => log.filter((line) => !line.startsWith('GET'));

test('users are created, reactivated, changed, renamed and deactivated, in this order, each read back', async () => {
  const { client, plan, server } = openDirectory({
    users: [account('a'), account('b', { active: false }), account('c'), account('d')],
  });
  const first = await plan({
    users: [person('a', { title: 'Lead' }), person('b'), person('c', { userName: 'cy@north.example' }), person('e')],
  });
  server.log.length = 0;
  const result = await apply(client, first, { concurrency: 1 });
  expect(resultLinesOf(result)).toEqual([
    'create e-e done',
    'reactivate e-b done',
    'change e-a done',
    'rename e-c done',
    'deactivate e-d done',
  ]);
  expect(server.users.get('d')?.active).toBe(false);
  expect(writes(server.log)).toEqual([
    'POST /Users',
    'PATCH /Users/b',
    'PATCH /Users/a',
    'PATCH /Users/c',
    'PATCH /Users/d',
  ]);
  // Read, written, read back.
  expect(server.log.filter((line) => line.endsWith('/Users/a'))).toEqual([
    'GET /Users/a',
    'PATCH /Users/a',
    'GET /Users/a',
  ]);
  expect(result).toMatchObject({ finished: true, totals: { done: 5, failed: 0 }, possibleDoubleSends: [] });
  expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  expect(exitCodeOf(result)).toBe(0);
});

test('what was done is not done again, by another start or another plan', async () => {
  const { client, plan, server } = openDirectory({ users: [account('a'), account('b')] });
  const first = await plan({ users: [person('a', { title: 'Lead' }), person('c')] });
  const journal = memoryJournal();
  await apply(client, first, { journal });
  server.log.length = 0;
  const again = await apply(client, first, { journal });
  expect([server.log, resultLinesOf(again)]).toEqual([
    [],
    ['create e-c done', 'change e-a done', 'deactivate e-b done'],
  ]);
  // With a new journal everything is found to be so already.
  const other = await apply(client, first);
  expect(resultLinesOf(other)).toEqual(['create e-c already', 'change e-a already', 'deactivate e-b already']);
  expect(writes(server.log)).toEqual([]);
});

test('actions that the form does not allow are skipped and said, and the others done', async () => {
  const { client, plan, server } = openDirectory({ users: [account('a'), account('b')] }, { provisioning: true });
  const result = await apply(client, await plan({ users: [person('a', { title: 'Lead' })] }));
  expect(resultLinesOf(result)).toEqual(['change e-a done', 'deactivate e-b not_permitted (access_denied)']);
  expect([server.users.get('b')?.active, exitCodeOf(result)]).toEqual([true, 1]);
});

test('what the client may not do by now is neither looked at nor noted as sent', async () => {
  const { plan, server, clock } = openDirectory({ users: [account('a'), account('b')] });
  const first = await plan({ users: [person('a', { title: 'Lead' })] });
  server.log.length = 0;
  const journal = memoryJournal();
  const client = openRestricted(server, { provisioning: true }, { clock });
  expect(resultLinesOf(await apply(client, first, { journal }))).toEqual([
    'change e-a done',
    'deactivate e-b not_permitted (access_denied)',
  ]);
  expect(server.log.filter((line) => line.endsWith('/Users/b'))).toEqual([]);
  expect((await journal.read()).flatMap((entry) => (entry.type === 'intent' ? [entry.kind] : []))).toEqual(['change']);
});

test('what the plan calls not permitted is not done by a client that may', async () => {
  const { plan, server, clock } = openDirectory({ users: [account('a'), account('b')] }, { provisioning: true });
  const first = await plan({ users: [person('a', { title: 'Lead' })] });
  const { client } = openClient(server, { clock });
  expect(resultLinesOf(await apply(client, first))).toEqual([
    'change e-a done',
    'deactivate e-b not_permitted (access_denied)',
  ]);
  expect(server.users.get('b')?.active).toBe(true);
});

test('one failure stops nobody else', async () => {
  const { client, plan, server } = openDirectory({ users: [account('a'), account('b'), account('z')] });
  server.intercept = ({ method, path }) =>
    method === 'PATCH' && path === '/Users/a' ? scimError(400, 'invalidValue') : undefined;
  const result = await apply(client, await plan({ users: [person('a', { title: 'x' }), person('b', { title: 'y' })] }));
  expect(resultLinesOf(result)).toEqual(['change e-a failed (bad_request)', 'change e-b done', 'deactivate e-z done']);
  expect(result).toMatchObject({ finished: false });
  expect(result.stopped).toBeUndefined();
});

test('a lost answer is looked up: what was done is not sent again', async () => {
  const { client, plan, server } = openDirectory({ users: [account('a')] });
  const first = await plan({ users: [person('a', { title: 'Lead' }), person('b')] });
  server.loseAnswer = once(({ method }) => method === 'POST');
  server.log.length = 0;
  expect(resultLinesOf(await apply(client, first))).toEqual(['create e-b done', 'change e-a done']);
  expect(writes(server.log)).toEqual(['POST /Users', 'PATCH /Users/a']);
  expect(server.users.size).toBe(2);
});

test('of what the directory does not tell any more it is said that it is unknown, and looked up by the next start', async () => {
  const { client, plan, server } = openDirectory({ users: [account('a'), account('z')] });
  const first = await plan({ users: [person('a', { title: 'Lead' })] });
  let isAway = false;
  server.intercept = ({ path, method }) => {
    if (method === 'PATCH' && path === '/Users/a') isAway = true;
    return isAway && path === '/Users/a' && method === 'GET' ? lost() : undefined;
  };
  const journal = memoryJournal();
  const result = await apply(client, first, { journal });
  expect(resultLinesOf(result)).toEqual(['change e-a unknown (network_error)', 'deactivate e-z done']);
  server.intercept = undefined;
  server.log.length = 0;
  const again = await apply(client, first, { journal });
  expect(resultLinesOf(again)).toEqual(['change e-a done', 'deactivate e-z done']);
  expect(writes(server.log)).toEqual([]);
  expect(again.possibleDoubleSends).toEqual([first.actions[0]?.id]);
});

test.each([
  ['a change', [account('a', { title: 'Old' }), account('z')], 'change e-a', '/Users/a'],
  ['a creation', [account('z')], 'create e-a', '/Users'],
])(
  'of %s whose answer was lost, and which cannot be looked up, it is said that it is unknown',
  async (_, users, what, at) => {
    const { client, plan, server } = openDirectory({ users });
    const first = await plan({ users: [person('a', { title: 'New' }), person('z')] });
    let isAway = false;
    server.intercept = () => (isAway ? lost() : undefined);
    server.loseAnswer = ({ method, path }) => {
      if (method === 'GET' || path !== at) return false;
      isAway = true;
      return true;
    };
    const journal = memoryJournal();
    const [outcome] = (await apply(client, first, { journal })).outcomes;
    expect(outcome).toMatchObject({ outcome: 'unknown', remedy: expect.stringMatching(/./) });
    server.intercept = undefined;
    server.loseAnswer = undefined;
    server.log.length = 0;
    const again = await apply(client, first, { journal });
    expect(resultLinesOf(again)).toEqual([`${what} done`]);
    expect(writes(server.log)).toEqual([]);
    expect(again.possibleDoubleSends).toEqual([first.actions[0]?.id]);
  },
);

test('a success that the directory does not show is none', async () => {
  const { client, plan, server } = openDirectory({ users: [account('a')] });
  const first = await plan({ users: [person('a', { title: 'Lead' })] });
  server.intercept = ({ method }) => (method === 'PATCH' ? new Response(null, { status: 204 }) : undefined);
  expect(resultLinesOf(await apply(client, first))).toEqual(['change e-a failed (not_applied)']);
});

test('an account that a server made with less than it was sent is there in part, and so it is at the next start', async () => {
  const { client, plan, server } = openDirectory({});
  const first = await plan({ users: [person('a', { nickName: 'Al' })] });
  server.intercept = ({ method, body }) => {
    if (method === 'POST') delete (body as { nickName?: string }).nickName;
    return undefined;
  };
  const journal = memoryJournal();
  const result = await apply(client, first, { journal });
  expect(resultLinesOf(result)).toEqual(['create e-a partial (not_applied)']);
  expect(result.outcomes[0]?.message).toContain('nickName');
  expect(resultLinesOf(await apply(client, first, { journal }))).toEqual(['create e-a partial (not_applied)']);
  expect(server.users.size).toBe(1);
});

test('such an attribute that the policy ignores is not missed', async () => {
  const { client, plan, server } = openDirectory({});
  const first = await plan({ users: [person('a', { nickName: 'Al' })] }, { ignoreAttributes: ['nickname'] });
  server.intercept = ({ method, body }) => {
    if (method === 'POST') delete (body as { nickName?: string }).nickName;
    return undefined;
  };
  expect(resultLinesOf(await apply(client, first))).toEqual(['create e-a done']);
});

test('removals wait where it is not certain what became of somebody who should have an account', async () => {
  const { client, plan, server } = openDirectory({ users: [account('a')] });
  const first = await plan({ users: [person('b')] });
  server.intercept = ({ method }) => (method === 'POST' ? scimError(409, 'uniqueness') : undefined);
  const result = await apply(client, first);
  expect(resultLinesOf(result)).toEqual([
    'create e-b failed (uniqueness)',
    'deactivate e-a held_back (earlier_failures)',
  ]);
  expect(server.users.get('a')?.active).toBe(true);
});

test('an owner by the roster of this moment is not removed, nor is anybody where it is not whole', async () => {
  const { client, plan, server } = openDirectory({ users: [account('a'), account('b'), account('k')] });
  const first = await plan({ users: [person('k')] });
  const people = rosterOf(['a', 'b', 'k'], ['a']);
  expect(resultLinesOf(await apply(client, first, { people }))).toEqual([
    'deactivate e-a held_back (owner)',
    'deactivate e-b done',
  ]);
  const other = await plan({ users: [person('k')] });
  expect(resultLinesOf(await apply(client, other, { people: [] }))).toEqual([
    'deactivate e-a held_back (owners_unknown)',
  ]);
  expect(server.users.get('a')?.active).toBe(true);
});

test('whoever is protected by now is not removed', async () => {
  const { client, plan, server } = openDirectory({ users: [account('a'), account('b'), account('c'), account('k')] });
  const first = await plan({ users: [person('k')] }, { protect: { filter: 'title eq "Break glass"' } });
  for (const id of ['a', 'b']) {
    server.users.set(id, {
      ...account(id),
      ...(id === 'a' ? { title: 'Break glass' } : { userType: 'ServiceAccount' }),
    });
  }
  // Of one who became a service account the plan is no longer right at all.
  expect(resultLinesOf(await apply(client, first))).toEqual([
    'deactivate e-a held_back (protected)',
    'deactivate e-b drifted (changed_since)',
    'deactivate e-c done',
  ]);
});

test('onProgress is told of each action, and waited for', async () => {
  const { client, plan } = openDirectory({ users: [account('a'), account('b')] });
  const first = await plan({ users: [person('a', { title: 'x' }), person('b', { title: 'y' })] });
  const told: string[] = [];
  await apply(client, first, {
    concurrency: 1,
    onProgress: async ({ outcome, settled, total }) => {
      await Promise.resolve();
      told.push(`${settled}/${total} ${outcome.kind} ${outcome.outcome}`);
    },
  });
  expect(told).toEqual(['1/2 change done', '2/2 change done']);
});

test('whoever should go, and is listed but not shown, is not said to be gone', async () => {
  const { client, plan, server } = openDirectory({ users: [account('a'), account('k')] });
  const first = await plan({ users: [person('k')] });
  server.intercept = ({ path }) => (path === '/Users/a' ? scimError(404) : undefined);
  const journal = memoryJournal();
  expect(resultLinesOf(await apply(client, first, { journal }))).toEqual(['deactivate e-a failed (not_found)']);
  server.intercept = undefined;
  expect(resultLinesOf(await apply(client, first, { journal }))).toEqual(['deactivate e-a done']);
});

test('deleted is whoever should be, where the policy says so', async () => {
  const { client, plan, server } = openDirectory({ users: [account('a'), account('k')] });
  const result = await apply(client, await plan({ users: [person('k')] }, { removal: 'delete' }));
  expect(resultLinesOf(result)).toEqual(['delete e-a done']);
  expect([...server.users.keys()]).toEqual(['k']);
});

test.each(['delete', 'deactivate'] as const)(
  'a removal (%s) that a server ignores is not done because it once does not find the account',
  async (removal) => {
    const { client, plan, server } = openDirectory({ users: [account('a'), account('z')] });
    const first = await plan({ users: [person('a')] }, { removal });
    let state: 'before' | 'sent' = 'before';
    server.intercept = ({ method, path }) => {
      if (path !== '/Users/z') return undefined;
      if (method !== 'GET') {
        state = 'sent';
        return new Response(null, { status: 204 });
      }
      return state === 'sent' ? scimError(404) : undefined;
    };
    expect(resultLinesOf(await apply(client, first))).toEqual([`${removal} e-z unknown (not_found)`]);
  },
);

test.each([
  ['four at once unless something is said', undefined, 4],
  ['as many as `concurrency` says', 7, 7],
  ['one after the other with 1', 1, 1],
])('actions under way: %s', async (_what, concurrency, expected) => {
  const ids = Array.from({ length: 20 }, (_none, index) => `u${index}`);
  const { client, plan, server } = openDirectory({ users: ids.map((id) => account(id)) });
  const first = await plan({ users: ids.map((id) => person(id, { title: 'New' })) });
  let [underWay, mostAtOnce] = [0, 0];
  server.intercept = async () => {
    underWay += 1;
    mostAtOnce = Math.max(mostAtOnce, underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
    return undefined;
  };
  expect((await apply(client, first, { concurrency })).finished).toBe(true);
  expect(mostAtOnce).toBe(expected);
});

test('whom the policy no longer governs when it is done is not removed, nor taken out of a group', async () => {
  const employee = { title: 'Employee' };
  const { client, plan, server } = openDirectory({
    users: ['a', 'b', 'c'].map((id) => account(id, employee)),
    groups: [groupOf('x', ['b', 'c'])],
  });
  const groups = [{ displayName: 'Group x', members: [] }];
  const users = ['b', 'c'].map((id) => person(id));
  const first = await plan({ users, groups }, { managed: 'title eq "Employee"' });
  for (const id of ['a', 'b']) server.users.set(id, account(id, { title: 'Guest' }));
  expect(resultLinesOf(await apply(client, first))).toEqual([
    'remove_members Group x partial (not_managed): e-b held_back, e-c done',
    'deactivate e-a held_back (not_managed)',
  ]);
  expect(server.users.get('a')?.active).toBe(true);
});

test('with owners not known by now removals are held back, unless the policy lets them through', async () => {
  const removed = async (policy: PlanPolicy) => {
    const { client, plan } = openDirectory({ users: [account('a'), account('b')] });
    const first = await plan({ users: [person('a')] }, policy);
    // A roster that shows no workspace tells of nobody who owns it.
    return resultLinesOf(await apply(client, first, { people: [] }));
  };
  expect(await removed({})).toEqual(['deactivate e-b held_back (owners_unknown)']);
  expect(await removed({ ownersUnknown: 'allow' })).toEqual(['deactivate e-b done']);
  // Whoever is known to own it stays all the same.
  const { client, plan } = openDirectory({ users: [account('a'), account('b')] });
  const first = await plan({ users: [person('a')] }, { ownersUnknown: 'allow' });
  const people = rosterOf(['a', 'b'], ['b']);
  expect(resultLinesOf(await apply(client, first, { people }))).toEqual(['deactivate e-b held_back (owner)']);
});
