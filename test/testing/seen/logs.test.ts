import { describe, expect, test } from 'vitest';
import { createTestClock } from '../../../src/testing/clock.js';
import { fault } from '../../../src/testing/faults.js';
import { workspaceId } from '../support/ask-compliance.js';
import { aboutFile, always, collect, idsOf, minute, openLog, query, rejection } from './open-seen.js';

const names = Array.from({ length: 12 }, (_none, index) => `f${String(index + 1).padStart(2, '0')}`);
const storage = 'GET /storage/{file}';

/** A log of twelve files, ten minutes apart. */
function openTwelve(...options: Parameters<typeof openLog>) {
  const log = openLog(...options);
  for (const [index, name] of names.entries()) log.addFile(name, minute(10 * (index + 1)));
  return log;
}

describe('a list of files that contradicts itself', () => {
  test.each([
    { listOrder: 'newest_first' },
    { listOrder: 'shuffled_pages' },
    { lastEndTime: 'of_first_row' },
    { listOrder: 'newest_first', lastEndTime: 'of_first_row' },
    { listOrder: 'shuffled_pages', lastEndTime: 'of_first_row' },
  ] as const)('is read whole, or said not to be: %o', async (quirks) => {
    const { emulator, client } = openTwelve({ ...quirks, maxPageSize: 4 });
    const events = client.events(query);
    const ids = await idsOf(events).catch((error: unknown) => error);
    if (ids instanceof Error) expect(ids).toMatchObject({ code: 'pagination_stuck' });
    else expect(ids).toEqual(names);
    await emulator.close();
  });

  test('files of another type are not delivered under this one, and told', async () => {
    const { emulator, client, addFile } = openLog({ filtersByType: false });
    addFile('mine', minute(1));
    addFile('theirs', minute(2), 'AUDIT_LOG');
    const warnings: unknown[] = [];
    const events = client.events({ ...query, onWarning: (warning) => warnings.push(warning) });
    expect(await idsOf(events)).toEqual(['mine']);
    expect(warnings).toMatchObject([{ code: 'other_event_type' }]);
    await emulator.close();
  });

  test.each([
    [['file_name', 'event_type'], 0],
    [['file_sha256', 'file_size'], 12],
  ] as const)('rows without %o are read', async (fields, unverifiedFiles) => {
    const { emulator, client } = openTwelve();
    emulator.faults.add(fault.without(...fields), { route: 'GET /compliance/logs', times: always });
    const events = client.events(query);
    expect(await idsOf(events)).toEqual(names);
    expect(events.stats).toMatchObject({ files: 12, unverifiedFiles });
    await emulator.close();
  });

  test('rows without an id are an error', async () => {
    const { emulator, client } = openTwelve();
    emulator.faults.add(fault.without('id'), { route: 'GET /compliance/logs', times: always });
    expect(await rejection(idsOf(client.events(query)))).toBeInstanceOf(Error);
    await emulator.close();
  });
});

describe('files', () => {
  test('one that is listed late is read by the next run', async () => {
    const { emulator, client, addFile } = openTwelve();
    const first = client.events(query);
    await collect(first);
    emulator.faults.add(
      fault.meanwhile('a late file', () => {
        addFile('late', minute(105));
      }),
      { route: 'GET /compliance/logs' },
    );
    const next = client.events({ eventTypes: query.eventTypes, resumeFrom: first.checkpoint() });
    expect(await idsOf(next)).toEqual(['late']);
    await emulator.close();
  });

  test.each([503, 403, 404])('one whose storage answers %i is a gap, and the others arrive', async (status) => {
    const { emulator, client } = openTwelve();
    emulator.faults.add(fault.status(status), { route: storage, when: aboutFile('f05'), times: always });
    const failed: string[] = [];
    const events = client.events({ ...query, onFailedFile: ({ file }) => failed.push(file?.id ?? '') });
    expect(await idsOf(events)).toEqual(names.filter((name) => name !== 'f05'));
    expect(failed).toEqual(['f05']);
    await emulator.close();
  });

  test('one that a gateway delivers itself is right by its hash', async () => {
    const { emulator, client } = openTwelve();
    const target = { route: 'GET /compliance/logs/{log_file_id}', times: always } as const;
    emulator.faults.add(fault.followedRedirect(), target);
    const events = client.events(query);
    expect(await idsOf(events)).toEqual(names);
    expect(events.stats).toMatchObject({ files: 12, unverifiedFiles: 0 });
    await emulator.close();
  });

  test.each([
    ['cut', [fault.truncatedBody(5)]],
    ['a page', [fault.html(200)]],
    ['packed and cut', [fault.gzip(), fault.truncatedBody()]],
    ['not packed as it says', [fault.header('content-encoding', 'gzip')]],
    ['packed and whole', [fault.gzip()]],
  ])('one that is %s once is read whole', async (_what, faults) => {
    const { emulator, client } = openTwelve();
    for (const one of faults) emulator.faults.add(one, { route: storage });
    expect(await idsOf(client.events(query))).toEqual(names);
    await emulator.close();
  });

  test('one that drips slower than a time limit as a whole, but never stops, is read', async () => {
    const { emulator, client } = openTwelve();
    emulator.faults.add(fault.slowBody({ bytes: 2, delayMs: 1_000 }), { route: storage });
    expect(await idsOf(client.events(query, { timeoutMs: 20_000 }))).toEqual(names);
    await emulator.close();
  });

  test('what JSON cannot carry comes as it was put there', async () => {
    const { emulator, client } = openLog();
    const line = '{"event_id":"x","event_id":"y","n":9007199254740993,"m":1e400,"t":"';
    const body = new Uint8Array([...new TextEncoder().encode(line), 0xff, ...new TextEncoder().encode('"}\n')]);
    emulator.store.logs.addFile(workspaceId, { eventType: 'AUTH_LOG', endTime: minute(1), body });
    const [file] = await collect(client.files(query));
    if (file === undefined) throw new Error('The file is not listed.');
    expect(new Uint8Array(await new Response(client.download(file)).arrayBuffer())).toEqual(body);
    await emulator.close();
  });
});

test('a run whose clock is a year ahead goes by the time of the server', async () => {
  const { emulator, client } = openTwelve({}, createTestClock({ start: '2027-11-23', skipsWaits: true }));
  const date = new Date(emulator.clock.now()).toUTCString();
  emulator.faults.add(fault.header('date', date), { route: 'GET /compliance/logs', times: always });
  const events = client.events({ eventTypes: query.eventTypes });
  expect(await idsOf(events)).toEqual(names);
  expect(events.checkpoint().partitions[0]?.caughtUpAt?.slice(0, 4)).toBe('2026');
  await emulator.close();
});
