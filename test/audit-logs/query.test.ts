import { expect, test } from 'vitest';
import { AuditLogClient } from '../../src/audit-logs/client.js';
import { organizationEventTypes, workspaceEventTypes } from '../../src/audit-logs/events/event-types.js';
import { connect, parseConnectionConfig } from '../../src/index.js';
import { openLogWorld, organizationId, workspaceIds } from './support/open-log-world.js';
import { collect } from './support/read-fake-log.js';

const eventTypes = ['AUTH_LOG'] as const;

test.each([
  ['a misspelt option', { resumefrom: undefined }, /`resumefrom` is not an option.*/, 'Write `resumeFrom`.'],
  ['an option that there is not', { folow: true }, /`folow` is not an option/, /^Use one of these: eventTypes, after/],
  [
    'one event type without an array',
    { eventTypes: 'AUTH_LOG' },
    /must be a list/,
    /: \['AUTH_LOG'\]\. Or write 'all'/,
  ],
  ['an unknown order', { ordering: 'tiem' }, '`ordering` must be "file" or "time".', undefined],
  ['a word for a function', { onFailedFile: 'skip' }, '`onFailedFile` must be "throw" or a function.', undefined],
  ['an unknown choice', { invalidLine: 'report' }, '`invalidLine` must be "throw" or "skip" or a function.', undefined],
  ['an unknown check', { validate: true }, /`validate` must be "envelope" or false or a function/, undefined],
  ['no function', { onProgress: 1 }, '`onProgress` must be a function.', undefined],
  ['endless concurrency', { concurrency: Number.POSITIVE_INFINITY }, /`concurrency` must be a whole number/, undefined],
  ['half a download', { concurrency: 1.5 }, /`concurrency` must be a whole number, 1 or more/, undefined],
  ['an endless overlap', { overlapMs: Number.POSITIVE_INFINITY }, /`overlapMs` must be a number/, undefined],
  ['an endless window', { deduplicate: Number.POSITIVE_INFINITY }, /`deduplicate` must be a whole number/, undefined],
])('refuses %s before any request, and says what to write', (_what, given, message, remedy) => {
  const { client } = openLogWorld();
  const query: object = given;
  const call = () => client.events({ eventTypes, ...query });
  expect(call).toThrow(expect.objectContaining({ name: 'InputError', message: expect.stringMatching(message) }));
  if (remedy !== undefined) expect(call).toThrow(expect.objectContaining({ remedy: expect.stringMatching(remedy) }));
});

type Client = ReturnType<typeof openLogWorld>['client'];
const calls: Readonly<Record<string, (client: Client, how: object | undefined) => Promise<unknown>>> = {
  files: async (client, how) => collect(client.files({ eventTypes }, how)),
  events: async (client, how) => collect(client.events({ eventTypes }, how)),
  'events by time': async (client, how) => collect(client.events({ eventTypes, ordering: 'time' }, how)),
  batches: async (client, how) => collect(client.batches({ eventTypes }, how)),
  follow: async (client, how) => {
    for await (const event of client.follow({ eventTypes }, how)) return event;
    return undefined;
  },
  maxEventTime: (client, how) => client.maxEventTime({ eventTypes }, how),
};

test.each(Object.entries(calls))('%s is asked for as its last argument says', async (_name, call) => {
  const { client, emulator, addFile } = openLogWorld();
  addFile(['a']);
  await call(client, { headers: { 'x-trace': 'read-1' } });
  const sent = emulator.requests.list().filter(({ route }) => !route?.startsWith('GET /storage'));
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.filter(({ headers }) => headers['x-trace'] !== 'read-1')).toEqual([]);

  const before = emulator.requests.list().length;
  await expect(call(client, { deadlineMs: 0 })).rejects.toMatchObject({ path: ['deadlineMs'] });
  await expect(call(client, { signal: AbortSignal.abort('enough') })).rejects.toBe('enough');
  await expect(call(client, 'fast' as never)).rejects.toMatchObject({ code: 'invalid_input' });
  expect(emulator.requests.list().length).toBe(before);
});

test('refuses to be made of nothing', () => {
  expect(() => new AuditLogClient(undefined as never)).toThrow(expect.objectContaining({ code: 'invalid_input' }));
});

test('refuses no query at all', () => {
  const { client } = openLogWorld();
  const query = undefined as never;
  const calls = [
    () => client.events(query),
    () => client.batches(query),
    () => client.follow(query),
    () => client.files(query),
  ];
  for (const call of calls) expect(call).toThrow(expect.objectContaining({ code: 'invalid_input' }));
});

test('begins anew with the null of a store that holds nothing, and refuses a text', async () => {
  const { client, addFile } = openLogWorld();
  addFile(['a']);
  expect(await collect(client.events({ eventTypes, resumeFrom: null as never }))).toMatchObject([{ event_id: 'a' }]);
  expect(() => client.events({ eventTypes, resumeFrom: '{"version":1}' as never })).toThrow(/JSON\.parse/);
});

const misspelt = [
  ['AUTH_LOGG', 'AUTH_LOG'],
  ['auth_log', 'AUTH_LOG'],
  ['AUTHLOG', 'AUTH_LOG'],
  ['AUDT_LOG', 'AUDIT_LOG'],
  ['Costs', 'COSTS'],
  ['COST', 'COSTS'],
  ['AUHT_LOG', 'AUTH_LOG'],
  ['CONVERSATION_MESAGE', 'CONVERSATION_MESSAGE'],
] as const;

test.each(misspelt)('a misspelt event type is refused wherever one is given: %s', async (eventType, meant) => {
  const { client, emulator } = openLogWorld();
  const query: { readonly eventTypes: string[] } = { eventTypes: ['AUDIT_LOG', eventType] };
  const refused = expect.objectContaining({
    code: 'invalid_input',
    message: `\`${eventType}\` is no known event type.`,
    path: ['eventTypes', 1],
    remedy: `Write \`${meant}\`.`,
  });
  expect(() => client.events(query)).toThrow(refused);
  expect(() => client.batches(query)).toThrow(refused);
  expect(() => client.follow(query)).toThrow(refused);
  expect(() => client.files(query)).toThrow(refused);
  await expect(client.maxEventTime(query)).rejects.toEqual(refused);
  await using connection = connect(
    parseConnectionConfig(emulator.connectionConfig({ workspaceIds: workspaceIds[0] })),
    emulator.clientOptions,
  );
  await expect(connection.check(query)).rejects.toEqual(refused);
});

test('every known event type is taken, and each name that may be a new one', () => {
  const { open } = openLogWorld();
  const client = open({ workspaceIds: workspaceIds[0], organizationId });
  const mayBeNew = [
    'SOMETHING_NEW',
    'API_LOG',
    'OAUTH_LOG',
    'CODEX',
    'HOSTS',
    'AUTH_LOG_V2',
    'CHATGPT_ANALYTICS',
    'CHATGPT_USAGE_ANALYTICS',
  ];
  for (const eventType of [...workspaceEventTypes, ...organizationEventTypes, ...mayBeNew] as string[]) {
    expect(() => client.events({ eventTypes: [eventType] })).not.toThrow();
  }
});
