import { afterEach, expect, test, vi } from 'vitest';
import { bulk } from '../../../src/scim/bulk/bulk.js';
import { fakeServer } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

afterEach(() => vi.unstubAllGlobals());

test('in a browser, which may send it twice by itself, nothing is created that cannot be looked up', async () => {
  vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/150' });
  const server = fakeServer();
  const { client } = openClient(server);
  const things = client.resource({ endpoint: '/Things', schema: { id: 'urn:t', attributes: {} } });
  await expect(things.create({ colour: 'red' } as never)).rejects.toMatchObject({
    code: 'invalid_input',
    remedy: 'Set `externalId`, or create it from a server.',
  });
  expect(server.log).toEqual([]);
  await client.users.create({ userName: 'mira@x.y' });
  expect(server.log).toEqual(['POST /Users']);
});

test('nor by a bulk request', async () => {
  vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0 (X11; Linux x86_64) Chrome/150' });
  const server = fakeServer();
  const writes = [{ method: 'POST', path: '/Things', data: { colour: 'red' } }] as const;
  await expect(bulk(openClient(server).client, writes)).rejects.toMatchObject({
    message: expect.stringContaining('A browser may send this create twice'),
    path: [0, 'data'],
  });
  expect(server.log.filter((line) => line.startsWith('POST'))).toEqual([]);
});
