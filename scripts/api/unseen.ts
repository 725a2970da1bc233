import ts from 'typescript';
import type { ByName, Named } from './positions.ts';

/**
 * Why a change may break callers though the compiler takes the new declaration for the old one: it lets a function
 * take fewer arguments, `any` go with everything, and a property that may be written be one that may not.
 *
 * @param declarations - All that is declared now: what a class extends is followed through them.
 * @param isMade - Whether callers may make one: a constructor is a promise then.
 */
export function breaksUnseen(
  old: readonly Named[],
  now: readonly Named[],
  declarations: ByName,
  isMade: boolean,
): string | undefined {
  const lost = basesOf(old).find((base) => !ancestors(now).includes(base));
  if (lost !== undefined) return `it no longer extends \`${lost}\``;
  return (isMade ? ofOverloads(constructorsOf(old), constructorsOf(now)) : undefined) ?? ofOverloads(old, now);

  function ancestors(nodes: readonly Named[]): readonly string[] {
    return basesOf(nodes).flatMap((base) => [base, ...ancestors(declarations.get(base) ?? [])]);
  }
}

/** The classes that a class extends: what `instanceof` says of it. */
function basesOf(nodes: readonly Named[]): readonly string[] {
  const clauses = nodes.filter(ts.isClassDeclaration).flatMap(({ heritageClauses = [] }) => heritageClauses);
  const bases = clauses.filter(({ token }) => token === ts.SyntaxKind.ExtendsKeyword).flatMap(({ types }) => types);
  return bases.map(({ expression }) => expression.getText());
}

function constructorsOf(nodes: readonly Named[]): readonly ts.Node[] {
  return nodes.filter(ts.isClassDeclaration).flatMap(({ members }) => members.filter(ts.isConstructorDeclaration));
}

/** Of all that have one name; those whose text stays only have to stay in their order. */
function ofOverloads(old: readonly ts.Node[], now: readonly ts.Node[]): string | undefined {
  const texts = now.map((node) => node.getText());
  const places = old.map((node) => texts.indexOf(node.getText())).filter((place) => place >= 0);
  if (places.some((place, index) => place < (places[index - 1] ?? 0))) return 'its overloads have another order';
  const others = without(now, old);
  return first(without(old, now), (node, index) =>
    ofNode(node, others[Math.min(index, others.length - 1)] ?? now.at(-1)),
  );
}

function ofNode(old: ts.Node, now: ts.Node | undefined): string | undefined {
  if (now === undefined) return undefined;
  const becomes = `\`${old.getText()}\` became \`${now.getText()}\``;
  if (ts.isTypePredicateNode(old) && old.assertsModifier && old.getText() !== now.getText()) return becomes;
  if (old.kind !== now.kind) {
    return [old, now].some(({ kind }) => kind === ts.SyntaxKind.AnyKeyword) ? becomes : undefined;
  }
  const [was, is]: readonly [Parts, Parts] = [old, now];
  if (ts.isFunctionLike(old) && mostOf(is.parameters) < mostOf(was.parameters)) {
    return `\`${now.getText()}\` takes fewer arguments`;
  }
  return (
    ofTypeParameters(was.typeParameters, is.typeParameters, ts.isFunctionLike(old)) ??
    first(was.parameters ?? [], ({ type }, index) => type && ofNode(type, is.parameters?.[index]?.type)) ??
    ofMembers(old, was.members ?? [], is.members ?? []) ??
    ofTypes(typesIn(old), typesIn(now))
  );
}

/** What the nodes that are compared may have. */
type Parts = ts.Node & {
  readonly typeParameters?: ts.NodeArray<ts.TypeParameterDeclaration>;
  readonly parameters?: ts.NodeArray<ts.ParameterDeclaration>;
  readonly members?: ts.NodeArray<ts.ClassElement | ts.TypeElement>;
};

function mostOf(parameters: Parts['parameters']): number {
  return parameters?.some(({ dotDotDotToken }) => dotDotDotToken)
    ? Number.POSITIVE_INFINITY
    : (parameters?.length ?? 0);
}

/** Whoever writes type arguments must be able to write the same ones; a function that had none is called without. */
function ofTypeParameters(
  old: Parts['typeParameters'],
  now: Parts['typeParameters'],
  isFunction: boolean,
): string | undefined {
  if (old === undefined && isFunction) return undefined;
  const [was, is] = [old ?? [], now ?? []];
  if (is.length < was.length) return `it takes ${is.length} type arguments, not ${was.length}`;
  return first(is, ({ name, default: normal }, index) => {
    const before = was[index];
    if (before === undefined) return normal ? undefined : `the type parameter \`${name.text}\` is new`;
    const isSame = before.default?.getText() === normal?.getText() || before.default === undefined;
    return isSame ? undefined : `the type parameter \`${name.text}\` has another default`;
  });
}

function ofMembers(
  owner: ts.Node,
  old: readonly (ts.ClassElement | ts.TypeElement)[],
  now: readonly (ts.ClassElement | ts.TypeElement)[],
): string | undefined {
  const nameOf = (member: ts.ClassElement | ts.TypeElement) => member.name?.getText() ?? ts.SyntaxKind[member.kind];
  return first([...new Set(old.map(nameOf))], (name) => {
    const [members = [], others = []] = [old, now].map((each) => each.filter((member) => nameOf(member) === name));
    if (members.every(ts.isConstructorDeclaration)) return undefined;
    // An interface or a class may have it from another; the compiler tells whether their own names stay.
    if (others.length === 0) return ts.isTypeLiteralNode(owner) ? `\`${name}\` is gone` : undefined;
    if (members.some(isWritable) && !others.some(isWritable)) return `\`${name}\` may no longer be written`;
    return ofOverloads(members, others);
  });
}

function isWritable(member: ts.ClassElement | ts.TypeElement): boolean {
  if (ts.isSetAccessor(member)) return true;
  const isField =
    ts.isPropertySignature(member) || ts.isPropertyDeclaration(member) || ts.isIndexSignatureDeclaration(member);
  return isField && member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ReadonlyKeyword) !== true;
}

function ofTypes(old: readonly ts.TypeNode[], now: readonly ts.TypeNode[]): string | undefined {
  const others = without(now, old);
  return first(without(old, now), (type, index) => ofNode(type, others[index]));
}

function typesIn(node: ts.Node): readonly ts.TypeNode[] {
  const types: ts.TypeNode[] = [];
  ts.forEachChild(node, (child) => {
    if (ts.isTypeNode(child)) types.push(child);
  });
  return types;
}

function without<T extends ts.Node>(nodes: readonly T[], others: readonly ts.Node[]): readonly T[] {
  const texts = new Set(others.map((node) => node.getText()));
  return nodes.filter((node) => !texts.has(node.getText()));
}

function first<T>(items: readonly T[], reasonOf: (item: T, index: number) => string | undefined): string | undefined {
  for (const [index, item] of items.entries()) {
    const reason = reasonOf(item, index);
    if (reason !== undefined) return reason;
  }
  return undefined;
}
