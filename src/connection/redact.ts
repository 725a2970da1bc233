import { isRecord, ownCopy } from '../internal/json.js';
import { holdsSecret } from './fields/secret.js';
import { splitWorkspaceIds } from './fields/workspace-ids.js';
import type { FieldReport, FormFieldName } from './form.js';
import { fieldNames, isTooLong, readField } from './form-schema.js';

/** A copy of a connection form that may be logged. */
export type RedactedConnectionConfig = { readonly [Field in FormFieldName]?: string | boolean | readonly string[] };

const redacted = '[redacted]';

/**
 * Makes a copy of a config, or of a form as it was filled in, for logs and support tickets. Secrets become `[redacted]`, and
 * so does everything that is not what its field should hold: a secret in the wrong field does not get through either.
 */
export function redactConnectionConfig(config: unknown): RedactedConnectionConfig {
  if (!isRecord(config)) return {};
  const form = ownCopy(config, fieldNames);
  const secrets = [form.scimToken, form.complianceApiKey].flatMap((value) =>
    typeof value === 'string' && value.trim() !== '' ? [value.trim().toLowerCase()] : [],
  );
  const show = (name: FormFieldName, value: unknown): string | boolean => {
    const read = name === 'scimToken' || name === 'complianceApiKey' ? undefined : readQuietly(name, value);
    const good = Array.isArray(read) ? read[0] : read;
    if (typeof good === 'boolean') return good;
    if (typeof good !== 'string') return redacted;
    const mayHoldSecret = holdsSecret(good) || secrets.some((secret) => good.toLowerCase().includes(secret));
    return mayHoldSecret ? redacted : good.replace(/\?.*$/s, `?${redacted}`);
  };
  const copy: Partial<Record<FormFieldName, string | boolean | readonly string[]>> = {};
  for (const name of fieldNames) {
    const value = form[name];
    if (value === undefined || value === null || value === '') continue;
    copy[name] =
      name === 'workspaceIds' && !isTooLong(name, value)
        ? entriesOf(value).map((entry) => show(name, entry) as string)
        : show(name, value);
  }
  return copy;
}

/** What the field holds, if it holds what it should. */
function readQuietly(name: FormFieldName, value: unknown): unknown {
  let isRight = true;
  const problem = (): undefined => {
    isRight = false;
  };
  const report: FieldReport = { problem, warning: () => {} };
  const result = readField(name, value, report, {
    allowUnknownWorkspaceIdForms: false,
    dangerouslyAllowHttpLoopback: true,
  });
  return isRight ? result : undefined;
}

function entriesOf(value: unknown): unknown[] {
  const parts: unknown[] = Array.isArray(value) ? value : [value];
  return parts.flatMap((part) => (typeof part === 'string' ? splitWorkspaceIds(part) : [part]));
}
