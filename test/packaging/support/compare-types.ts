// Compiles a program that holds each flattened type equal to the type its schema infers.
import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import ts from 'typescript';

const root = resolve(import.meta.dirname, '../../..');
const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);

const lines = [
  'type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : MutuallyAssignable<A, B>;',
  // A loose object is inferred as an intersection where zod extends another: the same keys and values, spelled otherwise.
  'type MutuallyAssignable<A, B> = [A] extends [B] ? ([B] extends [A] ? ([keyof A, keyof B] extends [keyof B, keyof A] ? true : false) : false) : false;',
];
let count = 0;
for (const path of ts.sys.readDirectory(join(root, 'src'), ['.ts'])) {
  const text = ts.sys.readFile(path) ?? '';
  const declaration = join(root, 'dist', relative(join(root, 'src'), path)).replace(/\.ts$/, '.d.ts');
  if (!/from 'zod\/mini'/.test(text) || !existsSync(declaration)) continue;
  for (const [, name] of text.matchAll(/^export type (\w+) = /gm)) {
    const from = (file: string) => `import('./${relative(root, file).replace(/(\.d)?\.ts$/, '.js')}').${name}`;
    lines.push(`export const same${count}: Same<${from(path)}, ${from(declaration)}> = true; // ${name}`);
    count += 1;
  }
}

const file = join(root, 'compare-types.generated.ts');
const host = ts.createCompilerHost(options);
const readFile = host.readFile.bind(host);
const fileExists = host.fileExists.bind(host);
host.readFile = (path) => (resolve(path) === file ? lines.join('\n') : readFile(path));
host.fileExists = (path) => resolve(path) === file || fileExists(path);
const getSourceFile = host.getSourceFile.bind(host);
host.getSourceFile = (path, languageVersion, ...rest) =>
  resolve(path) === file
    ? ts.createSourceFile(path, lines.join('\n'), languageVersion, true)
    : getSourceFile(path, languageVersion, ...rest);

const program = ts.createProgram([file], { ...options, noEmit: true }, host);
const problems = ts.getPreEmitDiagnostics(program).filter((problem) => problem.file?.fileName === file);
for (const { start = 0, messageText } of problems) {
  const line = lines[lines.join('\n').slice(0, start).split('\n').length - 1];
  console.log(line?.split('// ')[1], ts.flattenDiagnosticMessageText(messageText, '\n'));
}
if (problems.length === 0) console.log(`${count} types are the same`);
else process.exitCode = 1;
