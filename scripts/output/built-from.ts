// Whether `dist` is what the sources make: by what the files hold, as a checkout or a copy changes their times alone.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the output depends on, below the root. The lock file stands for everything that is bundled in. */
const inputs = [
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'tsconfig.build.json'],
  ...['tsup.config.ts', 'tsup.command.ts'],
];
const inputDirectories = ['src', 'scripts'];

/** A build empties `dist`, and so forgets of what it was made before. */
const stamp = join('dist', 'built-from.txt');

/** Builds where the output was made of something else, or was not made to its end. Says whether it did. */
export function buildWhenChanged(root: string, build: () => void): boolean {
  // Before the build: what is changed while it runs is built the next time.
  const digest = digestOf(root);
  const path = join(root, stamp);
  if (existsSync(path) && readFileSync(path, 'utf8') === digest) return false;
  build();
  writeFileSync(path, digest);
  return true;
}

function digestOf(root: string): string {
  const hash = createHash('sha256');
  const directories = inputDirectories.flatMap((directory) =>
    readdirSync(join(root, directory), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  for (const path of [...inputs.map((name) => join(root, name)), ...directories.toSorted()]) {
    const content = existsSync(path) ? readFileSync(path) : '';
    hash.update(`${path.slice(root.length)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
