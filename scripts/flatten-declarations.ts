// Takes zod out of the declarations that tsc wrote to dist: types inferred from schemas are written out, and schemas
// are declared as Standard Schemas. Why: docs/decisions/0005-declarations-without-zod.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';
import { collectNamedTypes } from './declarations/named-types.ts';
import { rewriteModule } from './declarations/rewrite-module.ts';

const root = resolve(import.meta.dirname, '..');
const source = join(root, 'src');
const output = join(root, 'dist');

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
