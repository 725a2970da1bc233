import { isRecord } from '../../internal/is-record.js';
import { commonAttributes } from '../schemas/common-attributes.js';
import type { AttributeCharacteristics, Attributes, ResourceSchema } from '../schemas/resource-schema.js';

/** Attribute names in lower case, with their spelling by the schema. */
type NameTable = ReadonlyMap<string, NamedAttribute>;

interface NamedAttribute {
  readonly name: string;
  readonly isBoolean: boolean;
  readonly parts: NameTable;
}

const nothing: NameTable = new Map();

/**
 * Makes a function that copies a resource with the attribute names in the schema's own spelling, since servers may write
 * them in any case (RFC 7643 §2.1), and with booleans where servers send `"True"`. Everything else is kept as it is.
 */
export function canonicalNames(schema: ResourceSchema): (resource: Record<string, unknown>) => Record<string, unknown> {
  const table = new Map([...entriesOf(commonAttributes), ...entriesOf(schema.attributes)]);
  for (const extension of schema.extensions ?? []) {
    table.set(extension.id.toLowerCase(), named(extension.id, { subAttributes: extension.attributes }));
  }
  return (resource) => copyRecord(resource, table);
}

function entriesOf(attributes: Attributes): [string, NamedAttribute][] {
  return Object.entries(attributes).map(([name, attribute]) => [name.toLowerCase(), named(name, attribute)]);
}

function named(name: string, { type, subAttributes = {} }: AttributeCharacteristics): NamedAttribute {
  return { name, isBoolean: type === 'boolean', parts: new Map(entriesOf(subAttributes)) };
}

function copyRecord(record: Record<string, unknown>, table: NameTable): Record<string, unknown> {
  // `fromEntries` defines properties and never sets them, so `__proto__` stays a name like any other.
  return Object.fromEntries(
    Object.entries(record).map(([key, value]) => {
      const attribute = table.get(key.toLowerCase());
      if (attribute === undefined) return [key, copyValue(value, nothing)];
      const isTaken = key !== attribute.name && Object.hasOwn(record, attribute.name);
      return [
        isTaken ? key : attribute.name,
        attribute.isBoolean ? readBoolean(value) : copyValue(value, attribute.parts),
      ];
    }),
  );
}

function copyValue(value: unknown, table: NameTable): unknown {
  if (Array.isArray(value)) return value.map((element) => copyValue(element, table));
  return isRecord(value) ? copyRecord(value, table) : value;
}

function readBoolean(value: unknown): unknown {
  if (typeof value !== 'string' || !/^(true|false)$/i.test(value)) return value;
  return value.toLowerCase() === 'true';
}
