import { readAttribute } from '../path/read-attribute.js';
import { findKey } from '../schemas/find-key.js';
import { isSameUrn } from '../schemas/is-same-urn.js';
import { isObject, isUnassigned, type JsonObject } from './json-value.js';
import type { PatchContext } from './patch-context.js';
import { PatchProblem } from './patch-problem.js';
import type { PatchTarget } from './patch-target.js';

/** The value of the target's attribute now. */
export function currentValue(resource: JsonObject, { urn, attribute }: PatchTarget): unknown {
  const container = urn === undefined ? resource : readAttribute(resource, urn);
  return attribute === undefined ? container : readAttribute(container, attribute.name);
}

/**
 * The resource with another value of the target's attribute, or without one. Only the objects on the way to it are
 * copied. The key keeps the spelling it is stored under; `schemas` follows the extensions that are in use (RFC 7644 §3.5.2).
 */
export function withValue(
  resource: JsonObject,
  { urn, attribute }: PatchTarget,
  value: unknown,
  context: PatchContext,
): JsonObject {
  const next = isUnassigned(value) ? undefined : value;
  if (urn === undefined) {
    return attribute === undefined ? resource : setInResource(resource, attribute.name, next, context);
  }
  const stored = readAttribute(resource, urn);
  const extension = attribute === undefined ? next : setAttribute(isObject(stored) ? stored : {}, attribute.name, next);
  const isInUse = !isUnassigned(extension);
  const changed = setInResource(resource, urn, isInUse ? extension : undefined, context);
  return withSchema(changed, urn, isInUse, context);
}

/** Sets an attribute under the key it has, whatever its case, or removes it. */
export function setAttribute(object: JsonObject, name: string, value: unknown): JsonObject {
  const key = keyOf(object, name);
  if (value === undefined) return Object.hasOwn(object, key) ? withoutKey(object, key) : object;
  // Twice as fast as a computed key in the literal.
  const copy: Record<string, unknown> = { ...object };
  copy[key] = value;
  return copy;
}

/** The same for the resource, which is copied once and then changed in place. */
function setInResource(resource: JsonObject, name: string, value: unknown, context: PatchContext): JsonObject {
  const key = keyOf(resource, name);
  if (value === undefined) {
    if (!Object.hasOwn(resource, key)) return resource;
    context.draft = withoutKey(resource, key);
    return context.draft;
  }
  if (resource !== context.draft) context.draft = { ...resource };
  context.draft[key] = value;
  return context.draft;
}

function keyOf(object: JsonObject, name: string): string {
  // The one key whose assignment would replace the object's prototype.
  if (name === '__proto__') throw new PatchProblem('invalidPath', 'the path is not the name of an attribute');
  return Object.hasOwn(object, name) ? name : (findKey(object, name.toLowerCase()) ?? name);
}

function withoutKey(object: JsonObject, key: string): Record<string, unknown> {
  const { [key]: _left, ...rest } = object;
  return rest;
}

function withSchema(resource: JsonObject, urn: string, isInUse: boolean, context: PatchContext): JsonObject {
  const schemas = readAttribute(resource, 'schemas');
  if (!Array.isArray(schemas) || (isInUse && schemas.includes(urn))) return resource;
  const isUrn = (item: unknown): boolean => typeof item === 'string' && isSameUrn(item, urn);
  if (schemas.some(isUrn) === isInUse) return resource;
  const next = isInUse ? [...schemas, urn] : schemas.filter((item) => !isUrn(item));
  return setInResource(resource, 'schemas', next, context);
}
