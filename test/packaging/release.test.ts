import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, inject, onTestFinished, test } from 'vitest';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');

/** A copy of what is packed and of what raises the version, outside of the repository: nothing of it is changed. */
async function copyOfPackage(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'rehearsed-release-'));
  onTestFinished(() => rm(path, { recursive: true, force: true }));
  const { files } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { readonly files: string[] };
  const packed = files.filter((file) => !/^!|^CHANGELOG/.test(file));
  const raising = ['package.json', '.changeset', 'README.md', 'LICENSE', 'src/internal', 'scripts/write-version.ts'];
  for (const name of [...packed, ...raising]) await cp(join(root, name), join(path, name), { recursive: true });
  return path;
}

const packedBy = async (path: string): Promise<string[]> => {
  const { stdout } = await run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], { cwd: path });
  const [report] = Object.values(JSON.parse(stdout) as Record<string, { readonly files: { readonly path: string }[] }>);
  return report?.files.map((file) => file.path).sort() ?? [];
};

// Afterwards it is the tarball itself that has one.
const isReleased = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version !== '0.0.0';

test.skipIf(isReleased)(
  'the first release adds the CHANGELOG to the package and nothing else, and raises the version',
  async () => {
    const path = await copyOfPackage();
    await run(process.execPath, [join(root, 'node_modules/@changesets/cli/bin.js'), 'version'], { cwd: path });
    await run(process.execPath, ['--no-warnings', 'scripts/write-version.ts'], { cwd: path });
    expect(JSON.parse(await readFile(join(path, 'package.json'), 'utf8')).version).toBe('0.1.0');
    expect(await readFile(join(path, 'src/internal/version.ts'), 'utf8')).toContain("version = '0.1.0';");
    expect(await readFile(join(path, 'CHANGELOG.md'), 'utf8')).toMatch(/^# chatgpt-enterprise-sdk\n\n## 0\.1\.0\n/);
    expect(await packedBy(path)).toEqual([...inject('files'), 'CHANGELOG.md'].sort());
  },
);

test.skipIf(isReleased)(
  'the first CHANGELOG says what there is, once for each area, and nothing of what nobody had',
  async () => {
    const files = (await readdir(join(root, '.changeset'))).filter((file) => file.endsWith('.md'));
    const { exports } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    const entries = Object.keys(exports).filter((entry) => !entry.endsWith('.json') && entry !== '.');
    const areas = ['first-release', 'connection', 'command', ...entries.map((entry) => entry.slice(2))];
    expect(files.toSorted(), 'amend the changeset of the area').toEqual(areas.map((area) => `${area}.md`).toSorted());
    for (const file of files) {
      const text = await readFile(join(root, '.changeset', file), 'utf8');
      expect(text, file).not.toMatch(
        /no longer|in place of|is now|until now|as before|replace the word|earlier build/i,
      );
    }
  },
);
