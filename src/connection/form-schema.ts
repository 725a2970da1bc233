import * as z from 'zod/mini';
import type { Schema } from '../internal/schema.js';
import type { ConnectionConfig, ConnectionConfigInput } from './form.js';
import { connectionConfigJsonSchema } from './form-json-schema.js';
import { readConnectionForm } from './read-form.js';

/**
 * The connection form as a zod schema: takes what was filled in, gives a {@link ConnectionConfig}. Declared as a Standard
 * Schema, which form libraries and API frameworks accept; as a part of a larger zod schema it works too. It reads as
 * {@link safeParseConnectionConfig} does. Each issue's `params` hold its code, its remedy and what was probably meant.
 */
export const connectionConfigSchema: Schema<ConnectionConfig, ConnectionConfigInput> =
  /* @__PURE__ */ createFormSchema() as unknown as Schema<ConnectionConfig, ConnectionConfigInput>;

function createFormSchema() {
  const { $schema, ...described } = connectionConfigJsonSchema();
  const input = z.any().register(z.globalRegistry, described);
  const read = z.transform((given: unknown, { issues }) => {
    const reading = readConnectionForm(given);
    for (const { path, message, ...params } of reading.issues) {
      issues.push({ code: 'custom', path: [...path], message, params, input: undefined });
    }
    return reading.config;
  });
  return z.pipe(input, read);
}
