import { read } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { isRecord, ownCopy } from '../internal/json.js';
import { isShownId } from '../transport/principal-keys.js';
import type { ConnectionConfig } from './form.js';
import { fieldNames } from './form-fields.js';

/**
 * The config that a connection keeps: what the caller does later to theirs, or to a list or a record in it, must send no key
 * to another workspace. @throws InputError for keys that no form would have given.
 */
export function ownConfig(given: unknown): ConnectionConfig {
  // What is no object has neither half, and is told so.
  const config = ownCopy((isRecord(given) ? given : {}) as unknown as ConnectionConfig, fieldNames);
  for (const name of ['scimToken', 'complianceApiKey', 'platformApiKey'] as const) refuseFunction(config[name], [name]);
  const { workspaceIds, complianceApiKeys } = config;
  const copy = {
    ...config,
    // What is no list is refused by the client.
    workspaceIds: Array.isArray(workspaceIds) ? [...workspaceIds] : workspaceIds,
    complianceApiKeys: ownKeys(complianceApiKeys),
  };
  // Each field holds what it held.
  return copy as ConnectionConfig;
}

function ownKeys(given: unknown): Readonly<Record<string, unknown>> | undefined {
  if (given === undefined) return undefined;
  if (!isRecord(given)) {
    throw new InputError('`complianceApiKeys` must be an object with a key for each workspace.', {
      path: ['complianceApiKeys'],
      remedy: 'Read the form with parseConnectionConfig, which takes a text too.',
    });
  }
  const keys = read('`complianceApiKeys`', () => ({ ...given }));
  for (const [index, [id, key]] of Object.entries(keys).entries()) {
    refuseFunction(key, ['complianceApiKeys', isShownId(id) ? id : index]);
  }
  return keys;
}

function refuseFunction(secret: unknown, path: readonly (string | number)[]): void {
  if (typeof secret !== 'function') return;
  throw new InputError(`\`${path[0]}\` has a function where a secret belongs.`, {
    path,
    remedy:
      'Give the text itself. Functions that bring secrets are for ScimClient (`token`) and AuditLogClient (`apiKey`).',
  });
}
