import { InputError } from '../errors/input-errors.js';
import { isRecord } from '../internal/is-record.js';

const permissions = ['provisioning', 'deprovisioning'];

/**
 * Refuses what JavaScript may give and the types forbid: a misspelt permission would make a client that can only read.
 *
 * @throws InputError
 */
export function checkClientOptions(options: unknown): void {
  if (!isRecord(options) || options.baseUrl === undefined) {
    throw new InputError('`baseUrl` is missing.', {
      path: ['baseUrl'],
      remedy: 'Write `new ScimClient({ baseUrl, token })`, with the SCIM URL as the set-up page shows it.',
    });
  }
  const access = options.access ?? {};
  const isAccess = isRecord(access) && Object.keys(access).every((key) => permissions.includes(key));
  if (!isAccess) {
    throw new InputError('`access` does not say what the client may change.', {
      path: ['access'],
      remedy: 'Write `{ provisioning: true }`, `{ deprovisioning: true }`, or both.',
    });
  }
}
