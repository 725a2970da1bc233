import { commonAttributes } from '../schemas/common-attributes.js';
import type { AttributeCharacteristics, Attributes, ResourceSchema } from '../schemas/resource-schema.js';

/** Attribute names, as the schema spells them and in lower case, with what the schema says. */
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
    for (const [spelling, attribute] of spellings(named(extension.id, { subAttributes: extension.attributes }))) {
      table.set(spelling, attribute);
    }
  }
  return (resource) => copyRecord(resource, table);
}

function entriesOf(attributes: Attributes): [string, NamedAttribute][] {
  return Object.entries(attributes).flatMap(([name, attribute]) => spellings(named(name, attribute)));
}

/** As the schema spells it, which is how most servers do, and for the others in lower case. */
function spellings(attribute: NamedAttribute): [string, NamedAttribute][] {
  return [
    [attribute.name, attribute],
    [attribute.name.toLowerCase(), attribute],
  ];
}

function named(name: string, { type, subAttributes = {} }: AttributeCharacteristics): NamedAttribute {
  return { name, isBoolean: type === 'boolean', parts: new Map(entriesOf(subAttributes)) };
}

function copyRecord(record: Record<string, unknown>, table: NameTable): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(record)) {
    const attribute = table.get(key) ?? table.get(key.toLowerCase());
    const value = attribute?.isBoolean ? readBoolean(record[key]) : copyValue(record[key], attribute?.parts ?? nothing);
    const isTaken = attribute !== undefined && key !== attribute.name && Object.hasOwn(record, attribute.name);
    const name = attribute === undefined || isTaken ? key : attribute.name;
    // Set like the others it would become the prototype.
    if (name === '__proto__') Object.defineProperty(copy, name, { value, enumerable: true, writable: true });
    else copy[name] = value;
  }
  return copy;
}

function copyValue(value: unknown, table: NameTable): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value)
    ? value.map((element) => copyValue(element, table))
    : copyRecord(value as Record<string, unknown>, table);
}

function readBoolean(value: unknown): unknown {
  if (typeof value !== 'string' || !/^(true|false)$/i.test(value)) return value;
  return value.toLowerCase() === 'true';
}
