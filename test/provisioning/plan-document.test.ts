import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { canonicalJson } from '../../src/provisioning/canonical-json.js';
import { formatPlan } from '../../src/provisioning/format-plan.js';
import type { DirectoryPlan } from '../../src/provisioning/plan.js';
import { planDirectory } from '../../src/provisioning/plan-directory.js';
import { baselineOf, hashOfPlan } from '../../src/provisioning/plan-hash.js';
import { resolvePolicy } from '../../src/provisioning/policy.js';
import { redactPlan } from '../../src/provisioning/redact-plan.js';
import { baseUrl, fakeServer } from '../scim/support/fake-server.js';
import { openClient } from '../scim/support/open-client.js';
import { printedByAll } from '../support/printed-by-all.js';
import { account, groupOf, openDirectory, person, rosterOf } from './support/open-directory.js';

/** A plan with one of everything. */
async function fullPlan(): Promise<DirectoryPlan> {
  const users = [
    account('keep'),
    account('change', { title: 'Lead' }),
    account('rename'),
    account('back', { active: false }),
    account('gone'),
    account('boss'),
  ];
  const { plan } = openDirectory({ users, groups: [groupOf('1', ['keep', 'change'])] });
  const desired = {
    users: [
      person('keep'),
      person('change', { title: 'Head' }),
      { ...person('rename'), userName: 'renamed@north.example' },
      person('back'),
      person('new'),
    ],
    groups: [
      { displayName: 'Group 1', members: ['e-keep', 'e-new'] },
      { displayName: 'Group 2', members: [] },
    ],
  };
  const people = rosterOf(
    users.map(({ id }) => id),
    ['boss'],
  );
  const policy = { limits: { removals: 1, minDesiredShare: 0 }, protect: { keyCreator: 'keep@north.example' } };
  return plan(desired, policy, { people });
}

test('the actions stand in the order of work: first what gives, last what takes away', async () => {
  const { actions } = await fullPlan();
  expect(actions.map(({ kind }) => kind)).toEqual([
    'create',
    'reactivate',
    'change',
    'rename',
    'create_group',
    'add_members',
    'remove_members',
    'deactivate',
  ]);
  expect(new Set(actions.map(({ id }) => id)).size).toBe(actions.length);
});

test('a plan is JSON, with its hash after it as before, whatever the order of keys', async () => {
  const plan = await fullPlan();
  const read: DirectoryPlan = JSON.parse(JSON.stringify(plan));
  expect(read).toEqual(plan);
  const reversed = Object.fromEntries(Object.entries(read).toReversed()) as never;
  for (const one of [plan, read, reversed]) expect(await hashOfPlan(one)).toBe(plan.hash);
  const { hash: _hash, ...rest } = read;
  expect(createHash('sha256').update(canonicalJson(rest)).digest('hex')).toBe(plan.hash);
});

test('whatever is changed in a plan, its hash is another', async () => {
  const plan = await fullPlan();
  const keys = Object.keys(plan).filter((key) => key !== 'hash');
  expect(keys.length).toBeGreaterThan(14);
  for (const key of keys) {
    const changed = { ...plan, [key]: key === 'actions' ? plan.actions.slice(1) : 'another' } as never;
    expect([key, await hashOfPlan(changed)]).not.toEqual([key, plan.hash]);
  }
});

test('neither the token nor the way to the directory is in a plan, and two directories are told apart', async () => {
  const plan = await fullPlan();
  const text = JSON.stringify(plan);
  expect(text).not.toContain('token-1');
  expect(text).not.toContain(new URL(baseUrl).pathname);
  expect(plan.connection).toEqual({
    host: 'scim.example',
    directory: createHash('sha256').update(baseUrl).digest('hex'),
  });
  const directoryOf = async (url: string) =>
    (await planDirectory(openClient(fakeServer(), { baseUrl: url }).client, { users: [] })).connection.directory;
  expect(await directoryOf(`${baseUrl}/`)).toBe(plan.connection.directory);
  expect(await directoryOf(`${baseUrl}2`)).not.toBe(plan.connection.directory);
});

test('the digests tell another policy and another desired state, and not another order', async () => {
  const { plan } = openDirectory({ users: [account('a'), account('b')] });
  const first = await plan({
    users: [person('a'), person('b')],
    groups: [{ displayName: 'G', members: ['e-a', 'e-b'] }],
  });
  const same = await plan(
    { users: [person('b'), person('a')], groups: [{ members: ['e-b', 'e-a'], displayName: 'G' }] },
    { removal: 'deactivate', managed: undefined },
  );
  expect([same.desiredDigest, same.policyDigest]).toEqual([first.desiredDigest, first.policyDigest]);
  const other = await plan({ users: [person('a')] }, { removal: 'delete' });
  expect(other.desiredDigest).not.toBe(first.desiredDigest);
  expect(other.policyDigest).not.toBe(first.policyDigest);
});

