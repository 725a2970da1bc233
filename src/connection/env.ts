import { checkObject } from '../errors/check-options.js';
import { ConfigError, type ConfigIssue, type FormFieldName } from '../errors/input-errors.js';
import { letGo } from '../internal/callbacks.js';
import { fieldOfSecret } from './fields/secret.js';
import type { ConfigWarning } from './form.js';
import { fieldNames, formFields } from './form-fields.js';
import {
  type ConfigWith,
  checkParseOptions,
  type ParseConnectionConfigOptions,
  type RequiredPart,
} from './parse-form.js';
import { nearestField, readConnectionForm } from './read-form.js';

/**
 * Reads a connection from environment variables, given as an object: this library looks at no environment by itself.
 *
 * | Variable | Field |
 * | --- | --- |
 * | `CHATGPT_SCIM_BASE_URL` | SCIM URL |
 * | `CHATGPT_SCIM_TOKEN` | SCIM token |
 * | `CHATGPT_PROVISIONING` | `true` to allow creating and changing |
 * | `CHATGPT_DEPROVISIONING` | `true` to allow deactivating and deleting |
 * | `CHATGPT_COMPLIANCE_API_KEY` | Compliance API key |
 * | `CHATGPT_COMPLIANCE_API_KEYS` | keys of single workspaces: `workspace-id = key`, one a line, or separated by commas |
 * | `CHATGPT_WORKSPACE_IDS` | workspace ids, separated by commas |
 * | `CHATGPT_ORGANIZATION_ID` | organization id, optional |
 * | `CHATGPT_COMPLIANCE_BASE_URL` | another address of the Compliance API, optional |
 * | `CHATGPT_PLATFORM_API_KEY` | API Platform key, optional |
 * | `CHATGPT_PLATFORM_ORGANIZATION_ID` | whose log that key opens; required with it |
 * | `CHATGPT_PLATFORM_INCLUDE_TENANT` | `true` to read administration of the whole tenant too |
 * | `CHATGPT_PLATFORM_BASE_URL` | another address of the API Platform, such as that of a region, optional |
 *
 * Empty variables are absent. A misspelt name is a problem if the variable it resembles is not set, else a warning.
 *
 * @throws ConfigError, with the names of variables in place of fields. InputError for an unknown option.
 */
export function readConnectionConfigFromEnv<const Required extends RequiredPart = 'either'>(
  env: Readonly<Record<string, string | undefined>>,
  given: ParseConnectionConfigOptions<Required> = {},
): ConfigWith<Required> {
  checkObject('env', env);
  const options = checkParseOptions('readConnectionConfigFromEnv()', given);
  const form = Object.fromEntries(fieldNames.map((name) => [name, variable(env, formFields[name].variable)]));
  const { problems, unrecognized, misspelt } = findMisspelt(env);
  const nameOf = (field: FormFieldName) => formFields[field].variable;
  const { config, issues, warnings } = readConnectionForm(form, options, { nameOf, misspelt });
  for (const warning of warnings) letGo(options.onWarning?.({ ...warning, path: toVariables(warning.path) }));
  for (const warning of unrecognized) letGo(options.onWarning?.(warning));
  const all = [...problems, ...issues.map((issue) => ({ ...issue, path: toVariables(issue.path) }))];
  if (config === undefined || all.length > 0) throw new ConfigError(all);
  // The form was refused if a required part was missing.
  return config as ConfigWith<Required>;
}

function toVariables(path: ConfigIssue['path']): ConfigIssue['path'] {
  const [name, ...rest] = path;
  const field = fieldNames.find((known) => known === name);
  return field === undefined ? path : [formFields[field].variable, ...rest];
}

function variable(env: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  return Object.hasOwn(env, name) ? env[name] : undefined;
}

/** What is named nearly like one of ours: in its place, or beside it. */
function findMisspelt(env: Readonly<Record<string, string | undefined>>) {
  const known = fieldNames.map((name) => formFields[name].variable as string);
  const problems: ConfigIssue[] = [];
  const unrecognized: ConfigWarning[] = [];
  const misspelt = new Set<FormFieldName>();
  const isSet = (name: string) => String(variable(env, name) ?? '').trim() !== '';
  for (const name of Object.keys(env)) {
    if (!/^CHATGPT_[A-Z0-9_]{1,40}$/i.test(name) || known.includes(name) || !isSet(name)) continue;
    const nearest = nearestField(name.slice('CHATGPT_'.length));
    if (nearest === undefined) continue;
    const meant = fieldOf(nearest, variable(env, name));
    const suggestion = formFields[meant].variable;
    const path = [name];
    const message = `Unknown variable; the nearest is ${suggestion}`;
    if (isSet(suggestion)) {
      unrecognized.push({ code: 'unknown_variable', path, message: `${message}, which is set.` });
    } else {
      const remedy = `Rename it to ${suggestion}, or unset it.`;
      problems.push({ code: 'unknown_key', path, message: `${message}.`, remedy, suggestion });
      misspelt.add(meant);
    }
  }
  return { problems, unrecognized, misspelt };
}

/** A secret belongs where its first letters say, whatever its variable is called. */
function fieldOf(nearest: FormFieldName, value = ''): FormFieldName {
  const isOfOneSecret = nearest === 'scimToken' || nearest === 'complianceApiKey';
  return (isOfOneSecret ? fieldOfSecret(value.trim()) : undefined) ?? nearest;
}
