import { createHash } from 'node:crypto';
import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import type { AuditLogCheckpoint, AuditLogGap } from '../../src/audit-logs/checkpoint.js';
import { AuditLogClient } from '../../src/audit-logs/client.js';
import { AuditLogFileError } from '../../src/audit-logs/errors.js';
import { issuesOf, sourceOf } from '../../src/audit-logs/reading/event-source.js';
import { fault } from '../../src/testing/index.js';
import { principalOf } from '../../src/transport/principal-tag.js';
import { rejection } from '../support/open-test-transport.js';
import { tellsOf } from '../support/tells-of.js';
import { authEvent, openLogWorld, organizationId, tenMinutes, workspaceIds } from './support/open-log-world.js';
import { collect, throughJson } from './support/read-fake-log.js';

const list = 'GET /compliance/logs' as const;
const download = 'GET /compliance/logs/{log_file_id}' as const;
const storage = 'GET /storage/{file}' as const;
const eventTypes = ['AUTH_LOG'] as const;

async function idsOf(events: AsyncIterable<{ readonly event_id: string }>): Promise<string[]> {
  return (await collect(events)).map(({ event_id: id }) => id);
}

test('delivers every event of every file, oldest file first', async () => {
  const { client, addFile } = openLogWorld();
  addFile(['a', 'b']);
  addFile(['c']);
  expect(await idsOf(client.events({ eventTypes }))).toEqual(['a', 'b', 'c']);
});

test('asks for nothing before the first event is asked for', async () => {
  const { client, emulator } = openLogWorld();
  client.events({ eventTypes });
  client.batches({ eventTypes });
  client.files({ eventTypes });
  client.follow({ eventTypes });
  expect([...emulator.requests]).toHaveLength(0);
});

test('sends `after` and `before` as they were spelled', async () => {
  const { client, emulator } = openLogWorld();
  await idsOf(
    client.events({ eventTypes, after: '2026-11-20T00:00:00.123456789+00:00', before: '2026-11-23T08:00:00' }),
  );
  const [request] = emulator.requests;
  expect(request?.query).toEqual({
    event_type: 'AUTH_LOG',
    after: '2026-11-20T00:00:00.123456789+00:00',
    before: '2026-11-23T08:00:00',
    limit: '100',
  });
});

test('resumes with the very spelling of a time that the server has used', async () => {
  const { client, emulator, addFile } = openLogWorld();
  for (const id of ['a', 'b', 'c']) addFile([id]);
  const events = client.events({ eventTypes, overlapMs: 0 });
  await idsOf(events);
  await idsOf(client.events({ eventTypes, overlapMs: 0, resumeFrom: throughJson(events.checkpoint()) }));
  const lists = [...emulator.requests].filter(({ route }) => route === list);
  expect(lists.at(-1)?.query.after).toBe(tenMinutes(2));
});

test('tells where an event came from, without a key of its own', async () => {
  const { client, addFile } = openLogWorld();
  const id = addFile(['a', 'b']);
  const [, event] = await collect(client.events({ eventTypes }));
  expect(sourceOf(event ?? {})).toMatchObject({
    principal: { type: 'workspace', id: workspaceIds[0] },
    file: { id },
    line: 2,
  });
  expect(event).toStrictEqual(authEvent('b', tenMinutes(1)));
  expect(Reflect.ownKeys(event ?? {})).toEqual(Object.keys(authEvent('', '')));
  expect(sourceOf({})).toBeUndefined();
});

test('delivers what does not fit, with its issues', async () => {
  const { client, emulator } = openLogWorld();
  const body = '{"event_id":"a","type":"AUTH_LOG","timestamp":"2026-11-22T00:00:00Z"}\n{"event_id":7}\n{}\n';
  emulator.store.logs.addFile(workspaceIds[0], { eventType: 'AUTH_LOG', endTime: tenMinutes(1), body });
  const events = client.events({ eventTypes });
  const delivered = await collect(events);
  expect(delivered).toEqual([expect.anything(), { event_id: 7 }, {}]);
  expect(delivered.map((event) => issuesOf(event).map(({ path }) => path.join('.')))).toEqual([
    [],
    ['event_id', 'type', 'timestamp'],
    ['event_id', 'type', 'timestamp'],
  ]);
  expect(events.stats).toMatchObject({ events: 3, eventsWithIssues: 2 });
});

test('keeps types and keys that this version does not know', async () => {
  const { client, addFile, emulator } = openLogWorld();
  const odd = { ...authEvent('x', tenMinutes(1), 'AUTH_LOG'), brand_new: { deep: [1, null] } };
  emulator.store.logs.addFile(workspaceIds[0], { eventType: 'AUTH_LOG', endTime: tenMinutes(1), events: [odd] });
  addFile(['y']);
  const [first] = await collect(client.events({ eventTypes }));
  expect(first).toEqual(odd);
});

