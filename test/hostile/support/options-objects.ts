import { join } from 'node:path';
import ts from 'typescript';

const root = join(import.meta.dirname, '../../..');
const entries = [
  '.',
  './scim',
  './audit-logs',
  './admin',
  './provisioning',
  './export',
  './normalize',
  './testing',
].map((entry) => join(root, 'src', entry, 'index.ts'));

/** An object with named parts that a caller of the library writes. */
export interface OptionsObject {
  /** Where it is given, such as `connect(options).auditLogs.rateLimit`. */
  readonly place: string;
  /** What may stand in it. */
  readonly names: readonly string[];
  /** Whether it is given to what returns a promise. */
  readonly isAsync: boolean;
}

const settings = () => {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.json'), ts.sys.readFile);
  return ts.parseJsonConfigFileContent(config, ts.sys, root).options;
};

/**
 * Every place of the public declarations where an object is given, down to the nested ones. `isData` stops at what is no
 * options, by the name of its type and its place.
 */
export function findOptionsObjects(isData: (type: string, place: string) => boolean): readonly OptionsObject[] {
  const program = ts.createProgram(entries, settings());
  const checker = program.getTypeChecker();
  const found = new Map<string, { readonly names: Set<string>; readonly isAsync: boolean }>();
  const seen = new Set<ts.Type | ts.Symbol>();
  let isAsync = false;
  for (const file of entries) {
    const source = program.getSourceFile(file);
    const module = source && checker.getSymbolAtLocation(source);
    for (const symbol of module === undefined ? [] : checker.getExportsOfModule(module)) {
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      if (target.flags & ts.SymbolFlags.Value) given(checker.getTypeOfSymbol(target), symbol.name, 0);
      if (target.flags & ts.SymbolFlags.Class) given(checker.getDeclaredTypeOfSymbol(target), symbol.name, 0);
    }
  }
  return [...found].map(([place, { names, isAsync }]) => ({ place, names: [...names], isAsync }));

  /** What the library gives: functions to call, and objects that have some. */
  function given(type: ts.Type, place: string, depth: number): void {
    const constructors = type.getConstructSignatures();
    const name = nameOf(type);
    const key = constructors.length === 0 && name !== undefined && isOurs(type.symbol) ? type.symbol : type;
    if (seen.has(key) || depth > 8) return;
    seen.add(key);
    if (type.isUnionOrIntersection()) for (const one of type.types) given(one, place, depth + 1);
    if (!(type.flags & ts.TypeFlags.Object)) return;
    for (const argument of checker.getTypeArguments(type as ts.TypeReference)) given(argument, place, depth + 1);
    for (const signature of [...constructors, ...type.getCallSignatures()]) {
      const file = signature.getDeclaration()?.getSourceFile().fileName;
      if (!file?.includes('/src/') || isHidden(signature)) continue;
      const returned = signature.getReturnType();
      isAsync = returned.symbol?.name === 'Promise';
      for (const [index, parameter] of signature.getParameters().entries()) {
        const at = `${constructors.length > 0 ? 'new ' : ''}${place}`;
        for (const [called, type] of argumentsOf(parameter, index)) taken(type, `${at}(${called})`, []);
      }
      given(returned, nameOf(returned) ?? `${place}()`, depth + 1);
    }
    if (!isOurs(type.symbol)) return;
    for (const property of type.getProperties()) {
      const type = checker.getTypeOfSymbol(property);
      // A method is hidden where all its signatures are.
      const signatures = property.name.startsWith('#') ? [] : type.getCallSignatures();
      const parts = signatures.length > 0 ? signatures : [property];
      if (!isOurs(property) || parts.every(isHidden)) continue;
      given(type, `${ownerOf(property) ?? place}.${property.name}`, depth + 1);
    }
  }

  /** The argument of a parameter, or the several that a rest of known length takes, by the names of its places. */
  function argumentsOf(parameter: ts.Symbol, index: number): readonly (readonly [name: string, type: ts.Type])[] {
    const type = checker.getTypeOfSymbol(parameter);
    const given = checker.getBaseConstraintOfType(type) ?? type;
    const tuples = (given.isUnion() ? given.types : [given]).filter((one) => checker.isTupleType(one));
    if (tuples.length > 0) {
      return tuples.flatMap((tuple) => {
        const { target } = tuple as ts.TypeReference & { readonly target: ts.TupleType };
        return checker
          .getTypeArguments(tuple as ts.TypeReference)
          .map((one, place) => [String(target.labeledElementDeclarations?.[place]?.name.getText()), one] as const);
      });
    }
    return [[parameter.name.startsWith('__') ? `options${index}` : parameter.name, type]];
  }

  /** What a caller gives. */
  function taken(type: ts.Type, place: string, above: readonly unknown[]): void {
    const name = nameOf(type);
    if (above.includes(type.symbol ?? type) || above.length > 6 || isData(name ?? '', place)) return;
    const within = name !== undefined && isOurs(type.symbol) ? [...above, type.symbol] : above;
    const constraint = checker.getBaseConstraintOfType(type);
    if (type.isUnion()) {
      for (const one of type.types) taken(one, place, above);
    } else if (constraint !== undefined && constraint !== type) {
      taken(constraint, place, within);
    } else if (checker.isArrayType(type) || checker.isTupleType(type)) {
      for (const one of checker.getTypeArguments(type as ts.TypeReference)) taken(one, `${place}[]`, within);
    } else if (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) {
      for (const signature of type.getCallSignatures()) taken(signature.getReturnType(), `${place}()`, within);
      const ofAny = type.getStringIndexType();
      if (ofAny !== undefined) taken(ofAny, `${place}{}`, within);
      const properties = type.getProperties().filter(isOurs);
      if (properties.length === 0 || type.getCallSignatures().length > 0) return;
      const { names } = found.get(place) ?? { names: new Set<string>() };
      found.set(place, { names, isAsync });
      for (const property of properties) {
        names.add(property.name);
        taken(checker.getTypeOfSymbol(property), `${place}.${property.name}`, within);
      }
    }
  }
}

