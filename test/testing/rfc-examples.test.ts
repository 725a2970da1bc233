import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createEmulator } from '../../src/testing/create-emulator.js';
import { askFor, askScim, enterpriseUrn, groupUrn, patchOf, userUrn } from './support/ask-scim.js';

// The examples that the RFCs print, sent to the emulator as they are.

function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), 'utf8')) as T;
}

const rfc = () => createEmulator({ world: 'empty', scim: { mode: 'rfc' } });

interface Exchange {
  readonly section: string;
  readonly behaviour: string;
  readonly request: { readonly method: string; readonly path: string; readonly body?: object };
  readonly status: number;
  readonly answer: object;
  readonly remembers?: string;
}

test('answers the printed exchanges of RFC 7644, one after the other', async () => {
  await using emulator = rfc();
  const ids = new Map<string, string>();
  for (const { section, behaviour, request, status, answer, remembers } of fixture<Exchange[]>('rfc7644/exchanges')) {
    const path = request.path.replace(/\{(\w+)\}/, (whole, name: string) => ids.get(name) ?? whole);
    const told = await askScim(emulator, request.method, path, request.body);
    expect([told.status, told.body || {}], `§${section} ${behaviour}`).toMatchObject([status, answer]);
    if (remembers !== undefined) ids.set(remembers, told.body.id);
  }
  const bob = emulator.store.users.getByName('Bob');
  const carol = emulator.store.users.getByName('Carol');
  expect(bob).toMatchObject({
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { manager: { value: carol?.id } },
  });
});

test.each(['user-minimal', 'user-full', 'user-enterprise'])(
  'takes the %s of RFC 7643 §8 and gives it back',
  async (name) => {
    await using emulator = rfc();
    const {
      id: _id,
      meta: _meta,
      groups: _groups,
      password: _password,
      ...user
    } = fixture<Record<string, unknown>>(`rfc7643/${name}`);
    const { status, body } = await askScim(emulator, 'POST', '/Users', {
      ...user,
      groups: _groups,
      password: _password,
    });
    expect(status).toBe(201);
    // The manager's name is the server's to say, and it knows no such manager.
    const manager = (user[enterpriseUrn] as { manager?: { displayName?: string } } | undefined)?.manager;
    delete manager?.displayName;
    expect(body).toMatchObject(user);
    expect(body).not.toHaveProperty('password');
    expect(body).not.toHaveProperty('groups');
  },
);

test('takes the group of RFC 7643 §8.4 with members that exist', async () => {
  await using emulator = rfc();
  const {
    id: _id,
    meta: _meta,
    ...group
  } = fixture<{ id: string; meta: object; members: { value: string }[] }>('rfc7643/group');
  for (const { value } of group.members) emulator.store.users.create({ id: value, userName: value });
  const { status, body } = await askScim(emulator, 'POST', '/Groups', group);
  expect(status).toBe(201);
  expect(body.members.map((member: { value: string }) => member.value)).toEqual(
    group.members.map(({ value }) => value),
  );
});

test.each(fixture<string[]>('rfc7644/filters'))('reads the filter %s', async (filter) => {
  await using emulator = rfc();
  const { status } = await askFor(emulator, '/Users', filter);
  expect(status).toBe(200);
});

interface PatchExample {
  readonly section: string;
  readonly behaviour: string;
  readonly before: Record<string, unknown> & { members?: { value: string }[] };
  readonly operations: object[];
  readonly after: Record<string, unknown> & { members?: { value: string }[] };
}

test.each(fixture<PatchExample[]>('rfc7644/patch-examples'))(
  '§$section $behaviour',
  async ({ before, operations, after }) => {
    await using emulator = rfc();
    const isGroup = 'displayName' in before && !('userName' in before);
    const people = [before, after, { members: membersIn(operations) }].flatMap(({ members = [] }) => members);
    for (const { value } of people) {
      if (emulator.store.users.get(value) === undefined) emulator.store.users.create({ id: value, userName: value });
    }
    const store = isGroup ? emulator.store.groups : emulator.store.users;
    const { id } = store.create({ schemas: [isGroup ? groupUrn : userUrn], ...before } as never);
    const { status, body } = await askScim(
      emulator,
      'PATCH',
      `/${isGroup ? 'Groups' : 'Users'}/${id}`,
      patchOf(...operations),
    );
    expect(status).toBe(200);
    const { members = [], schemas: _schemas, ...expected } = after;
    expect(body).toMatchObject(expected);
    expect((body.members ?? []).map((member: { value: string }) => member.value)).toEqual(
      members.map(({ value }) => value),
    );
  },
);

function membersIn(operations: readonly object[]): { value: string }[] {
  return (operations as { value?: unknown }[])
    .flatMap(({ value }) => (Array.isArray(value) ? value : []))
    .filter((item) => 'value' in item);
}
