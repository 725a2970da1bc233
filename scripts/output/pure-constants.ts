import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Plugin } from 'esbuild';
import ts from 'typescript';
import { onFoundation } from './foundation-chunks.ts';

/**
 * Marks the calls that make the constants of src, and of what is bundled in, as pure: nothing works at import, so a constant
 * that is not used can go, and with it what it alone uses. Without the mark a bundler keeps every schema and every table of
 * a file, and what is bundled here shares its file with much.
 */
export const markConstantsPure: Plugin = {
  name: 'mark-constants-pure',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, async ({ path }) =>
      path.startsWith(`${resolve('src')}/`)
        ? { contents: onFoundation(path, withPureConstants(path, await readFile(path, 'utf8'))), loader: 'ts' }
        : undefined,
    );
    onLoad({ filter: bundledPackages }, async ({ path }) => ({
      contents: withPureConstants(path, await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};

/**
 * The text of a module, with a mark before each call that is made when it is loaded. Reading a property, spreading
 * and filling in a template may run code, for all that a bundler knows: a constant that does so is made in a function,
 * whose call can be marked.
 */
export function withPureConstants(path: string, text: string): string {
  const inserted: { readonly at: number; readonly text: string }[] = [];
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest);
  for (const statement of source.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    for (const { initializer } of statement.declarationList.declarations) {
      if (initializer === undefined) continue;
      const isWrapped = mayRunCode(initializer);
      if (isWrapped) inserted.push({ at: initializer.getStart(source), text: `${mark}(() => (` });
      markCalls(initializer);
      if (isWrapped) inserted.push({ at: initializer.getEnd(), text: '))()' });
    }
  }
  // Of two at one place, the one that was added first stands first.
  return inserted.reduceRight((marked, { at, text }) => marked.slice(0, at) + text + marked.slice(at), text);

  function markCalls(node: ts.Node): void {
    if (runsLater(node)) return;
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const at = node.getStart(source);
      // In a chain of calls the mark means the last one, and with it all of them.
      if (inserted.at(-1)?.at !== at || inserted.at(-1)?.text !== mark) inserted.push({ at, text: mark });
    }
    ts.forEachChild(node, markCalls);
  }
}

// ky has a file of its own.
const bundledPackages = /[/\\]node_modules[/\\](?:is-network-error|p-retry|p-throttle|zod)[/\\].*\.js$/;
const mark = '/* @__PURE__ */ ';

function runsLater(node: ts.Node): boolean {
  return ts.isFunctionLike(node) || ts.isClassLike(node);
}

function mayRunCode(node: ts.Node): boolean {
  if (runsLater(node) || ts.isTypeNode(node)) return false;
  if (ts.isSpreadElement(node) || ts.isSpreadAssignment(node) || ts.isTemplateExpression(node)) return true;
  // What a marked call is called on goes with the call.
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) return (node.arguments ?? []).some(mayRunCode);
  const isRead = ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
  // Bundlers know the constants of the platform, such as `Number.MAX_SAFE_INTEGER`.
  if (isRead && !(ts.isIdentifier(node.expression) && node.expression.text in globalThis)) return true;
  return ts.forEachChild(node, (child) => mayRunCode(child) || undefined) ?? false;
}