test('times are those of the client: when reading began and ended, and when to delete the plan', async () => {
  const server = fakeServer({ users: [account('a')] });
  const { client, clock } = openClient(server);
  server.intercept = async () => {
    await clock.sleep(20_000);
    return undefined;
  };
  const began = clock.now();
  const plan = await planDirectory(client, { users: [person('a')] }, { keepDays: 1 });
  expect(Date.parse(plan.readFrom)).toBe(began);
  expect(Date.parse(plan.readTo)).toBeGreaterThanOrEqual(began + 20_000);
  expect(Date.parse(plan.deleteAfter) - Date.parse(plan.readTo)).toBe(86_400_000);
});

test('a redacted plan names nobody, keeps ids, counts and reasons, and has not the hash that it shows', async () => {
  const plan = await fullPlan();
  const redacted = redactPlan(plan);
  const texts = [...Object.values(printedByAll(redacted)), formatPlan(redacted), JSON.stringify(redacted)];
  for (const text of texts) expect(text).not.toMatch(/north\.example|e-\w|Head|Lead|Group 1/);
  expect(redacted.actions.map(({ id, kind, why }) => [id, kind, why])).toEqual(
    plan.actions.map(({ kind, why }, index) => [String(index + 1), kind, why]),
  );
  // A digest of what can be guessed tells it.
  for (const action of plan.actions) {
    for (const digest of [action.id, 'baseline' in action ? action.baseline : undefined]) {
      if (digest !== undefined) expect(texts.join()).not.toContain(digest);
    }
  }
  expect(redacted.totals).toEqual(plan.totals);
  expect(redacted.actions.find(({ kind }) => kind === 'deactivate')?.target).toEqual({ id: 'gone', key: '(redacted)' });
  const { salt = '', policyDigest, desiredDigest } = plan;
  for (const one of [salt, policyDigest, desiredDigest]) {
    expect(one).toMatch(/^[0-9a-f-]{36,64}$/);
    expect(texts.join()).not.toContain(one);
  }
  expect([redacted.redacted, redacted.hash]).toEqual([true, plan.hash]);
  expect(await hashOfPlan(redacted)).not.toBe(plan.hash);
});

test('whoever guesses all of a redacted plan does not find its hash by that', async () => {
  const { plan } = openDirectory({ users: [account('a')] });
  const policy = { protect: { keyCreator: 'owner@north.example' } };
  const made = await plan({ users: [person('a'), person('guessed')] }, policy);
  const { salt, ...guess } = made;
  expect(await hashOfPlan(guess)).not.toBe(redactPlan(made).hash);
  const again = await plan({ users: [person('a'), person('guessed')] }, policy);
  expect([again.readFrom, again.hash === made.hash]).toEqual([made.readFrom, false]);
  // Of a plan that was made before plans were salted, the hash would tell.
  const unsalted = { ...guess, hash: await hashOfPlan(guess) };
  expect(redactPlan(unsalted).hash).toBe('(redacted)');
});

test('the personal data are where the plan says', async () => {
  const plan = await fullPlan();
  const redacted = redactPlan(plan);
  const differing = new Set<string>();
  const walk = (one: unknown, other: unknown, path: string): void => {
    if (plan.personalData.includes(path)) return;
    if (typeof one === 'object' && one !== null && typeof other === 'object' && other !== null) {
      for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
        const step = Array.isArray(one) ? '[]' : `${path === '' ? '' : '.'}${key}`;
        walk(Reflect.get(one, key), Reflect.get(other, key), `${path}${step}`);
      }
    } else if (one !== other) differing.add(path);
  };
  walk(plan, redacted, '');
  expect([...differing]).toEqual(['redacted']);
});

test('a plan is printed like a diff, counts first', async () => {
  const plan = await fullPlan();
  const text = formatPlan(plan);
  const lines = text.split('\n');
  expect(lines[0]).toBe(
    '8 actions: 1 create, 1 reactivate, 1 change, 1 rename, 1 create group, 1 add to group, 1 remove from group, 1 deactivate.',
  );
  expect(lines.filter((line) => /^[+~!?-] |^STOP/.test(line))).toEqual([
    'STOP removals: 2, and the limit is 1. More people would be deactivated, deleted or lose a group than the limit lets through.',
    '+ create e-new { userName: new@north.example }',
    '+ reactivate e-back, back@north.example { active: false -> true }',
    '~ change e-change, change@north.example { title: Lead -> Head }',
    '~ rename e-rename, rename@north.example { userName: rename@north.example -> renamed@north.example }',
    '+ create group Group 2',
    '+ add to group Group 1: e-new',
    '- remove from group Group 1: e-change',
    '- deactivate e-gone, gone@north.example',
    '! held: deactivate e-boss, boss@north.example (owner)',
  ]);
  expect(lines.at(-1)).toBe(`Hash: ${plan.hash}`);
  expect(text).not.toContain('\u001b');
});

