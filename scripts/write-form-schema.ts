// Writes the JSON Schema of the connection form, from the zod schema that parses it, into the source: at run time zod's
// generator would cost 7 kB. Run by `npm run build`; a test holds the two equal.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inspect } from 'node:util';
import * as z from 'zod/mini';
import { connectionConfigSchema } from '../src/connection/form-schema.ts';

const { '~standard': _, ...schema } = z.toJSONSchema(connectionConfigSchema as never, { io: 'input' });
const literal = inspect(schema, { depth: null, breakLength: 110, maxStringLength: null });
writeFileSync(
  join(resolve(import.meta.dirname, '..'), 'src/connection/form-json-schema.ts'),
  `// Written by scripts/write-form-schema.ts from the schema in form-schema.ts.

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
 * The connection form as JSON Schema, so that a product can render it: titles, descriptions, defaults, and \`writeOnly\`
 * with \`format: 'password'\` on the two secrets. It describes the form as a program fills it in; what people paste is
 * wider, and {@link safeParseConnectionConfig} reads it.
 *
 * @example
 * \`\`\`ts
 * import { connectionConfigJsonSchema } from 'chatgpt-enterprise-sdk';
 *
 * const { properties } = connectionConfigJsonSchema();
 * for (const [name, { title }] of Object.entries(properties)) console.log(name, title);
 * \`\`\`
 */
export function connectionConfigJsonSchema(): ConnectionConfigJsonSchema {
  return ${literal};
}
`,
);
