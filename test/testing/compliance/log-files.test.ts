import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createTestClock } from '../../../src/testing/clock.js';
import type { LogStoreOptions } from '../../../src/testing/compliance/log-store.js';
import { createEmulator } from '../../../src/testing/create-emulator.js';
import { seedLogFiles } from '../../../src/testing/world/seed.js';
import { askCompliance, eventAt, logsOf, organizationId, workspaceId } from '../support/ask-compliance.js';

const world = (logs: LogStoreOptions = {}) => {
  const clock = createTestClock({ start: '2026-11-23T09:05:00Z' });
  const emulator = createEmulator({ clock, world: 'empty', compliance: { logs } });
  emulator.store.workspaces.add({ id: workspaceId, name: 'Northwind', organizationId });
  return emulator;
};
type World = ReturnType<typeof world>;
type Logs = Pick<World['store']['logs'], 'append' | 'addFile' | 'flush' | 'list' | 'get'>;

const list = async (emulator: World, query: Record<string, string> = {}) =>
  (await askCompliance(emulator, logsOf({ event_type: 'AUTH_LOG', after: '2020-01-01T00:00:00Z', ...query }))).body;
const linesOf = async (emulator: World, id: string) => {
  const { headers } = await askCompliance(emulator, `/workspaces/${workspaceId}/logs/${id}`);
  const text = await (await emulator.fetch(headers.get('location') ?? '')).text();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line).event_id);
};

test('writes a file for each ten minutes, listed once they are over', async () => {
  await using emulator = world();
  emulator.store.logs.append(workspaceId, [
    eventAt('2026-11-23T08:41:00Z'),
    eventAt('2026-11-23T08:49:59.999999Z'),
    eventAt('2026-11-23T08:50:00Z'),
    eventAt('2026-11-23T09:01:00Z'),
  ]);
  const before = await list(emulator);
  expect(before.data.map((file: { end_time: string }) => file.end_time.slice(11, 19))).toEqual([
    '08:50:00',
    '09:00:00',
  ]);
  emulator.clock.advance(6 * 60_000);
  expect((await list(emulator)).data).toHaveLength(3);
});

test('describes a file by its true size and hash', async () => {
  await using emulator = world();
  const body = '{"event_id":"é"}\n{"event_id":"2"}';
  const id = emulator.store.logs.addFile(workspaceId, {
    eventType: 'AUTH_LOG',
    endTime: '2026-11-23T08:00:00.5Z',
    body,
  });
  const [file] = (await list(emulator)).data;
  expect(file).toEqual({
    id,
    event_type: 'AUTH_LOG',
    end_time: '2026-11-23T08:00:00.500000Z',
    file_name: 'AUTH_LOG_2026-11-23T08:00:00.500000+00:00.jsonl',
    file_size: Buffer.byteLength(body),
    file_sha256: createHash('sha256').update(body).digest('hex'),
  });
});

test('pages by last_end_time, strictly after and strictly before', async () => {
  await using emulator = world();
  for (const minute of ['10', '20', '30']) {
    emulator.store.logs.addFile(workspaceId, {
      eventType: 'AUTH_LOG',
      endTime: `2026-11-23T08:${minute}:00Z`,
      events: [],
    });
  }
  const first = await list(emulator, { limit: '2' });
  expect([first.data.length, first.has_more, first.last_end_time]).toEqual([2, true, '2026-11-23T08:20:00.000000Z']);
  const second = await list(emulator, { limit: '2', after: first.last_end_time });
  expect([second.data.length, second.has_more]).toEqual([1, false]);
  const none = await list(emulator, { after: second.last_end_time });
  expect(none).toEqual({ data: [], has_more: false, last_end_time: null });
  expect((await list(emulator, { before: '2026-11-23T08:20:00Z' })).data).toHaveLength(1);
});

test('a strict cursor loses files of the very time a page ends at', async () => {
  await using emulator = world();
  for (const id of ['one', 'two', 'three']) {
    emulator.store.logs.addFile(workspaceId, {
      id,
      eventType: 'AUTH_LOG',
      endTime: '2026-11-23T08:00:00Z',
      events: [],
    });
  }
  const first = await list(emulator, { limit: '2' });
  expect(first.has_more).toBe(true);
  expect((await list(emulator, { after: first.last_end_time })).data).toEqual([]);
});

test('can give all types of a window the same end_time', async () => {
  await using emulator = world({ tiedEndTimes: true });
  emulator.store.logs.append(workspaceId, [
    eventAt('2026-11-23T08:41:00Z'),
    eventAt('2026-11-23T08:42:00Z', 'b', 'APP_LOG'),
  ]);
  const { data } = await list(emulator, { event_type: 'AUTH_LOG,APP_LOG' });
  expect(data.map((file: { end_time: string }) => file.end_time)).toEqual(Array(2).fill('2026-11-23T08:50:00.000000Z'));
});

test('puts a late event into a later file, and an event that is appended twice into two', async () => {
  await using emulator = world();
  emulator.store.logs.append(workspaceId, [eventAt('2026-11-23T08:41:00Z', 'a')]);
  emulator.store.logs.append(workspaceId, [eventAt('2026-11-23T08:42:00Z', 'late')], {
    writtenAt: '2026-11-23T08:55:00Z',
  });
  emulator.store.logs.append(workspaceId, [eventAt('2026-11-23T08:41:00Z', 'a')], {
    writtenAt: '2026-11-23T08:56:00Z',
  });
  const { data } = await list(emulator);
  expect(await Promise.all(data.map((file: { id: string }) => linesOf(emulator, file.id)))).toEqual([
    ['a'],
    ['late', 'a'],
  ]);
  emulator.store.logs.append(workspaceId, [eventAt('2026-11-23T08:43:00Z', 'after the fact')]);
  expect((await list(emulator)).data).toHaveLength(2);
  emulator.clock.advance(600_000);
  const [, , third] = (await list(emulator)).data;
  expect(await linesOf(emulator, third.id)).toEqual(['after the fact']);
});

