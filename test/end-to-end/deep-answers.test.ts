import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readCheckpoint } from '../../src/audit-logs/checkpoint.js';
import { createFileCheckpointStore } from '../../src/audit-logs/file-checkpoint-store.js';
import { isSdkError } from '../../src/errors/is-sdk-error.js';
import { readText } from '../audit-logs/json-lines/read-all.js';
import { collect } from '../audit-logs/support/read-fake-log.js';
import { smallLogServer } from '../audit-logs/support/small-log-server.js';
import { fakeServer } from '../scim/support/fake-server.js';
import { openClient } from '../scim/support/open-client.js';
import { openTestTransport, rejection } from '../support/open-test-transport.js';
import { scriptedFetch } from '../support/scripted-fetch.js';

const levels = 20_000;
const nests = [`${'['.repeat(levels)}${']'.repeat(levels)}`, `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`];
const extension = 'urn:example:1';

const textAnswer = (text: string, status = 200) =>
  new Response(text, { status, headers: { 'content-type': 'application/scim+json' } });

test.each(nests)('a read whose answer is nested too deep ends in an ordinary error', async (nest) => {
  for (const text of [nest, `{"Resources":[{"id":"1","${extension}":${nest}}]}`, `{"id":"1","${extension}":${nest}}`]) {
    const server = fakeServer();
    server.intercept = () => textAnswer(text);
    const { users, groups } = openClient(server, { maxRetries: 0 }).client;
    for (const call of [
      () => users.list(),
      () => users.get('1'),
      () => groups.addMembers('1', ['u1']),
      () => collect(users.iterate()),
    ]) {
      expect(await rejection(call())).toMatchObject({
        code: 'invalid_response',
        message: expect.stringContaining('nested too deep'),
      });
    }
  }
});

test.each(nests)('a creation whose answer is nested too deep is looked up, and not repeated', async (nest) => {
  const server = fakeServer();
  server.intercept = ({ method, body }) => {
    if (method !== 'POST') return undefined;
    server.users.set('made', { ...(body as object), id: 'made' });
    return textAnswer(`{"id":"made","${extension}":${nest}}`, 201);
  };
  const { users } = openClient(server).client;
  expect(await users.create({ userName: 'mira@x.y' })).toMatchObject({ id: 'made', userName: 'mira@x.y' });
  expect(server.log.filter((line) => line.startsWith('POST'))).toHaveLength(1);
});

test.each(nests)(
  'a change whose answer is nested too deep is read back, or ends in an ordinary error',
  async (nest) => {
    for (const write of ['replace', 'patch', 'delete'] as const) {
      const server = fakeServer({ users: [{ id: '1', userName: 'a' }] });
      server.intercept = ({ method }) => (method === 'GET' ? undefined : textAnswer(nest));
      const { users } = openClient(server, { maxRetries: 0 }).client;
      const written =
        write === 'replace'
          ? users.replace('1', { userName: 'b' })
          : write === 'patch'
            ? users.patch('1', [{ op: 'replace', path: 'displayName', value: 'B' }])
            : users.delete('1');
      await written.catch((error: unknown) => expect(isSdkError(error), String(error)).toBe(true));
    }
  },
);

test.each(nests)('a refusal that is nested too deep is the refusal that its status says', async (nest) => {
  for (const text of [nest, `{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"detail":${nest}}`]) {
    for (const service of ['scim', 'compliance'] as const) {
      const { transport } = openTestTransport(scriptedFetch(() => textAnswer(text, 409)).fetch, { service });
      const error = await rejection(transport.send({ method: 'POST', route: '/Users', body: {} }));
      expect(error).toMatchObject({ code: 'conflict', status: 409 });
      expect(JSON.stringify(error).length).toBeLessThan(2_000);
    }
  }
});

test.each(nests)('a list of log files that is nested too deep ends in an ordinary error', async (nest) => {
  for (const text of [nest, `{"data":[{"id":"f","end_time":"2026-11-01T00:00:00Z","a":${nest}}],"has_more":false}`]) {
    const { client } = smallLogServer(() => undefined, undefined, {
      maxRetries: 0,
      fetch: async () => textAnswer(text),
    });
    const failed = await rejection(collect(client.files({ eventTypes: ['AUTH_LOG'] })));
    expect(failed).toMatchObject({ code: 'invalid_response' });
  }
});

test.each(nests)('a line that is nested too deep is an invalid line, and those around it are read', (nest) => {
  const text = `{"event_id":"1"}\n{"event_id":"2","a":${nest}}\n{"event_id":"3"} {"a":${nest}} {"event_id":"4"}\n`;
  const stops = readText(text, { bigIntegers: 'string' }) as unknown as readonly Record<string, unknown>[];
  expect(stops.map(({ value, problem }) => (value as { event_id?: string } | undefined)?.event_id ?? problem)).toEqual([
    '1',
    'not_a_json_object',
    '3',
    'not_a_json_object',
    '4',
  ]);
});

test('a line of more values than fit into memory is too long, and short limits count no values', () => {
  const line = (values: number) => `{"a":[${'0,'.repeat(values)}0]}`;
  expect(readText(`${line(600_000)}\n{}`)).toMatchObject([{ problem: 'too_long' }, { value: {} }]);
  expect(readText(line(500), { maxLineBytes: 2_000 })).toMatchObject([{ problem: undefined }]);
});

test.each(nests)('a checkpoint that is nested too deep is an invalid one', async (nest) => {
  const text = `{"version":1,"partitions":[],"a":${nest}}`;
  expect(() => readCheckpoint(JSON.parse(text))).toThrow(expect.objectContaining({ code: 'invalid_checkpoint' }));
  const directory = await mkdtemp(join(tmpdir(), 'deep-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  await writeFile(join(directory, 'key.json'), text);
  expect(await rejection(createFileCheckpointStore(directory).get('key'))).toMatchObject({
    code: 'invalid_checkpoint',
  });
});

test('a body that is nested too deep is refused before it is sent', async () => {
  const { fetch, requests } = scriptedFetch(new Response());
  for (const depth of [600, levels]) {
    const body = JSON.parse(`{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`);
    const { transport } = openTestTransport(fetch);
    const error = await rejection(transport.send({ method: 'POST', route: '/Users', body }));
    expect(error).toMatchObject({ code: 'invalid_input', path: ['body'] });
  }
  expect(requests).toHaveLength(0);
});