test('reads workspaces and the organization, each on its own route', async () => {
  const { open, addFile, emulator } = openLogWorld();
  addFile(['one'], { principalId: workspaceIds[0] });
  addFile(['two'], { principalId: workspaceIds[1] });
  addFile(['cost'], { principalId: organizationId, eventType: 'COSTS' });
  const client = open({ workspaceIds: workspaceIds.join(', '), organizationId });
  expect((await idsOf(client.events({ eventTypes: ['AUTH_LOG', 'COSTS'] }))).toSorted()).toEqual([
    'cost',
    'one',
    'two',
  ]);
  expect([...emulator.requests].every(({ status }) => status === 200 || status === 307)).toBe(true);
});

test('merges by time across workspaces', async () => {
  const { open, emulator } = openLogWorld();
  const add = (principalId: string, ids: readonly number[]) =>
    emulator.store.logs.addFile(principalId, {
      eventType: 'AUTH_LOG',
      endTime: tenMinutes(1),
      events: ids.map((id) => authEvent(String(id), `2026-11-22T00:00:0${id}.000000Z`)),
    });
  add(workspaceIds[0], [1, 2, 5, 6]);
  add(workspaceIds[1], [0, 3, 4, 7]);
  const client = open({ workspaceIds });
  expect(await idsOf(client.events({ eventTypes, ordering: 'time' }))).toEqual([...'01234567']);
});

test('lists files of all principals, oldest first, one by one and by page', async () => {
  const { open, addFile } = openLogWorld();
  const ids = [workspaceIds[0], workspaceIds[1], workspaceIds[0]].map((principalId) => addFile(['x'], { principalId }));
  const client = open({ workspaceIds });
  const files = await collect(client.files({ eventTypes }));
  expect(files.map(({ id }) => id)).toEqual(ids);
  expect(files.map(({ principal }) => principal.id)).toEqual([workspaceIds[0], workspaceIds[1], workspaceIds[0]]);
  const pages = await collect(client.files({ eventTypes }).pages());
  expect(pages.map((page) => page.files.map(({ id }) => id))).toEqual([[ids[0], ids[2]], [ids[1]]]);
});

test('pages through more files than one answer holds, each once', async () => {
  const { client, addFile, emulator } = openLogWorld();
  // Five at a time share an end time, so that pages end in the middle of a tie.
  for (let index = 0; index < 250; index++) addFile([`${index}`], { endTime: tenMinutes(Math.floor((index + 3) / 5)) });
  const events = client.events({ eventTypes, after: '2026-11-21T00:00:00Z' });
  expect(new Set(await idsOf(events)).size).toBe(250);
  expect(events.stats).toMatchObject({ files: 250, events: 250, duplicates: 0 });
  expect([...emulator.requests].filter(({ route }) => route === download)).toHaveLength(250);
});

test('downloads the bytes as they are', async () => {
  const { client, emulator } = openLogWorld();
  const body = new Uint8Array([0xef, 0xbb, 0xbf, 0x7b, 0x7d, 0x0d, 0x0a, 0xff]);
  emulator.store.logs.addFile(workspaceIds[0], { eventType: 'AUTH_LOG', endTime: tenMinutes(1), body });
  const [file] = await collect(client.files({ eventTypes }));
  if (file === undefined) throw new Error('No file was listed.');
  expect(await new Response(client.download(file)).bytes()).toEqual(body);
  expect(file.file_sha256).toBe(createHash('sha256').update(body).digest('hex'));
});

test('releases no byte of a download that does not match', async () => {
  const { client, addFile, emulator } = openLogWorld();
  addFile(['a']);
  emulator.faults.add(fault.corruptBody(), { route: storage, times: 4 });
  const [file] = await collect(client.files({ eventTypes }));
  if (file === undefined) throw new Error('No file was listed.');
  const received: unknown[] = [];
  const error = await rejection(
    (async () => {
      for await (const chunk of client.download(file)) received.push(chunk);
    })(),
  );
  expect(error).toMatchObject({ name: 'AuditLogFileError', code: 'hash_mismatch', attempts: 4 });
  expect(received).toEqual([]);
});

test('says the newest event time of each type', async () => {
  const { open, addFile } = openLogWorld();
  addFile(['a'], { endTime: tenMinutes(7) });
  const client = open({ organizationId });
  expect(await client.maxEventTime({ eventTypes: ['AUTH_LOG', 'CODEX_LOG', 'COSTS'] })).toEqual([
    {
      principal: { type: 'workspace', id: workspaceIds[0] },
      maxEventTime: { AUTH_LOG: tenMinutes(7), CODEX_LOG: null },
    },
    { principal: { type: 'organization', id: organizationId }, maxEventTime: { COSTS: null } },
  ]);
});

