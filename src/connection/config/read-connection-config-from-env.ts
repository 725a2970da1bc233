import { ConfigError, type ConfigIssue } from '../../errors/config-error.js';
import type { ConnectionPart } from './check-parts.js';
import { type FormFieldName, formFields } from './form-fields.js';
import { nearestKey } from './nearest-key.js';
import type { ConfigWith, ParseConnectionConfigOptions } from './parse-connection-config.js';
import { readConnectionForm } from './read-connection-form.js';

/**
 * Reads a connection from environment variables, given as an object: this library looks at no environment by itself.
 *
 * | Variable | Field |
 * | --- | --- |
 * | `CHATGPT_SCIM_BASE_URL` | SCIM base URL |
 * | `CHATGPT_SCIM_TOKEN` | SCIM token |
 * | `CHATGPT_PROVISIONING` | `true` to allow creating and changing |
 * | `CHATGPT_DEPROVISIONING` | `true` to allow deactivating and deleting |
 * | `CHATGPT_COMPLIANCE_API_KEY` | Compliance API key |
 * | `CHATGPT_WORKSPACE_IDS` | workspace ids, separated by commas |
 * | `CHATGPT_ORGANIZATION_ID` | organization id, optional |
 * | `CHATGPT_COMPLIANCE_BASE_URL` | another address of the Compliance API, optional |
 *
 * Empty variables are absent. A variable that looks like a misspelt one of these is a problem; others are none of ours.
 *
 * @throws ConfigError, with the names of variables in place of fields.
 * @example
 * ```ts
 * import { connect, readConnectionConfigFromEnv } from 'chatgpt-enterprise-sdk';
 *
 * await using connection = connect(readConnectionConfigFromEnv(process.env));
 * ```
 */
export function readConnectionConfigFromEnv<const Required extends ConnectionPart = never>(
  env: Readonly<Record<string, string | undefined>>,
  options: ParseConnectionConfigOptions<Required> = {},
): ConfigWith<Required> {
  const form = Object.fromEntries(fieldNames().map((name) => [name, env[formFields[name].variable]]));
  const { config, issues, warnings } = readConnectionForm(form, options);
  for (const warning of warnings) options.onWarning?.({ ...warning, path: toVariables(warning.path) });
  const all = [...misspelt(env), ...issues.map((issue) => ({ ...issue, path: toVariables(issue.path) }))];
  if (config === undefined || all.length > 0) throw new ConfigError(all);
  // The form was refused if a required part was missing.
  return config as ConfigWith<Required>;
}

function toVariables(path: ConfigIssue['path']): ConfigIssue['path'] {
  const [name, ...rest] = path;
  const field = fieldNames().find((known) => known === name);
  return field === undefined ? path : [formFields[field].variable, ...rest];
}

function misspelt(env: Readonly<Record<string, string | undefined>>): ConfigIssue[] {
  const known = fieldNames().map((name) => formFields[name].variable as string);
  return Object.keys(env).flatMap((name) => {
    if (!/^CHATGPT_[A-Z0-9_]{1,40}$/.test(name) || known.includes(name)) return [];
    const meant = nearestKey(
      name.slice('CHATGPT_'.length),
      known.map((variable) => variable.slice('CHATGPT_'.length)),
    );
    if (meant === undefined) return [];
    const suggestion = `CHATGPT_${meant}`;
    return [
      {
        code: 'unknown_key' as const,
        path: [name],
        message: `There is no such variable; the nearest is ${suggestion}.`,
        remedy: `Rename it to ${suggestion}, or unset it.`,
        suggestion,
      },
    ];
  });
}

function fieldNames(): FormFieldName[] {
  return Object.keys(formFields) as FormFieldName[];
}
