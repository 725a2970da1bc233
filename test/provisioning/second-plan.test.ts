import { expect, test } from 'vitest';
import { connect } from '../../src/connection/connect.js';
import { parseConnectionConfig } from '../../src/connection/parse-form.js';
import { type DesiredDirectory, type DesiredUser, planDirectory } from '../../src/provisioning/index.js';
import type { PlanPolicy } from '../../src/provisioning/policy.js';
import { ScimClient } from '../../src/scim/client.js';
import { createEmulator, type ScimOptions, scimQuirks } from '../../src/testing/index.js';
import { createFakeClock } from '../support/fake-clock.js';
import { apply, resultLinesOf } from './support/apply.js';
import { account, heldLinesOf, linesOf, noLimits, openDirectory, person, rosterOf } from './support/open-directory.js';

const everything = { provisioning: true, deprovisioning: true } as const;

function open(scim: ScimOptions) {
  const clock = createFakeClock(undefined, { autoAdvance: true });
  const emulator = createEmulator({ world: 'empty', scim, clock });
  const { fetch } = emulator;
  const { baseUrl, token } = emulator.scim;
  const common = { baseUrl, token, fetch, clock, random: () => 0.5, rateLimit: false as const };
  const headers = { 'user-agent': 'test' };
  const client = new ScimClient({ ...common, headers, profile: scim.mode ?? 'workos', access: everything });
  const { store } = emulator;
  const people = () => rosterOf(store.users.list().map(({ id }) => String(id)));
  return { emulator, client, store, people };
}

const name = (number: number) => `Person.${number}@North.Example`;
const employee = (number: number, more: object = {}) => ({
  userName: name(number),
  externalId: `E${number}`,
  name: { givenName: 'Person', familyName: `Nr ${number}` },
  emails: [{ value: name(number), type: 'work' as const, primary: true }],
  ...more,
});
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

/** Half of the desired people are there, some of them changed, off, or named otherwise; some must go. */
function seed({ store }: ReturnType<typeof open>): void {
  const ids = numbers(0, 30).map((number) =>
    store.users.add({
      ...employee(number),
      active: number % 7 !== 0,
      ...(number % 5 === 0 ? { title: 'Old' } : {}),
      ...(number % 6 === 1 ? { userName: `former.${number}@north.example` } : {}),
    }),
  );
  store.groups.add({ displayName: 'Sales', members: ids.slice(0, 12).map((value) => ({ value })) });
  store.groups.add({ displayName: 'Legal', members: ids.slice(10, 14).map((value) => ({ value })) });
  store.groups.add({ displayName: 'Others', members: ids.slice(0, 3).map((value) => ({ value })) });
}

const desired: DesiredDirectory = {
  users: numbers(4, 40).map((number) =>
    employee(number, { title: number % 5 === 0 ? 'New' : 'Same', ...(number === 20 ? { active: false } : {}) }),
  ),
  groups: [
    { displayName: 'Sales', members: numbers(4, 10).map((number) => `E${number}`) },
    { displayName: 'Legal', members: [...numbers(8, 16).map((number) => `E${number}`), name(39).toLowerCase()] },
    { displayName: 'Fresh', members: numbers(30, 40).map((number) => `E${number}`) },
  ],
};

const servers: readonly [what: string, scim: ScimOptions, policy?: PlanPolicy][] = [
  ['WorkOS, which writes names in lower case', { mode: 'workos' }],
  ['one that keeps to the RFC', { mode: 'rfc' }],
  ['one that leaves members out of lists', { mode: 'rfc', quirks: { members: 'only_in_reads' } }],
  ['one that answers an empty list of members', { mode: 'rfc', quirks: { members: 'empty' } }],
  ['AWS, which shows no members', { mode: 'rfc', quirks: { ...scimQuirks.aws, startIndex: 'from_one' } }],
  [
    'one that only deactivates whom it should delete',
    { mode: 'rfc', quirks: scimQuirks.deactivatesOnDelete },
    { removal: 'delete' },
  ],
  ['one without PATCH', { mode: 'rfc', quirks: scimQuirks.withoutPatch }],
  ['one written in an afternoon', { mode: 'rfc', quirks: scimQuirks.handMade }],
  ['Better Auth', { mode: 'rfc', quirks: scimQuirks.betterAuth }],
  ['one that says little', { mode: 'rfc', quirks: scimQuirks.terse }],
];

test.each(servers)('a second plan after the first was applied is empty: %s', async (_, scim, policy = {}) => {
  const directory = open(scim);
  seed(directory);
  const { client, people } = directory;
  const plan = () => planDirectory(client, desired, { ...noLimits, ...policy }, { people: people() });
  const first = await plan();
  expect(first.actions.length).toBeGreaterThan(30);
  const result = await apply(client, first);
  expect(resultLinesOf(result).filter((line) => !/ (done|already)(:|$)/.test(line))).toEqual([]);
  expect(result).toMatchObject({ finished: true, possibleDoubleSends: [] });
  const second = await plan();
  expect(linesOf(second)).toEqual([]);
  expect(heldLinesOf(second)).toEqual(heldLinesOf(first));
});

