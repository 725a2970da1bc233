import { ownCopy } from '../../internal/json.js';
import { commonAttributes } from './known-schemas.js';
import type { Attributes, ResourceSchema } from './rules.js';

/** Attributes by name: as the schema spells it, which is how most servers do, and in lower case for the others. */
type NameTable = ReadonlyMap<string, NamedAttribute>;

interface NamedAttribute {
  readonly name: string;
  readonly isBoolean: boolean;
  readonly parts: NameTable;
}

const nothing: NameTable = new Map();

/**
 * Makes a function that copies a resource with attribute names in the schema's spelling, since servers may write them in
 * any case (RFC 7643 §2.1), and with booleans where servers send `"True"`. Everything else is kept as it is.
 */
export function canonicalNames(schema: ResourceSchema): (resource: Record<string, unknown>) => Record<string, unknown> {
  const extensions = (ownCopy(schema, ['extensions']).extensions ?? []).map(
    ({ id, attributes }) => [id, { subAttributes: attributes }] as const,
  );
  const known = { ...commonAttributes, ...schema.attributes, ...Object.fromEntries(extensions) };
  const table = nameTable(known);
  return (resource) => copyRecord(resource, table);
}

function nameTable(attributes: Attributes): NameTable {
  const entries = Object.entries(attributes).flatMap(([name, { type, subAttributes = {} }]) => {
    const attribute = { name, isBoolean: type === 'boolean', parts: nameTable(subAttributes) };
    return [name, name.toLowerCase()].map((spelling) => [spelling, attribute] as const);
  });
  return new Map(entries);
}

function copyRecord(record: Record<string, unknown>, table: NameTable): Record<string, unknown> {
  // Copied as a whole it takes a fraction of the time, and nearly all servers spell all names as the schema does.
  const copy = { ...record };
  for (const key of Object.keys(record)) {
    const attribute = attributeOf(key, table);
    if (attribute !== undefined && attribute.name !== key) return copyRenamed(record, table);
    const value = record[key];
    if (attribute?.isBoolean) copy[key] = readBoolean(value);
    else if (typeof value === 'object' && value !== null) copy[key] = copyValue(value, attribute?.parts ?? nothing);
  }
  return copy;
}

function attributeOf(key: string, table: NameTable): NamedAttribute | undefined {
  return table.size === 0 ? undefined : (table.get(key) ?? table.get(key.toLowerCase()));
}

function copyRenamed(record: Record<string, unknown>, table: NameTable): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(record)) {
    const attribute = attributeOf(key, table);
    const parts = attribute?.parts ?? nothing;
    const value = attribute?.isBoolean ? readBoolean(record[key]) : copyValue(record[key], parts);
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
