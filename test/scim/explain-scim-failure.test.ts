import { expect, test } from 'vitest';
import { fakeServer, scimError } from './support/fake-server.js';
import { openClient } from './support/open-client.js';

async function remedy(status: number, call: 'list' | 'get' | 'create' | 'delete', scimType?: string): Promise<string> {
  const server = fakeServer();
  server.intercept = () => scimError(status, scimType);
  const { users } = openClient(server, { maxRetries: 0 }).client;
  const calls = {
    list: () => users.list(),
    get: () => users.get('1'),
    create: () => users.create({ userName: 'a@b.c' }),
    delete: () => users.delete('1'),
  };
  const error: unknown = await calls[call]().catch((reason: unknown) => reason);
  return (error as { remedy?: string }).remedy ?? '';
}

test.each([
  [401, 'list', /regenerated/],
  [403, 'get', /may not do this/],
  [404, 'list', /Copy the whole SCIM URL again/],
  [404, 'get', /does not exist/],
  [409, 'create', /upsert/],
  [412, 'delete', /Read it again/],
  [413, 'create', /less/],
  [428, 'delete', /ifMatch/],
  [429, 'list', /rateLimit/],
  [501, 'get', /does not support/],
] as const)('%i on %s says what can be done', async (status, call, words) => {
  expect(await remedy(status, call)).toMatch(words);
});

test('a filter that is refused says so', async () => {
  expect(await remedy(400, 'list', 'invalidFilter')).toMatch(/does not support this filter/);
});
