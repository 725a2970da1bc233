import { promises } from 'node:fs';
import { chmod, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Keyv } from 'keyv';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { AuditLogCheckpoint } from '../../src/audit-logs/checkpoint.js';
import { type CheckpointStore, createFileCheckpointStore } from '../../src/audit-logs/file-checkpoint-store.js';
import { onWindows } from '../support/on-windows.js';
import { rejection } from '../support/open-test-transport.js';
import { workspace } from './support/fake-log-source.js';

async function openDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'checkpoints-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

const checkpoint = (id: string): AuditLogCheckpoint => ({
  version: 1,
  partitions: [
    { principal: workspace, eventType: id, after: '2026-11-01T00:00:00Z', completedFiles: '', gaps: [], seen: [] },
  ],
});

test.each([
  [
    'files',
    async (): Promise<CheckpointStore> => createFileCheckpointStore(join(await openDirectory(), 'new', 'folder')),
  ],
  ['keyv', async (): Promise<CheckpointStore> => new Keyv<AuditLogCheckpoint>()],
])('%s keep a checkpoint under its name', async (_name, open) => {
  const store = await open();
  expect(await store.get('one')).toBeUndefined();
  await store.set('one', checkpoint('A'));
  await store.set('two', checkpoint('B'));
  await store.set('one', checkpoint('C'));
  expect([await store.get('one'), await store.get('two')]).toEqual([checkpoint('C'), checkpoint('B')]);
});

test('any key is a file of its own inside the directory', async () => {
  const directory = await openDirectory();
  const store = createFileCheckpointStore(directory);
  const keys = ['../up', '/root', '.', '..', 'a/b', 'a.b', '*', 'Ä'];
  for (const key of keys) await store.set(key, checkpoint('A'));
  expect(await readdir(directory)).toHaveLength(keys.length);
  for (const key of keys) expect(await store.get(key)).toBeDefined();
});

test('no name of a file is one that Windows does not take', async () => {
  const directory = await openDirectory();
  const store = createFileCheckpointStore(directory);
  const keys = [
    'a:b',
    'a*b',
    'what?',
    '"x"',
    '<y>',
    'a|b',
    'a\\b',
    'con',
    'AUX',
    'com1',
    'name.',
    'name ',
    'con.x',
    'lpt9',
  ];
  for (const key of keys) await store.set(key, checkpoint(key));
  const names = await readdir(directory);
  expect(names).toHaveLength(keys.length);
  for (const name of names) {
    expect(name).not.toMatch(/[:*?"<>|\\]|[. ]$/);
    expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)\./i);
  }
  for (const key of keys) expect(await store.get(key)).toEqual(checkpoint(key));
});

test('the last of several writes at once is what stays', async () => {
  const store = createFileCheckpointStore(await openDirectory());
  await Promise.all(['A', 'B', 'C', 'D'].map((id) => store.set('one', checkpoint(id))));
  expect(await store.get('one')).toEqual(checkpoint('D'));
});

test('what a crash has left behind is not read, and is cleared away', async () => {
  const directory = await openDirectory();
  const store = createFileCheckpointStore(directory);
  await store.set('one', checkpoint('A'));
  const leftover = join(directory, 'one.json.4711-1.tmp');
  await writeFile(leftover, '{"version":1,"lan');
  const hourAgo = new Date(Date.now() - 3_600_000);
  await utimes(leftover, hourAgo, hourAgo);
  expect(await store.get('one')).toEqual(checkpoint('A'));
  await store.set('one', checkpoint('B'));
  expect(await readdir(directory)).toEqual(['one.json']);
});

test('a write that fails does not stop the next one', async () => {
  const directory = await openDirectory();
  const store = createFileCheckpointStore(join(directory, 'file'));
  await writeFile(join(directory, 'no-directory'), '');
  const other = createFileCheckpointStore(join(directory, 'no-directory', 'nowhere'));
  await rejection(other.set('one', checkpoint('A')));
  await store.set('one', checkpoint('A'));
  expect(await store.get('one')).toEqual(checkpoint('A'));
});

test('a file cut in the middle is refused, not taken for no checkpoint', async () => {
  const directory = await openDirectory();
  const store = createFileCheckpointStore(directory);
  await store.set('one', checkpoint('A'));
  const path = join(directory, 'one.json');
  const text = await readFile(path, 'utf8');
  for (const length of [0, 1, text.length - 1]) {
    await writeFile(path, text.slice(0, length));
    expect(await rejection(store.get('one'))).toMatchObject({ code: 'invalid_checkpoint' });
  }
});

test('two stores on one directory do not take away what the other is writing', async () => {
  const directory = await openDirectory();
  const stores = [createFileCheckpointStore(directory), createFileCheckpointStore(directory)];
  const writes = stores.flatMap((store) =>
    Array.from({ length: 50 }, (_none, n) => store.set('one', checkpoint(`${n}`))),
  );
  await Promise.all(writes);
  expect(await stores[0]?.get('one')).toEqual(checkpoint('49'));
  expect(await readdir(directory)).toEqual(['one.json']);
});

