import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isSdkError } from '../../src/errors/is-sdk-error.js';
import { bulk } from '../../src/scim/bulk/bulk.js';
import { ScimClient } from '../../src/scim/client.js';
import { createEmulator } from '../../src/testing/index.js';

const guide = join(import.meta.dirname, '../../docs/guides/permissions.md');

type Client = ScimClient<'provisioning' | 'deprovisioning'>;

interface There {
  readonly client: Client;
  readonly user: string;
  readonly inactive: string;
  readonly group: string;
}

const userName = 'ada@north.example';
const work = (value: string) => [{ value, type: 'work', primary: true }];

/** What a program does, and a call that does it. */
const operations: Readonly<Record<string, (there: There) => Promise<unknown>>> = {
  'list, iterate, find, get, count': async ({ client }) => client.users.list(),
  '`users.create`': ({ client }) => client.users.create({ userName: 'new@north.example' }),
  '`users.upsert`': ({ client }) => client.users.upsert({ userName, title: 'Lead' }),
  '`users.patch`: set an attribute': ({ client, user }) =>
    client.users.patch(user, [{ op: 'replace', path: 'title', value: 'Lead' }]),
  '`users.patch`: remove an attribute': ({ client, user }) =>
    client.users.patch(user, [{ op: 'remove', path: 'title' }]),
  '`users.patch`: set `active` to false': ({ client, user }) =>
    client.users.patch(user, [{ op: 'replace', path: 'active', value: false }]),
  '`users.replace`, with `active: true`': ({ client, user }) =>
    client.users.replace(user, { userName, active: true, emails: work(userName) }),
  '`users.replace`, without it': ({ client, user }) => client.users.replace(user, { userName }),
  '`users.activate`': ({ client, inactive }) => client.users.activate(inactive),
  '`users.deactivate`': ({ client, user }) => client.users.deactivate(user),
  '`users.delete`': ({ client, user }) => client.users.delete(user),
  '`groups.create`': ({ client }) => client.groups.create({ displayName: 'New' }),
  '`groups.patch`: rename': ({ client, group }) =>
    client.groups.patch(group, [{ op: 'replace', path: 'displayName', value: 'Other' }]),
  '`groups.addMembers`': ({ client, group, inactive }) => client.groups.addMembers(group, [inactive]),
  '`groups.removeMembers`': ({ client, group, user }) => client.groups.removeMembers(group, [user]),
  '`groups.setMembers`': ({ client, group, inactive }) => client.groups.setMembers(group, [inactive]),
  '`groups.replace`': ({ client, group }) => client.groups.replace(group, { displayName: 'Other', members: [] }),
  '`groups.delete`': ({ client, group }) => client.groups.delete(group),
  '`bulk`: create': ({ client }) =>
    bulk(client, [{ method: 'POST', path: '/Users', bulkId: 'one', data: { userName: 'new@north.example' } }]),
  '`bulk`: delete': ({ client, user }) => bulk(client, [{ method: 'DELETE', path: `/Users/${user}` }]),
};

async function isAllowed(run: (there: There) => Promise<unknown>, access: object): Promise<boolean> {
  await using emulator = createEmulator({ world: 'empty', scim: { mode: 'rfc' } });
  const user = emulator.store.users.add({ userName, active: true, title: 'Dean', emails: work(userName) });
  const inactive = emulator.store.users.add({ userName: 'ola@north.example', active: false });
  const group = emulator.store.groups.add({ displayName: 'Team', members: [{ value: user }] });
  const { baseUrl, token } = emulator.scim;
  const client = new ScimClient({ baseUrl, token, access, profile: 'rfc', ...emulator.clientOptions });
  try {
    await run({ client: client as unknown as Client, user, inactive, group });
    return true;
  } catch (error) {
    if (isSdkError(error, 'AccessDeniedError')) return false;
    throw error;
  }
}

async function row(name: string, run: (there: There) => Promise<unknown>): Promise<string> {
  const ways = [{}, { provisioning: true }, { deprovisioning: true }, { provisioning: true, deprovisioning: true }];
  const allowed = await Promise.all(ways.map((access) => isAllowed(run, access)));
  return `| ${[name, ...allowed.map((is) => (is ? 'yes' : 'no'))].join(' | ')} |`;
}

// After a change on purpose: UPDATE_GUIDES=1 npx vitest run --project library test/docs/permissions-guide.test.ts
test('each call is allowed by the checkboxes that the guide says, and by no others', async () => {
  const rows = await Promise.all(Object.entries(operations).map(([name, run]) => row(name, run)));
  const table = [
    '| To | neither | Provisioning | Deprovisioning | both |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
  const text = await readFile(guide, 'utf8');
  const written = text.replace(
    /(<!-- table -->\n)[\s\S]*(<!-- end -->)/,
    (_all, begin, end) => `${begin}\n${table}\n\n${end}`,
  );
  if (process.env.UPDATE_GUIDES !== undefined) await writeFile(guide, written);
  expect(text).toBe(written);
});