function isOurs(symbol: ts.Symbol | undefined): boolean {
  return symbol?.declarations?.some((one) => one.getSourceFile().fileName.includes('/src/')) ?? false;
}

function isHidden(of: ts.Symbol | ts.Signature): boolean {
  if ('name' in of && of.name.startsWith('#')) return true;
  return of.getJsDocTags().some(({ name }) => name === 'internal' || name === 'hidden');
}

function nameOf(type: ts.Type): string | undefined {
  const symbol = type.aliasSymbol ?? type.symbol;
  return symbol === undefined || symbol.name.startsWith('__') ? undefined : symbol.name;
}

/** The class or interface that declares a method: it is the same method wherever it is inherited. */
function ownerOf(property: ts.Symbol): string | undefined {
  const parent = property.valueDeclaration?.parent;
  const isNamed = parent !== undefined && (ts.isClassDeclaration(parent) || ts.isInterfaceDeclaration(parent));
  return isNamed ? parent.name?.text : undefined;
}

/** The errors of a TypeScript program that stands in the folder of the tests, by line. */
export function compileLines(lines: readonly string[]): ReadonlyMap<number, readonly string[]> {
  const file = join(root, 'test/hostile/written-by-a-caller.ts');
  const options = settings();
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, ...rest) =>
    name === file
      ? ts.createSourceFile(name, lines.join('\n'), ts.ScriptTarget.Latest, true)
      : getSourceFile(name, ...rest);
  const program = ts.createProgram([file], options, host);
  const errors = new Map<number, string[]>();
  for (const { start = 0, length, file: source, messageText } of ts.getPreEmitDiagnostics(
    program,
    program.getSourceFile(file),
  )) {
    const line = source?.getLineAndCharacterOfPosition(start).line ?? -1;
    errors.set(line, [
      ...(errors.get(line) ?? []),
      `${source?.text.substr(start, length)}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    ]);
  }
  return errors;
}
