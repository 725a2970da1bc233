import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkApi } from '../../scripts/api/check.js';
import { runNode } from '../packaging/support/run-in-project.js';

const declarations = (parameters: string) => `export declare function open(${parameters}): void;`;
const breaking = declarations('url: string, key: string');
const harmless = declarations('url: string, key?: string');
const changeset = (bump?: string) => `---\n${bump === undefined ? '' : `'thing': ${bump}\n`}---\n\nIt opens.\n`;

let root = '';
const write = async (path: string, text: string) => {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
};
const setVersion = (version: string) =>
  write('package.json', JSON.stringify({ name: 'thing', version, exports: { '.': { types: './dist/index.d.ts' } } }));
const snapshot = () => readFile(join(root, 'test/packaging/snapshots/api/declarations.d.ts'), 'utf8');

/** A folder at 1.2.0 whose snapshot is up to date, and has seen a changeset. */
let template = '';
beforeAll(async () => {
  template = await mkdtemp(join(tmpdir(), 'api-'));
  root = template;
  await setVersion('1.2.0');
  await write('.changeset/first.md', changeset('major'));
  await write('dist/index.d.ts', declarations('url: string'));
  expect(checkApi(root, { update: true }).ok).toBe(true);
}, 90_000);
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'api-'));
  await cp(template, root, { recursive: true });
});
afterEach(() => rm(root, { recursive: true, force: true }));
afterAll(() => rm(template, { recursive: true, force: true }));

test('what is as it was needs nothing', () => {
  expect(checkApi(root)).toEqual({
    ok: true,
    text: 'The public declarations are those of test/packaging/snapshots/api.',
  });
});

test('a change fails, and says what changed and what to do', async () => {
  await write('dist/index.d.ts', breaking);
  expect(checkApi(root)).toEqual({
    ok: false,
    text: [
      'The public declarations are not those of test/packaging/snapshots/api.',
      '  breaks callers: `open` changed: Target signature provides too few arguments. Expected 2 or more, but got 1.',
      'Write a changeset that says `major`, since 1.2.0 is published (npx changeset; one that is new, or says more), then run npm run api -- --update.',
    ].join('\n'),
  });
});

test('a change without a changeset is refused, and the snapshot stays', async () => {
  const before = await snapshot();
  await write('dist/index.d.ts', harmless);
  const { ok, text } = checkApi(root, { update: true });
  expect([ok, text]).toEqual([false, expect.stringContaining('Nothing was written. Write a changeset (npx changeset')]);
  expect(await snapshot()).toBe(before);
});

test('a changeset that says more than the snapshot has seen is as good as a new one', async () => {
  await write('dist/index.d.ts', harmless);
  await write('.changeset/first.md', `${changeset('major')}With a key.\n`);
  expect(checkApi(root, { update: true }).ok).toBe(true);
});

test.each([
  ['a blank line', `${changeset('major')}\n`],
  ['spaces at its end', `${changeset('major')}  `],
  ['another line break', changeset('major').replace('It opens.', 'It\r\nopens.')],
  ['an indent', changeset('major').replace('It opens.', '  It  opens.')],
])('%s more in a changeset says nothing of a change', async (_, text) => {
  await write('dist/index.d.ts', breaking);
  await write('.changeset/first.md', text);
  expect(checkApi(root, { update: true })).toMatchObject({ ok: false });
  expect(await snapshot()).not.toContain('key');
});

test('a changeset of before a change says nothing of it', async () => {
  await write('.changeset/earlier.md', changeset('major'));
  expect(checkApi(root)).toEqual({
    ok: false,
    text: expect.stringContaining('It has not seen .changeset/earlier.md yet: run npm run api -- --update.'),
  });
  expect(checkApi(root, { update: true })).toEqual({ ok: true, text: expect.stringMatching(/commit it\.$/) });
  expect(checkApi(root).ok).toBe(true);

  await write('dist/index.d.ts', breaking);
  expect(checkApi(root, { update: true }).ok).toBe(false);
  await write('.changeset/of-the-change.md', changeset('minor'));
  expect(checkApi(root, { update: true }).ok).toBe(false);
  await write('.changeset/of-the-change.md', changeset('major'));
  expect(checkApi(root, { update: true }).ok).toBe(true);
});

test('to see a changeset asks for no other later', async () => {
  await setVersion('1.3.0');
  await write('.changeset/first.md', changeset('patch'));
  expect(checkApi(root, { update: true }).ok).toBe(true);
  await rm(join(root, '.changeset/first.md'));
  expect(checkApi(root).ok).toBe(true);
});

