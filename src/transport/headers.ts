import { InputError } from '../errors/input-errors.js';
import { version } from '../internal/version.js';
import type { Credential } from './options.js';

// A method in a header would slip past whoever judges requests by their method.
const refused = /^(?:authorization|x-(?:http-)?method(?:-override)?)$/;

/**
 * Puts header sets together, later ones winning, names in lower case.
 *
 * @throws InputError for a header that cannot be sent, or that is not the caller's to set.
 */
export function mergeHeaders(
  ...sets: readonly (Readonly<Record<string, string>> | undefined)[]
): Record<string, string> {
  const merged: Record<string, string> = {};
  for (const set of sets) {
    for (const [key, value] of Object.entries(set ?? {})) {
      const name = key.toLowerCase();
      const path = ['headers', name];
      if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) {
        throw new InputError('A header name contains a character that HTTP does not allow.', { path: ['headers'] });
      }
      if (refused.test(name)) {
        throw new InputError(`The header \`${name}\` cannot be set.`, {
          path,
          remedy: name === 'authorization' ? "Give the credential to the client's options instead." : 'Leave it out.',
        });
      }
      if (typeof value !== 'string' || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
        throw new InputError(`The value of the header \`${name}\` contains a character that HTTP does not allow.`, {
          path,
        });
      }
      merged[name] = value;
    }
  }
  return merged;
}

/** Names this library to the server, except in browsers, where an extra header needs the server's leave (CORS). */
export function userAgentHeader(): Record<string, string> {
  const { navigator } = globalThis as { navigator?: { userAgent?: string } };
  return navigator?.userAgent?.startsWith('Mozilla/') ? {} : { 'user-agent': `chatgpt-enterprise-sdk/${version}` };
}

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
    `\`${name}\` ${isMissing ? 'is missing' : 'contains a space, a line break or a non-ASCII character'}.`,
    { path: [name], remedy: 'Copy it again: all of it and nothing else.' },
  );
}

/**
 * The server's own id of an exchange, where it gives one that is safe to print: short, plain, and no part of what was sent.
 *
 * @param sent The credential, and where the request went.
 */
export function readRequestId(headers: Headers, sent: readonly string[]): string | undefined {
  const id = headers.get('x-request-id') ?? headers.get('request-id') ?? headers.get('cf-ray') ?? '';
  const isEcho = sent.some((value) => value.includes(id) || (value !== '' && id.includes(value)));
  return /^[\w.:+/=-]{1,128}$/.test(id) && !isEcho ? id : undefined;
}
