import { isSameUrn } from './is-same-urn.js';
import type { SchemaAttributes } from './resource-schema.js';

/** The schema whose URN a path is, or begins with. The longest URN wins. */
export function schemaOfPath(schemas: readonly SchemaAttributes[], path: string): SchemaAttributes | undefined {
  let found: SchemaAttributes | undefined;
  for (const schema of schemas) {
    const isLonger = found === undefined || schema.id.length > found.id.length;
    if (isLonger && isOfSchema(path, schema.id)) found = schema;
  }
  return found;
}

function isOfSchema(path: string, urn: string): boolean {
  const end = urn.length;
  if (path.length < end || (path.length > end && path.charCodeAt(end) !== 0x3a)) return false;
  // A slice is compared at once, and three times as fast as `startsWith` compares.
  if (!isSameUrn(path.slice(0, end), urn)) return false;
  // One more colon, and the URN is a longer one; but for those in brackets.
  const colon = path.indexOf(':', end + 1);
  if (colon === -1) return true;
  const bracket = path.indexOf('[', end);
  return bracket !== -1 && bracket < colon;
}
