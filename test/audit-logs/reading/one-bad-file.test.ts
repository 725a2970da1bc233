import { describe, expect, it, test } from 'vitest';
import type { LogSource } from '../../../src/audit-logs/api.js';
import { AuditLogFileError } from '../../../src/audit-logs/errors.js';
import type { AuditLogFile } from '../../../src/audit-logs/files/log-file.js';
import { InputError } from '../../../src/errors/input-errors.js';
import { ConnectionError, ResponseError } from '../../../src/errors/response-errors.js';
import { rejection } from '../../support/open-test-transport.js';
import { tellsOf } from '../../support/tells-of.js';
import { fakeLogSource, workspace } from '../support/fake-log-source.js';
import { followFakeLog } from '../support/follow-fake-log.js';
import { collectIds, readEvents } from '../support/read-fake-log.js';

const files = [1, 2, 3].map((n) => ({ id: `f${n}`, endsAt: n * 1_000, events: [`e${n}`] }));

const route = '/logs/{log_file_id}';
const refusal = (status: number, of = route) =>
  new ResponseError(status >= 500 ? 'server_error' : 'forbidden', `GET ${of} was answered with ${status}.`, {
    method: 'GET',
    route: of,
    status,
    attempts: 1,
    retryable: status >= 500,
  });
const noAnswer = (code: 'timeout' | 'network_error') =>
  new ConnectionError(code, 'GET failed.', { method: 'GET', route, attempts: 1, delivery: 'unknown' });

/** A log of which one file cannot be had while `isBad` says so. */
function withBadFile(failureOf: (file: AuditLogFile) => unknown, isBad: (id: string) => boolean) {
  const { source, asked } = fakeLogSource({ files });
  const tries: string[] = [];
  const broken: LogSource = {
    ...source,
    download: async (file, ...rest) => {
      tries.push(file.id);
      if (isBad(file.id)) throw failureOf(file);
      return source.download(file, ...rest);
    },
  };
  return { source: broken, asked, tries };
}

const ofFile = (cause: unknown) => (file: AuditLogFile) =>
  new AuditLogFileError('download_failed', { file, attempts: 4, cause });

describe.each([
  ['is down', ofFile(refusal(503, `${route} (storage)`))],
  ['is slow', ofFile(noAnswer('timeout'))],
  ['resets connections', ofFile(noAnswer('network_error'))],
  ['forbids it', ofFile(refusal(403, `${route} (storage)`))],
  ['cannot be told of by the API, which forbids it', () => refusal(403)],
  ['cannot be told of by the API, which does not know the key for it', () => refusal(401)],
])('a follower goes on when the storage of one file %s', (_what, failureOf) => {
  it('reads the files behind it, tells once, and takes it up again', async () => {
    let isDown = true;
    const told: string[] = [];
    const onFailedFile = ({ file, code, error }: { file: AuditLogFile; code: string; error: AuditLogFileError }) => {
      told.push(`${file.id} ${code}`);
      expect(error).toMatchObject({ message: expect.stringMatching(/not read.*GET/), remedy: expect.any(String) });
      expect(error.cause).toBeInstanceOf(Error);
    };
    const { source, tries } = withBadFile(failureOf, (id) => id === 'f2' && isDown);
    const { ids, failure, stats, checkpoint } = await followFakeLog(
      source,
      { onFailedFile, onOutage: ({ code }) => told.push(`outage ${code}`) },
      { minutes: 70, onMinute: (minute) => (isDown = minute < 40) },
    );
    expect({ ids, failure, told, gaps: stats.gaps }).toEqual({
      ids: ['e1', 'e3', 'e2'],
      failure: undefined,
      told: ['f2 download_failed'],
      gaps: 1,
    });
    expect(checkpoint.partitions[0]?.gaps).toEqual([]);
    // At longer and longer intervals.
    expect(tries.filter((id) => id === 'f2').length).toBeLessThan(12);
  });

  it('does so by default, and tells of it as of an outage', async () => {
    const told: unknown[] = [];
    const { source } = withBadFile(failureOf, (id) => id === 'f2');
    const { ids, failure, checkpoint } = await followFakeLog(
      source,
      { onOutage: (error) => told.push(error) },
      { minutes: 20 },
    );
    expect({ ids, failure }).toEqual({ ids: ['e1', 'e3'], failure: undefined });
    expect(told).toMatchObject([{ code: 'download_failed' }]);
    expect(checkpoint.partitions[0]?.gaps).toMatchObject([{ file: { id: 'f2' } }]);
  });
});

