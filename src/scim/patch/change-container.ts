import { withSchema } from './follow-schemas.js';
import { isObject, type JsonObject } from './json-value.js';
import type { PatchContext } from './patch-context.js';
import type { PatchTarget } from './patch-target.js';
import { hasNothing, readFrom, setIn, setInResource } from './stored-fields.js';

/** The value of the target's attribute now. */
export function currentValue(resource: JsonObject, { urn, attribute }: PatchTarget, context: PatchContext): unknown {
  const container = urn === undefined ? resource : readFrom(resource, urn, context);
  return attribute === undefined ? container : readFrom(container, attribute.name, context);
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
  const next = hasNothing(value, context) ? undefined : value;
  if (urn === undefined) {
    return attribute === undefined ? resource : setInResource(resource, attribute.name, next, context);
  }
  const stored = readFrom(resource, urn, context);
  const extension =
    attribute === undefined ? next : setIn(isObject(stored) ? stored : {}, attribute.name, next, context);
  const isInUse = !hasNothing(extension, context);
  const changed =
    extension === stored && isInUse ? resource : setInResource(resource, urn, isInUse ? extension : undefined, context);
  return withSchema(changed, urn, isInUse, context);
}