test('a changeset counts once', async () => {
  await write('dist/index.d.ts', harmless);
  await write('.changeset/second.md', changeset('minor'));
  expect(checkApi(root, { update: true }).ok).toBe(true);
  expect(checkApi(root).ok).toBe(true);
  await write('dist/index.d.ts', declarations('url: string, key?: string, more?: string'));
  expect(checkApi(root, { update: true }).ok).toBe(false);
});

describe('what a change needed is still needed after --update', () => {
  beforeEach(async () => {
    await write('dist/index.d.ts', breaking);
    await write('.changeset/second.md', changeset('major'));
    await rm(join(root, '.changeset/first.md'));
    await setVersion('1.3.0');
    expect(checkApi(root, { update: true }).ok).toBe(true);
    expect(checkApi(root).ok).toBe(true);
  });
  const refused = {
    ok: false,
    text: 'The changes since 1.3.0 need a changeset that says `major`, and .changeset holds none any more: put it back.',
  };

  test('by a changeset that says less now', async () => {
    await write('.changeset/second.md', changeset('patch'));
    expect(checkApi(root)).toEqual(refused);
    expect(checkApi(root, { update: true })).toEqual(refused);
  });

  test('by a changeset that is gone', async () => {
    await rm(join(root, '.changeset/second.md'));
    expect(checkApi(root)).toEqual(refused);
  });

  test('after a harmless change with its own changeset', async () => {
    await write('dist/index.d.ts', declarations('url: string, key: string, more?: string'));
    await write('.changeset/third.md', changeset('minor'));
    expect(checkApi(root, { update: true }).ok).toBe(true);
    await rm(join(root, '.changeset/second.md'));
    expect(checkApi(root)).toEqual(refused);
  });

  test('until the version changes', async () => {
    await rm(join(root, '.changeset/second.md'));
    await setVersion('2.0.0');
    expect(checkApi(root).ok).toBe(true);
    await write('dist/index.d.ts', declarations('url: string, key: string, more?: string'));
    await write('.changeset/third.md', changeset('minor'));
    expect(checkApi(root, { update: true }).ok).toBe(true);
    expect(checkApi(root).ok).toBe(true);
  });
});

test('a harmless change needs some changeset, whatever it says', async () => {
  await write('dist/index.d.ts', harmless);
  await write('.changeset/second.md', changeset());
  await rm(join(root, '.changeset/first.md'));
  await setVersion('1.3.0');
  expect(checkApi(root, { update: true }).ok).toBe(true);
  await rm(join(root, '.changeset/second.md'));
  expect(checkApi(root)).toEqual({
    ok: false,
    text: 'The changes since 1.3.0 need a changeset, and .changeset holds none any more: put it back.',
  });
});

test('changesets that were released are forgotten', async () => {
  await setVersion('1.3.0');
  await rm(join(root, '.changeset/first.md'));
  await write('dist/index.d.ts', harmless);
  await write('.changeset/second.md', changeset('minor'));
  checkApi(root, { update: true });
  const seen = JSON.parse(await readFile(join(root, 'test/packaging/snapshots/api/changesets.json'), 'utf8'));
  expect(Object.keys(seen.seen)).toEqual(['second.md']);
});

describe.each([
  ['1.2.0', breaking, 'patch', false],
  ['1.2.0', breaking, 'minor', false],
  ['1.2.0', breaking, 'major', true],
  ['1.2.0', harmless, 'patch', true],
  ['1.2.0', harmless, undefined, true],
  ['0.4.0', breaking, 'patch', false],
  ['0.4.0', breaking, 'minor', true],
  ['0.0.0', breaking, 'patch', true],
])('at %s, %s', (version, declared, bump, ok) => {
  test(`is ${ok ? 'accepted' : 'refused'} with a changeset that says ${bump ?? 'nothing'}`, async () => {
    await setVersion(version);
    await write('dist/index.d.ts', declared);
    await write('.changeset/second.md', changeset(bump));
    expect(checkApi(root, { update: true }).ok).toBe(ok);
    expect((await snapshot()).includes('key')).toBe(ok);
  });
});

test('without a build, asks for one', async () => {
  await rm(join(root, 'dist'), { recursive: true });
  expect(checkApi(root)).toEqual({
    ok: false,
    text: expect.stringMatching(/does not exist: run npm run build first\.$/),
  });
});

test('the command fails where the check does', async () => {
  const command = resolve(import.meta.dirname, '../../scripts/api.ts');
  await write('dist/index.d.ts', breaking);
  const refused = await runNode([command, '--update'], root);
  expect(refused).toEqual({ code: 1, output: expect.stringContaining('Nothing was written.') });
  await write('.changeset/second.md', changeset('major'));
  expect(await runNode([command, '--update'], root)).toMatchObject({ code: 0 });
  expect(await runNode([command], root)).toMatchObject({ code: 0 });
});