test('an attribute that the server drops is named, and forgotten where the policy says so', async () => {
  const { plan } = openDirectory({ users: [account('a'), account('b', { title: 'Lead' })] });
  const users = [person('a', { nickName: 'Al', title: 'Head' }), person('b')];
  const first = await plan({ users });
  expect(linesOf(first)).toEqual(['change e-a']);
  const noted = first.notes.find(({ code }) => code === 'attribute_not_shown');
  expect(noted?.message).toContain('these for nobody: nickName.');
  const ignoring = await plan({ users }, { ignoreAttributes: ['nickname', 'title'] });
  expect([linesOf(ignoring), ignoring.notes.some(({ code }) => code === 'attribute_not_shown')]).toEqual([[], false]);
  // Whoever is created gets it all the same.
  const created = await plan(
    { users: [...users, person('c', { nickName: 'Cy' })] },
    { ignoreAttributes: ['nickName'] },
  );
  expect(created.actions[0]).toMatchObject({ kind: 'create', after: { nickName: 'Cy' } });
});

test('the roster of a connection tells the owner; who is invited and no member yet is an account like any other', async () => {
  const emulator = createEmulator();
  const form = { ...emulator.connectionConfig(), provisioning: true, deprovisioning: true };
  await using connection = connect(parseConnectionConfig(form, { require: ['scim', 'compliance'] }), {
    ...emulator.clientOptions,
    scim: { rateLimit: false },
  });
  const { scim } = connection;
  const there = emulator.store.users.list();
  const plan = (users: readonly DesiredUser[]) =>
    planDirectory(scim, { users }, { limits: noLimits.limits }, { people: connection.roster() });
  const newcomer = employee(1_000);
  // The owner and everybody else should go: the owner stays.
  const owner = emulator.store.workspaces
    .users(emulator.connectionConfig().workspaceIds?.split(',')[0] ?? '')
    .find(({ role }) => role === 'account-owner');
  const all = await plan([newcomer]);
  const ownerLine = all.held.filter(({ reason }) => reason === 'owner').map(({ target }) => target.id);
  expect(ownerLine).toEqual([there.find(({ userName }) => userName === owner?.email)?.id]);
  expect(linesOf(all)[0]).toBe('create E1000');
  const first = await plan([...there, newcomer]);
  expect(linesOf(first)).toEqual(['create E1000']);
  expect((await apply(scim, first, { people: connection.roster() })).finished).toBe(true);
  expect(linesOf(await plan([...there, newcomer]))).toEqual([]);
});

test('a server that drops an attribute is named by the outcome and the next plan, and the option makes that one empty', async () => {
  const { emulator, store, people } = open({ mode: 'rfc' });
  for (const number of [0, 1]) store.users.add({ ...employee(number), active: true });
  const isKept = ({ path }: { readonly path?: string }) => path?.toLowerCase() !== 'title';
  const nothing = { op: 'replace', path: 'active', value: true };
  // It answers as if it had done all of it, as servers do.
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    if (!['POST', 'PATCH'].includes(request.method)) return emulator.fetch(request);
    const { title: _title, Operations: all, ...body } = JSON.parse(await request.text());
    const text = JSON.stringify(all === undefined ? body : { ...body, Operations: [...all.filter(isKept), nothing] });
    return emulator.fetch(new Request(request.url, { method: request.method, headers: request.headers, body: text }));
  };
  const { baseUrl, token } = emulator.scim;
  const clock = createFakeClock(undefined, { autoAdvance: true });
  const client = new ScimClient({ baseUrl, token, fetch, clock, rateLimit: false, profile: 'rfc', access: everything });
  const users = numbers(0, 3).map((number) => employee(number, { title: 'Lead', nickName: `N${number}` }));
  const plan = (policy: PlanPolicy) => planDirectory(client, { users }, policy, { people: people() });
  const result = await apply(client, await plan(noLimits));
  expect(resultLinesOf(result)).toEqual([
    'create E2 partial (not_applied)',
    'change E0 partial (not_applied)',
    'change E1 partial (not_applied)',
  ]);
  for (const { message, remedy } of result.outcomes) {
    expect(message).toContain('title');
    expect(remedy).toContain('`ignoreAttributes`');
  }
  const second = await plan(noLimits);
  expect(linesOf(second)).toEqual(['change E0', 'change E1', 'change E2']);
  expect(second.notes).toContainEqual({
    code: 'attribute_not_shown',
    message: expect.stringMatching(/: title\..* name them in `ignoreAttributes`/),
  });
  const last = await apply(client, second);
  expect(resultLinesOf(last)[0]).toBe('change E0 failed (not_applied)');
  expect(last.outcomes[0]?.remedy).toContain('`ignoreAttributes`');
  const ignoring = { ...noLimits, ignoreAttributes: ['title'] };
  expect(linesOf(await plan(ignoring))).toEqual([]);
  // Whoever is created with it is done, and is no difference any more.
  users.push(employee(3, { title: 'Lead', nickName: 'N3' }));
  expect(resultLinesOf(await apply(client, await plan(ignoring)))).toEqual(['create E3 done']);
  expect(linesOf(await plan(ignoring))).toEqual([]);
});
