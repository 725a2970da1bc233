import { PatchError } from '../../errors/scim-errors.js';
import { applyPatch } from '../../scim/patch/apply.js';
import { findKey, readAttribute } from './attribute-path.js';
import type { ScimBehaviour } from './behaviour.js';
import type { ResourceKind } from './resource-kind.js';
import type { ResourceData } from './resource-table.js';
import { ScimRefusal } from './scim-refusal.js';
import { withoutReadOnly } from './without-read-only.js';

/**
 * The stored form of a resource sent by POST or PUT: names in the schema's spelling, what is read-only or never returned
 * left out (RFC 7644 §3.3, §3.5.1), types checked.
 */
export function buildAttributes(kind: ResourceKind, body: ResourceData, behaviour: ScimBehaviour): ResourceData {
  checkSchemas(kind, body, behaviour);
  const { [findKey(body, 'schemas') ?? 'schemas']: _schemas, ...given } = withoutReadOnly(body, kind);
  // Adding to an empty resource what a path-less operation names is what creating it means.
  const operations = Object.keys(given).length === 0 ? [] : [{ op: 'add' as const, value: given }];
  const attributes = patched({ schemas: [kind.schema.id] }, kind, operations, behaviour);
  checkRequired(kind, attributes);
  return attributes;
}

/** Applies PATCH operations; a failure becomes the refusal it asks for. */
export function patched(
  attributes: ResourceData,
  kind: ResourceKind,
  operations: Parameters<typeof applyPatch>[1],
  behaviour: ScimBehaviour,
): ResourceData {
  try {
    return applyPatch(attributes, operations, {
      schema: kind.schema,
      tolerant: behaviour.patchDialect === 'tolerant',
      unknownAttributes: behaviour.unknownAttributes,
    });
  } catch (error) {
    if (error instanceof PatchError) throw new ScimRefusal(400, error.scimType, error.message);
    throw error;
  }
}

/** Refuses a resource without what its schema requires. */
export function checkRequired(kind: ResourceKind, attributes: ResourceData): void {
  for (const [name, { required }] of Object.entries(kind.schema.attributes)) {
    if (required !== true) continue;
    const value = attributes[name];
    if (typeof value !== 'string' || value.trim() === '')
      throw new ScimRefusal(400, 'invalidValue', `'${name}' is required.`);
  }
}

function checkSchemas(kind: ResourceKind, body: ResourceData, behaviour: ScimBehaviour): void {
  const schemas = readAttribute(body, 'schemas');
  if (schemas === undefined && behaviour.workosRules) return;
  if (!Array.isArray(schemas) || schemas.length === 0 || new Set(schemas).size !== schemas.length) {
    throw new ScimRefusal(400, 'invalidSyntax', "'schemas' is not a list of different URNs.");
  }
  if (schemas.some((urn) => String(urn).toLowerCase() === kind.schema.id.toLowerCase())) return;
  throw new ScimRefusal(400, 'invalidSyntax', `'schemas' does not hold ${kind.schema.id}.`);
}
