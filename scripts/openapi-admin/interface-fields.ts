import { globSync, readFileSync } from 'node:fs';
import ts from 'typescript';

/** A declared field, and the interface of what stands in it, where that is one of ours. */
export type Fields = ReadonlyMap<string, { readonly type: string | undefined }>;

/** The interfaces of a folder, as they are written: nothing of them is there at run time. */
export function interfaceFields(folder: string): ReadonlyMap<string, Fields> {
  const found = new Map<string, Fields>();
  for (const file of globSync(`${folder}/*.ts`)) {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    source.forEachChild((node) => {
      if (ts.isInterfaceDeclaration(node)) found.set(node.name.text, new Map(node.members.flatMap(readMember)));
    });
  }
  return found;
}

function readMember(member: ts.TypeElement): [string, { readonly type: string | undefined }][] {
  if (!ts.isPropertySignature(member) || member.type === undefined) return [];
  return [[member.name.getText(), { type: nameIn(member.type) }]];
}

/** The name of an interface, seen through unions and lists. */
function nameIn(type: ts.TypeNode): string | undefined {
  if (ts.isUnionTypeNode(type)) return type.types.map(nameIn).find((name) => name !== undefined);
  if (ts.isTypeOperatorNode(type)) return nameIn(type.type);
  if (ts.isArrayTypeNode(type)) return nameIn(type.elementType);
  return ts.isTypeReferenceNode(type) ? type.typeName.getText() : undefined;
}