test('closes a file that would grow beyond its cap and begins another', async () => {
  await using emulator = world({ maxFileBytes: 200 });
  const events = Array.from({ length: 6 }, (_none, index) =>
    eventAt(`2026-11-23T08:4${index}:00.000001Z`, `e${index}`),
  );
  emulator.store.logs.append(workspaceId, events);
  const { data } = await list(emulator);
  expect(data.length).toBeGreaterThan(2);
  for (const file of data) expect(file.file_size).toBeLessThanOrEqual(200);
  const ids = (await Promise.all(data.map((file: { id: string }) => linesOf(emulator, file.id)))).flat();
  expect(ids).toEqual(['e0', 'e1', 'e2', 'e3', 'e4', 'e5']);
});

test('forgets a file 30 days after its end, in lists and in downloads', async () => {
  await using emulator = world();
  const id = emulator.store.logs.addFile(workspaceId, {
    eventType: 'AUTH_LOG',
    endTime: '2026-11-23T08:00:00Z',
    events: [],
  });
  emulator.clock.advance(29 * 86_400_000);
  expect((await list(emulator)).data).toHaveLength(1);
  emulator.clock.advance(86_400_000);
  expect((await list(emulator)).data).toHaveLength(0);
  expect((await askCompliance(emulator, `/workspaces/${workspaceId}/logs/${id}`)).status).toBe(404);
});

test('can list files later than they were closed', async () => {
  await using emulator = world({ publishDelayMs: 25 * 60_000 });
  emulator.store.logs.append(workspaceId, [eventAt('2026-11-23T08:41:00Z')]);
  expect((await list(emulator)).data).toHaveLength(0);
  emulator.clock.advance(11 * 60_000);
  expect((await list(emulator)).data).toHaveLength(1);
});

test('closes what is open when told to', async () => {
  await using emulator = world();
  emulator.store.logs.append(workspaceId, [eventAt('2026-11-23T09:04:00Z')]);
  emulator.store.logs.flush(workspaceId);
  expect((await list(emulator)).data).toHaveLength(1);
});

test('says the newest event time of each type among what is listed', async () => {
  await using emulator = world();
  emulator.store.logs.append(workspaceId, [eventAt('2026-11-23T08:41:00Z'), eventAt('2026-11-23T08:43:00.5Z')]);
  const { body } = await askCompliance(
    emulator,
    `/workspaces/${workspaceId}/max_event_time?event_type=AUTH_LOG&event_type=CODEX_LOG`,
  );
  expect(body).toEqual({ max_event_time: { AUTH_LOG: '2026-11-23T08:43:00.500000Z', CODEX_LOG: null } });
});

test('serves 2 GB of files without holding them', { timeout: 60_000 }, async () => {
  await using emulator = world();
  const owner = { type: 'workspace', id: workspaceId } as const;
  const before = process.memoryUsage();
  const count = seedLogFiles(emulator, { owner, eventType: 'AUTH_LOG', totalBytes: 2_000_000_000 });
  expect(count).toBe(134);
  const { data } = await list(emulator, { limit: '3' });
  expect(data.map((file: { file_size: number }) => file.file_size)).toEqual([15_000_000, 15_000_000, 15_000_000]);
  const { headers } = await askCompliance(emulator, `/workspaces/${workspaceId}/logs/${data[1].id}`);
  const bytes = Buffer.from(await (await emulator.fetch(headers.get('location') ?? '')).arrayBuffer());
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(data[1].file_sha256);
  const ids = bytes
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line).event_id as string);
  expect(new Set(ids).size).toBe(ids.length);
  expect(process.memoryUsage().heapUsed - before.heapUsed).toBeLessThan(400_000_000);
});

test.each([
  ['append', ({ append }: Logs, id: string) => append(id, [])],
  ['append events', ({ append }: Logs, id: string) => append(id, [eventAt('2026-11-23T08:41:00Z')])],
  [
    'addFile',
    ({ addFile }: Logs, id: string) =>
      addFile(id, { eventType: 'AUTH_LOG', endTime: '2026-11-23T08:00:00Z', body: '' }),
  ],
  ['flush', ({ flush }: Logs, id: string) => flush(id)],
  ['list', ({ list }: Logs, id: string) => list(id)],
  ['get', ({ get }: Logs, id: string) => get(id, 'eclf_1')],
])('%s refuses a workspace that there is not, and takes the organization of one', async (_name, call) => {
  await using emulator = world();
  const { logs } = emulator.store;
  const bound = {
    append: logs.append.bind(logs),
    addFile: logs.addFile.bind(logs),
    flush: logs.flush.bind(logs),
    list: logs.list.bind(logs),
    get: logs.get.bind(logs),
  };
  expect(() => call(bound, 'nobody')).toThrow(
    expect.objectContaining({
      name: 'EmulatorError',
      code: 'invalid_world',
      message: 'The emulator has no workspace or organization with this ID.',
      remedy: expect.stringMatching(/`compliance\.workspaceIds`.+`store\.workspaces\.add`/),
    }),
  );
  for (const id of [workspaceId, organizationId]) expect(() => call(bound, id)).not.toThrow();
});

test('a workspace that was taken away keeps its log, for when it comes back', async () => {
  await using emulator = world();
  const { logs, workspaces } = emulator.store;
  logs.append(workspaceId, [eventAt('2026-11-23T08:41:00Z')]);
  workspaces.delete(workspaceId);
  expect(logs.list(workspaceId)).toHaveLength(1);
});
