import ts from 'typescript';

export type Named =
  | ts.InterfaceDeclaration
  | ts.TypeAliasDeclaration
  | ts.ClassDeclaration
  | ts.FunctionDeclaration
  | ts.VariableDeclaration;
export type ByName = ReadonlyMap<string, readonly Named[]>;

/** Where callers meet a type. */
export interface Position {
  readonly given?: true;
  readonly received?: true;
}

/**
 * Where callers meet each declaration, walking from what is exported: what a function returns is received, what it takes
 * is given, and the other way round in a callback. Nobody writes an object of a class: it is never given.
 */
export function positionsOf(declarations: ByName, exported: ReadonlySet<string>): ReadonlyMap<string, Position> {
  const positions = new Map<string, Position>();
  const names = [...exported];
  const hasValue = (name: string) => declarations.get(name)?.some(isValue) === true;
  for (const name of names.filter(hasValue)) mark(name, false);
  // A type that no value leads to is one to be read.
  for (const name of names.filter((each) => !positions.has(each))) mark(name, false);
  return positions;

  function mark(name: string, isGiven: boolean): void {
    const nodes = declarations.get(name) ?? [];
    const position = positions.get(name) ?? {};
    const way = isGiven && !nodes.some(isOfClass) ? 'given' : 'received';
    if (position[way]) return;
    positions.set(name, { ...position, [way]: true });
    for (const node of nodes) walk(node, way === 'given', []);
  }

  function walk(node: ts.Node, given: boolean, own: readonly string[]): void {
    const parameters =
      (node as { readonly typeParameters?: readonly ts.TypeParameterDeclaration[] }).typeParameters ?? [];
    const bound = [...own, ...parameters.map(({ name }) => name.text)];
    if (ts.isIdentifier(node) && isReference(node) && declarations.has(node.text) && !own.includes(node.text))
      mark(node.text, given);
    // A type argument is the caller's choice within the constraint.
    const turns = ts.isParameter(node) || ts.isTypeParameterDeclaration(node);
    ts.forEachChild(node, (child) => walk(child, turns ? !given : given, bound));
  }

  function isOfClass(node: Named): boolean {
    if (ts.isClassDeclaration(node)) return true;
    if (!ts.isInterfaceDeclaration(node)) return false;
    const bases =
      node.heritageClauses?.flatMap(({ types }) => types.map(({ expression }) => expression.getText())) ?? [];
    return bases.some((base) => declarations.get(base)?.some(isOfClass));
  }
}

function isReference({ parent }: ts.Identifier): boolean {
  return ts.isTypeReferenceNode(parent) || ts.isExpressionWithTypeArguments(parent) || ts.isTypeQueryNode(parent);
}

export function isValue(node: Named): boolean {
  return !ts.isInterfaceDeclaration(node) && !ts.isTypeAliasDeclaration(node);
}

/** Overloads, or an interface and a constant, are several declarations of one name. */
export function declarationsIn(file: ts.SourceFile): ByName {
  const found = new Map<string, Named[]>();
  for (const statement of file.statements) {
    const nodes = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [statement];
    for (const node of nodes as readonly Named[]) {
      const name = node.name?.getText() ?? '';
      found.set(name, [...(found.get(name) ?? []), node]);
    }
  }
  return found;
}
