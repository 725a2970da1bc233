import { expect, test } from 'vitest';
import { connect } from '../../../src/connection/connect.js';
import { parseConnectionConfig } from '../../../src/connection/parse-form.js';
import type { Person } from '../../../src/connection/roster/person.js';
import type { RosterProgress } from '../../../src/connection/roster/query.js';
import { planDirectory } from '../../../src/provisioning/plan-directory.js';

const first = '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11';
const second = '91c2d7e4-5b6a-4f80-9d21-7c3e8b5a0f16';
const created = '2026-01-01T00:00:00Z';

const entry = (n: number) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  id: `dir-${n}`,
  userName: `p${n}@north.example`,
  active: true,
  emails: [{ value: `p${n}@north.example`, primary: true }],
  meta: { resourceType: 'User', created, lastModified: created },
});
const member = (n: number, more: object = {}) => ({
  id: `user-${n}`,
  email: `p${n}@north.example`,
  role: 'standard-user',
  status: 'active',
  ...more,
});
const owner = (n: number, more: object = {}) => member(n, { role: 'account-owner', ...more });
const list = (...data: readonly object[]) => ({ object: 'list', data, has_more: false });
const ofFirst = list(owner(4), member(3));
const nobody = list();

/** What each list answers: a body, or a `Response`. One that is left out is refused. */
interface World {
  readonly admin?: Readonly<Record<string, unknown>>;
  readonly compliance?: Readonly<Record<string, unknown>>;
  readonly invites?: Readonly<Record<string, unknown>>;
  readonly programs?: unknown;
  readonly keys?: Readonly<Record<string, string>>;
}

function open({ admin = {}, compliance = {}, invites = {}, programs, keys }: World) {
  const entries = [1, 2, 3, 4].map(entry);
  const answer = (body: unknown) => {
    if (body instanceof Response) return body.clone();
    return body === undefined ? Response.json({ error: { message: 'no' } }, { status: 403 }) : Response.json(body);
  };
  const fetch = async (input: RequestInfo | URL, init?: RequestInit) => {
    const { pathname, searchParams } = new URL(new Request(input, init).url);
    if (pathname.includes('/scim/')) {
      const startIndex = Number(searchParams.get('startIndex') ?? 1);
      const page = entries.slice(startIndex - 1, startIndex - 1 + Number(searchParams.get('count') ?? 100));
      return Response.json({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
        totalResults: entries.length,
        startIndex,
        itemsPerPage: page.length,
        Resources: page,
      });
    }
    const [, api = '', id = '', what = ''] =
      /\/(manage|compliance|analytics)\/workspaces\/([^/]+)\/(.+)$/.exec(pathname) ?? [];
    if (what === 'users') return answer((api === 'manage' ? admin : compliance)[id]);
    if (what === 'invites') return answer(api === 'manage' ? undefined : (invites[id] ?? list()));
    if (what === 'service-accounts') return answer(programs);
    return what === 'usage' && id === first
      ? Response.json({ object: 'page', data: [], has_more: false, next_page: null })
      : answer(undefined);
  };
  const config = parseConnectionConfig({
    scimBaseUrl: 'https://scim.example/scim/v2',
    scimToken: 'se_SCIMTOKEN4444444444444',
    complianceApiKeys: keys ?? { [first]: 'sk-admin-KEYONE11111111111', [second]: 'sk-admin-KEYTWO22222222222' },
    provisioning: 'on',
    deprovisioning: 'on',
  });
  const connection = connect(config, { fetch: fetch as typeof globalThis.fetch, maxRetries: 0, rateLimit: false });
  const failed: unknown[] = [];
  let progress: RosterProgress | undefined;
  const read = async (query: object = {}) => {
    const people: Person[] = [];
    const onFailedPrincipal = ({ error }: { readonly error: Error }) => failed.push(error);
    const onProgress = (now: RosterProgress) => {
      progress = now;
    };
    for await (const one of connection.roster({ groups: false, onFailedPrincipal, onProgress, ...query }))
      people.push(one);
    return people;
  };
  /** Whom a plan removes that wants the third and the fourth person only, and by what it holds the others. */
  const plan = async (policy: object = {}) => {
    const limits = { removals: 100, removalShare: 1, minDesiredShare: 0 };
    const users = [3, 4].map((n) => ({ userName: `p${n}@north.example` }));
    const protect = { keyCreator: 'p4@north.example', ...policy };
    const { actions, held } = await planDirectory(
      connection.scim as never,
      { users },
      { limits, protect },
      {
        people: await read(),
      },
    );
    return {
      removed: actions.map(({ target }) => target.id),
      held: held.map(({ target, reason }) => `${target.id} ${reason}`),
    };
  };
  return { connection, read, plan, failed, progress: () => progress };
}

