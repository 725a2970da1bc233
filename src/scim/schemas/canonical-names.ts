import { ownCopy } from '../../internal/json.js';
import { KeyOrders } from '../../internal/key-orders.js';
import { commonAttributes } from './known-schemas.js';
import type { Attributes, ResourceSchema } from './rules.js';

/** What a schema knows of names, and of objects that have them. */
interface NameTable {
  /** As the schema spells it, which is how most servers do, and in lower case for the others. */
  readonly byName: ReadonlyMap<string, NamedAttribute>;
  /** The attributes of an object key by key; `undefined` where one is spelled otherwise. */
  readonly orders: KeyOrders<readonly (readonly [key: string, attribute: NamedAttribute | undefined])[] | undefined>;
}

interface NamedAttribute {
  readonly name: string;
  readonly isBoolean: boolean;
  /** `undefined` where nothing is known of them. */
  readonly parts: NameTable | undefined;
}

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
  const entries = Object.entries(attributes).flatMap(([name, { type, subAttributes }]) => {
    const attribute = { name, isBoolean: type === 'boolean', parts: subAttributes && nameTable(subAttributes) };
    return [name, name.toLowerCase()].map((spelling) => [spelling, attribute] as const);
  });
  const byName = new Map(entries);
  const orders = new KeyOrders((keys) => {
    const named = keys.map((key) => [key, attributeOf(key, byName)] as const);
    return named.some(([key, attribute]) => attribute && attribute.name !== key) ? undefined : named;
  });
  return { byName, orders };
}

function copyRecord(record: Record<string, unknown>, table: NameTable | undefined): Record<string, unknown> {
  // Nearly all servers spell all names as the schema does.
  const named = table?.orders.of(record);
  if (table !== undefined && named === undefined) return copyRenamed(record, table);
  // Copied as a whole it takes a fraction of the time.
  const copy = { ...record };
  for (const [key, attribute] of named ?? Object.keys(record).map((key) => [key] as const)) {
    const value = record[key];
    if (attribute?.isBoolean) copy[key] = readBoolean(value);
    else if (typeof value === 'object' && value !== null) copy[key] = copyValue(value, attribute?.parts);
  }
  return copy;
}

function attributeOf(key: string, byName: NameTable['byName']): NamedAttribute | undefined {
  return byName.get(key) ?? byName.get(key.toLowerCase());
}

function copyRenamed(record: Record<string, unknown>, { byName }: NameTable): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(record)) {
    const attribute = attributeOf(key, byName);
    const value = attribute?.isBoolean ? readBoolean(record[key]) : copyValue(record[key], attribute?.parts);
    const isTaken = attribute !== undefined && key !== attribute.name && Object.hasOwn(record, attribute.name);
    const name = attribute === undefined || isTaken ? key : attribute.name;
    // Set like the others it would become the prototype.
    if (name === '__proto__') Object.defineProperty(copy, name, { value, enumerable: true, writable: true });
    else copy[name] = value;
  }
  return copy;
}

function copyValue(value: unknown, table: NameTable | undefined): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Array.isArray(value)
    ? value.map((element) => copyValue(element, table))
    : copyRecord(value as Record<string, unknown>, table);
}

function readBoolean(value: unknown): unknown {
  if (typeof value !== 'string' || !/^(true|false)$/i.test(value)) return value;
  return value.toLowerCase() === 'true';
}
