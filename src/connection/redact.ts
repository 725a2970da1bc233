import type { FormFieldName } from '../errors/input-errors.js';
import { isRecord, ownCopy } from '../internal/json.js';
import { redacted } from '../internal/redacted.js';
import { isOrganizationId } from './compliance-keys.js';
import { holdsSecret } from './fields/secret.js';
import { splitWorkspaceIds } from './fields/workspace-ids.js';
import type { ConnectionConfig, FieldReport } from './form.js';
import { fieldNames, isTooLong, readField } from './form-fields.js';

/** A copy of a connection form that may be logged. */
export type RedactedConnectionConfig = {
  readonly [Field in FormFieldName]?: string | boolean | readonly string[] | Readonly<Record<string, string>>;
};

/**
 * Makes a copy of a config, or of a form as it was filled in, for logs and support tickets. Secrets become `[redacted]`, and
 * so does everything that is not what its field should hold: a secret in the wrong field does not get through either.
 */
export function redactConnectionConfig(config: unknown): RedactedConnectionConfig {
  if (!isRecord(config)) return {};
  const form = ownCopy(config, fieldNames);
  const single = singleSecrets.map((name) => form[name]);
  const secrets = [...single, ...secretsAmong(form.complianceApiKeys)].flatMap((value) =>
    typeof value === 'string' && value.trim() !== '' ? [value.trim().toLowerCase()] : [],
  );
  const show = (name: FormFieldName, value: unknown): string | boolean => {
    const read = secretFields.includes(name) ? undefined : readQuietly(name, value);
    const good = Array.isArray(read) ? read[0] : read;
    if (typeof good === 'boolean') return good;
    if (typeof good !== 'string') return redacted;
    const mayHoldSecret = holdsSecret(good) || secrets.some((secret) => good.toLowerCase().includes(secret));
    return mayHoldSecret ? redacted : good.replace(/\?.*$/s, `?${redacted}`);
  };
  const copy: { -readonly [Field in FormFieldName]?: RedactedConnectionConfig[Field] } = {};
  for (const name of fieldNames) {
    const value = form[name];
    if (value === undefined || value === null || value === '') continue;
    if (name === 'complianceApiKeys' && isRecord(value) && !isTooLong(name, value)) {
      // Whose key there is, says what a support ticket needs; what is no id may be a key.
      const ids = Object.keys(value).map((id) => show(isOrganizationId(id) ? 'organizationId' : 'workspaceIds', id));
      copy[name] = Object.fromEntries(ids.map((id) => [String(id), redacted]));
    } else {
      copy[name] =
        name === 'workspaceIds' && !isTooLong(name, value)
          ? entriesOf(value).map((entry) => show(name, entry) as string)
          : show(name, value);
    }
  }
  return copy;
}

const singleSecrets = ['scimToken', 'complianceApiKey', 'platformApiKey'] as const;
const secretFields: readonly FormFieldName[] = [...singleSecrets, 'complianceApiKeys'];
// As many as there are workspaces in the longest list.
const mostSecrets = 1_000;

function secretsAmong(keys: unknown): readonly unknown[] {
  if (isTooLong('complianceApiKeys', keys)) return [];
  const words = typeof keys === 'string' ? keys.split(/[\s,;:=|\\]+/) : isRecord(keys) ? Object.values(keys) : [];
  // A word that is too short to be a secret may be a part of anything.
  return words
    .filter((word) => typeof word === 'string' && word.length >= 8 && !isWorkspaceId(word))
    .slice(0, mostSecrets);
}

function isWorkspaceId(word: string): boolean {
  return readQuietly('workspaceIds', word) !== undefined;
}

/**
 * Makes what prints the config or turns it into JSON do so redacted. Its properties stay what they were to whoever reads or
 * copies them: no key is added.
 */
export function printRedacted<Config extends ConnectionConfig>(config: Config): Config {
  const { complianceApiKeys } = ownCopy(config, fieldNames);
  hideFromConsole(config, singleSecrets);
  if (complianceApiKeys !== undefined) hideFromConsole(complianceApiKeys, Object.keys(complianceApiKeys));
  const toJSON = () => redactConnectionConfig(config);
  if (complianceApiKeys !== undefined) printAs(complianceApiKeys, () => toJSON().complianceApiKeys);
  return printAs(config, toJSON);
}

// Getters: `console.dir` asks no object how it is printed, and calls none of them.
function hideFromConsole(whole: object, names: readonly string[]): void {
  for (const name of names) {
    const secret: unknown = Object.hasOwn(whole, name) ? Reflect.get(whole, name) : undefined;
    if (secret !== undefined) Object.defineProperty(whole, name, { get: () => secret });
  }
}

function printAs<Whole extends object>(whole: Whole, show: () => unknown): Whole {
  // A text, which is printed as it is: Node and Bun take an object too, Deno none.
  const value = () => JSON.stringify(show(), undefined, 2);
  return Object.defineProperties(whole, {
    toJSON: { value: show },
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
  const report: FieldReport = { problem, warning: () => {}, nameOf: (field) => field };
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
