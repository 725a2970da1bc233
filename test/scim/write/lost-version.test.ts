import { describe, expect, test } from 'vitest';
import type { FakeServer } from '../support/fake-server.js';
import { answer, fakeServer, lost, once, scimError } from '../support/fake-server.js';
import { openClient } from '../support/open-client.js';

const mira = { id: '1', userName: 'mira@x.y', title: 'Lead', meta: { version: 'W/"1"' } };
const ifMatch = 'W/"1"';

/** A server that gives each write a version, and loses the answer to the first one. */
function versionedServer({
  patch = true,
  beforeRepeat,
}: {
  patch?: boolean;
  beforeRepeat?: (server: FakeServer) => void;
} = {}) {
  const server = fakeServer({ users: [mira] });
  const isWrite = ({ method }: { readonly method: string }) => method === 'PUT' || (patch && method === 'PATCH');
  let written = 0;
  server.intercept = (request) => {
    if (request.method === 'PATCH' && !patch) return scimError(405);
    if (!isWrite(request)) return undefined;
    const user = server.users.get('1') as typeof mira;
    if (written > 0) beforeRepeat?.(server);
    if (request.headers.get('if-match') !== user.meta.version) return scimError(412);
    written += 1;
    const { Operations = [], ...body } = request.body as { Operations?: { path: string; value: unknown }[] };
    const changes =
      request.method === 'PUT' ? body : Object.fromEntries(Operations.map(({ path, value }) => [path, value]));
    server.users.set('1', { ...user, ...changes, meta: { version: `W/"${written + 1}"` } });
    return answer(200, server.users.get('1'));
  };
  server.loseAnswer = once(isWrite);
  return server;
}

const change = [{ op: 'replace', path: 'title', value: 'Head' }] as const;

describe.each<[string, boolean, (server: FakeServer) => Promise<unknown>]>([
  [
    'replace',
    true,
    (server) => openClient(server).client.users.replace('1', { userName: 'mira@x.y', title: 'Head' }, { ifMatch }),
  ],
  ['patch', true, (server) => openClient(server).client.users.patch('1', change, { ifMatch })],
  ['patch by PUT', false, (server) => openClient(server).client.users.patch('1', change, { ifMatch })],
])('a %s at a version', (_, patch, write) => {
  test('whose answer was lost and that was done is done', async () => {
    const server = versionedServer({ patch });
    expect(await write(server)).toMatchObject({ id: '1', title: 'Head', meta: { version: 'W/"2"' } });
  });

  test('that somebody else has changed since is not', async () => {
    const beforeRepeat = (server: FakeServer) =>
      server.users.set('1', { ...mira, title: 'Chief', meta: { version: 'W/"9"' } });
    await expect(write(versionedServer({ patch, beforeRepeat }))).rejects.toMatchObject({
      code: 'precondition_failed',
    });
  });

  test('that had passed is not, though the same is there', async () => {
    const server = versionedServer({ patch });
    server.loseAnswer = undefined;
    server.users.set('1', { ...mira, title: 'Head', extra: 1, meta: { version: 'W/"9"' } });
    if (!patch) server.users.set('1', { ...mira, meta: { version: 'W/"9"' } });
    await expect(write(server)).rejects.toMatchObject({ code: 'precondition_failed' });
  });

  test('that cannot be read is not known', async () => {
    const server = versionedServer({ patch });
    const { intercept } = server;
    let refused = false;
    server.intercept = (request, number) => {
      if (refused && request.method === 'GET') return lost();
      const given = intercept?.(request, number);
      refused ||= given instanceof Response && given.status === 412;
      return given;
    };
    await expect(write(server)).rejects.toMatchObject({ code: 'precondition_failed' });
  });
});