test.each([
  ['a signed URL that has expired', fault.expiredUrl(), storage],
  ['a body cut in the middle', fault.cut('during_body'), storage],
  ['a body that ends early', fault.truncatedBody(), storage],
  ['a byte that is another one', fault.corruptBody(), storage],
  ['a storage host that is down', fault.status(503), storage],
  ['an unreachable storage host', fault.cut('before_commit'), storage],
  ['too many downloads', fault.status(429, { retryAfter: 2 }), download],
  ['a gateway page instead of a list', fault.html(), list],
  ['too many lists', fault.status(429, { retryAfter: 2 }), list],
  ['a connection cut after the list was made', fault.cut('after_commit'), list],
])('repeats after %s, and delivers no event twice', async (_name, planned, route) => {
  const { client, addFile, emulator } = openLogWorld();
  for (const id of ['a', 'b', 'c']) addFile([`${id}1`, `${id}2`]);
  emulator.faults.add(planned, { route, skip: route === list ? 0 : 1 });
  const events = client.events({ eventTypes });
  expect(await idsOf(events)).toEqual(['a1', 'a2', 'b1', 'b2', 'c1', 'c2']);
  expect(events.stats.duplicates).toBe(0);
  await emulator.close();
});

test('asks for a new signed URL at once when the old one is refused', async () => {
  const { client, addFile, emulator, clock } = openLogWorld();
  addFile(['a']);
  emulator.faults.add(fault.expiredUrl(), { route: storage });
  await idsOf(client.events({ eventTypes }));
  const routes = [...emulator.requests].map(({ route }) => route);
  expect(routes).toEqual([list, download, storage, download, storage]);
  expect(clock.waits.every((ms) => ms === 0)).toBe(true);
});

test('never sends the key to the storage host', async () => {
  const { client, addFile, emulator } = openLogWorld();
  addFile(['a']);
  await idsOf(client.events({ eventTypes }));
  const asked = [...emulator.requests].filter(({ route }) => route === storage);
  expect(asked).toHaveLength(1);
  expect(asked[0]?.headers.authorization).toBeUndefined();
  await emulator.close();
});

test('does not pass a file that cannot be had: it stops, and goes on with that file later', async () => {
  const { client, addFile, emulator } = openLogWorld();
  for (const id of ['a', 'b', 'c']) addFile([id]);
  const hashesAreWrong = emulator.faults.add(fault.corruptBody(), {
    route: storage,
    when: ({ url }) => url.pathname.includes(bId),
    times: Number.POSITIVE_INFINITY,
  });
  const bId = (await collect(client.files({ eventTypes })))[1]?.id ?? '';
  const delivered: string[] = [];
  const events = client.events({ eventTypes });
  const error = await rejection(
    (async () => {
      for await (const event of events) delivered.push(event.event_id);
    })(),
  );
  expect(error).toBeInstanceOf(AuditLogFileError);
  if (!(error instanceof AuditLogFileError)) return;
  expect(error).toMatchObject({ code: 'hash_mismatch', attempts: 4, eventType: 'AUTH_LOG' });
  expect(error.file().id).toBe(bId);
  expect(delivered).toEqual(['a']);
  expect(error.checkpoint()).toEqual(events.checkpoint());
  hashesAreWrong.remove();
  expect(await idsOf(client.events({ eventTypes, resumeFrom: throughJson(error.checkpoint()) }))).toEqual(['b', 'c']);
});

test('an error about a file shows no id when it is printed', async () => {
  const { client, addFile, emulator } = openLogWorld();
  const id = addFile(['a']);
  emulator.faults.add(fault.corruptBody(), { route: storage, times: 4 });
  const error = await rejection(collect(client.events({ eventTypes })));
  const printed = `${inspect(error, { showHidden: true, depth: 9 })} ${JSON.stringify(error)}`;
  expect(printed).not.toContain(workspaceIds[0]);
  expect(printed).not.toContain(id);
});

test('goes on past a file that cannot be had when asked to, and a later run takes it up first', async () => {
  const { client, addFile, emulator } = openLogWorld();
  const [, bId] = ['a', 'b', 'c'].map((id) => addFile([id])) as [string, string, string];
  const isGone = emulator.faults.add(fault.status(404), {
    route: download,
    when: ({ url }) => url.pathname.endsWith(bId),
    times: 9,
  });
  const gaps: AuditLogGap[] = [];
  const events = client.events({ eventTypes, onFailedFile: (gap) => gaps.push(gap) });
  expect(await idsOf(events)).toEqual(['a', 'c']);
  expect(gaps).toMatchObject([{ file: { id: bId }, code: 'download_failed' }]);
  expect(events.stats.gaps).toBe(1);

  const resumeFrom = throughJson(events.checkpoint());
  addFile(['d']);
  const stillGone = client.events({ eventTypes, resumeFrom, onFailedFile: () => {} });
  expect(await idsOf(stillGone)).toEqual(['d']);
  isGone.remove();
  addFile(['e']);
  const last = client.events({ eventTypes, resumeFrom: throughJson(stillGone.checkpoint()) });
  expect(await idsOf(last)).toEqual(['b', 'e']);
  expect(last.checkpoint().partitions[0]?.gaps).toEqual([]);
});

