import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdtempSync,
  promises,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { fileJournal } from '../../src/provisioning/file-journal.js';
import {
  type JournalEntry,
  type JournalLease,
  memoryJournal,
  type PlanJournal,
} from '../../src/provisioning/journal.js';
import { onWindows } from '../support/on-windows.js';
import { apply } from './support/apply.js';
import { account, groupOf, openDirectory, person } from './support/open-directory.js';
import { sqlJournal } from './support/sql-journal.js';

const fresh = () => join(mkdtempSync(join(tmpdir(), 'journal-')), 'plan.journal');
const stores: readonly [what: string, open: () => PlanJournal][] = [
  ['in memory', memoryJournal],
  ['in a file', () => fileJournal(fresh())],
  ["in a database of one's own", () => sqlJournal(':memory:')],
];
const doubt = (action: string, fence = 1): JournalEntry => ({
  type: 'doubt',
  action,
  at: '2026-01-01T00:00:00Z',
  fence,
});
const start = (fence: number): JournalEntry => ({
  type: 'start',
  version: 1,
  plan: 'h',
  connection: { host: 'h', directory: 'd' },
  policyDigest: 'p',
  owner: 'o',
  at: '2026-01-01T00:00:00Z',
  fence,
});
const take = (journal: PlanJournal, owner: string, now: number) => journal.acquire({ owner, now, expiresAt: now + 60 });

test.each(stores)('%s: entries come back as they were appended, in their order', async (_, open) => {
  const journal = open();
  expect(await journal.read()).toEqual([]);
  const lease = await take(journal, 'one', 0);
  const entries = Array.from({ length: 20 }, (_entry, index) => doubt(`a${index}\nö`));
  expect(await Promise.all(entries.map((entry) => journal.append(entry, lease)))).toEqual(entries.map(() => true));
  expect(await journal.read()).toEqual(entries);
});

test.each(stores)(
  '%s: a lease keeps others out until it has expired, and each next one has a higher fence',
  async (_, open) => {
    const journal = open();
    const one = await take(journal, 'one', 1_000);
    expect(await take(journal, 'two', 1_059)).toMatchObject({ owner: 'one', fence: one.fence, expiresAt: 1_060 });
    expect(await journal.renew({ ...one, expiresAt: 1_100 })).toBe(true);
    expect(await take(journal, 'two', 1_099)).toMatchObject({ owner: 'one', expiresAt: 1_100 });
    const two = await take(journal, 'two', 1_100);
    expect(two.owner).toBe('two');
    expect(two.fence).toBeGreaterThan(one.fence);

    // The old owner wakes up.
    expect(await journal.append(doubt('late'), one)).toBe(false);
    expect(await journal.renew(one)).toBe(false);
    await journal.release(one);
    expect(await journal.append(doubt('mine', two.fence), two)).toBe(true);
    expect(await journal.read()).toEqual([doubt('mine', two.fence)]);

    await journal.release(two);
    expect(await journal.append(doubt('after'), two)).toBe(false);
    const three = await take(journal, 'three', 1_101);
    expect(three.owner).toBe('three');
    expect(three.fence).toBeGreaterThan(two.fence);
  },
);

test.each(stores)('%s: a lease that has expired and that nobody has taken is still in force', async (_, open) => {
  const journal = open();
  const lease = await take(journal, 'one', 0);
  expect(await journal.renew({ ...lease, expiresAt: 9_000 })).toBe(true);
  expect(await journal.append(doubt('a'), lease)).toBe(true);
});

test('of many who take it at once one gets it', async () => {
  const path = fresh();
  const leases = await Promise.all(Array.from({ length: 8 }, (_, index) => take(fileJournal(path), `o${index}`, 0)));
  const winners = new Set(leases.filter(({ owner }, index) => owner === `o${index}`).map(({ owner }) => owner));
  expect(winners.size).toBe(1);
  // And of many who take over.
  const later = await Promise.all(Array.from({ length: 8 }, (_, index) => take(fileJournal(path), `p${index}`, 100)));
  expect(later.filter(({ owner }, index) => owner === `p${index}`)).toHaveLength(1);
});

