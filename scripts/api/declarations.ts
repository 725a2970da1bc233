import ts from 'typescript';
import { compilerOptions, hostWith } from './compiler.ts';

/** The file that declares everything once; beside it stands one for each entry, the list of its names. */
export const everything = 'declarations.d.ts';

/**
 * The public declarations as a person reads them, by file: what the entries export and the types of the package that
 * this refers to. Sorted, and without comments and without what only the package itself may touch.
 *
 * @param entries - The built declarations of each entry, by its name: `scim` to `dist/scim/index.d.ts`.
 */
export function publicDeclarations(entries: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const program = ts.createProgram([...entries.values()], compilerOptions, hostWith());
  const checker = program.getTypeChecker();
  const printer = ts.createPrinter({ removeComments: true });
  const names = new Map<ts.Symbol, string>();
  const taken = new Set<string>();
  const files = new Map<string, string>();

  for (const [entry, path] of entries) {
    const file = program.getSourceFile(path);
    const module = file && checker.getSymbolAtLocation(file);
    if (module === undefined) throw new Error(`${path} is no module of declarations: run npm run build.`);
    const lines = checker.getExportsOfModule(module).map((exported) => {
      const symbol = targetOf(exported);
      const name = nameOf(symbol, exported.name);
      const isTypeOnly = exported.declarations?.every(ts.isTypeOnlyExportDeclaration) === true;
      const kind = symbol.flags & ts.SymbolFlags.Value && !isTypeOnly ? '' : 'type ';
      return `    ${kind}${name}${name === exported.name ? '' : ` as ${exported.name}`},\n`;
    });
    files.set(
      `${entry}.d.ts`,
      `export {\n${lines.sort(byName).join('')}} from './${everything.replace('.d.ts', '.js')}';\n`,
    );
  }

  const texts = new Map<string, string>();
  // Writing one gives names to those it refers to, and so makes the map longer.
  for (const [symbol, name] of names) texts.set(name, (symbol.declarations ?? []).map(write).join('\n'));
  files.set(
    everything,
    `${[...texts]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, text]) => text)
      .join('\n\n')}\n`,
  );
  return files;

  function targetOf(symbol: ts.Symbol): ts.Symbol {
    return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  }

  function nameOf(symbol: ts.Symbol, wanted: string): string {
    let name = names.get(symbol) ?? wanted;
    if (!names.has(symbol)) {
      for (let count = 2; taken.has(name); count += 1) name = `${wanted}_${count}`;
      taken.add(name);
      names.set(symbol, name);
    }
    return name;
  }

  /** What a name stands for where that is declared by a module of the package. */
  function declaredName(identifier: ts.Identifier): string | undefined {
    const found = checker.getSymbolAtLocation(identifier);
    const symbol = found && targetOf(found);
    const [declaration] = symbol?.declarations ?? [];
    if (symbol === undefined || declaration === undefined) return undefined;
    const file = declaration.getSourceFile();
    const statement = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
    const isOurs = statement.parent === file && !program.isSourceFileDefaultLibrary(file);
    return isOurs ? nameOf(symbol, symbol.name) : undefined;
  }

  function write(declaration: ts.Declaration): string {
    const file = declaration.getSourceFile();
    const { transformed } = ts.transform(declaration, [
      (context) => (node) => ts.visitNode(node, (child) => publicNode(child, file, context), isDeclaration),
    ]);
    const text = transformed.map((node) => print(node, file)).join('\n');
    if (ts.isVariableDeclaration(declaration)) return `export declare const ${text};`;
    if (ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration)) {
      return text.replace(/^(export )?(declare )?/, 'export ');
    }
    if (ts.isFunctionDeclaration(declaration) || ts.isClassDeclaration(declaration)) {
      return text.replace(/^(export )?(declare )?/, 'export declare ');
    }
    throw new Error(
      `${file.fileName}: export no ${ts.SyntaxKind[declaration.kind]}, or teach scripts/api to write one.`,
    );
  }

  function publicNode(node: ts.Node, file: ts.SourceFile, context: ts.TransformationContext): ts.Node {
    const { factory } = context;
    const visit = (child: ts.Node) => publicNode(child, file, context);
    if (ts.isIdentifier(node)) {
      const name = declaredName(node);
      return name === undefined ? node : factory.createIdentifier(name);
    }
    if (ts.isImportTypeNode(node)) {
      const { qualifier } = node;
      const name = qualifier && ts.isIdentifier(qualifier) ? declaredName(qualifier) : undefined;
      if (name === undefined) throw new Error(`${file.fileName}: ${node.getText(file)} names no type of this package.`);
      const args = node.typeArguments?.map((argument) => ts.visitNode(argument, visit, ts.isTypeNode));
      return node.isTypeOf
        ? factory.createTypeQueryNode(factory.createIdentifier(name), args)
        : factory.createTypeReferenceNode(name, args);
    }
    if (ts.isConstructorDeclaration(node) && isHidden(node)) {
      const forUs = factory.createModifier(ts.SyntaxKind.ProtectedKeyword);
      return factory.createConstructorDeclaration([forUs], [], undefined);
    }
    // Left out before they are visited: what only they refer to is not public either.
    const visible = ts.visitEachChild(node, (child) => (isLeftOut(child) ? undefined : visit(child)), context);
    const order = <T extends ts.Node>(nodes: readonly T[]) =>
      [...nodes].sort((a, b) => byName(sortKey(a, file), sortKey(b, file)));
    if (ts.isUnionTypeNode(visible)) return factory.createUnionTypeNode(order(visible.types));
    if (ts.isTypeLiteralNode(visible)) return factory.createTypeLiteralNode(order(visible.members));
    if (ts.isInterfaceDeclaration(visible)) {
      const { modifiers, name, typeParameters, heritageClauses, members } = visible;
      return factory.updateInterfaceDeclaration(
        visible,
        modifiers,
        name,
        typeParameters,
        heritageClauses,
        order(members),
      );
    }
    if (ts.isClassDeclaration(visible)) {
      const { modifiers, name, typeParameters, heritageClauses, members } = visible;
      return factory.updateClassDeclaration(visible, modifiers, name, typeParameters, heritageClauses, order(members));
    }
    return visible;
  }

  /** Members by their names, overloads as they stand; what has no name (constructors, call signatures) comes first. */
  function sortKey(node: ts.Node, file: ts.SourceFile): string {
    if (ts.isTypeNode(node)) return print(node, file);
    const name = ts.isClassElement(node) || ts.isTypeElement(node) ? node.name : undefined;
    return name === undefined ? '' : print(name, file);
  }

  function print(node: ts.Node, file: ts.SourceFile): string {
    return printer.printNode(ts.EmitHint.Unspecified, node, file);
  }
}

function isLeftOut(node: ts.Node): boolean {
  if (!(ts.isClassElement(node) || ts.isTypeElement(node))) return false;
  if (ts.isConstructorDeclaration(node)) return false;
  const isPrivate =
    ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.PrivateKeyword);
  return isPrivate === true || (node.name !== undefined && ts.isPrivateIdentifier(node.name)) || isHidden(node);
}

function isHidden(node: ts.Node): boolean {
  return ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'hidden' || tagName.text === 'internal');
}

function isDeclaration(node: ts.Node): node is ts.Declaration {
  return ts.isStatement(node) || ts.isVariableDeclaration(node);
}

function byName(a: string, b: string): number {
  const [nameOfA, nameOfB] = [a.replace('type ', ''), b.replace('type ', '')];
  return nameOfA < nameOfB ? -1 : nameOfA > nameOfB ? 1 : 0;
}