test('a refused key stops everything, also when failed files are only reported', async () => {
  const { client, addFile, emulator } = openLogWorld();
  addFile(['a']);
  emulator.faults.add(fault.status(403), { route: download });
  emulator.faults.add(fault.status(403), { route: list, skip: 1 });
  const error = await rejection(collect(client.events({ eventTypes, onFailedFile: () => {} })));
  expect(error).toMatchObject({ name: 'ResponseError', code: 'forbidden' });
});

test('refuses a file that is larger than allowed, before it is requested', async () => {
  const { client, addFile, emulator } = openLogWorld();
  addFile(['a', 'b', 'c']);
  const error = await rejection(collect(client.events({ eventTypes, maxFileBytes: 100 })));
  expect(error).toMatchObject({ code: 'file_too_large', attempts: 0 });
  expect([...emulator.requests].map(({ route }) => route)).toEqual([list]);
});

test('stops before a line that is not JSON, with the file, the line and the byte', async () => {
  const { client, emulator } = openLogWorld();
  const body = '{"event_id":"a"}\n{"event_id":"b"\n{"event_id":"c"}\n';
  const id = emulator.store.logs.addFile(workspaceIds[0], { eventType: 'AUTH_LOG', endTime: tenMinutes(1), body });
  const events = client.events({ eventTypes });
  const error = await rejection(collect(events));
  expect(error).toMatchObject({ code: 'invalid_line', line: 2, byteOffset: 17 });
  if (!(error instanceof AuditLogFileError)) return;
  expect(error.file().id).toBe(id);

  const lines: unknown[] = [];
  const rest = client.events({ eventTypes, resumeFrom: error.checkpoint(), invalidLine: (line) => lines.push(line) });
  expect(await idsOf(rest)).toEqual(['c']);
  expect(lines).toMatchObject([{ line: 2, byteOffset: 17, problem: 'not_a_json_object', file: { id } }]);

  const skipping = client.events({ eventTypes, invalidLine: 'skip' });
  expect(await idsOf(skipping)).toEqual(['a', 'c']);
  expect(skipping.stats.invalidLines).toBe(1);
});

test('leaves out events that came before, also across a checkpoint, and counts them', async () => {
  const { client, addFile } = openLogWorld();
  addFile(['a', 'b']);
  addFile(['b', 'c']);
  const events = client.events({ eventTypes });
  expect(await idsOf(events)).toEqual(['a', 'b', 'c']);
  expect(events.stats).toMatchObject({ events: 3, duplicates: 1 });
  addFile(['c', 'd']);
  const later = client.events({ eventTypes, resumeFrom: throughJson(events.checkpoint()) });
  expect(await idsOf(later)).toEqual(['d']);
  expect(await idsOf(client.events({ eventTypes, deduplicate: false }))).toEqual([...'abbccd']);
});

test('a file that appears late, before one that was read, is read when the list is looked through again', async () => {
  const { client, addFile } = openLogWorld();
  addFile(['a'], { endTime: tenMinutes(1) });
  addFile(['c'], { endTime: '2026-11-22T00:15:00.000000Z' });
  const events = client.events({ eventTypes });
  expect(await idsOf(events)).toEqual(['a', 'c']);
  addFile(['b'], { endTime: '2026-11-22T00:12:00.000000Z' });
  expect(await idsOf(client.events({ eventTypes, resumeFrom: throughJson(events.checkpoint()) }))).toEqual(['b']);
});

test.each([
  [401, { keyClass: 'platform_admin' } as const, 'unauthorized', /admin\.openai\.com/],
  [403, { scopes: [] }, 'forbidden', /Compliance logging platform → Read/],
])('a %i says what to do about the key', async (_status, key, code, remedy) => {
  const { open, emulator } = openLogWorld();
  const client = open({ apiKey: emulator.compliance.keys.create(key) });
  const error = await rejection(collect(client.events({ eventTypes })));
  expect(error).toMatchObject({ name: 'ResponseError', code, remedy: expect.stringMatching(remedy) });
});

