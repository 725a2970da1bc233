import ts from 'typescript';
import type { NamedType, NamedTypes } from './named-types.ts';

interface Writing {
  readonly checker: ts.TypeChecker;
  readonly named: NamedTypes;
  /** Told of each name that is used, so that it can be imported. */
  readonly onName: (used: NamedType) => void;
  /** Where the text will stand, for spelling library types. */
  readonly at: ts.Node;
  /** The types being written around this one: a second meeting would never end. */
  readonly open: readonly ts.Type[];
  readonly indent: string;
}

/** Writes a type out by its structure, with the comments of its properties. */
export function writeType(type: ts.Type, writing: Writing, mayName = true): string {
  const name = mayName ? writing.named.find(type) : undefined;
  if (name !== undefined) {
    writing.onName(name);
    return name.name;
  }
  if (type.flags & ts.TypeFlags.Boolean) return 'boolean';
  if (type.isUnion()) return writeUnion(type, writing);
  if (type.isIntersection()) return type.types.map((member) => writeOperand(member, writing)).join(' & ');
  if (type.isStringLiteral()) return `'${type.value.replace(/[\\']/g, '\\$&')}'`;
  if (!(type.flags & ts.TypeFlags.Object))
    return writing.checker.typeToString(type, writing.at, ts.TypeFormatFlags.NoTruncation);
  if (writing.open.includes(type)) {
    throw new Error(`A recursive type needs an exported alias to be named by: ${writing.checker.typeToString(type)}`);
  }
  return writeObject(type, { ...writing, open: [...writing.open, type] });
}

function writeUnion(type: ts.UnionType, writing: Writing): string {
  const { checker } = writing;
  const members = type.types
    // Under exactOptionalPropertyTypes the compiler marks "may be absent" by a second undefined, spelled `?`.
    .filter((member) => !(member.flags & ts.TypeFlags.Undefined) || member === checker.getUndefinedType());
  // A union that has a name, where it may be missing or be another name.
  const { Null, Undefined, TemplateLiteral } = ts.TypeFlags;
  const isOpen = (member: ts.Type) =>
    (member.flags & (Null | Undefined)) !== 0 ||
    ((member.flags & TemplateLiteral) !== 0 && writing.named.find(member) !== undefined);
  const core = members.filter((member) => !isOpen(member));
  const name = core.length < members.length ? writing.named.findUnion(core) : undefined;
  if (name !== undefined) writing.onName(name);
  const isBoolean = members.filter((member) => member.flags & ts.TypeFlags.BooleanLiteral).length === 2;
  const texts = members
    .filter((member) => name === undefined || !core.includes(member))
    .filter((member) => !isBoolean || !(member.flags & ts.TypeFlags.BooleanLiteral))
    .map((member) => writeOperand(member, writing));
  if (name !== undefined) texts.push(name.name);
  if (isBoolean) texts.push('boolean');
  // As a person would write it: what is known, then whatever else, absence last.
  return texts.sort((a, b) => rank(a) - rank(b)).join(' | ');
}

function rank(member: string): number {
  return ['(string & {})', 'OtherName', 'null', 'undefined'].indexOf(member);
}

function writeOperand(type: ts.Type, writing: Writing): string {
  const text = writeType(type, writing);
  const isCompound = type.isUnionOrIntersection() || type.getCallSignatures().length > 0;
  return isCompound && / [|&] |=>/.test(text) ? `(${text})` : text;
}

function writeObject(type: ts.Type, writing: Writing): string {
  const { checker } = writing;
  if (checker.isTupleType(type)) return writeTuple(type as ts.TypeReference, writing);
  if (checker.isArrayType(type)) {
    const [element] = checker.getTypeArguments(type as ts.TypeReference);
    const readonly = type.symbol.name === 'ReadonlyArray' ? 'readonly ' : '';
    return `${readonly}${element === undefined ? 'unknown' : writeOperand(element, writing)}[]`;
  }
  if (isFromLibrary(type) || type.getCallSignatures().length > 0) {
    return checker.typeToString(type, writing.at, ts.TypeFormatFlags.NoTruncation);
  }
  const inner = { ...writing, indent: `${writing.indent}    ` };
  const lines = type.getProperties().map((property) => writeProperty(property, inner));
  for (const { keyType, type: value, isReadonly } of checker.getIndexInfosOfType(type)) {
    lines.push(`${isReadonly ? 'readonly ' : ''}[key: ${writeType(keyType, inner)}]: ${writeType(value, inner)};`);
  }
  if (lines.length === 0) return '{}';
  return `{\n${lines.map((line) => `${inner.indent}${line}\n`).join('')}${writing.indent}}`;
}

function writeTuple(type: ts.TypeReference, writing: Writing): string {
  const { elementFlags, readonly } = type.target as ts.TupleType;
  const elements = writing.checker.getTypeArguments(type).map((element, index) => {
    const text = writeOperand(element, writing);
    const flags = elementFlags[index] ?? ts.ElementFlags.Required;
    return flags & ts.ElementFlags.Rest ? `...${text}[]` : flags & ts.ElementFlags.Optional ? `${text}?` : text;
  });
  return `${readonly ? 'readonly ' : ''}[${elements.join(', ')}]`;
}

function writeProperty(property: ts.Symbol, writing: Writing): string {
  const { checker, indent } = writing;
  if (property.name.startsWith('__@')) throw new Error(`A brand cannot be written out: ${property.name}`);
  const type = checker.getTypeOfSymbol(property);
  const optional = property.flags & ts.SymbolFlags.Optional ? '?' : '';
  const readonly = isReadonly(property) ? 'readonly ' : '';
  const key = /^[A-Za-z_$][\w$]*$/.test(property.name) ? property.name : `'${property.name}'`;
  const comment = commentOf(property)
    .map((line) => `${line}\n${indent}`)
    .join('');
  return `${comment}${readonly}${key}${optional}: ${writeType(type, writing)};`;
}

function isReadonly(property: ts.Symbol): boolean {
  // `Readonly<T>` marks its properties in a field the compiler does not publish: 8 is CheckFlags.Readonly.
  const { links } = property as { readonly links?: { readonly checkFlags?: number } };
  return (
    ((links?.checkFlags ?? 0) & 8) !== 0 ||
    (property.declarations ?? []).some((node) => ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Readonly)
  );
}

/** The comment above the property in the schema it came from, line by line, indented afresh. */
function commentOf(property: ts.Symbol): readonly string[] {
  const [declaration] = property.declarations ?? [];
  const comment = declaration && ts.getJSDocCommentsAndTags(declaration).findLast(ts.isJSDoc);
  if (!comment) return [];
  return comment
    .getText()
    .split('\n')
    .map((line) => line.trim())
    .map((line, index) => (index === 0 ? line : ` ${line}`));
}

function isFromLibrary(type: ts.Type): boolean {
  const [declaration] = type.symbol?.declarations ?? [];
  return (
    declaration !== undefined && /\/typescript\/lib\/lib\.|\/@types\/node\//.test(declaration.getSourceFile().fileName)
  );
}