const allUnknown = { removed: [], held: ['dir-1 owners_unknown', 'dir-2 owners_unknown'] };

test('the good lists: who owns nothing is removed, and who owns a workspace is not', async () => {
  const { plan, failed } = open({ compliance: { [first]: ofFirst, [second]: list(owner(1), member(2)) } });
  expect(await plan()).toEqual({ removed: ['dir-2'], held: ['dir-1 owner'] });
  expect(failed).toEqual([]);
});

test.each<[string, World, object | undefined]>([
  [
    'a list of the Compliance API that is empty',
    { compliance: { [first]: ofFirst, [second]: { data: [] } } },
    undefined,
  ],
  [
    'a list of the Admin API that is empty',
    { admin: { [second]: nobody }, compliance: { [first]: ofFirst } },
    undefined,
  ],
  ...Object.entries({
    'rows of another workspace': [
      list(...ofFirst.data.map((row) => ({ ...row, workspace_id: first }))),
      { issues: [{ path: ['data', 'workspace_id'] }] },
    ],
    'an envelope of another workspace': [
      { ...list(owner(1)), workspace_id: first },
      { name: 'ResponseValidationError' },
    ],
    'rows beside an error': [{ ...list(owner(2)), error: { message: 'no' } }, { name: 'ResponseValidationError' }],
    'an error in the place of a list': [{ object: 'error', data: [owner(2)] }, { name: 'ResponseValidationError' }],
    'one row twice': [list(owner(2), owner(2)), { reason: 'row_repeated' }],
    'one id with two roles': [list(owner(2), member(2)), { reason: 'row_contradicts' }],
    'one id with two standings': [list(owner(2), owner(2, { status: 'inactive' })), { reason: 'row_contradicts' }],
    'an empty page before others': [{ data: [], has_more: true, last_id: 'user-1' }, { reason: 'page_empty' }],
    'a cursor beyond its rows': [
      { ...list(owner(2)), has_more: true, last_id: 'user-5' },
      { reason: 'cursor_elsewhere' },
    ],
    'a part of an answer': [Response.json(list(owner(2)), { status: 206 }), { reason: 'end_unclear' }],
  } as const).map(([name, [body, error]]): [string, World, object] => [
    name,
    { compliance: { [first]: ofFirst, [second]: body } },
    error,
  ]),
  ...Object.entries({
    'rows beside an error, of the Admin API': [{ ...list(owner(2)), error: 'no' }, { name: 'ResponseValidationError' }],
    'a cursor beyond its rows, of the Admin API': [
      { ...list(owner(2)), has_more: true, last_id: 'user-5' },
      { reason: 'cursor_elsewhere' },
    ],
    'a part of an answer, of the Admin API': [
      Response.json(list(owner(2)), { status: 206 }),
      { reason: 'end_unclear' },
    ],
  } as const).map(([name, [body, error]]): [string, World, object] => [
    name,
    { compliance: { [first]: ofFirst }, admin: { [second]: body } },
    error,
  ]),
])('%s proves nothing of who is in the workspace, and removes nobody', async (_name, world, error) => {
  const { plan, read, failed } = open(world);
  const { removed, held } = await plan();
  expect(removed).toEqual([]);
  expect(held.map((line) => line.split(' ')[0])).toEqual(['dir-1', 'dir-2']);
  // An empty list is no failure.
  expect(failed).toMatchObject(error === undefined ? [] : [error]);
  const people = await read();
  expect(people.every(({ workspacesIncomplete }) => workspacesIncomplete)).toBe(true);
  expect(people.flatMap(({ conflicts }) => conflicts)).toEqual([]);
});