const certificate = new ConnectionError('network_error', 'GET failed.', {
  method: 'GET',
  route,
  attempts: 1,
  delivery: 'not_sent',
  retryable: false,
});

describe.each([
  ['hash_mismatch', undefined],
  ['size_mismatch', undefined],
  ['download_failed', certificate],
  ['download_failed', new InputError('The id cannot stand in a path.')],
] as const)('a file that is left out by default for %s', (code, cause) => {
  it('is told, as are all others where no file can be had', async () => {
    const { source } = withBadFile(
      (file) => new AuditLogFileError(code, { file, attempts: 4, cause }),
      (id) => id !== 'f1',
    );
    const told: unknown[] = [];
    const onOutage = (error: Error) => told.push(error instanceof AuditLogFileError && error.checkpoint() && error);
    const { ids, failure, checkpoint } = await followFakeLog(source, { onOutage }, { minutes: 20 });
    expect({ ids, failure }).toEqual({ ids: ['e1'], failure: undefined });
    expect(checkpoint.partitions[0]?.gaps.map(({ file }) => file.id)).toEqual(['f2', 'f3']);
    expect(told.filter(Boolean).map(tellsOf)).toEqual(
      expect.arrayContaining(
        ['f2', 'f3'].map((id) => expect.objectContaining({ code, file: expect.objectContaining({ id }) })),
      ),
    );
  });
});

test('where the list is down as well it is an outage, told once an interval, and no matter of the file', async () => {
  let isDown = true;
  let looks = 0;
  const told: string[] = [];
  const { source } = withBadFile(ofFile(refusal(503, `${route} (storage)`)), (id) => id !== 'f1' && isDown);
  const down: LogSource = {
    ...source,
    list: async (...given) => {
      if (looks++ > 0 && isDown) throw refusal(503);
      return source.list(...given);
    },
  };
  const { ids, failure } = await followFakeLog(
    down,
    { onFailedFile: ({ code }) => told.push(`file ${code}`), onOutage: ({ code }) => told.push(code) },
    { minutes: 20, onMinute: (minute) => (isDown = minute < 6) },
  );
  expect({ ids, failure }).toEqual({ ids: ['e1', 'e2', 'e3'], failure: undefined });
  expect(new Set(told)).toEqual(new Set(['server_error']));
  expect(told.length).toBeGreaterThan(3);
  expect(told.length).toBeLessThan(9);
});

test('files that are refused for good do not make an outage of one whose storage is down', async () => {
  const many = Array.from({ length: 53 }, (_, n) => ({ id: `f${n}`, endsAt: n * 1_000, events: [`e${n}`] }));
  const { source } = fakeLogSource({ files: many });
  const failing: LogSource = {
    ...source,
    download: async (file, ...rest) => {
      if (file.id === 'f52') return source.download(file, ...rest);
      throw ofFile(refusal(file.id === 'f51' ? 503 : 403, `${route} (storage)`))(file);
    },
  };
  const { ids } = await followFakeLog(failing, {}, { minutes: 8 });
  expect(ids).toEqual(['e52']);
});

