import { join, resolve } from 'node:path';
import ts from 'typescript';

/** Compiles each text as a module of this repository, all in one program. Gives what the compiler says of each. */
export function compileBlocks(
  root: string,
  blocks: ReadonlyMap<string, string>,
): ReadonlyMap<string, readonly string[]> {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const texts = new Map([...blocks].map(([name, code]) => [resolve(root, name), `${code}\nexport {};\n`]));

  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (path) => texts.get(resolve(path)) ?? readFile.call(host, path);
  host.fileExists = (path) => texts.has(resolve(path)) || fileExists.call(host, path);
  host.getSourceFile = (path, version, ...rest) => {
    const text = texts.get(resolve(path));
    return text === undefined
      ? getSourceFile.call(host, path, version, ...rest)
      : ts.createSourceFile(path, text, version, true);
  };

  // Programs of the guides import undici, which is not installed here; its types are, as those of Node's own.
  const paths = { ...options.paths, undici: ['./node_modules/undici-types/index.d.ts'] };
  const program = ts.createProgram([...texts.keys()], { ...options, paths, noEmit: true }, host);
  return new Map(
    [...blocks.keys()].map((name) => {
      const file = program.getSourceFile(resolve(root, name));
      const problems = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
      return [name, problems.map((problem) => describe(problem))];
    }),
  );
}

function describe({ file, start = 0, messageText }: ts.Diagnostic): string {
  const line = file === undefined ? '' : file.text.split('\n')[file.getLineAndCharacterOfPosition(start).line]?.trim();
  return `${ts.flattenDiagnosticMessageText(messageText, '\n')} — ${line}`;
}
