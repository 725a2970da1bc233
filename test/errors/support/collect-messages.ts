import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** What a folder of sources has to say to a person. */
export interface Message {
  readonly file: string;
  /** The text, with `{…}` in the place of what is filled in. */
  readonly text: string;
  /** It says what to do, not what is wrong. */
  readonly isRemedy: boolean;
}

/** Calls and properties whose texts are for a person, however short they are. */
const speakers = /(Error|Refusal|Problem|Failure|[rR]efuse|[fF]ail|[rR]eject|[wW]arn|[iI]ssue|[rR]eport|[oO]bject)$/;
const spokenProperties =
  /^(message|remedy|remedies|because|detail|advice|hint|text|title|label|expected|summary|what)$/;

/** Collects every text of the sources that reads like a message: too many rather than too few. */
export function collectMessages(folder: string, isSource: (file: string) => boolean): readonly Message[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  return files
    .map((file) => file.replaceAll('\\', '/'))
    .filter(isSource)
    .toSorted((one, other) => compare(dirname(one), dirname(other)) || compare(one, other))
    .flatMap((file) => messagesOf(file, readFileSync(join(folder, file), 'utf8')));
}

function messagesOf(file: string, source: string): readonly Message[] {
  const messages: Message[] = [];
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true), false, false);
  return messages;

  function visit(node: ts.Node, isSpoken: boolean, isRemedy: boolean): void {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return;
    const isText = ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || isConcatenation(node);
    if (isText) {
      const text = textOf(node)
        .replace(/\s*\n\s*/g, ' ⏎ ')
        .trim();
      if (isProse(text, isSpoken)) messages.push({ file, text, isRemedy });
      // What is filled in may hold a text of its own, but is shown in its place.
      return;
    }
    ts.forEachChild(node, (child) => {
      if (ts.isNewExpression(node) || ts.isCallExpression(node)) {
        const name = node.expression.getText();
        if (child === node.expression) return visit(child, false, false);
        return visit(child, isSpoken || speakers.test(name), isRemedy);
      }
      if (ts.isPropertyAssignment(node) && child === node.initializer) {
        const name = node.name.getText();
        return visit(
          child,
          isSpoken || spokenProperties.test(name),
          !/^(message|unnamed)$/.test(name) && (isRemedy || /^remed/.test(name)),
        );
      }
      if (ts.isVariableDeclaration(node) && child === node.initializer) {
        return visit(child, isSpoken, isRemedy || /remed/i.test(node.name.getText()));
      }
      if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node)) {
        return visit(child, isSpoken, isRemedy || /remed|advice/i.test(node.name?.getText() ?? ''));
      }
      if (ts.isElementAccessExpression(node) || ts.isCaseClause(node) || ts.isComputedPropertyName(node)) {
        return visit(child, false, isRemedy);
      }
      return visit(child, isSpoken, isRemedy);
    });
  }
}

const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

function isConcatenation(node: ts.Node): node is ts.BinaryExpression {
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return false;
  return [node.left, node.right].some(
    (side) => ts.isStringLiteralLike(side) || ts.isTemplateExpression(side) || isConcatenation(side),
  );
}

function textOf(node: ts.Node): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (isConcatenation(node)) return textOf(node.left) + textOf(node.right);
  if (ts.isTemplateExpression(node)) {
    return node.head.text + node.templateSpans.map((span) => textOf(span.expression) + span.literal.text).join('');
  }
  return `{${node.getText().replace(/\s+/g, ' ')}}`;
}

/** What is said to a database. */
const statement = /^(?:SELECT|INSERT|UPDATE|DELETE|CREATE|WITH|timestamp) /;

/** Two words or more, or one with an end; not a path, a filter, a media type, a header or code. */
function isProse(text: string, isSpoken: boolean): boolean {
  if (statement.test(text)) return false;
  const bare = text.replace(/`[^`]*`/g, 'x').replace(/\{[^}]*\}/g, 'x');
  const words = bare.match(/(?<![\w/.:-])[A-Za-z][a-z']*(?=[\s,.;:?!)]|$)/g) ?? [];
  return isSpoken ? words.length >= 2 || /^[A-Z].*[.?!]$/.test(bare) : words.length >= 3;
}
