import { describe, expect, test } from 'vitest';
import { fakeServer } from '../support/fake-server.js';
import { type OpenedClient, openClient } from '../support/open-client.js';

type Client = OpenedClient['client'];

// What a program that is not type-checked, or that trusts a lookup, gives as an id.
const noId = undefined as unknown as string;

describe('without an id', () => {
  const title = [{ op: 'replace', path: 'title', value: 'Lead' }] as const;

  test.each([
    ['get', (client: Client) => client.users.get(noId)],
    ['getIfNoneMatch', (client: Client) => client.users.getIfNoneMatch(noId, 'W/"1"')],
    ['replace', (client: Client) => client.users.replace(noId, { userName: 'mira@x.y' })],
    ['patch', (client: Client) => client.users.patch(noId, title)],
    ['delete', (client: Client) => client.users.delete(noId)],
    ['activate', (client: Client) => client.users.activate(noId)],
    ['deactivate', (client: Client) => client.users.deactivate(noId)],
    ['addMembers', (client: Client) => client.groups.addMembers(noId, ['u1'])],
    ['removeMembers', (client: Client) => client.groups.removeMembers(noId, ['u1'])],
    ['setMembers', (client: Client) => client.groups.setMembers(noId, ['u1'])],
    ['get of nothing', (client: Client) => client.users.get('')],
    ['delete of nothing', (client: Client) => client.users.delete('')],
  ])('%s is refused, and the list is left alone', async (_name, call) => {
    const server = fakeServer();
    await expect(call(openClient(server).client)).rejects.toMatchObject({ code: 'invalid_input' });
    expect(server.log).toEqual([]);
  });
});
