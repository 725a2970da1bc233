import { isSameUrn } from '../schemas/is-same-urn.js';
import type { KeyIndex } from '../schemas/stored-key.js';
import type { JsonObject } from './json-value.js';
import type { ManyChanges, PatchContext } from './patch-context.js';
import { readFrom, setInResource } from './stored-fields.js';

/** The resource with an extension listed in its `schemas`, or left out of them. */
export function withSchema(resource: JsonObject, urn: string, isInUse: boolean, context: PatchContext): JsonObject {
  const schemas = readFrom(resource, 'schemas', context);
  if (!Array.isArray(schemas)) return resource;
  const { many } = context;
  const next = many === undefined ? listing(schemas, urn, isInUse) : listingAmongMany(schemas, urn, isInUse, many);
  return next === schemas ? resource : setInResource(resource, 'schemas', next, context);
}

function listing(schemas: readonly unknown[], urn: string, isInUse: boolean): readonly unknown[] {
  if (isInUse && schemas.includes(urn)) return schemas;
  const isUrn = (item: unknown): boolean => typeof item === 'string' && isSameUrn(item, urn);
  if (schemas.some(isUrn) === isInUse) return schemas;
  return isInUse ? [...schemas, urn] : schemas.filter((item) => !isUrn(item));
}

/** The same by an index, and after the first time in place. */
function listingAmongMany(
  schemas: unknown[],
  urn: string,
  isInUse: boolean,
  { drafts, indexes }: ManyChanges,
): readonly unknown[] {
  const index = indexes.get(schemas) ?? urnIndexOf(schemas);
  indexes.set(schemas, index);
  const lower = urn.toLowerCase();
  const listed = index.get(lower);
  if ((listed !== undefined) === isInUse) return schemas;
  if (isInUse) index.set(lower, urn);
  else index.delete(lower);
  if (isInUse && drafts.has(schemas)) {
    schemas.push(urn);
    return schemas;
  }
  const next = isInUse ? [...schemas, urn] : schemas.filter((item) => item !== listed);
  drafts.add(next);
  indexes.set(next, index);
  return next;
}

function urnIndexOf(schemas: readonly unknown[]): KeyIndex {
  const urns = schemas.filter((item) => typeof item === 'string');
  return new Map(urns.map((urn) => [urn.toLowerCase(), urn]));
}
