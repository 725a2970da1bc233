import { InputError } from '../errors/input-error.js';
import { isRecord } from '../internal/is-record.js';
import { nearestKey } from './config/nearest-key.js';

const known =
  'scim auditLogs fetch signal clock random rateLimit timeoutMs deadlineMs maxRetries maxResponseBytes headers onEvent dangerouslyAllowHttpLoopback'.split(
    ' ',
  );

/**
 * Refuses what is no config, and what is no option: a `fecth` that is passed over would send a test to the real service.
 *
 * @throws InputError
 */
export function checkArguments(config: unknown, options: unknown): void {
  if (!isRecord(config) || !isRecord(options)) {
    const [name, verb] = isRecord(config) ? ['options', 'are'] : ['config', 'is'];
    throw new InputError(`The ${name} ${verb} not an object.`, {
      path: [name],
      remedy: 'Give what parseConnectionConfig returns, and options after it.',
    });
  }
  for (const key of Object.keys(options)) {
    if (known.includes(key)) continue;
    const meant = nearestKey(key, known);
    throw new InputError(`\`${key.slice(0, 40)}\` is not an option of connect().`, {
      path: [key.slice(0, 40)],
      remedy: meant === undefined ? `There are: ${known.join(', ')}.` : `Write \`${meant}\`.`,
    });
  }
}