test('an error tells which workspace it is about, and prints it', async () => {
  const { open, emulator } = openLogWorld();
  const stranger = '0b1f7c1e-5d3a-4a57-9d0e-6a3f5d2c9b10';
  const client = open({ workspaceIds: [workspaceIds[0], stranger] });
  const read = [
    () => idsOf(client.events({ eventTypes })),
    () => collect(client.files({ eventTypes })),
    () => client.maxEventTime({ eventTypes }),
  ];
  for (const call of read) {
    const error = await rejection(call());
    expect(error).toMatchObject({ status: 404 });
    expect(principalOf(error)).toEqual({ type: 'workspace', id: stranger });
    expect(inspect(error, { depth: null, showHidden: true }) + JSON.stringify(error)).toContain(stranger);
  }
  emulator.faults.add(fault.corruptBody(), { route: storage, times: 4 });
  emulator.store.logs.addFile(workspaceIds[0], {
    eventType: 'AUTH_LOG',
    endTime: tenMinutes(1),
    events: [authEvent('a', tenMinutes(1))],
  });
  const failed = await rejection(idsOf(open().events({ eventTypes })));
  expect(principalOf(failed)).toEqual({ type: 'workspace', id: workspaceIds[0] });
  expect(principalOf(new Error('Another one.'))).toBeUndefined();
});

test('a 404 says where to copy the workspace id again', async () => {
  const { open } = openLogWorld();
  const client = open({ workspaceIds: '00000000-0000-4000-8000-000000000000' });
  const error = await rejection(collect(client.events({ eventTypes })));
  expect(error).toMatchObject({
    code: 'not_found',
    remedy: expect.stringContaining('Settings → General → Workspace details'),
  });
});

test('a 404 for a file says that files are kept for 30 days', async () => {
  const { client, addFile, emulator } = openLogWorld();
  addFile(['a']);
  emulator.faults.add(fault.status(404), { route: download, times: 4 });
  const error = await rejection(collect(client.events({ eventTypes })));
  expect(error).toMatchObject({
    code: 'download_failed',
    cause: { code: 'not_found', remedy: expect.stringContaining('30 days') },
  });
});

test('an event type that the service does not know is a 400 that says so', async () => {
  const { client } = openLogWorld();
  const error = await rejection(collect(client.events({ eventTypes: ['CONVERSATION_LOG'] })));
  expect(error).toMatchObject({ code: 'bad_request', remedy: expect.stringContaining('spelling') });
});

test.each([
  [410, 'gone', /removed/],
  [422, 'unprocessable', /ISO 8601/],
] as const)('a %i is explained', async (status, code, remedy) => {
  const { client, emulator } = openLogWorld();
  emulator.faults.add(fault.status(status), { route: list });
  const error = await rejection(collect(client.events({ eventTypes })));
  expect(error).toMatchObject({ code, remedy: expect.stringMatching(remedy) });
});

test('an event type of the other route is refused before any request', () => {
  const { client, open, emulator } = openLogWorld();
  const wrong: string = 'COSTS';
  expect(() => client.events({ eventTypes: [wrong] })).toThrow(
    'COSTS is an event type of organizations, and the client has no organization.',
  );
  const organization = open({ workspaceIds: undefined, organizationId });
  expect(() => organization.files({ eventTypes: ['AUTH_LOG' as string] })).toThrow('the client has no workspace');
  expect([...emulator.requests]).toHaveLength(0);
});

test('an empty page that says there is more is an error, not an endless loop', async () => {
  const { client, addFile, emulator } = openLogWorld();
  addFile(['a']);
  emulator.faults.add(
    fault.body('stuck', () => ({ data: [], has_more: true, last_end_time: null })),
    { route: list, times: 4 },
  );
  const error = await rejection(collect(client.events({ eventTypes })));
  expect(error).toMatchObject({ name: 'ResponseValidationError', retryable: true, issues: [{ path: ['has_more'] }] });
  expect(await idsOf(client.events({ eventTypes }))).toEqual(['a']);
});

test.each([
  ['empty', fault.emptyPage()],
  ['the one before', fault.repeatedPage()],
])('a page that is %s, once, loses and repeats nothing', async (_name, planned) => {
  const { client, addFile, emulator } = openLogWorld();
  for (let index = 0; index < 120; index++) addFile([String(index)]);
  emulator.faults.add(planned, { route: list, skip: 1 });
  const ids = await idsOf(client.events({ eventTypes, after: '2026-11-21T00:00:00Z', deduplicate: false }));
  expect(ids).toEqual(Array.from({ length: 120 }, (_, index) => String(index)));
  await emulator.close();
});

test('a list that is something else is an error that says where', async () => {
  const { client, emulator } = openLogWorld();
  emulator.faults.add(
    fault.body('odd', () => ({ data: [{ id: 7 }], has_more: 'no' })),
    { route: list, times: 4 },
  );
  const error = await rejection(collect(client.events({ eventTypes })));
  expect(error).toMatchObject({ name: 'ResponseValidationError' });
  expect((error as { issues: { path: string[] }[] }).issues.map(({ path }) => path.join('.'))).toEqual(['has_more']);
});

