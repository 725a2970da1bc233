// The last step of the build: names the chunks, deletes from dist what no entry leads to (files that only shaped the
// chunks, declarations of internals), sees to it that the declarations that stay compile in any program, and writes
// down what is bundled: THIRD_PARTY_NOTICES, which is published, and sbom.cdx.json, which goes with the release.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Metafile } from 'esbuild';
import ts from 'typescript';
import { allowNoPlatform } from './declarations/platform-types.ts';
import { billOfMaterials, bundledPackages, licenseProblems, noticesOf } from './output/bundled-packages.ts';
import { nameChunks } from './output/name-chunks.ts';

const root = resolve(import.meta.dirname, '..');
const output = join(root, 'dist');
const entries = [
  'index',
  'scim/index',
  'audit-logs/index',
  'admin/index',
  'provisioning/index',
  'export/index',
  'normalize/index',
  'testing/index',
];
/** Built apart, by tsup.command.ts. */
const programs = ['command/bin'];

const metafile = join(output, 'metafile-esm.json');
const { outputs } = readJson<Metafile>(metafile);
rmSync(metafile);
nameChunks('dist', outputs, new Set(entries.map((name) => `${name}.js`)));

const packages = bundledPackages(root, outputs);
const problems = licenseProblems(packages);
if (problems.length > 0) throw new Error(problems.join('\n'));
writeFileSync(join(root, 'THIRD_PARTY_NOTICES'), noticesOf(packages));
const bill = billOfMaterials(readJson(join(root, 'package.json')), packages, readJson(join(root, 'package-lock.json')));
writeFileSync(join(root, 'sbom.cdx.json'), `${JSON.stringify(bill, null, 2)}\n`);

const code = followImports([...entries, ...programs], '.js');
const declarations = followImports(entries, '.d.ts');
for (const path of ts.sys.readDirectory(output, ['.js', '.d.ts'])) {
  if (!code.has(resolve(path)) && !declarations.has(resolve(path))) rmSync(path);
}
for (const path of declarations) finish(path);
allowNoPlatform([...declarations]);

function readJson<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

function followImports(from: readonly string[], extension: '.js' | '.d.ts'): ReadonlySet<string> {
  const seen = new Set<string>();
  const queue = from.map((name) => join(output, `${name}${extension}`));
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (seen.has(path)) continue;
    if (!existsSync(path)) throw new Error(`The build left out ${path}`);
    seen.add(path);
    for (const fileName of specifiersIn(path)) {
      if (fileName.startsWith('.')) queue.push(resolve(dirname(path), fileName.replace(/\.js$/, extension)));
      else if (extension === '.js' && !mayImport(path, fileName))
        throw new Error(`${relative(output, path)} imports ${fileName}: bundle it.`);
    }
  }
  return seen;
}

/** A program runs on Node. */
function mayImport(path: string, specifier: string): boolean {
  return specifier.startsWith('node:') && programs.includes(relative(output, path).replace(/\.js$/, ''));
}

/** Parsed, since `ts.preProcessFile` loses its place in some template literals, and with it an `import()` behind one. */
function specifiersIn(path: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
            ? node.argument.literal
            : undefined;
    if (specifier !== undefined && ts.isStringLiteral(specifier)) found.push(specifier.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest));
  return found;
}

function finish(path: string): void {
  const text = readFileSync(path, 'utf8');
  const foreign = ts.preProcessFile(text).importedFiles.find(({ fileName }) => !fileName.startsWith('.'));
  if (foreign !== undefined) {
    throw new Error(
      `${relative(output, path)} imports ${foreign.fileName}: keep it out of exported types, or move the schema into a module of its own.`,
    );
  }
  // A program whose `lib` is older than `await using` must still compile with its libraries checked.
  if (/\b(Symbol\.(asyncD|d)ispose|(Async)?Disposable)\b/.test(text)) {
    writeFileSync(path, `/// <reference lib="esnext.disposable" />\n${text}`);
  }
}
