import { dirname, relative } from 'node:path';
import ts from 'typescript';
import { isExported, type NamedType, type NamedTypes } from './named-types.ts';
import { writeType } from './write-type.ts';

export interface ModuleToRewrite {
  readonly checker: ts.TypeChecker;
  /** The source module. */
  readonly module: ts.SourceFile;
  /** What tsc emitted for it. */
  readonly emitted: ts.SourceFile;
  readonly named: NamedTypes;
  /** Where `Schema` is declared. */
  readonly schemaModule: string;
}

/** The module's declarations without zod. */
export function rewriteModule({ checker, module, emitted, named, schemaModule }: ModuleToRewrite): string {
  const imports = new Map<string, Set<string>>();
  const importName = (path: string, name: string) => {
    if (path === module.fileName) return;
    imports.set(path, (imports.get(path) ?? new Set()).add(name));
  };
  const write = (type: ts.Type, mayName = true) =>
    writeType(
      type,
      {
        checker,
        named,
        at: module,
        open: [],
        indent: '',
        onName: (used: NamedType) => importName(used.module.fileName, used.name),
      },
      mayName,
    );

  const body = emitted.statements.flatMap((statement) => {
    if (ts.isImportDeclaration(statement)) return [];
    if (ts.isTypeAliasDeclaration(statement) && isExported(statement)) {
      return [`${commentsAbove(statement)}export type ${statement.name.text} = ${writeAlias(statement)};`];
    }
    if (ts.isVariableStatement(statement) && isExported(statement)) {
      return statement.declarationList.declarations.map((declaration) => writeConstant(statement, declaration));
    }
    if (ts.isVariableStatement(statement) || ts.isExportDeclaration(statement)) return [];
    return [statement.getFullText().trim()];
  });

  const text = withoutZod(body).join('\n\n');
  const kept = emitted.statements.filter(ts.isImportDeclaration).filter((statement) => isNeeded(statement, text));
  const added = [...imports].map(
    ([path, names]) => `import type { ${[...names].sort().join(', ')} } from '${specifier(module.fileName, path)}';`,
  );
  const head = [...new Set([...kept.map((statement) => statement.getText()), ...added])];
  return `${[...head, text].join('\n')}\nexport {};\n`;

  function writeAlias(emittedAlias: ts.TypeAliasDeclaration): string {
    const alias = module.statements.find(
      (statement): statement is ts.TypeAliasDeclaration =>
        ts.isTypeAliasDeclaration(statement) && statement.name.text === emittedAlias.name.text,
    );
    if (alias === undefined)
      throw new Error(`${emittedAlias.name.text} is emitted but not written in ${module.fileName}`);
    const type = checker.getTypeAtLocation(alias.name);
    const name = named.find(type);
    // A second name for a type that has one is an alias of the first.
    const isFirstName = name === undefined || (name.module === module && name.name === alias.name.text);
    return write(type, !isFirstName);
  }

  function writeConstant(statement: ts.VariableStatement, declaration: ts.VariableDeclaration): string {
    const name = declaration.name.getText();
    const symbol = checker.getSymbolAtLocation(module);
    const exported = symbol && checker.getExportsOfModule(symbol).find((candidate) => candidate.name === name);
    if (exported === undefined) throw new Error(`${name} is emitted but not exported by ${module.fileName}`);
    const schema = schemaTypes(checker.getTypeOfSymbol(exported));
    if (schema === undefined) return statement.getFullText().trim();
    importName(schemaModule, 'Schema');
    const types = [write(schema.output)];
    // What a schema reads is worth showing where someone gave it a name.
    if (!isSame(schema.input, schema.output)) {
      types.push(named.find(schema.input) === undefined ? 'unknown' : write(schema.input));
    }
    return `${commentsAbove(statement)}export declare const ${name}: Schema<${types.join(', ')}>;`;
  }

  function isSame(a: ts.Type, b: ts.Type): boolean {
    return checker.isTypeAssignableTo(a, b) && checker.isTypeAssignableTo(b, a);
  }

  function typeOfProperty(type: ts.Type, name: string): ts.Type | undefined {
    const property = type.getProperty(name);
    return property && checker.getTypeOfSymbol(property);
  }

  /** What a zod schema reads and gives, or nothing when the type is no schema. */
  function schemaTypes(type: ts.Type): { readonly input: ts.Type; readonly output: ts.Type } | undefined {
    const internals = typeOfProperty(type, '_zod');
    const input = internals && typeOfProperty(internals, 'input');
    const output = internals && typeOfProperty(internals, 'output');
    return input && output && { input, output };
  }
}

/**
 * Leaves out what mentions zod, and what mentions that: it makes or holds schemas, which is for schema modules only. If
 * something public needs it, the test that compiles every entry says so.
 */
function withoutZod(declarations: readonly string[]): readonly string[] {
  const gone: string[] = [];
  let kept = declarations;
  for (;;) {
    const isForeign = new RegExp([String.raw`\bz\.`, ...gone.map((name) => String.raw`\b${name}\b`)].join('|'));
    const dropped = kept.filter((text) => isForeign.test(withoutComments(text)));
    if (dropped.length === 0) return kept;
    kept = kept.filter((text) => !dropped.includes(text));
    for (const text of dropped) {
      const [, name] = /\b(?:interface|type|const|function|class)\s+(\w+)/.exec(withoutComments(text)) ?? [];
      if (name !== undefined) gone.push(name);
    }
  }
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '');
}

function isNeeded(statement: ts.ImportDeclaration, text: string): boolean {
  if (!ts.isStringLiteral(statement.moduleSpecifier) || !statement.moduleSpecifier.text.startsWith('.')) return false;
  const bindings = statement.importClause?.namedBindings;
  if (bindings === undefined || !ts.isNamedImports(bindings)) return false;
  return bindings.elements.some((element) => new RegExp(`\\b${element.name.text}\\b`).test(text));
}

function commentsAbove(statement: ts.Statement): string {
  const comments = ts.getJSDocCommentsAndTags(statement).filter(ts.isJSDoc);
  return comments.map((comment) => `${comment.getText()}\n`).join('');
}

function specifier(from: string, to: string): string {
  const path = relative(dirname(from), to).replace(/\.ts$/, '.js');
  return path.startsWith('.') ? path : `./${path}`;
}