test('a file that was left out is read by what the list says of it later', async () => {
  const { source } = fakeLogSource({ files });
  const told: string[] = [];
  let isWrong = true;
  const correcting: LogSource = {
    ...source,
    list: async (...given) => {
      const page = await source.list(...given);
      return { ...page, data: page.data.map((file) => ({ ...file, file_sha256: isWrong ? 'wrong' : 'right' })) };
    },
    download: async (file, ...rest) => {
      if (file.id === 'f3' && file.file_sha256 !== 'right') {
        throw new AuditLogFileError('hash_mismatch', { file, attempts: 4 });
      }
      return source.download(file, ...rest);
    },
  };
  const query = { onFailedFile: ({ file }: { file: AuditLogFile }) => told.push(file.id) };
  const onMinute = (minute: number) => {
    isWrong = minute < 5;
  };
  const first = await followFakeLog(correcting, query, { minutes: 3, onMinute });
  const later = await followFakeLog(correcting, query, { minutes: 20, onMinute });
  expect([first.ids, later.ids, told]).toEqual([
    ['e1', 'e2'],
    ['e1', 'e2', 'e3'],
    ['f3', 'f3'],
  ]);
  const resumed = readEvents(correcting, { resumeFrom: first.checkpoint });
  expect(await collectIds(resumed)).toEqual(['e3']);
});

test('the same id in two workspaces names two files', async () => {
  const { source } = withBadFile(ofFile(refusal(403, `${route} (storage)`)), () => true);
  const other = { type: 'workspace', id: '9b0d3c11-1c2a-4f7e-8a5d-3e6f9c2b7d40' } as const;
  const told: string[] = [];
  const onFailedFile = ({ file }: { file: AuditLogFile }) => told.push(`${file.principal.id.slice(0, 2)} ${file.id}`);
  const events = readEvents(source, { onFailedFile }, { principals: [workspace, other] });
  await collectIds(events);
  expect(told.toSorted()).toEqual(['2f f1', '2f f2', '2f f3', '9b f1', '9b f2', '9b f3']);
  expect(events.stats.gaps).toBe(6);
});

test('no file is left out while the list does not answer either: that is an outage', async () => {
  let isDown = true;
  const outage = refusal(503, `${route} (storage)`);
  const { source } = withBadFile(ofFile(outage), () => isDown);
  let lists = 0;
  const down: LogSource = {
    ...source,
    list: (...given) => (lists++ > 0 && isDown ? Promise.reject(refusal(503)) : source.list(...given)),
  };
  const told: string[] = [];
  const { ids, failure } = await followFakeLog(
    down,
    { onFailedFile: ({ file }) => told.push(file.id) },
    { minutes: 40, onMinute: (minute) => (isDown = minute < 20) },
  );
  expect({ ids, told, failure }).toEqual({ ids: ['e1', 'e2', 'e3'], told: [], failure: undefined });
});

test('what was downloaded behind a file does not take the room that the file needs to be tried again', async () => {
  let failures = 2;
  const { source } = withBadFile(ofFile(refusal(503, `${route} (storage)`)), (id) => id === 'f1' && failures-- > 0);
  const { ids } = await followFakeLog(source, { maxBytesInFlight: 1 }, { minutes: 10 });
  expect(ids).toEqual(['e1', 'e2', 'e3']);
});

test.each([401, 403])('a %i for one file is that file’s matter when the list answers', async (status) => {
  const { source } = withBadFile(
    () => refusal(status),
    (id) => id === 'f2',
  );
  const told: string[] = [];
  expect(await collectIds(readEvents(source, { onFailedFile: ({ file }) => told.push(file.id) }))).toEqual([
    'e1',
    'e3',
  ]);
  expect(told).toEqual(['f2']);
  expect(await rejection(collectIds(readEvents(source)))).toMatchObject({
    name: 'AuditLogFileError',
    code: 'download_failed',
    cause: { status },
  });
});

test('a key that the list refuses too ends the iteration', async () => {
  const { source } = withBadFile(
    () => refusal(401),
    (id) => id === 'f2',
  );
  let lists = 0;
  const refusing: LogSource = {
    ...source,
    list: (...given) => (lists++ > 0 ? Promise.reject(refusal(401)) : source.list(...given)),
  };
  expect(await rejection(collectIds(readEvents(refusing, { onFailedFile: () => {} })))).toMatchObject({
    name: 'ResponseError',
    status: 401,
  });
});