test('reports what is older than the service keeps it, before anything is downloaded', async () => {
  const { client, addFile, emulator, clock } = openLogWorld();
  addFile(['a']);
  const events = client.events({ eventTypes });
  await idsOf(events);
  const before = [...emulator.requests].length;
  await clock.sleep(31 * 24 * 3_600_000);
  addFile(['b'], { endTime: new Date(clock.now() - 1000).toISOString() });
  const resumeFrom = throughJson(events.checkpoint());
  const error = await rejection(collect(client.events({ eventTypes, resumeFrom })));
  expect(tellsOf(error)).toMatchObject({
    name: 'CheckpointError',
    code: 'retention_gap',
    ranges: [{ eventType: 'AUTH_LOG', from: '2026-11-23T09:00:00.000000Z', to: '2026-11-24T09:00:00.000000Z' }],
    gaps: [{ principal: { type: 'workspace', id: workspaceIds[0] } }],
  });
  expect(inspect(error, { depth: null, showHidden: true }) + JSON.stringify(error)).not.toContain(workspaceIds[0]);
  expect([...emulator.requests].slice(before).map(({ route }) => route)).toEqual([list]);

  const gaps: unknown[] = [];
  const rest = client.events({ eventTypes, resumeFrom, onRetentionGap: (gap) => gaps.push(gap) });
  expect(await idsOf(rest)).toEqual(['b']);
  expect(gaps).toHaveLength(1);
});

test('a log that was quiet for longer than files are kept has lost nothing when it was read in between', async () => {
  const { client, addFile, clock } = openLogWorld();
  addFile(['a']);
  let resumeFrom: ReturnType<ReturnType<typeof client.events>['checkpoint']> | undefined;
  for (let week = 0; week < 8; week++) {
    const events = client.events({ eventTypes, resumeFrom });
    await idsOf(events);
    resumeFrom = throughJson(events.checkpoint());
    await clock.sleep(7 * 24 * 3_600_000);
  }
});

test('an aborted iteration rejects with the reason of the signal, also in the middle of a file', async () => {
  const { client, addFile } = openLogWorld();
  addFile(['a', 'b', 'c']);
  const controller = new AbortController();
  const reason = new Error('enough');
  const delivered: string[] = [];
  const reading = (async () => {
    for await (const event of client.events({ eventTypes }, { signal: controller.signal })) {
      delivered.push(event.event_id);
      controller.abort(reason);
    }
  })();
  expect(await rejection(reading)).toBe(reason);
  expect(delivered).toEqual(['a']);
});

test('tells how far it has come', async () => {
  const { client, addFile, clock } = openLogWorld();
  addFile(['a', 'b'], { endTime: new Date(clock.now() - 60_000).toISOString() });
  const told: unknown[] = [];
  const files = await collect(client.files({ eventTypes }));
  await idsOf(client.events({ eventTypes, onProgress: (progress) => told.push(progress) }));
  expect(told).toMatchObject([{ files: 1, bytes: files[0]?.file_size, events: 2, duplicates: 0, lagMs: 60_000 }]);
});

test('hands on what a checkpoint says about event types that are not read this time', async () => {
  const { client, addFile } = openLogWorld();
  addFile(['a']);
  const first = client.events({ eventTypes: ['AUTH_LOG', 'AUDIT_LOG'] });
  await idsOf(first);
  const second = client.events({ eventTypes: ['AUDIT_LOG'], resumeFrom: throughJson(first.checkpoint()) });
  await idsOf(second);
  addFile(['b']);
  expect(await idsOf(client.events({ eventTypes, resumeFrom: throughJson(second.checkpoint()) }))).toEqual(['b']);
});

test('batches hold the events of one file, at most as many as asked for', async () => {
  const { client, addFile } = openLogWorld();
  addFile(['a', 'b', 'c']);
  addFile(['d']);
  const batches = await collect(client.batches({ eventTypes, batchSize: 2 }));
  expect(batches.map(({ events }) => events.map(({ event_id: id }) => id))).toEqual([['a', 'b'], ['c'], ['d']]);
});

test('each `for await` begins anew', async () => {
  const { client, addFile } = openLogWorld();
  addFile(['a']);
  const events = client.events({ eventTypes });
  expect(await idsOf(events)).toEqual(['a']);
  expect(await idsOf(events)).toEqual(['a']);
});

test('several calls of `next` at once get an event each, in order', async () => {
  const { client, addFile } = openLogWorld();
  addFile(['a', 'b']);
  addFile(['c']);
  const iterator = client.events({ eventTypes })[Symbol.asyncIterator]();
  const results = await Promise.all([1, 2, 3, 4].map(() => iterator.next()));
  expect(results.map(({ value }) => value?.event_id)).toEqual(['a', 'b', 'c', undefined]);
});

