import ts from 'typescript';
import { compilerOptions, hostWith, parse } from './compiler.ts';
import { everything } from './declarations.ts';
import { declarationsIn, isValue, type Named, positionsOf } from './positions.ts';
import { breaksUnseen } from './unseen.ts';

/** One difference between two sets of public declarations. */
export interface Change {
  /** What changed: "`ListQuery` changed". */
  readonly what: string;
  /** Why a program that compiles may no longer compile; absent where every program still does. */
  readonly breaks?: string;
}

/**
 * What changed, and what of it breaks callers, as the compiler sees it with both declarations side by side. What callers
 * receive must still be what it was, so a wider return or one more member of a closed union breaks them; what they give
 * must still be taken, so one more required option does; and a property may not go. What is unchanged in its text is not
 * compared: what it refers to is. What the compiler takes but callers miss is found in the text. A type that computes
 * with its own parameters may be said to break when it does not. Not seen: other behaviour.
 */
export function compareDeclarations(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly Change[] {
  const changes: Change[] = [];
  for (const entry of new Set([...before.keys(), ...after.keys()])) {
    if (entry === everything) continue;
    const [was, is] = [exportsIn(before.get(entry)), exportsIn(after.get(entry))];
    const at = entry.replace('.d.ts', '');
    for (const [name, kind] of was) {
      const now = is.get(name);
      if (now === undefined) changes.push({ what: `${at}: \`${name}\` is gone`, breaks: 'it cannot be imported' });
      else if (now !== kind && now === 'type')
        changes.push({ what: `${at}: \`${name}\` is only a type`, breaks: 'it is no value' });
      else if (now !== kind) changes.push({ what: `${at}: \`${name}\` is a value too` });
    }
    for (const name of is.keys()) if (!was.has(name)) changes.push({ what: `${at}: \`${name}\` is new` });
  }
  return [...changes, ...compareTypes(before, after)];
}

/** The names in the list of an entry; `A as B` is one. */
function exportsIn(list = ''): ReadonlyMap<string, 'type' | 'value'> {
  return new Map(
    [...list.matchAll(/^ +(type )?(.+),$/gm)].map(([, type, name = '']) => [name, type ? 'type' : 'value']),
  );
}

function compareTypes(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly Change[] {
  const [oldText = '', newText = ''] = [before.get(everything), after.get(everything)];
  const was = declarationsIn(parse('/before.ts', oldText));
  const is = declarationsIn(parse('/after.ts', newText));
  const textOf = (nodes: readonly Named[] = []) => nodes.map((node) => node.getText()).join('\n');
  const changed = [...was.keys()].filter((name) => is.has(name) && textOf(was.get(name)) !== textOf(is.get(name)));
  const lists = [...before].filter(([file]) => file !== everything);
  const names = lists
    .flatMap(([, list]) => [...exportsIn(list)])
    .map(([name, kind]) => [name.replace(/ as .*/, ''), kind]);
  const exported = new Set(names.map(([name = '']) => name));
  const values = new Set(names.filter(([, kind]) => kind === 'value').map(([name]) => name));
  const positions = positionsOf(was, exported);

  const oldSource = `import * as $after from './after.js';\n${comparable(oldText)}`;
  // What is unchanged is one and the same for both: else two equal conditional types, or two brands, would differ.
  const same = [...is.keys()].filter((name) => was.has(name) && !changed.includes(name)).join(', ');
  const different = [...is].filter(([name]) => !was.has(name) || changed.includes(name)).flatMap(([, nodes]) => nodes);
  const statements = different.map((node) => (ts.isVariableDeclaration(node) ? node.parent.parent : node).getText());
  const shared = `import { ${same} } from './before.js';\nexport { ${same} };\n`;
  const newSource = shared + comparable(statements.join('\n'));
  let end = oldSource.length;
  const checks = changed.flatMap(checksOf).map((check) => {
    end += check.code.length;
    return { ...check, end };
  });
  const source = oldSource + checks.map(({ code }) => code).join('');
  const sources = new Map([
    ['/before.ts', source],
    ['/after.ts', newSource],
  ]);

  const reasons = new Map<string, string>();
  const program = ts.createProgram([...sources.keys()], compilerOptions, hostWith(sources));
  for (const { file, start = 0, code, messageText } of program.getSemanticDiagnostics()) {
    const message = ts.flattenDiagnosticMessageText(messageText, '\n').split('\n').at(-1)?.trim() ?? '';
    const isCheck = file?.fileName === '/before.ts' && start >= oldSource.length;
    // An unknown name would be `any`, which goes with everything.
    if (!isCheck && code === 2304) throw new Error(`${file?.fileName}: ${message}`);
    const name = isCheck ? checks.find((check) => start < check.end)?.name : undefined;
    if (name !== undefined && !reasons.has(name)) reasons.set(name, message.replace(/import\("\/?(\w+)"\)\./g, '$1:'));
  }
  return changed.map((name) => {
    const breaks = reasons.get(name) ?? breaksUnseen(was.get(name) ?? [], is.get(name) ?? [], is, values.has(name));
    return { what: `\`${name}\` changed`, ...(breaks !== undefined && { breaks }) };
  });

  /** Code that compiles where the new declaration does for the old one. What is internal may change its kind. */
  function checksOf(name: string): readonly { readonly name: string; readonly code: string }[] {
    const [old = [], now = []] = [was.get(name), is.get(name)];
    const type = old.find(isType);
    const mustHave = (kind: (node: Named) => boolean) => exported.has(name) || now.some(kind);
    const codes: string[] = [];
    // A class that is only a type outside is made by nobody there: its constructor is no promise.
    if (old.some((node) => isValue(node) && (values.has(name) || !ts.isClassDeclaration(node))) && mustHave(isValue)) {
      codes.push(`export const $value_${name}: typeof ${name} = $after.${name};\n`);
    }
    if (type !== undefined && mustHave(isType)) {
      const { typeParameters = [] } = type;
      const list = (texts: readonly string[]) => (texts.length === 0 ? '' : `<${texts.join(', ')}>`);
      const parameters = list(typeParameters.map((parameter) => parameter.getText()));
      const mine = `${name}${list(typeParameters.map((parameter) => parameter.name.text))}`;
      const check = (what: string, from: string, to: string) =>
        `export function $${what}_${name}${parameters}(value: ${from}): ${to} { return value; }\n`;
      const { received, given } = positions.get(name) ?? {};
      if (received) codes.push(check('received', `$after.${mine}`, mine));
      if (given) codes.push(check('given', mine, `$after.${mine}`));
      codes.push(check('keys', `keyof ${mine}`, `keyof $after.${mine}`));
    }
    return codes.map((code) => ({ name, code }));
  }
}

function isType(node: Named): node is ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.ClassDeclaration {
  return ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node) || ts.isClassDeclaration(node);
}

/** Methods as properties: the compiler lets a method, but not a property, take less than it did. */
function comparable(text: string): string {
  const { transformed } = ts.transform(parse('/declarations.ts', text), [
    (context) => {
      const { factory } = context;
      const visit = (node: ts.Node): ts.Node | undefined => {
        if (!ts.isMethodSignature(node) && !ts.isMethodDeclaration(node))
          return ts.visitEachChild(node, visit, context);
        const { members } = node.parent as ts.TypeLiteralNode | ts.InterfaceDeclaration | ts.ClassDeclaration;
        const overloads = [...members].filter(
          (member): member is typeof node =>
            member.kind === node.kind && member.name?.getText() === node.name.getText(),
        );
        if (overloads[0] !== node) return undefined;
        const signatures = overloads.map((each) => {
          const { typeParameters, parameters, type } = ts.visitEachChild(each, visit, context);
          return factory.createCallSignature(typeParameters, parameters, type);
        });
        const type = factory.createTypeLiteralNode(signatures);
        return ts.isMethodSignature(node)
          ? factory.createPropertySignature(node.modifiers, node.name, node.questionToken, type)
          : factory.createPropertyDeclaration(node.modifiers, node.name, node.questionToken, type, undefined);
      };
      return (file) => ts.visitEachChild(file, visit, context);
    },
  ]);
  return transformed.map((file) => ts.createPrinter().printFile(file)).join('');
}
