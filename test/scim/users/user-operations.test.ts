import { describe, expect, test } from 'vitest';
import { fakeServer, scimError } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const newServer = (active?: boolean | string) => fakeServer({ users: [{ id: '1', userName: 'a@b.c', active }] });

describe('deactivate', () => {
  test('sets active to false, in the shape that the most servers take', async () => {
    const server = newServer(true);
    expect(await openClient(server).client.users.deactivate('1')).toMatchObject({ outcome: 'deactivated' });
    expect(server.users.get('1')).toMatchObject({ active: false });
    expect(server.seen[1]?.body).toMatchObject({ Operations: [{ op: 'replace', path: 'active', value: false }] });
  });

  test.each([false, 'False'])('leaves alone who is not active: %j', async (active) => {
    const server = newServer(active);
    expect(await openClient(server).client.users.deactivate('1')).toMatchObject({
      outcome: 'already',
      resource: { id: '1' },
    });
    expect(server.log).toEqual(['GET /Users/1']);
  });

  test('202 is said to be accepted', async () => {
    const server = newServer(true);
    server.intercept = ({ method }) => (method === 'PATCH' ? new Response(null, { status: 202 }) : undefined);
    expect(await openClient(server).client.users.deactivate('1')).toEqual({ outcome: 'accepted' });
  });

  test('reads and writes within one deadline', async () => {
    const server = newServer(true);
    const { client, clock } = openClient(server);
    server.intercept = async () => {
      await clock.sleep(600);
      return undefined;
    };
    await expect(client.users.deactivate('1', { deadlineMs: 1_000 })).rejects.toMatchObject({
      code: 'timeout',
    });
  });

  test('with verify takes a user who is not shown any more for deactivated, whatever else is asked for', async () => {
    const server = newServer(true);
    server.intercept = ({ method }) => {
      if (method !== 'PATCH') return undefined;
      server.users.delete('1');
      return new Response(null, { status: 204 });
    };
    const options = { verify: true, attributes: ['userName'] };
    expect(await openClient(server).client.users.deactivate('1', options)).toEqual({ outcome: 'deactivated' });
    const other = newServer(true);
    await openClient(other).client.users.deactivate('1', options);
    expect(other.seen.map(({ query }) => query.get('attributes'))).toEqual([null, 'userName', null]);
  });

  test('with verify reports a user who is active still', async () => {
    const server = newServer(true);
    server.intercept = ({ method }) => (method === 'PATCH' ? new Response(null, { status: 204 }) : undefined);
    await expect(openClient(server).client.users.deactivate('1', { verify: true })).rejects.toMatchObject({
      code: 'not_applied',
      attributes: ['active'],
    });
  });

  test('works without PATCH', async () => {
    const server = newServer(true);
    server.intercept = ({ method }) => (method === 'PATCH' ? scimError(501) : undefined);
    expect(await openClient(server).client.users.deactivate('1', { verify: true })).toMatchObject({
      outcome: 'deactivated',
    });
    expect(server.users.get('1')).toMatchObject({ active: false, userName: 'a@b.c' });
  });
});

describe('activate', () => {
  test.each([false, undefined])('sets active to true where it is %j', async (active) => {
    const server = newServer(active);
    expect(await openClient(server).client.users.activate('1')).toMatchObject({ outcome: 'activated' });
    expect(server.users.get('1')).toMatchObject({ active: true });
  });

  test('leaves alone who is active', async () => {
    const server = newServer(true);
    expect(await openClient(server).client.users.activate('1')).toMatchObject({ outcome: 'already' });
    expect(server.log).toEqual(['GET /Users/1']);
  });

  test('who is not there cannot be activated', async () => {
    await expect(openClient(fakeServer()).client.users.activate('1')).rejects.toMatchObject({ code: 'not_found' });
  });
});