test.each([
  ['a workspace id that is an organization id', { workspaceIds: 'org-abc' }, /contains an organization id/],
  ['an organization id that is a UUID', { organizationId: workspaceIds[0] }, /must begin with "org-"/],
  ['no id at all', { workspaceIds: ' ' }, /Give at least one workspace/],
  ['nothing', { workspaceIds: [] }, /at least one workspace/],
  ['a name', { workspaceIds: 'Northwind Traders' }, /^Entry 1 of `workspaceIds` is a name, not an ID/],
  ['an array of nothing but separators', { workspaceIds: ['', ' , ;'] }, /at least one workspace/],
  [
    'a name in an array',
    { workspaceIds: ['', 'Northwind Traders'] },
    /^Entry 2 of `workspaceIds` is a name, not an ID/,
  ],
  ['a number in an array', { workspaceIds: [7] as never }, /must be text/],
  ['a number', { workspaceIds: 7 as never }, /must be text/],
])('refuses %s', (_name, ids, message) => {
  expect(() => new AuditLogClient({ apiKey: 'sk-admin-1', ...ids })).toThrow(message);
});

test('an aborted iteration ends in the middle of a file without records', async () => {
  const { client, emulator } = openLogWorld();
  emulator.store.logs.addFile(workspaceIds[0], {
    eventType: 'AUTH_LOG',
    endTime: tenMinutes(1),
    body: '{\n'.repeat(1_000_000),
  });
  const stop = new AbortController();
  let leftOut = 0;
  const invalidLine = () => {
    leftOut += 1;
    if (leftOut === 10) setImmediate(() => stop.abort(new Error('Enough.')));
  };
  const events = client.events({ eventTypes, invalidLine }, { signal: stop.signal });
  expect(await rejection(idsOf(events))).toMatchObject({ message: 'Enough.' });
  expect(leftOut).toBeLessThan(10_000);
});

test('follows through an outage of the list, and says so', async () => {
  const { client, emulator, addFile } = openLogWorld();
  addFile(['a']);
  emulator.faults.add(fault.status(503), { route: list, skip: 1, times: 8 });
  const stop = new AbortController();
  const outages: string[] = [];
  const ids: string[] = [];
  const query = {
    eventTypes,
    // On this clock a wait is over at once, and a long one for new files would pass the time limit of a download.
    intervalMs: 1_000,
    onOutage: ({ code }: { readonly code: string }) => {
      outages.push(code);
      if (outages.length === 2) addFile(['b']);
    },
  };
  const events = client.follow(query, { signal: stop.signal });
  await rejection(
    (async () => {
      for await (const { event_id: id } of events) if (ids.push(id) === 2) stop.abort();
    })(),
  );
  expect({ ids, outages }).toEqual({ ids: ['a', 'b'], outages: ['server_error', 'server_error'] });
});

test('a refused key ends what is followed', async () => {
  const { client, emulator } = openLogWorld();
  emulator.faults.add(fault.status(401), { route: list });
  expect(await rejection(idsOf(client.follow({ eventTypes })))).toMatchObject({ status: 401 });
});

test('tells when everything was delivered, with a checkpoint that a quiet log can be resumed from much later', async () => {
  const { client, clock, addFile } = openLogWorld();
  addFile(['a']);
  const checkpoints: AuditLogCheckpoint[] = [];
  const read = async (resumeFrom?: AuditLogCheckpoint) =>
    idsOf(
      client.events({ eventTypes, resumeFrom, onCaughtUp: (checkpoint) => checkpoints.push(throughJson(checkpoint)) }),
    );
  await read();
  for (let week = 0; week < 6; week++) {
    clock.advance(7 * 86_400_000);
    expect(await read(checkpoints.at(-1))).toEqual([]);
  }
  expect(checkpoints).toHaveLength(7);
});

test('tells nothing of being caught up while an event is in hand, which would count as done with', async () => {
  const { open, addFile } = openLogWorld();
  addFile(['a', 'b']);
  addFile(['c'], { principalId: workspaceIds[1] });
  const told: boolean[] = [];
  let isInHand = false;
  const events = open({ workspaceIds }).events({ eventTypes, onCaughtUp: () => told.push(isInHand) });
  for await (const _event of events) {
    isInHand = true;
    // One workspace is through with its list while an event of the other is looked at.
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
    isInHand = false;
  }
  expect(told).toEqual([false, false]);
});

