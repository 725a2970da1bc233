import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import {
  AuditLogClient,
  type AuditLogClientOptions,
  type AuditLogPrincipal,
  principalOf,
} from '../../src/audit-logs/index.js';
import { createFakeClock } from '../support/fake-clock.js';
import { rejection } from '../support/open-test-transport.js';
import { openLogWorld, organizationId, workspaceIds } from './support/open-log-world.js';

const [first, second] = workspaceIds;
const eventTypes = ['AUTH_LOG'] as const;
const keys = { [first]: 'sk-admin-of-the-first', [second]: 'sk-admin-of-the-second' };
const empty = { data: [], has_more: false, last_end_time: null };
type Options = Partial<AuditLogClientOptions>;

/** A service that gives each workspace nothing, and notes with which key it was asked for which. */
function openNotebook(answer: (id: string, key: string) => Response = () => Response.json(empty)) {
  const asked: (readonly [id: string, key: string])[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const id = new URL(request.url).pathname.split('/')[4] ?? '';
    const key = request.headers.get('authorization')?.replace('Bearer ', '') ?? '';
    asked.push([id, key]);
    return answer(id, key);
  };
  const open = (options: Options) => new AuditLogClient({ apiKey: '', fetch, maxRetries: 0, ...options });
  return { asked, open };
}

const read = (client: AuditLogClient) => client.files({ eventTypes }).toArray({ limit: 100 });

test('each workspace is asked for with its own key, and nobody else is told it', async () => {
  const { asked, open } = openNotebook();
  await read(open({ apiKey: keys, workspaceIds: [first, second] }));
  expect(asked.toSorted()).toEqual(Object.entries(keys).toSorted());
});

test('in the emulator, keys of one workspace each open both, and one of them opens one', async () => {
  const { open, emulator, addFile } = openLogWorld();
  for (const principalId of workspaceIds) addFile([`event of ${principalId}`], { principalId });
  const create = (id: string) => emulator.compliance.keys.create({ workspaceId: id });
  const apiKey = Object.fromEntries(workspaceIds.map((id) => [id, create(id)]));
  const events = open({ apiKey, workspaceIds: undefined }).events({ eventTypes });
  const seen: string[] = [];
  for await (const { event_id } of events) seen.push(String(event_id));
  expect(seen.toSorted()).toEqual(workspaceIds.map((id) => `event of ${id}`).toSorted());
  const one = open({ apiKey: create(first), workspaceIds: [...workspaceIds] });
  expect(await rejection(read(one))).toMatchObject({ name: 'ResponseError', status: 403 });
});

test('without workspaceIds, those that have a key are the workspaces', () => {
  const { open } = openNotebook();
  expect(open({ apiKey: keys }).principals).toEqual([
    { type: 'workspace', id: first },
    { type: 'workspace', id: second },
  ]);
  const apiKey = { ...keys, [organizationId]: 'sk-admin-of-the-organization' };
  expect(open({ apiKey, organizationId }).principals.at(-1)).toEqual({ type: 'organization', id: organizationId });
});

test('a function is told whose key is wanted, before each attempt and again where it was refused', async () => {
  const told: AuditLogPrincipal[] = [];
  const { asked, open } = openNotebook((_, key) =>
    key.endsWith('1') ? new Response(null, { status: 401 }) : Response.json(empty),
  );
  const apiKey = async (principal: AuditLogPrincipal) => `key-${principal.type}-${told.push(principal)}`;
  await read(open({ apiKey, workspaceIds: first }));
  expect(asked.map(([, key]) => key)).toEqual(['key-workspace-1', 'key-workspace-2']);
  expect(told).toEqual([
    { type: 'workspace', id: first },
    { type: 'workspace', id: first },
  ]);
});

test('a value of the object may be such a function, also one that takes nothing', async () => {
  const { asked, open } = openNotebook();
  await read(open({ apiKey: { [first]: ({ id }) => `key-of-${id}`, [second]: () => 'another' } }));
  expect(asked.toSorted()).toEqual([
    [first, `key-of-${first}`],
    [second, 'another'],
  ]);
});

