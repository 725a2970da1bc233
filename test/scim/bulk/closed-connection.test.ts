import { describe, expect, it } from 'vitest';
import { connectionClosed } from '../../../src/errors/response-errors.js';
import { bulk } from '../../../src/scim/bulk/bulk.js';
import { fakeServer, scimError } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const writes = ['a', 'b'].map(
  (name) => ({ method: 'POST', path: '/Users', data: { userName: `${name}@north.example` } }) as const,
);

describe('a connection that is closed in the middle', () => {
  it.each([true, false])('ends a bulk call, and calls no write untried (bulk requests: %s)', async (hasBulk) => {
    const closing = new AbortController();
    const server = fakeServer();
    server.intercept = ({ method, path }) => {
      if (!hasBulk && path === '/Bulk') return scimError(404);
      if (method !== 'POST') return undefined;
      closing.abort(connectionClosed());
      return new Promise(() => {});
    };
    const { client } = openClient(server, { signal: closing.signal });
    await expect(bulk(client, writes)).rejects.toMatchObject({ code: 'connection_closed' });
  });

  it('is not taken for a server that says nothing of itself', async () => {
    const closing = new AbortController();
    const server = fakeServer();
    server.intercept = () => {
      closing.abort(connectionClosed());
      return new Promise(() => {});
    };
    const { client } = openClient(server, { signal: closing.signal });
    await expect(client.serviceProviderConfig()).rejects.toMatchObject({ code: 'connection_closed' });
    expect(server.log).toHaveLength(1);
  });
});