test('follows through a file that cannot be downloaded for a while, which is no outage while the list answers', async () => {
  const { client, emulator, addFile } = openLogWorld();
  addFile(['a']);
  emulator.faults.add(fault.status(503), { route: download, times: 8 });
  const stop = new AbortController();
  const outages: string[] = [];
  // On this clock a wait is over at once, and a long one for new files would pass the time limit of a download.
  const query = { eventTypes, intervalMs: 1_000 };
  const events = client.follow({ ...query, onOutage: (error) => outages.push(error.code) }, { signal: stop.signal });
  for await (const { event_id: id } of events) {
    expect(id).toBe('a');
    break;
  }
  expect(outages).toEqual([]);
});

test('refuses to follow in an order in which a quiet log would hold up the others', () => {
  const { client } = openLogWorld();
  for (const query of [{ ordering: 'time' }, { before: tenMinutes(1) }]) {
    expect(() => client.follow({ eventTypes, ...(query as object) })).toThrow(/no `ordering`/);
  }
});

test('merging by time lets a timer have its turn', async () => {
  const { open, emulator } = openLogWorld();
  for (const [index, id] of workspaceIds.entries()) {
    const lines = Array.from({ length: 5_000 }, (_none, n) =>
      JSON.stringify({
        event_id: `${index}-${n}`,
        type: 'AUTH_LOG',
        timestamp: new Date(n * 2_000 + index).toISOString(),
      }),
    );
    emulator.store.logs.addFile(id, { eventType: 'AUTH_LOG', endTime: tenMinutes(1), body: lines.join('\n') });
  }
  const stop = new AbortController();
  let count = 0;
  const reading = (async () => {
    for await (const _event of open({ workspaceIds }).events(
      { eventTypes, ordering: 'time' },
      { signal: stop.signal },
    )) {
      count += 1;
      if (count === 1) setImmediate(() => stop.abort('enough'));
    }
  })();
  expect(await rejection(reading)).toBe('enough');
  expect(count).toBeLessThan(200);
});

test('a file that is announced larger than memory is refused without taking any', async () => {
  const { client, emulator, addFile } = openLogWorld();
  addFile(['a']);
  addFile(['b']);
  emulator.faults.add(
    fault.body('a size', (body) => {
      const page = body as { data: { file_size: number }[] };
      return { ...page, data: page.data.map((file, index) => (index === 0 ? { ...file, file_size: 2 ** 45 } : file)) };
    }),
    { route: list },
  );
  const gaps: string[] = [];
  expect(await idsOf(client.events({ eventTypes, onFailedFile: ({ code }) => gaps.push(code) }))).toEqual(['b']);
  expect(gaps).toEqual(['file_too_large']);
});

test('goes on with a checkpoint that is full of gaps', async () => {
  const { client, emulator, addFile } = openLogWorld();
  for (let count = 0; count < 101; count++) addFile([`${count}`]);
  emulator.faults.add(fault.corruptBody(), {
    route: storage,
    times: Number.POSITIVE_INFINITY,
    when: ({ url }) => !url.pathname.includes(lastFile()),
  });
  const lastFile = () => emulator.store.logs.list(workspaceIds[0]).at(-1)?.id ?? '';
  const query = { eventTypes, onFailedFile: () => {} };
  const once = { maxRetries: 0 };
  const first = client.events(query, once);
  expect(await idsOf(first)).toEqual(['100']);
  addFile(['new']);
  const resumed = client.events({ ...query, resumeFrom: throughJson(first.checkpoint()) }, once);
  expect(await idsOf(resumed)).toEqual(['new']);
});

test.each([
  ['a comma behind it', ['ID,']],
  ['an empty entry', ['ID', '']],
  ['a semicolon', ['ID;']],
  ['spaces and a line break', [' ID\n']],
  ['both in one entry', ['ID;OTHER']],
  ['a semicolon between them, as one text', 'ID; OTHER;'],
  ['each on its line, as one text', 'ID\nOTHER\n'],
])('workspace ids in an array are mended as in the form: %s', (_name, given) => {
  const [id, other] = workspaceIds;
  const fill = (text: string) => text.replace('ID', id).replace('OTHER', other);
  const ids = typeof given === 'string' ? fill(given) : given.map(fill);
  const wanted = JSON.stringify(given).includes('OTHER') ? [id, other] : [id];
  const { principals } = new AuditLogClient({ apiKey: 'sk-admin-1', workspaceIds: ids });
  expect(principals.map((principal) => principal.id)).toEqual(wanted);
});

test.each<[string, unknown]>([
  ['an id alone', { id: 'eclf_1' }],
  ['no id', { principal: { type: 'workspace', id: workspaceIds[0] } }],
  ['a principal that is a text', { id: 'eclf_1', principal: workspaceIds[0] }],
  ['a text', 'eclf_1'],
  ['nothing', undefined],
])('%s is no file to download', (_name, file) => {
  expect(() => openLogWorld().client.download(file as never)).toThrow(
    expect.objectContaining({ name: 'InputError', remedy: expect.stringContaining('`files()`') }),
  );
});