test('what a function changes in the principal it was told, changes nothing', async () => {
  const { asked, open } = openNotebook();
  const apiKey = (principal: { id: string }) => {
    principal.id = second;
    return 'key';
  };
  await read(open({ apiKey, workspaceIds: first }));
  expect(asked).toEqual([[first, 'key']]);
});

test('a key that is changed in the object later is not used', async () => {
  const { asked, open } = openNotebook();
  const apiKey = { ...keys };
  const client = open({ apiKey });
  apiKey[first] = 'sk-admin-of-nobody';
  await read(client);
  expect(asked.toSorted()).toEqual(Object.entries(keys).toSorted());
});

test('a workspace that asks for patience does not hold up the other, which has a key and a limit of its own', async () => {
  const stop = new AbortController();
  const { asked, open } = openNotebook((id) => {
    if (id === first) return new Response(null, { status: 429, headers: { 'retry-after': '60' } });
    if (asked.filter(([one]) => one === second).length === 2) stop.abort(new Error('The second was asked again.'));
    return Response.json({ max_event_time: { AUTH_LOG: null } });
  });
  const client = open({ apiKey: keys });
  expect(await rejection(client.maxEventTime({ eventTypes }))).toMatchObject({ status: 429 });
  // The first still waits: its 60 seconds are not over.
  const again = rejection(client.maxEventTime({ eventTypes }, { signal: stop.signal }));
  expect(await again).toMatchObject({ message: 'The second was asked again.' });
  expect(asked.map(([id]) => id).toSorted()).toEqual([first, second, second]);
});

const cases: readonly (readonly [string, Options, readonly (string | number)[], RegExp])[] = [
  [
    'no key for one of the workspaces',
    { apiKey: { [first]: 'sk-1' }, workspaceIds: [first, second] },
    ['apiKey', second],
    /has no key for workspace 9b0d3c11/,
  ],
  [
    'no key for the organization',
    { apiKey: keys, organizationId },
    ['apiKey', organizationId],
    /no key for organization org-Northwind/,
  ],
  [
    'an empty key',
    { apiKey: { ...keys, [second]: '' } },
    ['apiKey', second],
    /^`apiKey\['9b0d3c11.+'\]` is missing\.$/,
  ],
  ['no value', { apiKey: { [first]: undefined as never } }, ['apiKey', first], /is missing/],
  ['a key with a line break', { apiKey: { [first]: 'sk-1\n' } }, ['apiKey', first], /contains a space, a line break/],
  ['a redacted key', { apiKey: { [first]: '[redacted]' } }, ['apiKey', first], /is a redacted secret/],
  [
    'a key of a workspace that is not read',
    { apiKey: keys, workspaceIds: first },
    ['apiKey', second],
    /a workspace that this client does not read/,
  ],
  [
    'a key of an organization that is not read',
    { apiKey: { [first]: 'sk-1', 'org-1': 'sk-2' } },
    ['apiKey', 'org-1'],
    /an organization that this client does not read/,
  ],
  [
    'a workspace twice, once in capitals',
    { apiKey: { [first]: 'sk-1', [first.toUpperCase()]: 'sk-2' } },
    ['apiKey', first.toUpperCase()],
    /has two keys for workspace/,
  ],
  ['a key in the place of an id', { apiKey: { 'sk-admin-1': first } }, ['apiKey', 0], /has a secret where the id/],
  [
    'a secret of a form of its own in the place of an id',
    { apiKey: { hunter22: first }, workspaceIds: first },
    ['apiKey', 0],
    /does not read/,
  ],
  [
    'a name in the place of an id',
    { apiKey: { 'Northwind Traders': 'sk-1' } },
    ['apiKey', 0],
    /Entry 1 of `apiKey` is a name/,
  ],
  ['an object without keys', { apiKey: {} }, ['workspaceIds'], /at least one workspace/],
  ['a SCIM token', { apiKey: 'se_1', workspaceIds: first }, ['apiKey'], /starts like a SCIM token/],
  ['a SCIM token of a workspace', { apiKey: { [first]: 'se_1' } }, ['apiKey', first], /starts like a SCIM token/],
  ['an id in the place of a key', { apiKey: second, workspaceIds: first }, ['apiKey'], /is an ID, not a key/],
  ['an organization as a key', { apiKey: 'org-1', workspaceIds: first }, ['apiKey'], /is an ID, not a key/],
  ['the text of the form', { apiKey: `${first} = sk-1\n${second} = sk-2` }, ['apiKey'], /a list of keys by workspace/],
  ['one key without a workspace', { apiKey: 'sk-1' }, ['workspaceIds'], /at least one workspace/],
];

