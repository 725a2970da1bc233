import { expect, it } from 'vitest';
import { AuditLogClient } from '../../src/audit-logs/client.js';
import type { AuditLogClientOptions } from '../../src/audit-logs/options.js';
import { rejection } from '../support/open-test-transport.js';

const first = '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b';
const second = '91c2d7e4-5b6a-4f80-9d21-7c3e8b5a0f16';

/** What is to be done where all is refused so. */
async function remedyOf(
  message: string,
  apiKey: AuditLogClientOptions['apiKey'] = 'sk-admin-0123456789',
  { status = 403, workspaceIds = [first], eventType = 'AUTH_LOG' } = {},
): Promise<string> {
  const fetch = async () => Response.json(message === '' ? {} : { error: { message } }, { status });
  const client = new AuditLogClient({ apiKey, workspaceIds, fetch, maxRetries: 0 });
  const events = client.events({ eventTypes: [eventType], after: new Date(0) });
  const error = await rejection(events[Symbol.asyncIterator]().next());
  return (error as { readonly remedy?: string }).remedy ?? '';
}

it.each([
  ['it is that of another workspace', 'The API key does not belong to this workspace.'],
  ['this address is not allowed', 'This IP address is not allowed.'],
])('nothing is said of event types where the service says that %s', async (_name, message) => {
  expect(await remedyOf(message)).not.toMatch(/eventTypes|AUTH_LOG/);
});

it('an event type is said to be the one that is refused where the service says so', async () => {
  expect(await remedyOf('The API key lacks the scope.')).toMatch(
    /It was asked for AUTH_LOG; further types may be refused too\. To read without it, list the others in `eventTypes`\.$/,
  );
});

it.each(['sk-admin-0123456789', 'sk-proj-0123456789', '0123456789'])(
  'it is left open whether it is the event type where the service gives no reason: %s',
  async (apiKey) => {
    const remedy = await remedyOf('', apiKey);
    expect(remedy).toMatch(/If other event types can be read with this key, it is the permission for this one/);
    expect(remedy).not.toMatch(/further types may be refused|To read without it/);
  },
);

it('each kind of key has its own causes and places', async () => {
  const older = await remedyOf('', 'sk-proj-0123456789', { eventType: 'CONVERSATION_MESSAGE' });
  expect(older).toMatch(/older Compliance API key that OpenAI has not enabled yet.*platform\.openai\.com\/api-keys/);
  expect(older).not.toMatch(/expired|Credentials → Admin keys|made by an owner|Conversation messages|SCIM token/);
  const admin = await remedyOf('', 'sk-admin-0123456789', { eventType: 'CONVERSATION_MESSAGE' });
  expect(admin).toMatch(/expired.*Credentials → Admin keys.*key made by an owner \(Conversation messages\)/);
  expect(admin).not.toMatch(/project key|has not enabled|api-keys|SCIM token/);
  expect(await remedyOf('', '0123456789')).toMatch(/expired.*project key.*has not enabled yet, or the SCIM token/);
  expect(await remedyOf('The scope is missing.', 'sk-admin-0123456789')).not.toMatch(/older key/);
  expect(await remedyOf('The scope is missing.', 'sk-proj-0123456789')).toMatch(/permissions from OpenAI support/);
});

it.each([
  [401, ''],
  [403, ''],
  [403, 'The API key does not belong to this workspace.'],
  [404, ''],
])('keys that may have been exchanged are said to be: %d %s', async (status, message) => {
  const more = { status, workspaceIds: [first, second] };
  const two = { [first]: 'sk-admin-0123456789', [second]: 'sk-admin-9876543210' };
  // Whether the other one fails too is not known here: it is said last, and of what is found no more at all.
  const said = await remedyOf(message, two, more);
  if (status === 404) expect(said).not.toMatch(/exchanged/);
  else
    expect(said).toMatch(/^(?!If).+ If the key of another workspace fails too, check whether the two were exchanged\./);
  const older = { ...two, [first]: 'sk-proj-0123456789' };
  expect(await remedyOf(message, older, more)).not.toMatch(/exchanged/);
  expect(await remedyOf(message, { [first]: 'sk-admin-0123456789' }, { status })).not.toMatch(/exchanged/);
  // One Admin key for both cannot have been exchanged: it opens one of them.
  const one = await remedyOf(message, 'sk-admin-0123456789', more);
  expect(one).toMatch(/^One Admin key was given for several workspaces, and opens the one alone/);
  expect(one).not.toMatch(/exchanged/);
  expect(await remedyOf(message, 'sk-proj-0123456789', more)).not.toMatch(/exchanged|One Admin key/);
});

it.each([
  [403, 'This IP address is not allowed.'],
  [403, 'The scope is missing.'],
  [400, ''],
  [503, ''],
])('keys are not said to have been exchanged where it is something else: %d %s', async (status, message) => {
  const two = { [first]: 'sk-admin-0123456789', [second]: 'sk-admin-9876543210' };
  expect(await remedyOf(message, two, { status, workspaceIds: [first, second] })).not.toMatch(/exchanged/);
});
