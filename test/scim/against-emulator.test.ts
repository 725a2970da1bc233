import { describe, expect, test } from 'vitest';
import { bulk } from '../../src/scim/bulk/bulk.js';
import { ScimClient } from '../../src/scim/client.js';
import { rfcProfile, type ScimClientOptions } from '../../src/scim/options.js';
import { createEmulator } from '../../src/testing/create-emulator.js';
import type { Emulator, ScimOptions } from '../../src/testing/emulator.js';
import { createFakeClock } from '../support/fake-clock.js';
import { collect } from './support/collect.js';

const everything = { provisioning: true, deprovisioning: true } as const;

function open(scim: ScimOptions, options: Partial<ScimClientOptions> = {}) {
  const clock = createFakeClock(undefined, { autoAdvance: true });
  const emulator = createEmulator({ world: 'empty', scim, clock });
  const { baseUrl, token } = emulator.scim;
  const { fetch } = emulator;
  const common = { baseUrl, token, fetch, clock, random: () => 0.5, rateLimit: false as const };
  return {
    emulator,
    client: new ScimClient({ ...common, profile: scim.mode ?? 'workos', ...options, access: everything }),
  };
}

function seed({ store }: Emulator, count: number): string[] {
  return Array.from({ length: count }, (_, index) => store.users.add({ userName: `user${index}@x.y`, active: true }));
}

const person = (userName: string, more: object = {}) => ({
  userName,
  active: true,
  emails: [{ value: userName, type: 'work', primary: true }],
  ...more,
});

