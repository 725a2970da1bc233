import { InputError } from '../errors/input-errors.js';
import type { Credential } from './transport.js';

/**
 * Brings the secret to send.
 *
 * @throws InputError when it cannot stand in a header; whatever the caller's function throws.
 */
export async function readCredential(credential: Credential, service: 'scim' | 'compliance'): Promise<string> {
  const secret = typeof credential === 'function' ? await credential() : credential;
  checkSecret(secret, service);
  return secret;
}

/** @throws InputError, which calls the secret as the options of its client do. */
export function checkSecret(secret: unknown, service: 'scim' | 'compliance'): void {
  if (typeof secret === 'string' && /^[\x21-\x7e]+$/.test(secret)) return;
  const name = service === 'scim' ? 'token' : 'apiKey';
  const isMissing = secret === undefined || secret === null || secret === '';
  throw new InputError(
    `\`${name}\` ${isMissing ? 'is missing' : 'holds a space, a line break or a letter outside ASCII'}.`,
    { path: [name], remedy: 'Copy it again, whole and by itself.' },
  );
}
