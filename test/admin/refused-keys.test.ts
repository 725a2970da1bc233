import { expect, it } from 'vitest';
import { AdminClient } from '../../src/admin/client.js';
import type { AdminClientOptions } from '../../src/admin/options.js';
import { rejection } from '../support/open-test-transport.js';

const first = '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b';
const second = '91c2d7e4-5b6a-4f80-9d21-7c3e8b5a0f16';

async function remedyOf(
  status: number,
  apiKey: AdminClientOptions['apiKey'] = 'sk-admin-0123456789',
  workspaceIds = [first],
): Promise<string> {
  const fetch = async () => new Response('{}', { status });
  const client = new AdminClient({ apiKey, workspaceIds, fetch, maxRetries: 0 });
  const error = await rejection(client.members.list({ workspaceId: first }));
  return (error as { readonly remedy?: string }).remedy ?? '';
}

it.each([401, 403])('names all that a refused Admin key may be, as the log client does: %d', async (status) => {
  const remedy = await remedyOf(status);
  const causes = [
    /expired/,
    /creator has left/,
    /revoked/,
    /mistyped/,
    /another workspace/,
    /not ticked/,
    /API platform/,
  ];
  for (const cause of causes) expect(remedy).toMatch(cause);
  expect(remedy).toMatch(/workspace ID/);
  expect(remedy).not.toMatch(/exchanged|several workspaces/);
});

it.each([401, 403, 404])('says of one Admin key for several workspaces that it opens one: %d', async (status) => {
  expect(await remedyOf(status, 'sk-admin-0123456789', [first, second])).toMatch(
    /^One Admin key was given for several workspaces/,
  );
});

it('asks last, and of what is found, whether the keys of two workspaces were exchanged', async () => {
  const two = { [first]: 'sk-admin-0123456789', [second]: 'sk-admin-9876543210' };
  const last = /^The .+ If the key of another workspace fails too, check whether the two were exchanged\.$/;
  expect(await remedyOf(401, two, [first, second])).toMatch(last);
  expect(await remedyOf(403, two, [first, second])).toMatch(last);
  expect(await remedyOf(404, two, [first, second])).not.toMatch(/exchanged/);
  const older = { ...two, [first]: 'sk-proj-0123456789' };
  expect(await remedyOf(401, older, [first, second])).not.toMatch(/exchanged/);
});
