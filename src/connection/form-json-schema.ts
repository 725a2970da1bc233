import { formFields } from './form.js';

/** A JSON Schema (2020-12) of an object with one property for each field of the form. */
export interface ConnectionConfigJsonSchema {
  readonly $schema: 'https://json-schema.org/draft/2020-12/schema';
  readonly title: string;
  readonly description: string;
  readonly type: 'object';
  readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly additionalProperties: false;
}

/**
 * The connection form as JSON Schema, so that a product can render it: titles, descriptions, defaults, and `writeOnly`
 * with `format: 'password'` on the two secrets. It describes the form as a program fills it in; what people paste is
 * wider, and {@link safeParseConnectionConfig} reads it.
 *
 * @example
 * ```ts
 * import { connectionConfigJsonSchema } from 'chatgpt-enterprise-sdk';
 *
 * const { properties } = connectionConfigJsonSchema();
 * for (const [name, { title }] of Object.entries(properties)) console.log(name, title);
 * ```
 */
export function connectionConfigJsonSchema(): ConnectionConfigJsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'Connection to ChatGPT Enterprise',
    description: 'SCIM for people and groups, the Compliance API for logs, or both. Read-only unless a box is ticked.',
    type: 'object',
    properties: Object.fromEntries(
      Object.entries(formFields).map(([name, { title, description, schema }]) => [
        name,
        { title, description, ...schema },
      ]),
    ),
    additionalProperties: false,
  };
}