test.skipIf(onWindows('files have no modes there'))(
  'a file and its lock can be read by their owner only, in a directory that is made',
  async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'journal-')), 'deep', 'er', 'plan.journal');
    const journal = fileJournal(path);
    const lease = await take(journal, 'one', 0);
    await journal.append(doubt('a'), lease);
    const [lock = ''] = readdirSync(join(path, '..')).filter((name) => name.includes('.lock-'));
    for (const file of [path, join(path, '..', lock)]) expect(statSync(file).mode & 0o777).toBe(0o600);
    await journal.release(lease);
    expect(readdirSync(join(path, '..'))).toEqual(['plan.journal']);
  },
);

test('a last line that a crash has cut is read over, also once a later run has gone on', async () => {
  const path = fresh();
  const journal = fileJournal(path);
  const one = await take(journal, 'one', 0);
  await journal.append(start(one.fence), one);
  await journal.append(doubt('a'), one);
  appendFileSync(path, '{"type":"intent","action":"b","at":"20');
  expect(await journal.read()).toEqual([start(one.fence), doubt('a')]);
  const two = await take(fileJournal(path), 'two', 1_000);
  await fileJournal(path).append(start(two.fence), two);
  expect(await journal.read()).toEqual([start(one.fence), doubt('a'), start(two.fence)]);
});

test('a line that is broken in the middle is no crash: nothing goes on by such a journal', async () => {
  const path = fresh();
  writeFileSync(path, `${JSON.stringify(start(1))}\n{"type":"int\n${JSON.stringify(doubt('a'))}\n`);
  await expect(fileJournal(path).read()).rejects.toMatchObject({ code: 'journal_unreadable' });
  const { client, plan, server } = openDirectory({ users: [account('a')] });
  const first = await plan({ users: [person('a', { title: 'x' })] });
  server.log.length = 0;
  await expect(apply(client, first, { journal: fileJournal(path) })).rejects.toMatchObject({
    code: 'journal_unreadable',
  });
  expect(server.log).toEqual([]);
});

const strange: readonly [what: string, entries: readonly JournalEntry[], code: string][] = [
  ['of a later version', [{ ...start(1), version: 2 } as never], 'journal_unreadable'],
  ['with an entry that is not known', [start(1), { type: 'other' } as never], 'journal_unreadable'],
  ['without a beginning', [doubt('a')], 'journal_unreadable'],
  ['of another plan', [start(1)], 'other_journal'],
];

test.each(strange)('a journal %s is refused', async (_, entries, code) => {
  const { client, plan } = openDirectory({ users: [account('a')] });
  const journal = memoryJournal();
  const lease = await take(journal, 'one', 0);
  const first = await plan({ users: [person('a', { title: 'x' })] });
  const own = (entry: JournalEntry) =>
    entry.type === 'start' && code !== 'other_journal' ? { ...entry, plan: first.hash } : entry;
  for (const entry of entries) await journal.append(own(entry), lease);
  await journal.release(lease);
  await expect(apply(client, first, { journal })).rejects.toMatchObject({ code });
});

test('what is about to be sent is in the file before it is sent, and what became of it after', async () => {
  const path = fresh();
  const { client, plan, server } = openDirectory({ users: [account('a', { title: 'Old' }), account('z')] });
  const first = await plan({ users: [person('a', { title: 'New' }), person('n')] });
  const types = () =>
    (existsSync(path) ? readFileSync(path, 'utf8') : '')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  const atWrites: string[] = [];
  server.intercept = ({ method }) => {
    if (method !== 'GET')
      atWrites.push(
        types()
          .map(({ type }) => type)
          .join(' '),
      );
    return undefined;
  };
  await apply(client, first, { journal: fileJournal(path), concurrency: 1 });
  expect(atWrites).toEqual([
    'start intent',
    'start intent receipt intent',
    'start intent receipt intent receipt intent',
  ]);
  const entries = types();
  expect(entries.map(({ type }) => type).join(' ')).toBe('start intent receipt intent receipt intent receipt end');
  // Before-images, for whoever undoes it.
  expect(entries[3]).toMatchObject({ kind: 'change', before: { title: 'Old' }, after: { title: 'New' } });
  expect(entries[2]).toMatchObject({ outcome: 'done', target: { key: 'e-n', id: 'new-1' } });
});