test.each(['appendFile', 'sync', 'close'] as const)(
  'a full disk, noticed by %s, leaves no temporary file',
  async (step) => {
    const directory = await openDirectory();
    const store = createFileCheckpointStore(directory);
    await store.set('one', checkpoint('A'));
    const { open } = promises;
    const opening = vi.spyOn(promises, 'open').mockImplementation(async (...given) => {
      const file = await open(...given);
      if (given[1] === 'r') return file;
      const fail = vi.spyOn(file, step).mockImplementation(async () => {
        fail.mockRestore();
        if (step === 'close') await file.close();
        throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
      });
      return file;
    });
    onTestFinished(() => opening.mockRestore());
    for (let attempt = 0; attempt < 3; attempt++) {
      expect(await rejection(store.set('one', checkpoint('B')))).toMatchObject({ code: 'ENOSPC' });
    }
    opening.mockRestore();
    expect(await readdir(directory)).toEqual(['one.json']);
    expect(await store.get('one')).toEqual(checkpoint('A'));
  },
);

const cycle: Record<string, unknown> = { version: 1, partitions: [] };
cycle.self = cycle;

test.each<[string, unknown]>([
  ['null', null],
  ['undefined', undefined],
  ['an empty object', {}],
  ['a list', []],
  ['the text of a checkpoint', JSON.stringify(checkpoint('B'))],
  ['a checkpoint of another version', { version: 2, partitions: [] }],
  ['a partition that lacks its time', { version: 1, partitions: [{ eventType: 'A' }] }],
  ['a BigInt', { ...checkpoint('B'), version: 1n }],
  ['a cycle', cycle],
  ['a function', () => checkpoint('B')],
])('%s is refused, and the checkpoint that is there stays', async (_name, value) => {
  const directory = await openDirectory();
  const store = createFileCheckpointStore(directory);
  await store.set('one', checkpoint('A'));
  const refusal = store.set('one', value as never);
  expect(await rejection(refusal)).toMatchObject({ name: 'InputError', message: expect.stringContaining('"one"') });
  expect(await store.get('one')).toEqual(checkpoint('A'));
  expect(await readdir(directory)).toEqual(['one.json']);
});

test('what is changed after it was given is kept as it was given', async () => {
  const store = createFileCheckpointStore(await openDirectory());
  const partitions = [...checkpoint('A').partitions];
  const written = store.set('one', { version: 1, partitions });
  partitions.length = 0;
  await written;
  expect(await store.get('one')).toEqual(checkpoint('A'));
});

test.each([undefined, null, '', 7, {}])('%j is no directory, and no store is made for it', (directory) => {
  expect(() => createFileCheckpointStore(directory as never)).toThrow(
    expect.objectContaining({ name: 'InputError', path: ['directory'] }),
  );
});

test.each([undefined, null, 7, '\ud800'])('%j is no key', async (key) => {
  const store = createFileCheckpointStore(await openDirectory());
  for (const work of [() => store.get(key as never), () => store.set(key as never, checkpoint('A'))]) {
    expect(await rejection(work())).toMatchObject({ name: 'InputError', path: ['key'] });
  }
});

test('a byte order mark that an editor has put in front is no harm', async () => {
  const directory = await openDirectory();
  const store = createFileCheckpointStore(directory);
  await writeFile(join(directory, 'one.json'), `\ufeff${JSON.stringify(checkpoint('A'))}`);
  expect(await store.get('one')).toEqual(checkpoint('A'));
});

test.skipIf(onWindows('files have no modes there'))(
  'only its owner can read a new file, and a file keeps its mode',
  async () => {
    const directory = await openDirectory();
    const store = createFileCheckpointStore(directory);
    const path = join(directory, 'one.json');
    const modes: string[] = [];
    for (const mode of [undefined, 0o600, 0o640, 0o666]) {
      if (mode !== undefined) await chmod(path, mode);
      await store.set('one', checkpoint('A'));
      modes.push(((await stat(path)).mode & 0o777).toString(8));
    }
    expect(modes).toEqual(['600', '600', '640', '666']);
  },
);

test.each(['not JSON', '{}', '{"version":2,"partitions":[]}'])(
  'the error for %s names the key and the file',
  async (text) => {
    const directory = await openDirectory();
    await writeFile(join(directory, 'a%2Fb.json'), text);
    const error = await rejection(createFileCheckpointStore(directory).get('a/b'));
    expect(error).toMatchObject({ name: 'CheckpointError' });
    expect(String(error)).toContain('"a/b"');
    expect(String(error)).toContain(`${directory}/a%2Fb.json`);
  },
);