test('a SCIM token that a function gives is never sent', async () => {
  const { asked, open } = openNotebook();
  for (const apiKey of [() => 'se_1', { [first]: async () => 'se_1' }]) {
    expect(await rejection(read(open({ apiKey, workspaceIds: first })))).toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('starts like a SCIM token'),
    });
  }
  expect(asked).toEqual([]);
});

test.each(cases)('%s is refused, with its place and without the key', (_, options, path, message) => {
  const make = () => openNotebook().open(options);
  expect(make).toThrow(expect.objectContaining({ name: 'InputError', path, message: expect.stringMatching(message) }));
  try {
    make();
  } catch (error) {
    const said = inspect(error, { depth: null, showHidden: true }) + JSON.stringify(error);
    expect(said.replace(String((error as Error).stack), '')).not.toMatch(/sk-|hunter22|Traders/);
    expect((error as Error).stack?.split('\n')[0]).not.toMatch(/sk-|hunter22|Traders/);
  }
});

test.each(['', undefined])('a function that gives %j is said to have given nothing', async (bad) => {
  const { open } = openNotebook();
  for (const apiKey of [() => bad as string, { [first]: () => bad as string }]) {
    const error = await rejection(read(open({ apiKey, workspaceIds: [first] })));
    expect(error).toMatchObject({ message: expect.stringMatching(/^The function that is `apiKey.*` gave nothing\.$/) });
  }
});

test.each(['', 'sk 1', '[redacted]', undefined])(
  'a function in the object that gives %j is refused, with its place',
  async (bad) => {
    const { asked, open } = openNotebook();
    const client = open({ apiKey: { [first]: () => bad as string } });
    expect(await rejection(read(client))).toMatchObject({ code: 'invalid_input', path: ['apiKey', first] });
    expect(asked).toEqual([]);
  },
);

test.each([[5], [['k']], [{ key: 'sk-1' }]])('a function that gives %j is told to give a text', async (bad) => {
  const { open } = openNotebook();
  for (const apiKey of [{ [first]: () => bad as never }, () => bad as never]) {
    const error = await rejection(read(open({ apiKey, workspaceIds: first })));
    expect(error).toMatchObject({ message: expect.stringMatching(/is no text, and no function that gives one/) });
    expect(principalOf(error)).toEqual({ type: 'workspace', id: first });
  }
});

test('what a function throws tells whose key it was to give', async () => {
  const { open } = openNotebook();
  const sealed = new Error('The vault is sealed.');
  const give = ({ id }: AuditLogPrincipal) => (id === second ? Promise.reject(sealed) : 'key');
  for (const apiKey of [{ [first]: give, [second]: give }, give]) {
    expect(await rejection(read(open({ apiKey, workspaceIds: [first, second] })))).toBe(sealed);
    expect(principalOf(sealed)?.id).toBe(second);
  }
});

test('a function that never answers is named, and no firewall', async () => {
  const clock = createFakeClock();
  const { asked, open } = openNotebook();
  const client = open({ apiKey: () => new Promise(() => {}), workspaceIds: first, clock, deadlineMs: 500 });
  const failure = rejection(read(client));
  await clock.advance(500);
  expect(await failure).toMatchObject({
    code: 'timeout',
    delivery: 'not_sent',
    message: expect.stringContaining('the function that gives `apiKey` did not answer before the 500 ms'),
    remedy: expect.not.stringContaining('firewall'),
  });
  expect(asked).toEqual([]);
});

test('no key is printed with a client, nor with what fails', async () => {
  const { open } = openNotebook(() => new Response(`no such key: ${keys[first]}`, { status: 401 }));
  const client = open({ apiKey: keys });
  const error = await rejection(read(client));
  const said = inspect([client, error], { depth: null, showHidden: true }) + JSON.stringify([client, error]);
  for (const key of Object.values(keys)) expect(said).not.toContain(key);
});
