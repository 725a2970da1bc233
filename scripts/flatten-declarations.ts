// Takes zod out of the declarations that tsc wrote to dist: types inferred from schemas are written out, and schemas
// are declared as Standard Schemas. Why: docs/decisions/0005-declarations-without-zod.md.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { collectNamedTypes } from './declarations/named-types.ts';
import { rewriteModule } from './declarations/rewrite-module.ts';

const root = resolve(import.meta.dirname, '..');
const source = join(root, 'src');
const output = join(root, 'dist');
const entries = ['index', 'scim/index', 'audit-logs/index', 'testing/index'].map((name) =>
  join(output, `${name}.d.ts`),
);

const { fileNames, options } = readConfig(join(root, 'tsconfig.build.json'));
const program = ts.createProgram(fileNames, options);
const checker = program.getTypeChecker();
const modules = program.getSourceFiles().filter((file) => resolve(file.fileName).startsWith(`${source}/`));
const named = collectNamedTypes(checker, modules);

for (const module of modules.filter(importsZod)) {
  const path = declarationOf(module.fileName);
  const emitted = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  const text = rewriteModule({ checker, module, emitted, named, schemaModule: join(source, 'internal/schema.ts') });
  writeFileSync(path, text);
}

const reachable = followImports(entries);
for (const path of ts.sys.readDirectory(output, ['.d.ts'])) {
  if (!reachable.has(resolve(path))) rmSync(path);
  else finish(path);
}

function readConfig(path: string): ts.ParsedCommandLine {
  const { config, error } = ts.readConfigFile(path, ts.sys.readFile);
  if (error) throw new Error(ts.flattenDiagnosticMessageText(error.messageText, '\n'));
  return ts.parseJsonConfigFileContent(config, ts.sys, dirname(path));
}

function importsZod(module: ts.SourceFile): boolean {
  return module.statements.some(
    (statement) =>
      ts.isImportDeclaration(statement) &&
      ts.isStringLiteral(statement.moduleSpecifier) &&
      /^zod(\/|$)/.test(statement.moduleSpecifier.text),
  );
}

function declarationOf(sourcePath: string): string {
  return join(output, relative(source, sourcePath).replace(/\.ts$/, '.d.ts'));
}

/** Every declaration file that a user's compiler can be led to. The others would be dead weight. */
function followImports(from: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const queue = from.filter((path) => ts.sys.fileExists(path)).map((path) => resolve(path));
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    for (const { fileName } of ts.preProcessFile(readFileSync(path, 'utf8')).importedFiles) {
      if (fileName.startsWith('.')) queue.push(resolve(dirname(path), fileName.replace(/\.js$/, '.d.ts')));
    }
  }
  return seen;
}

/** What holds for every published declaration, flattened or not. */
function finish(path: string): void {
  const text = readFileSync(path, 'utf8');
  const dear = ts
    .preProcessFile(text)
    .importedFiles.find(({ fileName }) => /^(zod|type-fest|ky|p-retry|p-throttle)(\/|$)/.test(fileName));
  if (dear !== undefined) {
    throw new Error(
      `${relative(root, path)} imports ${dear.fileName}: keep it out of exported types, or move the schema into a module of its own.`,
    );
  }
  // A program whose `lib` is older than `await using` must still compile with its libraries checked.
  if (/\b(Symbol\.(asyncD|d)ispose|(Async)?Disposable)\b/.test(text)) {
    writeFileSync(path, `/// <reference lib="esnext.disposable" />\n${text}`);
  }
}
