/** What a schema says of one attribute (RFC 7643 §2.2). What is left out has the default of the RFC. */
export interface AttributeCharacteristics {
  /** @default 'string' */
  readonly type?:
    | 'string'
    | 'boolean'
    | 'decimal'
    | 'integer'
    | 'dateTime'
    | 'binary'
    | 'reference'
    | 'complex'
    | undefined;
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

/** Attributes by their name. */
export type Attributes = { readonly [name: string]: AttributeCharacteristics };

/** The attributes of one schema, core or extension. */
export interface SchemaAttributes {
  /** URN of the schema. */
  readonly id: string;
  readonly attributes: Attributes;
}

/**
 * The rules of one type of resource: its core schema and its extensions. The attributes of every resource (`id`,
 * `externalId`, `meta`, `schemas`) need not be listed. `matchesFilter`, `applyPatch` and `diffPatch` take one for
 * resources that are neither users nor groups, or that have extensions of their own.
 *
 * @example
 * ```ts
 * import { applyPatch, type ResourceSchema } from 'chatgpt-enterprise-sdk/scim';
 *
 * const device: ResourceSchema = {
 *   id: 'urn:example:schemas:2.0:Device',
 *   attributes: { serialNumber: { required: true, caseExact: true }, tags: { multiValued: true } },
 * };
 * applyPatch({ id: 'd1', serialNumber: 'A1' }, [{ op: 'add', path: 'tags', value: ['spare'] }], { schema: device });
 * ```
 */
export interface ResourceSchema extends SchemaAttributes {
  readonly extensions?: readonly SchemaAttributes[] | undefined;
}
