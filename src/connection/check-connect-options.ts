import { InputError } from '../errors/input-error.js';
import { nearestKey } from './config/nearest-key.js';

const known =
  'scim auditLogs fetch signal clock random rateLimit timeoutMs deadlineMs maxRetries maxResponseBytes headers onEvent dangerouslyAllowHttpLoopback'.split(
    ' ',
  );

/**
 * Refuses what is no option: a `fecth` that is passed over would send a test to the real service.
 *
 * @throws InputError
 */
export function checkConnectOptions(options: object): void {
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    const meant = nearestKey(key, known);
    throw new InputError(`\`${key.slice(0, 40)}\` is not an option of connect().`, {
      path: [key.slice(0, 40)],
      remedy: meant === undefined ? 'Remove it.' : `Write \`${meant}\`.`,
    });
  }
}
