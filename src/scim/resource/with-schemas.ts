import type { ResourceContext } from './resource-context.js';

/** The body of a resource: its attributes, and the URNs of the schemas in use unless the caller named them. */
export function withSchemas(
  { schema }: ResourceContext,
  attributes: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  // A type that nothing is known of: its body is what the caller gave.
  if (schema.id === '') return { ...attributes };
  const extensions = Object.keys(attributes).filter((key) => /^urn:/i.test(key) && attributes[key] !== undefined);
  return { ...attributes, schemas: attributes.schemas ?? [schema.id, ...extensions] };
}
