import type { FormFieldName } from '../errors/input-errors.js';
import { isRecord, ownCopy } from '../internal/json.js';
import { redacted } from '../internal/redacted.js';
import { holdsSecret } from './fields/secret.js';
import { splitWorkspaceIds } from './fields/workspace-ids.js';
import type { ConnectionConfig, FieldReport } from './form.js';
import { fieldNames, isTooLong, readField } from './form-fields.js';

/** A copy of a connection form that may be logged. */
export type RedactedConnectionConfig = { readonly [Field in FormFieldName]?: string | boolean | readonly string[] };

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

/**
 * Makes what prints the config or turns it into JSON do so redacted. Its properties stay what they were to whoever reads or
 * copies them: no key is added.
 */
export function printRedacted<Config extends ConnectionConfig>(config: Config): Config {
  for (const name of ['scimToken', 'complianceApiKey'] as const) {
    const { [name]: secret } = config;
    // Getters: `console.dir` asks no object how it is printed, and calls none of them.
    if (secret !== undefined) Object.defineProperty(config, name, { get: () => secret });
  }
  const toJSON = () => redactConnectionConfig(config);
  // A text, which is printed as it is: Node and Bun take an object too, Deno none.
  const value = () => JSON.stringify(toJSON(), undefined, 2);
  return Object.defineProperties(config, {
    toJSON: { value: toJSON },
    [Symbol.for('nodejs.util.inspect.custom')]: { value },
    [Symbol.for('Deno.customInspect')]: { value },
  });
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
