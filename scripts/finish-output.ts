// Deletes from dist what no entry leads to (modules that only gave types, declarations of internals), and sees to it
// that the declarations that stay compile in any program.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

const output = resolve(import.meta.dirname, '../dist');
const entries = ['index', 'scim/index', 'audit-logs/index', 'testing/index'].map((name) => join(output, name));

const code = followImports([...entries.map((entry) => `${entry}.js`), join(output, 'testing/bin.js')], '.js');
const declarations = followImports(
  entries.map((entry) => `${entry}.d.ts`),
  '.d.ts',
);
for (const path of ts.sys.readDirectory(output, ['.js', '.d.ts'])) {
  if (!code.has(resolve(path)) && !declarations.has(resolve(path))) rmSync(path);
}
for (const path of declarations) finish(path);

function followImports(from: readonly string[], extension: '.js' | '.d.ts'): ReadonlySet<string> {
  const seen = new Set<string>();
  const queue = [...from];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (seen.has(path)) continue;
    if (!existsSync(path)) throw new Error(`The build left out ${path}`);
    seen.add(path);
    for (const { fileName } of ts.preProcessFile(readFileSync(path, 'utf8'), true, true).importedFiles) {
      if (fileName.startsWith('.')) queue.push(resolve(dirname(path), fileName.replace(/\.js$/, extension)));
    }
  }
  return seen;
}

function finish(path: string): void {
  const text = readFileSync(path, 'utf8');
  const dear = ts
    .preProcessFile(text)
    .importedFiles.find(({ fileName }) => /^(zod|type-fest|ky|p-retry|p-throttle)(\/|$)/.test(fileName));
  if (dear !== undefined) {
    throw new Error(
      `${relative(output, path)} imports ${dear.fileName}: keep it out of exported types, or move the schema into a module of its own.`,
    );
  }
  // A program whose `lib` is older than `await using` must still compile with its libraries checked.
  if (/\b(Symbol\.(asyncD|d)ispose|(Async)?Disposable)\b/.test(text)) {
    writeFileSync(path, `/// <reference lib="esnext.disposable" />\n${text}`);
  }
}
