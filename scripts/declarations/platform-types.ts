import { readFileSync, writeFileSync } from 'node:fs';
import ts from 'typescript';

/** What the compiler says of a name, or of a property of `globalThis`, that it does not know. */
const unknownNames: readonly number[] = [2304, 7017];

/**
 * Lets the declarations compile in a program that has neither the DOM nor the types of Node: where they name what a
 * platform brings (`AbortSignal`, `fetch`, `URL`), it is `any` there. Elsewhere nothing changes.
 */
export function allowNoPlatform(declarations: readonly string[]): void {
  const program = ts.createProgram(declarations, {
    strict: true,
    noEmit: true,
    skipDefaultLibCheck: true,
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    lib: ['lib.es2023.d.ts'],
    types: [],
  });
  for (const path of declarations) {
    const file = program.getSourceFile(path);
    if (file === undefined) throw new Error(`The compiler did not read ${path}`);
    const problems = program.getSemanticDiagnostics(file);
    const other = problems.find(({ code }) => !unknownNames.includes(code));
    if (other !== undefined) throw new Error(`${path}: ${ts.flattenDiagnosticMessageText(other.messageText, '\n')}`);
    const lines = new Set(problems.map(({ start = 0 }) => file.getLineAndCharacterOfPosition(start).line));
    const text = readFileSync(path, 'utf8').split('\n');
    const ignoring = text.map((line, at) => (lines.has(at) ? line.replace(/^\s*/, '$&// @ts-ignore\n$&') : line));
    if (lines.size > 0) writeFileSync(path, ignoring.join('\n'));
  }
}
