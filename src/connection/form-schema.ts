import * as z from 'zod/mini';
import type { ConfigIssue, FormFieldName } from '../errors/input-errors.js';
import { nearestWord } from '../errors/nearest-word.js';
import { secretKind } from '../errors/remedies/key-kind.js';
import { ownCopy } from '../internal/json.js';
import type { Schema } from '../internal/schema.js';
import type { ConfigWarning, ConnectionConfig, ConnectionConfigInput, FormRules, NameOfField } from './form.js';
import { fieldNames, formFields, formWords, readField } from './form-fields.js';
import { doubtsOfWhole, type FormValues, principalsOf, problemsOfWhole } from './form-problems.js';
import { printRedacted } from './redact.js';

/**
 * The connection form as a zod schema: takes what was filled in, gives a {@link ConnectionConfig}. Declared as a Standard
 * Schema, which form libraries and API frameworks accept; as a part of a larger zod schema it works too. It reads as
 * {@link safeParseConnectionConfig} does. Each issue's `params` hold its code, its remedy and what was probably meant.
 */
export const connectionConfigSchema: Schema<ConnectionConfig, ConnectionConfigInput> =
  /* @__PURE__ */ createFormSchema() as unknown as Schema<ConnectionConfig, ConnectionConfigInput>;

interface FormReading {
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

/** Reads a form. Every problem is told, in the order of the form. */
export function readConnectionForm(input: unknown, rules: FormRules, source?: FormSource): FormReading {
  const warnings: ConfigWarning[] = [];
  const { data, error } = z.safeParse(
    createFormSchema(rules, (warning) => warnings.push(warning), source),
    input,
  );
  if (error === undefined) return { config: data, issues: [], warnings };
  // Every one of them was made of a ConfigIssue.
  const found = error.issues as unknown as readonly {
    path: PropertyKey[];
    message: string;
    params: Pick<ConfigIssue, 'code' | 'field' | 'remedy' | 'suggestion'>;
  }[];
  const issues = found.map(({ path, message, params }) => ({ ...params, path: path as ConfigIssue['path'], message }));
  return { issues, warnings };
}

/**
 * Reads a form field by field, then as a whole. No problem hides another: a field that was refused is `null`, so that it is
 * not called missing, and is looked at no further.
 */
function createFormSchema(
  given: FormRules = {},
  onWarning: (warning: ConfigWarning) => void = () => {},
  { nameOf, misspelt }: FormSource = { nameOf: nameInForm, misspelt: new Set() },
) {
  const rules = ownCopy(given, ['require', 'allowUnknownWorkspaceIdForms', 'dangerouslyAllowHttpLoopback']);
  const shape = Object.fromEntries(
    fieldNames.map((name) => [name, createFieldSchema(name, rules, { onWarning, nameOf })]),
  );
  const form = z
    .strictObject(shape)
    .register(z.globalRegistry, formWords)
    .check(({ value, issues }) => {
      const unknown = issues.flatMap((found) => (found.code === 'unrecognized_keys' ? found.keys : []));
      const known = issues.filter(({ code }) => code !== 'unrecognized_keys');
      const told = unknown.slice(0, mostUnknownKeys).map(unknownKey);
      const meant = told.flatMap(({ suggestion }) => fieldNames.find((name) => name === suggestion) ?? []);
      const whole = problemsOfWhole(value, {
        required: rules.require ?? [],
        misspelt: new Set([...misspelt, ...meant]),
        nameOf,
      });
      if (issues.length === 0 && whole.length === 0) for (const doubt of doubtsOfWhole(value, nameOf)) onWarning(doubt);
      const all = [...known, ...whole.map(toZodIssue)];
      const order = ({ path = [] }: ZodIssue) => fieldNames.indexOf(path[0] as FormFieldName);
      all.sort((one, other) => order(one) - order(other));
      issues.splice(0, issues.length, ...all, ...told.map(toZodIssue));
    });
  return z.pipe(z.pipe(z.transform(refuseOtherValues), form), z.transform(assembleConfig));
}

// Whoever sends a million of them reads no further.
const mostUnknownKeys = 100;
const mostProblems = 100;

type ZodIssue = z.core.$ZodRawIssue;

function toZodIssue({ path, message, ...params }: ConfigIssue): ZodIssue {
  // `continue`: the form is looked at as a whole all the same.
  return { code: 'custom', path: [...path], message, params, input: undefined, continue: true };
}

/** What people and programs put into a field is wider than its JSON Schema: its reader takes anything. */
function createFieldSchema(
  name: FormFieldName,
  rules: FormRules,
  { onWarning, nameOf }: Pick<FormSource, 'nameOf'> & { readonly onWarning: (warning: ConfigWarning) => void },
) {
  const { title, description, schema } = formFields[name];
  const input = z.any().register(z.globalRegistry, { title, description, ...schema });
  const transform = z.transform((given: unknown, { issues }) => {
    const problems: ConfigIssue[] = [];
    const value = readField(
      name,
      given,
      {
        problem: (code, message, remedy, { index, suggestion } = {}) => {
          const path = index === undefined ? [] : [index];
          problems.push({ code, field: name, path, message, remedy, ...(suggestion !== undefined && { suggestion }) });
          return undefined;
        },
        warning: (code, message, index) =>
          onWarning({ code, field: name, path: index === undefined ? [name] : [name, index], message }),
        nameOf,
      },
      rules,
    );
    issues.push(...problems.slice(0, mostProblems).map(toZodIssue));
    return problems.length > 0 ? null : value;
  });
  return z.pipe(z.optional(input), transform);
}

/** Lets nothing through but an object with fields. A `FormData` or a `Map` would look like one without any. */
function refuseOtherValues(input: unknown, { issues }: { readonly issues: ZodIssue[] }): unknown {
  if (typeof input === 'object' && input !== null && !(Symbol.iterator in input)) return ownCopy(input, fieldNames);
  const remedy = 'Pass an object, such as Object.fromEntries(formData).';
  issues.push(toZodIssue({ code: 'not_an_object', path: [], message: 'Expected an object.', remedy }));
  return input;
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
  const { complianceApiKey, complianceApiKeys, complianceBaseUrl } = rest;
  const { workspaceIds, organizationIds } = principalsOf(fields);
  const [organizationId] = organizationIds;
  const compliance = (complianceApiKey !== undefined || complianceApiKeys !== undefined) && {
    ...(complianceApiKey !== undefined && { complianceApiKey }),
    ...(complianceApiKeys !== undefined && { complianceApiKeys }),
    workspaceIds,
    ...(organizationId !== undefined && { organizationId }),
    ...(complianceBaseUrl !== undefined && { complianceBaseUrl }),
  };
  // Each field was read by its reader, and a form with neither half was refused.
  return printRedacted({ ...scim, ...compliance } as ConnectionConfig);
}
