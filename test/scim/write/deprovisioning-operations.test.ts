import { describe, expect, test } from 'vitest';
import { fakeServer, scimError } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const newServer = () => fakeServer({ users: [{ id: '1', userName: 'a@b.c', active: true }] });

describe('delete', () => {
  test('deletes, and says so only the first time', async () => {
    const { users } = openClient(newServer()).client;
    expect(await users.delete('1')).toEqual({ outcome: 'deleted' });
    expect(await users.delete('1')).toEqual({ outcome: 'not_found' });
  });

  test.each([
    [202, 'accepted'],
    [200, 'deleted'],
    [410, 'not_found'],
  ] as const)('answered with %i is %s', async (status, outcome) => {
    const server = newServer();
    server.intercept = ({ path }) => {
      if (status !== 410) return new Response(null, { status });
      return path === '/Users' ? undefined : scimError(410);
    };
    expect(await openClient(server).client.users.delete('1')).toEqual({ outcome });
  });

  test('waits for a change under way, which would bring the user back on a server that creates by PUT', async () => {
    const server = newServer();
    server.intercept = async ({ method }) => {
      if (method === 'PATCH') return scimError(501);
      if (method !== 'PUT') return undefined;
      await new Promise((resolve) => setTimeout(resolve, 5));
      server.users.set('1', { id: '1', userName: 'a@b.c', title: 'Lead' });
      return new Response(null, { status: 204 });
    };
    const { users } = openClient(server).client;
    // Load the code of both, so that the calls arrive in this order.
    await Promise.all([users.patch('1', []), users.delete('nobody')]);
    await Promise.all([users.patch('1', [{ op: 'replace', path: 'title', value: 'Lead' }]), users.delete('1')]);
    expect(server.users.size).toBe(0);
  });

  test('with verify takes a row that is not active for deleted', async () => {
    const server = newServer();
    server.intercept = ({ method }) => {
      if (method !== 'DELETE') return undefined;
      server.users.set('1', { id: '1', userName: 'a@b.c', active: false });
      return new Response(null, { status: 204 });
    };
    expect(await openClient(server).client.users.delete('1', { verify: true })).toEqual({ outcome: 'deleted' });
  });

  test('with verify reports a user that is still there', async () => {
    const server = newServer();
    server.intercept = ({ method }) => (method === 'DELETE' ? new Response(null, { status: 204 }) : undefined);
    await expect(openClient(server).client.users.delete('1', { verify: true })).rejects.toMatchObject({
      code: 'not_applied',
    });
    const other = newServer();
    expect(await openClient(other).client.users.delete('1', { verify: true })).toEqual({ outcome: 'deleted' });
  });
});
