import { checkList, checkObject, checkWord, type OptionNames, read } from '../../errors/check-options.js';
import { InputError } from '../../errors/input-errors.js';
import { isRecord } from '../../internal/json.js';
import type { AttributeDefinition, DataType, SchemaDefinition } from './discovery.js';

/** What a schema says of one attribute (RFC 7643 §2.2). What is left out has the default of the RFC. */
export interface AttributeCharacteristics {
  /** @default 'string' */
  readonly type?: DataType | undefined;
  /** @default false */
  readonly multiValued?: boolean | undefined;
  /** @default false */
  readonly required?: boolean | undefined;
  /** Whether upper and lower case differ. Ids, references and binaries are case-exact. @default false */
  readonly caseExact?: boolean | undefined;
  /** @default 'readWrite' */
  readonly mutability?: 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly' | undefined;
  /** @default 'default' */
  readonly returned?: 'always' | 'never' | 'default' | 'request' | undefined;
  /** @default 'none' */
  readonly uniqueness?: 'none' | 'server' | 'global' | undefined;
  /** Suggested values. */
  readonly canonicalValues?: readonly string[] | undefined;
  /** What a reference points at: resource types, `external`, `uri`. */
  readonly referenceTypes?: readonly string[] | undefined;
  /** The parts of a complex attribute, by name. */
  readonly subAttributes?: Attributes | undefined;
}

/** What is known of an attribute: nothing, where no schema names it. */
export type Rules = AttributeCharacteristics | undefined;

/** Attributes by their name. */
export type Attributes = { readonly [name: string]: AttributeCharacteristics };

/** The attributes of one schema, core or extension. */
export interface SchemaAttributes {
  /** URN of the schema. */
  readonly id: string;
  readonly attributes: Attributes;
}

/**
 * The rules of one type of resource, for `matchesFilter`, `applyPatch` and `diffPatch`: its core schema and its
 * extensions. The attributes of every resource (`id`, `externalId`, `meta`, `schemas`) need not be listed.
 */
export interface ResourceSchema extends SchemaAttributes {
  readonly extensions?: readonly SchemaAttributes[] | undefined;
}

const schemaNames: OptionNames<ResourceSchema> = { id: true, attributes: true, extensions: true };
const characteristicNames: OptionNames<AttributeCharacteristics> = {
  type: true,
  multiValued: true,
  required: true,
  caseExact: true,
  mutability: true,
  returned: true,
  uniqueness: true,
  canonicalValues: true,
  referenceTypes: true,
  subAttributes: true,
};

/** Schemas that were looked at: they are given again with each call. */
const checked = /* @__PURE__ */ new WeakSet<object>();

/** Refuses a misspelt word of a schema: with `multivalued` an attribute would have one value. @throws InputError */
export function checkSchema(schema: ResourceSchema | undefined): void {
  if (!isRecord(schema) || checked.has(schema)) return;
  for (const name of Object.keys(schema))
    checkWord('a part of a schema', name, Object.keys(schemaNames), ['schema', name]);
  checkAttributes(schema.attributes, ['schema']);
  for (const extension of schema.extensions ?? []) checkSchema(extension);
  checked.add(schema);
}

function checkAttributes(attributes: Attributes | undefined, path: readonly string[]): void {
  for (const [name, rules] of Object.entries(attributes ?? {})) {
    const at = [...path, name];
    for (const word of Object.keys(rules)) {
      checkWord('a characteristic of an attribute', word, Object.keys(characteristicNames), [...at, word]);
      checkCharacteristic(word, Reflect.get(rules, word), [...at, word]);
    }
    checkAttributes(rules.subAttributes, at);
  }
}

/** A `type` that there is not would be no type: nothing of it would be compared as it should be. */
function checkCharacteristic(word: string, value: unknown, path: readonly string[]): void {
  if (value === undefined) return;
  const keywords = keywordsOf[word];
  if (keywords !== undefined) checkWord(`a \`${word}\` of an attribute`, value, keywords, path);
  else if (flags.includes(word) && typeof value !== 'boolean') {
    throw new InputError(`\`${word}\` of an attribute must be true or false.`, { path });
  }
}

/** The rules of a type of resource from its `/Schemas` documents (RFC 7643 §7). Unknown keywords count as defaults. */
export function resourceSchemaOf(
  definition: SchemaDefinition,
  extensions: readonly SchemaDefinition[] = [],
): ResourceSchema {
  return read('The definition', () => {
    checkList('extensions', extensions);
    for (const one of [definition, ...extensions]) checkDefinition(one);
    return { ...schemaAttributesOf(definition), extensions: extensions.map(schemaAttributesOf) };
  });
}

function checkDefinition(definition: SchemaDefinition): void {
  checkObject('definition', definition);
  checkList('attributes', definition.attributes ?? []);
}

function schemaAttributesOf({ id, attributes }: SchemaDefinition): SchemaAttributes {
  return { id, attributes: attributesOf(attributes ?? []) };
}

function attributesOf(definitions: readonly AttributeDefinition[]): Attributes {
  // A `value` beside a `$ref` is an id, and ids are case-exact, whatever the printed schemas say (erratum 8472).
  const isReference = definitions.some(({ name }) => name === '$ref');
  return Object.fromEntries(
    definitions.map((definition) => {
      const { name } = definition;
      const isId = isReference && name === 'value';
      return [name, characteristicsOf(isId ? { ...definition, caseExact: true } : definition)];
    }),
  );
}

function characteristicsOf(definition: AttributeDefinition): AttributeCharacteristics {
  const { type, multiValued, required, caseExact, canonicalValues, referenceTypes, subAttributes } = definition;
  const parts = subAttributes ?? [];
  return {
    type: among(type, TYPES),
    multiValued: multiValued ?? undefined,
    required: required ?? undefined,
    // By RFC 7643 §2.3.6 and §2.3.7.
    caseExact: type === 'reference' || type === 'binary' ? true : (caseExact ?? undefined),
    mutability: among(definition.mutability, MUTABILITIES),
    returned: among(definition.returned, RETURNED),
    uniqueness: among(definition.uniqueness, UNIQUENESS),
    canonicalValues: canonicalValues ?? undefined,
    referenceTypes: referenceTypes ?? undefined,
    subAttributes: parts.length === 0 ? undefined : attributesOf(parts),
  };
}

const TYPES = ['string', 'boolean', 'decimal', 'integer', 'dateTime', 'binary', 'reference', 'complex'] as const;
const MUTABILITIES = ['readOnly', 'readWrite', 'immutable', 'writeOnly'] as const;
const RETURNED = ['always', 'never', 'default', 'request'] as const;
const UNIQUENESS = ['none', 'server', 'global'] as const;

const keywordsOf: Readonly<Record<string, readonly string[] | undefined>> = {
  type: TYPES,
  mutability: MUTABILITIES,
  returned: RETURNED,
  uniqueness: UNIQUENESS,
};
const flags: readonly string[] = ['multiValued', 'required', 'caseExact'];

function among<Keyword extends string>(value: unknown, keywords: readonly Keyword[]): Keyword | undefined {
  return keywords.find((keyword) => keyword === value);
}
