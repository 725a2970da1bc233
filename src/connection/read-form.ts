import type { ConfigIssue, FormFieldName } from '../errors/input-errors.js';
import { nearestWord } from '../errors/nearest-word.js';
import { secretKind } from '../errors/remedies/key-kind.js';
import { ownCopy } from '../internal/json.js';
import type { ConfigWarning, ConnectionConfig, FormRules, NameOfField } from './form.js';
import { fieldNames, formFields, readField } from './form-fields.js';
import { doubtsOfWhole, type FormValues, principalsOf, problemsOfWhole } from './form-problems.js';
import { printRedacted } from './redact.js';

export interface FormReading {
  /** Absent where there are issues. */
  readonly config?: ConnectionConfig;
  readonly issues: readonly ConfigIssue[];
  readonly warnings: readonly ConfigWarning[];
}

/** Where the values come from. */
export interface FormSource {
  readonly nameOf: NameOfField;
  /** Fields that are filled in under a name which is nearly theirs: that is told, and they are not called missing. */
  readonly misspelt: ReadonlySet<FormFieldName>;
}

function nameInForm(field: FormFieldName): string {
  return `the field ${formFields[field].title}`;
}

// Whoever sends a million of them reads no further.
const mostUnknownKeys = 100;
const mostProblems = 100;

/**
 * Reads a form field by field, then as a whole. Every problem is told, in the order of the form, and none hides another: a
 * field that was refused is `null`, so that it is not called missing, and is looked at no further.
 */
export function readConnectionForm(
  input: unknown,
  given: FormRules = {},
  { nameOf, misspelt }: FormSource = { nameOf: nameInForm, misspelt: new Set() },
): FormReading {
  // A `FormData` or a `Map` would look like an object without fields.
  if (typeof input !== 'object' || input === null || Symbol.iterator in input) {
    const remedy = 'Pass an object, such as Object.fromEntries(formData).';
    return { issues: [{ code: 'not_an_object', path: [], message: 'Expected an object.', remedy }], warnings: [] };
  }
  const rules = ownCopy(given, ['require', 'allowUnknownWorkspaceIdForms', 'dangerouslyAllowHttpLoopback']);
  const fields = ownCopy<Readonly<Record<string, unknown>>>({ ...input }, fieldNames);
  const issues: ConfigIssue[] = [];
  const warnings: ConfigWarning[] = [];
  const values: FormValues = Object.fromEntries(
    fieldNames.map((name) => {
      const found = readOne(name, fields[name], rules, { onWarning: (warning) => warnings.push(warning), nameOf });
      issues.push(...found.problems.slice(0, mostProblems));
      return [name, found.problems.length > 0 ? null : found.value];
    }),
  );
  const known: readonly string[] = fieldNames;
  const unknown = Object.keys(fields).filter((key) => !known.includes(key));
  const told = unknown.slice(0, mostUnknownKeys).map(unknownKey);
  const meant = told.flatMap(({ suggestion }) => fieldNames.find((name) => name === suggestion) ?? []);
  const whole = problemsOfWhole(values, {
    required: rules.require ?? [],
    misspelt: new Set([...misspelt, ...meant]),
    nameOf,
  });
  if (issues.length === 0 && whole.length === 0 && unknown.length === 0)
    warnings.push(...doubtsOfWhole(values, nameOf));
  issues.push(...whole);
  const order = ({ path: [field] }: ConfigIssue) => known.indexOf(String(field));
  issues.sort((one, other) => order(one) - order(other));
  issues.push(...told);
  return issues.length > 0 ? { issues, warnings } : { config: assembleConfig(values), issues, warnings };
}

/** One field: what people and programs put into it is wider than its JSON Schema. */
function readOne(
  name: FormFieldName,
  given: unknown,
  rules: FormRules,
  { onWarning, nameOf }: Pick<FormSource, 'nameOf'> & { readonly onWarning: (warning: ConfigWarning) => void },
) {
  const problems: ConfigIssue[] = [];
  const value = readField(
    name,
    given,
    {
      problem: (code, message, remedy, { index, suggestion } = {}) => {
        const path = index === undefined ? [name] : [name, index];
        problems.push({ code, field: name, path, message, remedy, ...(suggestion !== undefined && { suggestion }) });
        return undefined;
      },
      warning: (code, message, index) =>
        onWarning({ code, field: name, path: index === undefined ? [name] : [name, index], message }),
      nameOf,
    },
    rules,
  );
  return { value, problems };
}

function unknownKey(key: string): ConfigIssue {
  const nearest = nearestField(key);
  // A key may be a value that slipped.
  const shown = /^[A-Za-z_]\w{0,30}$/.test(key) && secretKind(key) === 'unknown' ? key : '[…]';
  return {
    code: 'unknown_key',
    path: [shown],
    message: `Unknown field${nearest === undefined ? '' : `; the nearest is ${nearest}`}.`,
    remedy: nearest === undefined ? 'Remove it.' : `Rename it to ${nearest}, or remove it.`,
    ...(nearest !== undefined && { suggestion: nearest }),
  };
}

/** The field that was probably meant. `scimUrll` is nearer to the title of one than to any name. */
export function nearestField(key: string): FormFieldName | undefined {
  const titles = fieldNames.map((name) => formFields[name].title);
  const nearest = nearestWord(key, fieldNames) ?? nearestWord(key, titles);
  return fieldNames.find((name) => name === nearest || formFields[name].title === nearest);
}

/** No key is there without a value. */
function assembleConfig(values: FormValues): ConnectionConfig {
  const fields = ownCopy(values, fieldNames);
  const { scimBaseUrl, scimToken, provisioning, deprovisioning, ...rest } = fields;
  const scim = scimToken !== undefined && { scimBaseUrl, scimToken, provisioning, deprovisioning };
  const { complianceApiKey, complianceApiKeys, complianceBaseUrl, platformApiKey, platformBaseUrl } = rest;
  const { platformOrganizationId, platformIncludeTenant } = rest;
  const { workspaceIds, organizationIds } = principalsOf(fields);
  const [organizationId] = organizationIds;
  const compliance = (complianceApiKey !== undefined || complianceApiKeys !== undefined) && {
    ...(complianceApiKey !== undefined && { complianceApiKey }),
    ...(complianceApiKeys !== undefined && { complianceApiKeys }),
    workspaceIds,
    ...(organizationId !== undefined && { organizationId }),
    ...(complianceBaseUrl !== undefined && { complianceBaseUrl }),
  };
  const platform = platformApiKey !== undefined && {
    platformApiKey,
    platformOrganizationId,
    platformIncludeTenant,
    ...(platformBaseUrl !== undefined && { platformBaseUrl }),
  };
  // Each field was read by its reader, and a form with nothing in it was refused.
  return printRedacted({ ...scim, ...compliance, ...platform } as ConnectionConfig);
}
