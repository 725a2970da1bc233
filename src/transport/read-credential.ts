import { InputError } from '../errors/input-error.js';
import type { Credential } from './transport.js';

/**
 * Brings the secret to send.
 *
 * @throws InputError when it cannot stand in a header; whatever the caller's function throws.
 */
export async function readCredential(credential: Credential): Promise<string> {
  const secret = typeof credential === 'function' ? await credential() : credential;
  checkSecret(secret);
  return secret;
}

/** @throws InputError */
export function checkSecret(secret: unknown): void {
  if (typeof secret !== 'string' || !/^[\x21-\x7e]+$/.test(secret)) {
    throw new InputError('The credential is empty, or holds a space, a line break or a letter outside ASCII.', {
      path: ['credential'],
      remedy: 'Copy it again, whole and by itself.',
    });
  }
}
