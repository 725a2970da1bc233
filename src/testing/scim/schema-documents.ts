import type { AttributeDefinition } from '../../scim/schemas/discovery.js';
import type { AttributeCharacteristics, Attributes, SchemaAttributes } from '../../scim/schemas/rules.js';
import { SCHEMA_URN } from '../../scim/schemas/urns.js';
import { groupKind, userKind } from './resource-kind.js';

/** The documents of `/Schemas` (RFC 7643 §7), made from the rules the server itself goes by. */
export function schemaDocuments(baseUrl: string): { readonly id: string }[] {
  const schemas: readonly (readonly [string, SchemaAttributes])[] = [
    ['User', userKind.schema],
    ['Group', groupKind.schema],
    ...(userKind.schema.extensions ?? []).map((extension) => ['EnterpriseUser', extension] as const),
  ];
  return schemas.map(([name, { id, attributes }]) => ({
    schemas: [SCHEMA_URN],
    id,
    name,
    description: name,
    attributes: definitionsOf(attributes),
    meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${encodeURIComponent(id)}` },
  }));
}

function definitionsOf(attributes: Attributes): AttributeDefinition[] {
  return Object.entries(attributes).map(([name, rules]) => definitionOf(name, rules));
}

function definitionOf(name: string, rules: AttributeCharacteristics): AttributeDefinition {
  return {
    name,
    type: rules.type ?? 'string',
    multiValued: rules.multiValued ?? false,
    description: name,
    required: rules.required ?? false,
    caseExact: rules.caseExact ?? false,
    mutability: rules.mutability ?? 'readWrite',
    returned: rules.returned ?? 'default',
    uniqueness: rules.uniqueness ?? 'none',
    ...(rules.canonicalValues === undefined ? {} : { canonicalValues: [...rules.canonicalValues] }),
    ...(rules.referenceTypes === undefined ? {} : { referenceTypes: [...rules.referenceTypes] }),
    ...(rules.subAttributes === undefined ? {} : { subAttributes: definitionsOf(rules.subAttributes) }),
  };
}
