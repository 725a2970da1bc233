import { InputError } from '../errors/input-errors.js';
import { enterSecretItself } from '../errors/remedies/remedy.js';
import { createPrivateTag } from '../internal/private-tag.js';
import { isRedacted } from '../internal/redacted.js';
import { version } from '../internal/version.js';
import { wordsOf } from '../internal/words.js';
import type { Credential, ServiceName } from './options.js';
import { isBrowser } from './wire.js';

// A method in a header would slip past what classifies requests by their method.
const refused = /^(?:authorization|x-(?:http-)?method(?:-override)?)$/;

/** Later sets win. @throws InputError for a header that cannot be sent, or is not the caller's to set. */
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
        const message = `The value of the header \`${name}\` contains a character that HTTP does not allow.`;
        throw new InputError(message, { path });
      }
      merged[name] = value;
    }
  }
  return merged;
}

/** Empty in browsers, where an extra header needs the server's permission (CORS). */
export function userAgentHeader(): Record<string, string> {
  return isBrowser() ? {} : { 'user-agent': `chatgpt-enterprise-sdk/${version}` };
}

/** On a credential function: to be told of a secret of its own that was refused. */
export const refusalTag = /* @__PURE__ */ createPrivateTag<(secret: string) => void>();

export async function readCredential(credential: Credential, service: ServiceName): Promise<string> {
  const secret = typeof credential === 'function' ? await credential() : credential;
  checkSecret(secret, service, undefined, typeof credential === 'function');
  return secret;
}

/** `id` is that of the workspace whose key it is, where each has its own. `isGiven`: a function gave it. */
export function checkSecret(secret: unknown, service: ServiceName, id?: string, isGiven = false): void {
  const option = service === 'scim' ? 'token' : 'apiKey';
  const own = service === 'platform' ? ['platform', option] : [option];
  const name = id === undefined ? own.join('.') : `${option}['${id}']`;
  const path = id === undefined ? own : [option, id];
  if (typeof secret === 'string' && /^[\x21-\x7e]+$/.test(secret)) {
    if (!isRedacted(secret)) return;
    throw new InputError(`\`${name}\` is a redacted secret.`, { path, remedy: enterSecretItself });
  }
  const isMissing = secret === undefined || secret === null || secret === '';
  if (isGiven && isMissing) {
    throw new InputError(`The function that is \`${name}\` gave nothing.`, {
      path,
      remedy: 'Let it give the secret, or throw what keeps it from that.',
    });
  }
  if (!isMissing && typeof secret !== 'string') {
    const remedy = 'Give the secret itself, or a function that returns it or a promise of it.';
    throw new InputError(`\`${name}\` is no text, and no function that gives one.`, { path, remedy });
  }
  throw new InputError(
    `\`${name}\` ${isMissing ? 'is missing' : 'contains a space, a line break or a non-ASCII character'}.`,
    { path, remedy: 'Copy it again: all of it and nothing else.' },
  );
}

/**
 * The server's id of an exchange, where it is safe to print: short, plain, and no part of the URL. Nor does it hold a `sent`
 * value or a word of one, such as the name in an address.
 */
export function readRequestId(headers: Headers, url: string, sent: () => readonly string[]): string | undefined {
  const id = headers.get('x-request-id') ?? headers.get('request-id') ?? headers.get('cf-ray') ?? '';
  if (!/^[\w.:+/=-]{1,128}$/.test(id) || url.includes(id)) return undefined;
  const said = id.toLowerCase();
  const words = wordsOf(said);
  const isEcho = (value: string) => {
    const [whole, ...parts] = [value.toLowerCase(), ...wordsOf(value.toLowerCase())];
    if (whole.length >= leastEcho && (whole.includes(said) || said.includes(whole))) return true;
    // Of two letters and more as a word of its own; longer ones anywhere: they are no accident.
    return parts.some((part) => words.includes(part) || (part.length >= leastEcho && said.includes(part)));
  };
  return sent().some(isEcho) ? undefined : id;
}

const leastEcho = 4;

/** The `Location`, where its bytes are UTF-8 too: they arrive as a character each, and would be encoded twice. */
export function readLocation(headers: Headers): string | null {
  const text = headers.get('location');
  if (text === null || !/[\x80-\xff]/.test(text) || /[^\0-\xff]/.test(text)) return text;
  try {
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return text;
  }
}