test('invitations of another workspace are not believed, nor those beside an error or of a part of an answer', async () => {
  const invitation = { id: 'i-1', email: 'p2@north.example', status: 'pending' };
  for (const answer of [
    list({ ...invitation, workspace_id: second }),
    { ...list(invitation), workspace_id: second },
    { ...list(invitation), error: { message: 'no' } },
    { object: 'error', data: [] },
    Response.json(list(invitation), { status: 206 }),
  ]) {
    const keys = { [first]: 'sk-admin-KEYONE11111111111' };
    const { read, progress } = open({ compliance: { [first]: ofFirst }, invites: { [first]: answer }, keys });
    const people = await read();
    expect(people.map(({ status, invitationsIncomplete }) => [status, invitationsIncomplete])).toContainEqual([
      'provisioned',
      true,
    ]);
    expect(people.flatMap(({ invitations }) => invitations)).toEqual([]);
    expect(progress()?.unreadInvitations).toBe(1);
  }
});

test.each([
  ['no address', null, 'account-owner'],
  ['a masked address', 'p***@north.example', 'owner'],
  ['a masked address and no role', 'p***@north.example', null],
  ['no address and no role', null, null],
])('where an account of who may be an owner has %s, nobody is removed', async (_name, email, role) => {
  const { plan } = open({
    compliance: { [first]: list(...ofFirst.data, member(9, { email, role })), [second]: ofFirst },
  });
  expect(await plan()).toEqual(allUnknown);
});

test('an entry with the id of a service account is that account, though the directory does not say so, and is held', async () => {
  const keys = { [first]: 'sk-admin-KEYONE11111111111' };
  const world = { compliance: { [first]: ofFirst }, programs: list({ id: 'dir-2', name: 'bot', enabled: true }), keys };
  const { read, plan } = open(world);
  const programs = (await read()).filter(({ serviceAccounts }) => serviceAccounts !== undefined);
  expect(programs).toMatchObject([
    { kind: 'service_account', source: 'both', status: 'active', directory: { id: 'dir-2' } },
  ]);
  expect([programs[0]?.email, programs[0]?.directory?.userType]).toEqual([undefined, undefined]);
  expect(await plan()).toEqual({ removed: ['dir-1'], held: ['dir-2 service_account'] });
  expect(await plan({ serviceAccounts: { except: ['dir-2'] } })).toEqual({ removed: ['dir-1', 'dir-2'], held: [] });
});

test.each([
  ['deleted', { deleted: true }],
  ['deleted', { object: 'workspace.user.deleted' }],
  ['invited', { object: 'workspace.invite' }],
])('a row that says that it is %s is no active member', async (status, more) => {
  for (const api of ['admin', 'compliance'] as const) {
    const keys = { [first]: 'sk-admin-KEYONE11111111111' };
    const { read, connection } = open({ [api]: { [first]: list(owner(4), member(3, more)) }, keys });
    const person = (await read()).find(({ directory }) => directory?.id === 'dir-3');
    expect(person).toMatchObject({ status: 'unknown', workspaces: [{ userId: 'user-3', status }] });
    if (api === 'compliance') continue;
    const { read: _, ...one } = open({ admin: { [first]: list(member(3, more)) }, keys });
    expect(await one.connection.admin?.members.find({ email: 'p3@north.example' })).toBeUndefined();
    expect(connection.admin).toBeDefined();
  }
});

test('what a workspace without an Admin key used is not known, and nobody is idle by that', async () => {
  const keys = { [first]: 'sk-admin-KEYONE11111111111', [second]: 'sk-proj-LEGACY33333333333' };
  const { read } = open({ compliance: { [first]: ofFirst, [second]: list(owner(1)) }, keys });
  let statuses: unknown;
  const onTotals = ({
    daily,
  }: {
    readonly daily: readonly { readonly workspaceId: string; readonly status: string }[];
  }) => {
    statuses = Object.fromEntries(daily.map(({ workspaceId, status }) => [workspaceId, status]));
  };
  const people = await read({ usage: { onTotals } });
  expect(people.map(({ usageIncomplete }) => usageIncomplete)).toEqual(people.map(() => true));
  expect(statuses).toEqual({ [first]: 'read', [second]: 'refused' });
});

test('the check does not call an empty list of members one that can be read', async () => {
  const keys = { [first]: 'sk-proj-LEGACY33333333333' };
  const { connection } = open({ compliance: { [first]: nobody }, keys });
  const { permissions, findings, workspaces } = await connection.check();
  expect(permissions.find(({ permission }) => permission === 'read_members')?.verdict).toBe('unknown');
  expect(workspaces[0]).toMatchObject({ members: 'unknown' });
  expect(workspaces[0]?.membersListedBy).toBeUndefined();
  expect(findings.map(({ code, severity }) => `${code} ${severity}`)).toContain('members_not_shown warning');
});
