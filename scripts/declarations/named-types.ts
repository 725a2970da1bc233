import ts from 'typescript';

/** Where a type can be imported from. */
export interface NamedType {
  readonly name: string;
  readonly module: ts.SourceFile;
}

/** The exported type aliases of the schema modules, found by what they mean. */
export interface NamedTypes {
  find(type: ts.Type): NamedType | undefined;
  /** The union of exactly these. */
  findUnion(members: readonly ts.Type[]): NamedType | undefined;
}

/**
 * Finds every exported alias without type parameters in the schema modules: elsewhere a name such as `EventRecord` may be
 * private to its folder, and would hide a shape that says more. The compiler mostly keeps one object for each distinct type, so
 * a property that was inferred from the schema behind `Email` can be written as `Email`. Where zod made the same type
 * twice (a schema that refers to itself), the shape decides.
 */
export function collectNamedTypes(checker: ts.TypeChecker, modules: readonly ts.SourceFile[]): NamedTypes {
  const byType = new Map<ts.Type, NamedType>();
  const byText = new Map<string, ts.Type>();
  for (const module of modules.filter(({ fileName }) => /\/(schemas|events)\//.test(fileName))) {
    for (const statement of module.statements) {
      if (!ts.isTypeAliasDeclaration(statement) || statement.typeParameters || !isExported(statement)) continue;
      const type = checker.getTypeAtLocation(statement.name);
      if (!deservesName(type) || byType.has(type)) continue;
      byType.set(type, { name: statement.name.text, module });
      if (type.flags & ts.TypeFlags.Object && !byText.has(textOf(type))) byText.set(textOf(type), type);
    }
  }
  return {
    find(type) {
      const known = byType.get(type);
      if (known !== undefined || !(type.flags & ts.TypeFlags.Object)) return known;
      const twin = byText.get(textOf(type));
      // Assignable alone is too little: every string is assignable to `'User' | (string & {})`.
      const isTwin = twin && checker.isTypeAssignableTo(type, twin) && checker.isTypeAssignableTo(twin, type);
      return isTwin ? byType.get(twin) : undefined;
    },
    findUnion(members) {
      const isUnion = (type: ts.Type) =>
        type.isUnion() &&
        type.types.length === members.length &&
        members.every((member) => type.types.includes(member));
      return [...byType].find(([type]) => isUnion(type))?.[1];
    },
  };

  function textOf(type: ts.Type): string {
    return checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.InTypeAlias);
  }
}

export function isExported(node: ts.Declaration | ts.VariableStatement): boolean {
  return (
    ts.canHaveModifiers(node) && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  );
}

/** `type Id = string` must not rename every string. */
function deservesName(type: ts.Type): boolean {
  if (type.flags & ts.TypeFlags.Boolean) return false;
  if (type.isUnion()) return type.types.some((member) => deservesName(member) || member.isLiteral());
  return (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection | ts.TypeFlags.TemplateLiteral)) !== 0;
}
