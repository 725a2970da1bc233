import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { etagOf, rawOf } from '../../../src/scim/resource.js';
import { fakeServer } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

test('what was sent is reachable unchanged, and nowhere else to be seen', async () => {
  const sent = { id: '1', USERNAME: 'a', active: 'True' };
  const { client } = openClient(fakeServer({ users: [sent] }));
  const user = await client.users.get('1');
  expect(user).toEqual({ id: '1', userName: 'a', active: true });
  expect(rawOf(user)).toEqual(sent);
  expect(JSON.stringify(user)).not.toContain('USERNAME');
  expect(inspect(user)).not.toContain('USERNAME');
  expect(rawOf({ ...user })).toBeUndefined();
  const { items } = await client.users.list();
  expect(rawOf(items[0] ?? {})).toEqual(sent);
});

test('the version is the header, verbatim, else meta.version', async () => {
  const server = fakeServer({ users: [{ id: '1', userName: 'a', meta: { version: 'W/"3"' } }] });
  const { client } = openClient(server);
  expect(etagOf(await client.users.get('1'))).toBe('W/"3"');
  expect(etagOf((await client.users.list()).items[0] ?? {})).toBe('W/"3"');
  expect(etagOf({})).toBeUndefined();
});