describe('a walk through 95 users reads each once from a server that', () => {
  test.each([
    ['is as the RFC has it', {}],
    ['is as the RFC has it, with cursors', { cursors: 'always' as const }],
    ['counts from 0', { startIndex: 'from_zero' as const }],
    ['calls a page the total', { totalResults: 'page_size' as const }],
    [
      'calls a page the total and gives the first page past the end',
      { totalResults: 'page_size' as const, pastTheEnd: 'first_page' as const },
    ],
    [
      'calls a page the total and has nothing past the end',
      { totalResults: 'page_size' as const, pastTheEnd: 'not_found' as const },
    ],
    ['lets pages overlap', { overlappingPages: true }],
    ['spells it `resources`', { resourcesKey: 'resources' as const }],
    ['omits what it can', { omitsEmptyResources: true, omitsStartIndex: true }],
    ['gives smaller pages than asked', { maxPageSize: 7 }],
    ['refuses pages of 100', { maxPageSize: 50, countAboveMaximum: 'refuse' as const }],
  ])('%s', async (_, quirks) => {
    const { emulator, client } = open({ mode: 'rfc', quirks });
    const ids = seed(emulator, 95);
    for (const options of [{}, { count: 10 }, { count: 10, prefetch: 4 }]) {
      const seen = await collect(client.users.iterate(options));
      expect(seen.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    }
  });
});

test('a walk through a server that ignores startIndex ends, and says what is missing', async () => {
  const { emulator, client } = open({ mode: 'rfc', quirks: { startIndex: 'ignored', maxPageSize: 20 } });
  seed(emulator, 95);
  await expect(collect(client.users.iterate())).rejects.toMatchObject({
    reason: 'stalled',
    received: 20,
    totalResults: 95,
  });
});

describe('upsert never makes a second user on a server that', () => {
  test.each([
    ['is as the RFC has it', {}],
    ['ignores the filter', { filterAttributes: [], unsupportedFilter: 'ignored' as const }],
    ['finds nothing by any filter', { filterAttributes: [], unsupportedFilter: 'no_match' as const }],
    ['has no filters', { filterAttributes: [], unsupportedFilter: 'not_implemented' as const }],
    ['refuses the filter', { filterAttributes: [], unsupportedFilter: 'invalid_filter' as const }],
    ['answers no match with 404', { notFoundForNoMatch: true }],
    ['compares names with case', { caseSensitiveUserName: true }],
    ['has no PATCH', { patch: false }],
    ['answers 204', { patchAnswer: 'no_content' as const }],
    ['answers with what was there before', { patchAnswer: 'stale_resource' as const }],
    ['answers 201 without a body', { createdBody: false }],
    ['sends text for booleans', { booleansAsStrings: true }],
    ['takes SCIM’s media type only', { onlyScimContentType: true }],
    ['wants to know who asks', { requiresUserAgent: true }],
  ])('%s', async (_, quirks) => {
    const { emulator, client } = open({ mode: 'rfc', quirks });
    seed(emulator, 120);
    expect(await client.users.upsert(person('new@x.y', { displayName: 'A' }))).toMatchObject({ outcome: 'created' });
    expect(await client.users.upsert(person('new@x.y', { displayName: 'A' }))).toMatchObject({
      outcome: expect.stringMatching(/unchanged|adopted/),
    });
    const { resource } = await client.users.upsert(person('NEW@x.y', { displayName: 'B' }));
    expect(emulator.store.users.size).toBe(121);
    expect(await client.users.get(resource.id)).toMatchObject({ displayName: 'B', active: true });
    expect(await client.users.deactivate(resource.id)).toMatchObject({ outcome: 'deactivated' });
    expect(await client.users.upsert(person('new@x.y'))).toMatchObject({
      outcome: expect.stringMatching(/reactivated|adopted/),
    });
    expect(await client.users.get(resource.id)).toMatchObject({ active: true });
  });
});

describe('members end up as asked on a server that', () => {
  test.each<[string, NonNullable<ScimOptions['quirks']>]>([
    ['is as the RFC has it', {}],
    ['takes ten members at a time', { maxMembersPerPatch: 10 }],
    ['has no PATCH', { patch: false }],
    ['answers 204', { patchAnswer: 'no_content' }],
  ])('%s', async (_, quirks) => {
    const profile = { ...rfcProfile, memberChangesPerRequest: quirks.maxMembersPerPatch ?? 100 };
    const { emulator, client } = open({ mode: 'rfc', quirks }, { profile });
    const ids = seed(emulator, 60);
    const { id } = emulator.store.groups.create({ displayName: 'G', members: [{ value: ids[0] }] });
    const members = () => (emulator.store.groups.get(id)?.members ?? []).map(({ value }) => value).toSorted();
    await Promise.all(
      Array.from({ length: 6 }, (_, part) => client.groups.addMembers(id, ids.slice(part * 10, part * 10 + 10))),
    );
    expect(members()).toEqual(ids.toSorted());
    expect(await client.groups.removeMembers(id, ids.slice(5), { verify: true })).toMatchObject({ remaining: [] });
    expect(members()).toEqual(ids.slice(0, 5).toSorted());
    await client.groups.setMembers(id, ids.slice(3, 9), { verify: true });
    expect(members()).toEqual(ids.slice(3, 9).toSorted());
  });
});

test('verify waits for reads that lag behind', async () => {
  const { emulator, client } = open({ mode: 'rfc', quirks: { staleReadMs: 400 } });
  const [id = ''] = seed(emulator, 1);
  const user = await client.users.patch(id, [{ op: 'replace', path: 'title', value: 'Lead' }], { verify: true });
  expect(user).toMatchObject({ title: 'Lead' });
});

test('members that a server never shows are not taken for none', async () => {
  const { emulator, client } = open({ mode: 'rfc', quirks: { members: 'hidden' } });
  const [first = '', second = ''] = seed(emulator, 2);
  const { id } = emulator.store.groups.create({ displayName: 'G', members: [{ value: first }] });
  expect(await client.groups.addMembers(id, [second], { verify: true })).toMatchObject({ verified: false });
  await client.groups.setMembers(id, [second]);
  expect(await client.groups.get(id)).not.toHaveProperty('members');
});

describe('bulk', () => {
  test('goes in batches of what the server takes, and refers to what it made', async () => {
    const { emulator, client } = open({ mode: 'rfc', quirks: { bulkMaxOperations: 3 } });
    const names = ['a', 'b', 'c', 'd'];
    const results = await bulk(client, [
      {
        method: 'POST',
        path: '/Groups',
        data: { displayName: 'G', members: names.map((name) => ({ value: `bulkId:${name}` })) },
      },
      ...names.map((name) => ({ method: 'POST' as const, path: '/Users', bulkId: name, data: person(`${name}@x.y`) })),
    ]);
    expect(results.map(({ outcome }) => outcome)).toEqual(Array(5).fill('succeeded'));
    expect(emulator.store.groups.get(results[0]?.id ?? '')?.members).toHaveLength(4);
  });
});

describe('WorkOS', () => {
  test('keeps a deleted user as a row that is not active; upsert brings her back under the same id', async () => {
    const { emulator, client } = open({ mode: 'workos', quirks: { softDelete: true } });
    const { resource } = await client.users.upsert(person('mira@x.y'));
    expect(await client.users.delete(resource.id, { verify: true })).toEqual({ outcome: 'deleted' });
    const again = await client.users.upsert(person('mira@x.y'));
    expect(['reactivated', 'created']).toContain(again.outcome);
    const active = (await collect(client.users.iterate())).filter((user) => user.active !== false);
    expect(active).toHaveLength(1);
    expect(emulator.store.users.get(again.resource.id)).toMatchObject({ active: true });
  });

  test('would drop members it does not know without a word: they are reported, and not sent', async () => {
    const { emulator, client } = open({ mode: 'workos' });
    const { resource: user } = await client.users.upsert(person('mira@x.y'));
    const { resource: group } = await client.groups.upsert({ displayName: 'G', externalId: 'g' });
    expect(await client.groups.addMembers(group.id, [user.id, 'nobody'], { verify: true })).toMatchObject({
      added: [user.id],
      notFound: ['nobody'],
      verified: true,
      dropped: [],
    });
    expect(emulator.store.groups.get(group.id)?.members).toHaveLength(1);
  });

  test('writes names in lower case; upsert is not fooled', async () => {
    const { emulator, client } = open({ mode: 'workos' });
    await client.users.upsert(person('Mira.Sol@X.y'));
    expect(await client.users.upsert(person('Mira.Sol@X.y'))).toMatchObject({ outcome: 'unchanged' });
    expect(emulator.store.users.size).toBe(1);
  });

  test('holds an e-mail address for one user; upsert reports the other', async () => {
    const { client } = open({ mode: 'workos' });
    await client.users.upsert(person('mira@x.y'));
    const other = { ...person('other@x.y'), emails: [{ value: 'mira@x.y', type: 'work', primary: true }] };
    await expect(client.users.upsert(other)).rejects.toMatchObject({ status: 409 });
  });

  test('gets no bulk request', async () => {
    const { emulator, client } = open({ mode: 'workos' });
    const results = await bulk(client, [{ method: 'POST', path: '/Users', data: person('a@x.y') }]);
    expect(results).toMatchObject([{ outcome: 'succeeded' }]);
    expect(emulator.store.users.size).toBe(1);
  });
});