test('of members of a large group each request stands in the journal before it is sent, and whom it is about', async () => {
  const path = fresh();
  const ids = Array.from({ length: 250 }, (_none, index) => `u${index}`);
  const { client, plan, server } = openDirectory({
    users: [...ids, 'z'].map((id) => account(id)),
    groups: [groupOf('big', ['z'])],
  });
  const first = await plan({
    users: [...ids, 'z'].map((id) => person(id)),
    groups: [{ displayName: 'Group big', members: [...ids, 'z'].map((id) => `e-${id}`) }],
  });
  const sent: string[][] = [];
  const written: string[][] = [];
  server.intercept = ({ method, body }) => {
    if (method !== 'PATCH') return undefined;
    const { Operations } = body as { Operations: { value: { value: string }[] }[] };
    sent.push(Operations.flatMap(({ value }) => value.map((one) => one.value)));
    const entries: JournalEntry[] = readFileSync(path, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const intents = entries.flatMap((one) => (one.type === 'intent' ? [one] : []));
    expect(intents).toHaveLength(sent.length);
    written.push((intents.at(-1)?.members ?? []).map(({ id = '' }) => id));
    return undefined;
  };
  expect((await apply(client, first, { journal: fileJournal(path) })).finished).toBe(true);
  expect(sent.map(({ length }) => length)).toEqual([100, 100, 50]);
  expect(written).toEqual(sent);
});

type Opened = Awaited<ReturnType<typeof promises.open>>;

/** Notes what is done with files, in order: `appendFile plan.journal`. */
function watchFiles(onAppended: (name: string) => unknown = () => {}): string[] {
  const done: string[] = [];
  const { open } = promises;
  const spy = vi.spyOn(promises, 'open').mockImplementation(async (path, ...others) => {
    const file: Opened = await open(path, ...others);
    const name = String(path).split('/').filter(Boolean).at(-1) ?? '';
    const { appendFile, sync } = file;
    file.appendFile = async (...text) => {
      await appendFile.apply(file, text);
      done.push(`appendFile ${name}`);
      await onAppended(name);
    };
    file.sync = async () => {
      await sync.call(file);
      done.push(`sync ${name}`);
    };
    return file;
  });
  onTestFinished(() => spy.mockRestore());
  return done;
}

test('an entry counts once it is flushed to the disk, and a new file once its directory is', async () => {
  const path = fresh();
  const directory = path.split('/').at(-2) ?? '';
  const journal = fileJournal(path);
  const lease = await take(journal, 'one', 0);
  const done = watchFiles();
  await journal.append(doubt('a'), lease);
  expect(done).toEqual(['appendFile plan.journal', 'sync plan.journal', `sync ${directory}`]);
  await journal.append(doubt('b'), lease);
  expect(done.slice(3)).toEqual(['appendFile plan.journal', 'sync plan.journal']);
});

test('an entry that could not be flushed is not called safe', async () => {
  const path = fresh();
  const journal = fileJournal(path);
  const lease = await take(journal, 'one', 0);
  const disk = new Error('EIO');
  const { open } = promises;
  const spy = vi.spyOn(promises, 'open').mockImplementation(async (...given) => {
    const file = await open(...given);
    file.sync = () => Promise.reject(disk);
    return file;
  });
  onTestFinished(() => spy.mockRestore());
  await expect(journal.append(doubt('a'), lease)).rejects.toBe(disk);
});

test('an entry during whose writing another took the lease is not called safe: nothing is sent for it', async () => {
  const path = fresh();
  const journal = fileJournal(path);
  const lease = await take(journal, 'one', 0);
  let other: JournalLease | undefined;
  watchFiles(async (name) => {
    if (name === 'plan.journal') other ??= await take(fileJournal(path), 'two', 1_000);
  });
  expect(await journal.append(doubt('a'), lease)).toBe(false);
  expect(other?.owner).toBe('two');
});

test('a journal that cannot be written ends the work with its own error, before anything is sent', async () => {
  const { client, plan, server } = openDirectory({ users: [account('a'), account('b')] });
  const first = await plan({ users: [person('a', { title: 'x' }), person('b', { title: 'x' })] });
  const disk = Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' });
  const journal = {
    ...memoryJournal(),
    append: async (entry: JournalEntry) => (entry.type === 'intent' ? Promise.reject(disk) : true),
  };
  server.log.length = 0;
  await expect(apply(client, first, { journal })).rejects.toBe(disk);
  expect(server.log.filter((line) => line.startsWith('PATCH'))).toEqual([]);
});

test.each([[undefined], [''], [5]])('%j is no path', (path) => {
  expect(() => fileJournal(path as never)).toThrow(expect.objectContaining({ code: 'invalid_input', path: ['path'] }));
});

test('a lock that was cut while it was made expires as any other', async () => {
  const path = fresh();
  writeFileSync(`${path}.lock-7`, '{"own');
  chmodSync(`${path}.lock-7`, 0o600);
  const now = Date.now();
  const journal = fileJournal(path);
  const held: JournalLease = await journal.acquire({ owner: 'one', now, expiresAt: now + 60_000 });
  expect([held.owner, held.fence]).toEqual(['', 7]);
  const later = now + 120_000;
  const lease = await journal.acquire({ owner: 'one', now: later, expiresAt: later + 60_000 });
  expect([lease.owner, lease.fence]).toEqual(['one', 8]);
});

test('after half an entry nothing more is written by this run, and the next one goes on', async () => {
  const { client, plan } = openDirectory({ users: ['a', 'b', 'c', 'd'].map((id) => account(id)) });
  const first = await plan({ users: ['a', 'b', 'c', 'd'].map((id) => person(id, { title: 'New' })) });
  const path = fresh();
  const journal = fileJournal(path);
  const full = new Error('no space left on device');
  let count = 0;
  const filling: PlanJournal = {
    ...journal,
    append: (entry, lease) => {
      count += 1;
      if (count < 4) return journal.append(entry, lease);
      if (count === 4) appendFileSync(path, JSON.stringify(entry).slice(0, 20));
      return count === 4 ? Promise.reject(full) : journal.append(entry, lease);
    },
  };
  await expect(apply(client, first, { journal: filling })).rejects.toBe(full);
  // What was under way beside it may have taken the half entry out; nothing that came later is there.
  const [, ...entries] = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('}'));
  expect(entries.length).toBeLessThan(4);
  expect((await apply(client, first, { journal: fileJournal(path) })).finished).toBe(true);
});

test('half a line is taken out before the next entry, and a whole one that lost its end counts', async () => {
  const path = fresh();
  const journal = fileJournal(path);
  const lease = await take(journal, 'one', 0);
  await journal.append(start(1), lease);
  appendFileSync(path, `{"type":"doubt","action":"${'x'.repeat(9_000)}`);
  await journal.append(doubt('a'), lease);
  appendFileSync(path, JSON.stringify(doubt('b')));
  await journal.append(doubt('c'), lease);
  expect(await fileJournal(path).read()).toEqual([start(1), doubt('a'), doubt('b'), doubt('c')]);
});

test.skipIf(onWindows('links need a right of their own there')).each([true, false])(
  'a link to a journal has the lock of the journal itself (file there: %s)',
  async (isThere) => {
    const [path, link] = [fresh(), fresh()];
    if (isThere) writeFileSync(path, '');
    symlinkSync(path, link);
    const one = await take(fileJournal(link), 'one', 0);
    expect(await take(fileJournal(path), 'other', 1)).toMatchObject({ owner: one.owner });
    expect(await fileJournal(link).append(start(one.fence), one)).toBe(true);
  },
);
