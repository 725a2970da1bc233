import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import type { Metafile } from 'esbuild';

type Outputs = Metafile['outputs'];

/**
 * Gives the chunks names that say what they hold, where esbuild gives them a hash: `vendor/ky.js`, or
 * `shared/root-scim.js` for what these two entries share. Reviewing a release then compares like with like.
 */
export function nameChunks(output: string, outputs: Outputs, entries: ReadonlySet<string>): void {
  const names = new Map<string, string>();
  for (const path of Object.keys(outputs)) {
    const current = relative(output, path);
    if (entries.has(current)) continue;
    const name = nameOf(path, outputs, entries, output);
    const isTaken = [...names.values()].includes(name);
    names.set(current, isTaken ? name.replace(/\.js$/, `-${names.size}.js`) : name);
  }
  for (const [from, to] of names) {
    mkdirSync(dirname(join(output, to)), { recursive: true });
    renameSync(join(output, from), join(output, to));
  }
  // The names that esbuild gave hold a hash each, so a file's name alone says which one is meant.
  const byBasename = new Map([...names].map(([from, to]) => [basename(from), to]));
  for (const path of Object.keys(outputs).map((path) => relative(output, path))) {
    const file = join(output, names.get(path) ?? path);
    const text = readFileSync(file, 'utf8')
      // For its side effects alone: no module has any, and whoever needs the chunk imports it.
      .replace(/^import "\.[^"]+";\n/gm, '')
      .replace(/(from |import\()"(\.[^"]+)"/g, (whole, before, specifier) => {
        const target = byBasename.get(basename(specifier));
        return target === undefined ? whole : `${before}"${importPath(file, join(output, target))}"`;
      });
    writeFileSync(file, inAscii(restoreClassNames(text)));
  }
}

/**
 * esbuild escapes what is not ASCII in texts, but neither in regular expressions nor in comments. One such character makes
 * V8 keep all of a file in two bytes a character, which takes longer to read.
 */
function inAscii(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** `var Users = class _Users` is what esbuild makes of a class that names itself: that is how an inspected client would show. */
function restoreClassNames(text: string): string {
  const renamed = [...text.matchAll(/^var (\w+) = class (_\1|\1\d+)\b/gm)];
  return renamed.reduce(
    (rest, [, name = '', inner = '']) => rest.replaceAll(new RegExp(`\\b${inner}\\b`, 'g'), name),
    text,
  );
}

function nameOf(path: string, outputs: Outputs, entries: ReadonlySet<string>, output: string): string {
  const { inputs = {}, entryPoint } = outputs[path] ?? {};
  const packages = new Set(Object.keys(inputs).map((input) => /(?:^|\/)node_modules\/([^/]+)/.exec(input)?.[1]));
  if (!packages.has(undefined) && packages.size > 0) {
    return `vendor/${[...packages].join('-')}.js`;
  }
  // Loaded by `import()`.
  if (entryPoint !== undefined) return `shared/${basename(entryPoint).replace(/\.ts$/, '.js')}`;
  // esbuild's own few lines, where several files need them.
  if (Object.keys(inputs).length === 0) return 'shared/helpers.js';
  const users = [...entries].filter((entry) => reaches(join(output, entry), path, outputs));
  return `shared/${users.length < entries.size ? users.map(shortName).join('-') : 'all'}.js`;
}

function shortName(entry: string): string {
  return entry === 'index.js' ? 'root' : entry.replace(/\/index\.js$/, '').replace(/^.*\/(.*)\.js$/, '$1');
}

function reaches(from: string, to: string, outputs: Outputs, seen = new Set<string>()): boolean {
  if (from === to) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  return (outputs[from]?.imports ?? []).some(({ path }) => reaches(path, to, outputs, seen));
}

function importPath(from: string, to: string): string {
  const path = relative(dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}
