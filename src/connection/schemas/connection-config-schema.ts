import * as z from 'zod/mini';
import type { ConfigIssue } from '../../errors/config-error.js';
import type { Schema } from '../../internal/schema.js';
import { assembleConfig, type ReadFields } from '../config/assemble-config.js';
import { type ConnectionPart, checkParts } from '../config/check-parts.js';
import type { ConfigWarning } from '../config/config-warning.js';
import type { FieldReport } from '../config/field-report.js';
import { type FormFieldName, formFields } from '../config/form-fields.js';
import { nearestKey } from '../config/nearest-key.js';
import { readCheckbox } from '../config/read-checkbox.js';
import { readComplianceBaseUrl } from '../config/read-compliance-base-url.js';
import { readOrganizationId } from '../config/read-organization-id.js';
import { readScimBaseUrl } from '../config/read-scim-base-url.js';
import { readSecret } from '../config/read-secret.js';
import { readWorkspaceIds } from '../config/read-workspace-ids.js';
import type { ConnectionConfig, ConnectionConfigInput } from '../connection-config.js';

/** How strictly a form is read. */
export interface ConnectionFormRules {
  readonly require?: readonly ConnectionPart[] | undefined;
  readonly allowUnknownWorkspaceIdForms?: boolean | undefined;
  readonly dangerouslyAllowHttpLoopback?: boolean | undefined;
}

/** What became of a form. */
export interface FormReading {
  /** Absent where there are issues. */
  readonly config?: ConnectionConfig;
  readonly issues: readonly ConfigIssue[];
  readonly warnings: readonly ConfigWarning[];
}

function buildSchema(rules: ConnectionFormRules, warn: (warning: ConfigWarning) => void) {
  const {
    require: required = [],
    allowUnknownWorkspaceIdForms: anyForm = false,
    dangerouslyAllowHttpLoopback: loopback = false,
  } = rules;

  const field = <T>(name: FormFieldName, read: (value: unknown, report: FieldReport) => T) =>
    z
      .optional(
        z.pipe(
          z.custom<unknown>(),
          z.transform((value, { issues }) => {
            const problems = issues.length;
            const result = read(value, {
              problem: (code, message, remedy, { index, suggestion } = {}) =>
                issues.push({
                  code: 'custom',
                  path: index === undefined ? [] : [index],
                  message,
                  input: undefined,
                  // The other fields are read all the same.
                  continue: true,
                  params: { code, remedy, ...(suggestion !== undefined && { suggestion }) },
                }),
              warning: (code, message, index) =>
                warn({ code, path: index === undefined ? [name] : [name, index], message }),
            });
            return issues.length > problems ? null : result;
          }),
        ),
      )
      .check(
        z.meta({
          title: formFields[name].title,
          description: formFields[name].description,
          ...formFields[name].schema,
        }),
      );

  const form = z
    .strictObject({
      scimBaseUrl: field('scimBaseUrl', (value, report) => readScimBaseUrl(value, report, loopback)),
      scimToken: field('scimToken', readSecret),
      provisioning: field('provisioning', readCheckbox),
      deprovisioning: field('deprovisioning', readCheckbox),
      complianceApiKey: field('complianceApiKey', readSecret),
      workspaceIds: field('workspaceIds', (value, report) => readWorkspaceIds(value, report, anyForm)),
      organizationId: field('organizationId', readOrganizationId),
      complianceBaseUrl: field('complianceBaseUrl', (value, report) => readComplianceBaseUrl(value, report, loopback)),
    })
    .check(
      z.check(
        ({ value, issues }) =>
          checkParts(value, required, (path, code, message, remedy) =>
            issues.push({ code: 'custom', path: [...path], message, input: undefined, params: { code, remedy } }),
          ),
        // Also after a field or a key was refused: a person wants to hear of everything at once.
        { when: () => true },
      ),
    );

  return z.pipe(
    z.custom<unknown>(isForm),
    // A field that was refused is null; then nothing comes as far as this.
    z.pipe(
      form,
      z.transform((fields) => assembleConfig(fields as ReadFields)),
    ),
  );
}

/** An object with fields. A `FormData` or a `Map` would look like one without any. */
function isForm(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !(Symbol.iterator in value);
}

/**
 * The connection form as a schema: reads what was filled in, gives a {@link ConnectionConfig}.
 *
 * A zod schema, declared as a Standard Schema, for form libraries and API frameworks; {@link safeParseConnectionConfig}
 * says more, with less ado. Each issue's `params` hold its code and its remedy.
 *
 * @example
 * ```ts
 * import { connectionConfigSchema } from 'chatgpt-enterprise-sdk';
 *
 * const result = await connectionConfigSchema['~standard'].validate({ scimBaseUrl: 'https://scim.example/v2', scimToken: 'se_1234' });
 * console.log(result.issues ?? 'the form is right');
 * ```
 */
export const connectionConfigSchema: Schema<ConnectionConfig, ConnectionConfigInput> = /* @__PURE__ */ buildSchema(
  {},
  () => {},
) as never;

/** Runs the schema, and keeps what a schema has no place for: warnings, codes, remedies. */
export function readConnectionForm(input: unknown, rules: ConnectionFormRules = {}): FormReading {
  const warnings: ConfigWarning[] = [];
  const result = z.safeParse(
    buildSchema(rules, (warning) => warnings.push(warning)),
    input,
  );
  return result.success
    ? { config: result.data, issues: [], warnings }
    : { issues: result.error.issues.flatMap(toConfigIssues), warnings };
}

function toConfigIssues(issue: z.core.$ZodIssue): ConfigIssue[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map(unknownKey);
  const { code, remedy, suggestion } = (issue.code === 'custom' ? (issue.params ?? {}) : {}) as Partial<ConfigIssue>;
  if (code === undefined || remedy === undefined) {
    return [
      {
        code: 'not_an_object',
        path: [],
        message: 'This is not a form: an object with fields is needed.',
        remedy: 'Give an object. Turn a FormData into one by Object.fromEntries(formData).',
      },
    ];
  }
  return [
    {
      code,
      path: issue.path.filter((part) => typeof part !== 'symbol'),
      message: issue.message,
      remedy,
      ...(suggestion !== undefined && { suggestion }),
    },
  ];
}

function unknownKey(key: string): ConfigIssue {
  const nearest = nearestKey(key, Object.keys(formFields));
  // A key may be a value that slipped.
  const shown = /^[A-Za-z_]\w{0,30}$/.test(key) && !/^s[ek]_/i.test(key) ? key : '[…]';
  return {
    code: 'unknown_key',
    path: [shown],
    message: `There is no such field${nearest === undefined ? '' : `; the nearest is ${nearest}`}.`,
    remedy: nearest === undefined ? 'Remove it.' : `Rename it to ${nearest}, or remove it.`,
    ...(nearest !== undefined && { suggestion: nearest }),
  };
}
