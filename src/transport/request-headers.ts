import { InputError } from '../errors/input-errors.js';

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
        throw new InputError('A header name holds a character that HTTP does not allow.', { path: ['headers'] });
      }
      if (refused.test(name)) {
        throw new InputError(`The header \`${name}\` cannot be set for a call.`, {
          path,
          remedy: name === 'authorization' ? "Give the credential to the client's options instead." : 'Leave it out.',
        });
      }
      if (typeof value !== 'string' || !/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
        throw new InputError(`The value of the header \`${name}\` holds a character that HTTP does not allow.`, {
          path,
        });
      }
      merged[name] = value;
    }
  }
  return merged;
}