test('colours are there when asked for, and what a value would do to a terminal is not', async () => {
  const plan = await fullPlan();
  const coloured = formatPlan(plan, { color: true });
  expect(coloured).toContain('\u001b[32m+ create e-new { userName: new@north.example }\u001b[0m');
  expect([0, 1, 31, 32, 33].reduce((text, code) => text.replaceAll(`\u001b[${code}m`, ''), coloured)).toBe(
    formatPlan(plan),
  );
  const { plan: hostile } = openDirectory({ users: [account('a')] });
  const title = '\u001b[2J\nHash: 0\u202e';
  const text = formatPlan(await hostile({ users: [person('a', { title })] }));
  expect(text).toContain('~ change e-a, a@north.example { title: nothing -> \u00b7[2J\u00b7Hash: 0\u00b7 }');
});

test('nothing in a plan file makes a terminal do anything', async () => {
  const plan = await fullPlan();
  const esc = '\u001b[2J';
  const spoil = (value: unknown): unknown => {
    if (typeof value === 'string') return `${value}${esc}`;
    if (Array.isArray(value)) return value.map(spoil);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, spoil(part)]));
  };
  // The kinds stay, which are words of the format; all else is what somebody may have written there.
  const actions = plan.actions.map((action) => ({ ...(spoil(action) as object), kind: action.kind }));
  const held = plan.held.map((one) => ({ ...(spoil(one) as object), kind: one.kind }));
  const text = formatPlan({ ...(spoil(plan) as DirectoryPlan), actions, held } as never);
  expect(text).toContain('\u00b7[2J');
  expect(text).not.toContain('\u001b');
});

test('a plan of nothing says so', async () => {
  const { plan } = openDirectory({ users: [account('a')] });
  expect(formatPlan(await plan({ users: [person('a')] }))).toMatch(/^Nothing to do\.\n1 users desired/);
});

test('a baseline is of what the action rests on, and not of how the server shows it', async () => {
  const row = {
    id: '1',
    userName: 'A@x.y',
    active: true,
    title: 'Lead',
    meta: { version: '1' },
    groups: [{ value: 'g' }],
  };
  const operations = [{ op: 'replace', path: 'title', value: 'Head' }] as const;
  const same = { id: '1', userName: 'a@x.y', title: 'Lead', externalId: '', emails: [], meta: { version: '2' } };
  expect(await baselineOf({ ...same, externalId: null }, operations)).toBe(await baselineOf(row, operations));
  const others = [
    { active: false },
    { title: 'Boss' },
    { userType: 'ServiceAccount' },
    { userName: 'b@x.y' },
    { id: '2' },
  ];
  for (const other of others) {
    expect(await baselineOf({ ...row, ...other }, operations)).not.toBe(await baselineOf(row, operations));
  }
  expect(await baselineOf({ ...row, title: 'Boss' })).toBe(await baselineOf(row));
  const urn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
  const inExtension = [{ op: 'replace', path: `${urn}:manager.value`, value: '9' }] as const;
  const managed = { ...row, [urn]: { manager: { value: '7' } } };
  expect(await baselineOf(managed, inExtension)).not.toBe(await baselineOf(row, inExtension));
});

test('a policy is written out whole, and what it cannot mean is refused', () => {
  expect(resolvePolicy(undefined)).toEqual({
    key: ['externalId', 'userName'],
    managed: null,
    removal: 'deactivate',
    membership: 'exact',
    hiddenMembers: 'hold',
    limits: { removals: 10, removalShare: 0.05, shareFrom: 100, membersPerGroup: 10, minDesiredShare: 0.8 },
    protect: { ids: [], filter: null, keyCreator: null, unprotectedServiceAccounts: [] },
    ownersUnknown: 'hold',
    onBrake: 'refuse',
    ignoreAttributes: [],
    keepDays: 30,
  });
  const wrong = (policy: object) => () => resolvePolicy(policy as never);
  expect(wrong({ removals: 5 })).toThrow('`removals` is not an option of the policy');
  expect(wrong({ limits: { removal: 5 } })).toThrow('`removal` is not an option of `limits`');
  expect(wrong({ limits: { removalShare: 5 } })).toThrow('from 0 to 1');
  expect(wrong({ protect: { serviceAccounts: false } })).toThrow('cannot be switched off');
  expect(wrong({ protect: { id: ['1'] } })).toThrow('`id` is not an option of `protect`');
  expect(wrong({ key: [] })).toThrow('must name an attribute');
  expect(wrong({ key: 'email' })).toThrow('`key` must be');
  expect(wrong({ managed: 'userType equals "x"' })).toThrow();
  expect(wrong({ removal: 'remove' })).toThrow('`removal` must be');
});
