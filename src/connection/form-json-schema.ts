import { fieldNames, formFields, formWords } from './form-fields.js';

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
 * with `format: 'password'` on tokens and keys. It describes the form as a program fills it in; what people paste is
 * wider, and {@link safeParseConnectionConfig} reads it.
 */
export function connectionConfigJsonSchema(): ConnectionConfigJsonSchema {
  // By hand: zod's generator would cost 7 kB. A test holds the two equal.
  const properties = fieldNames.map((name) => {
    const { title, description, schema } = formFields[name];
    return [name, { title, description, ...schema }] as const;
  });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    ...formWords,
    type: 'object',
    properties: Object.fromEntries(properties),
    additionalProperties: false,
  };
}
