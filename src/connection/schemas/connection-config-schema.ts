// The core, and not mini: what mini adds to a schema cannot be reached through Standard Schema, and costs 1 kB.
import { $ZodTransform } from 'zod/v4/core';
import type { Schema } from '../../internal/schema.js';
import { connectionConfigJsonSchema } from '../config/connection-config-json-schema.js';
import { readConnectionForm } from '../config/read-connection-form.js';
import type { ConnectionConfig, ConnectionConfigInput } from '../connection-config.js';

/**
 * The connection form as a zod schema: takes what was filled in, gives a {@link ConnectionConfig}. Declared as a Standard
 * Schema, which form libraries and API frameworks accept; as a part of a larger zod schema it works too.
 *
 * It reads as {@link safeParseConnectionConfig} does, which tells warnings besides. Each issue's `params` hold its code,
 * its remedy and what was probably meant.
 *
 * @example
 * ```ts
 * import { connectionConfigSchema } from 'chatgpt-enterprise-sdk';
 *
 * const form = { scimBaseUrl: 'https://scim.example/v2', scimToken: 'se_1234567890' };
 * const result = await connectionConfigSchema['~standard'].validate(form);
 * console.log(result.issues ?? 'the form is right');
 * ```
 */
export const connectionConfigSchema: Schema<ConnectionConfig, ConnectionConfigInput> =
  /* @__PURE__ */ createSchema() as unknown as Schema<ConnectionConfig, ConnectionConfigInput>;

/** zod knows the input of a transformation as unknown, and its output as absent where there are issues. */
function createSchema() {
  const schema = new $ZodTransform({
    type: 'transform',
    transform: (input, { issues: found }) => {
      const { config, issues } = readConnectionForm(input);
      for (const { path, message, ...params } of issues) {
        found.push({ code: 'custom', path: [...path], message, input: undefined, params });
      }
      return config;
    },
  });
  // What zod asks when it writes JSON Schema: nothing is described before that.
  schema._zod.toJSONSchema = connectionConfigJsonSchema;
  return schema;
}
