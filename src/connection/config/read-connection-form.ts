import type { ConfigIssue } from '../../errors/input-errors.js';
import type { ConnectionConfig } from '../connection-config.js';
import { assembleConfig, type ReadFields } from './assemble-config.js';
import { type ConnectionPart, checkParts } from './check-parts.js';
import type { ConfigWarning } from './config-warning.js';
import type { FieldReport } from './field-report.js';
import type { FormFieldName } from './form-fields.js';
import { nearestKey } from './nearest-key.js';
import { readCheckbox } from './read-checkbox.js';
import { readComplianceBaseUrl } from './read-compliance-base-url.js';
import { readOrganizationId } from './read-organization-id.js';
import { readScimBaseUrl } from './read-scim-base-url.js';
import { readSecret } from './read-secret.js';
import { readWorkspaceIds } from './read-workspace-ids.js';
import { secretKind } from './secret-kind.js';

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

type ReadField = (value: unknown, report: FieldReport, rules: ConnectionFormRules) => unknown;

/** How each field is read, in the order of the form. */
export const fieldReaders: Readonly<Record<FormFieldName, ReadField>> = {
  scimBaseUrl: (value, report, rules) => readScimBaseUrl(value, report, rules.dangerouslyAllowHttpLoopback),
  scimToken: readSecret,
  provisioning: readCheckbox,
  deprovisioning: readCheckbox,
  complianceApiKey: readSecret,
  workspaceIds: (value, report, rules) => readWorkspaceIds(value, report, rules.allowUnknownWorkspaceIdForms),
  organizationId: readOrganizationId,
  complianceBaseUrl: (value, report, rules) => readComplianceBaseUrl(value, report, rules.dangerouslyAllowHttpLoopback),
};

/** Reads a form field by field, then as a whole. Every problem is told, in the order of the form. */
export function readConnectionForm(input: unknown, rules: ConnectionFormRules = {}): FormReading {
  const issues: ConfigIssue[] = [];
  const warnings: ConfigWarning[] = [];
  if (!isForm(input)) {
    const message = 'This is no object with fields.';
    const remedy = 'Give an object, such as Object.fromEntries(formData).';
    return { issues: [{ code: 'not_an_object', path: [], message, remedy }], warnings };
  }
  const values: Record<string, unknown> = {};
  for (const [name, read] of Object.entries(fieldReaders)) {
    const pathTo = (index: number | undefined) => (index === undefined ? [name] : [name, index]);
    const problemsBefore = issues.length;
    const value = read(
      input[name],
      {
        problem: (code, message, remedy, { index, suggestion } = {}) =>
          issues.push({
            code,
            path: pathTo(index),
            message,
            remedy,
            ...(suggestion !== undefined && { suggestion }),
          }),
        warning: (code, message, index) => warnings.push({ code, path: pathTo(index), message }),
      },
      rules,
    );
    // Given, and wrong: not to be called missing.
    values[name] = issues.length > problemsBefore ? null : value;
  }
  checkParts(values, rules.require ?? [], (path, code, message, remedy) =>
    issues.push({ code, path, message, remedy }),
  );
  const order = Object.keys(fieldReaders);
  issues.sort((one, other) => order.indexOf(String(one.path[0])) - order.indexOf(String(other.path[0])));
  issues.push(...Object.keys(input).flatMap((key) => (order.includes(key) ? [] : [unknownKey(key, order)])));
  // A field that was refused is null; then there is an issue too.
  return issues.length > 0 ? { issues, warnings } : { config: assembleConfig(values as ReadFields), issues, warnings };
}

/** An object with fields. A `FormData` or a `Map` would look like one without any. */
function isForm(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(Symbol.iterator in value);
}

function unknownKey(key: string, known: readonly string[]): ConfigIssue {
  const nearest = nearestKey(key, known);
  // A key may be a value that slipped.
  const shown = /^[A-Za-z_]\w{0,30}$/.test(key) && secretKind(key) === 'unknown' ? key : '[…]';
  return {
    code: 'unknown_key',
    path: [shown],
    message: `There is no such field${nearest === undefined ? '' : `; the nearest is ${nearest}`}.`,
    remedy: nearest === undefined ? 'Remove it.' : `Rename it to ${nearest}, or remove it.`,
    ...(nearest !== undefined && { suggestion: nearest }),
  };
}
