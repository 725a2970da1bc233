import { isRecord } from '../internal/json.js';

/**
 * One text for equal JSON: keys in the order of their UTF-16 code units at every level, no spaces, and nothing where a value
 * is `undefined` (as RFC 8785, for what `JSON.stringify` can write).
 */
export function canonicalJson(value: unknown): string {
  // Loops that add to a text: a desired state has many thousands of objects.
  if (Array.isArray(value)) {
    let list = '';
    for (const entry of value) list += `${list === '' ? '' : ','}${canonicalJson(entry ?? null)}`;
    return `[${list}]`;
  }
  if (!isRecord(value)) return JSON.stringify(value) ?? 'null';
  // Such as a date.
  if (typeof value.toJSON === 'function') return canonicalJson(value.toJSON());
  let parts = '';
  for (const key of Object.keys(value).sort()) {
    const part = value[key];
    const isNothing = part === undefined || typeof part === 'function' || typeof part === 'symbol';
    if (!isNothing) parts += `${parts === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(part)}`;
  }
  return `{${parts}}`;
}

/** SHA-256 of a text, in hexadecimal, wherever WebCrypto is: in browsers that is in secure contexts. */
export function sha256(text: string): Promise<string> {
  return sha256OfBytes(new TextEncoder().encode(text));
}

async function sha256OfBytes(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** SHA-256 of many texts, one after the other: for each a new piece of memory would take longer than hashing it. */
export class TextDigester {
  readonly #encoder = new TextEncoder();
  #bytes = new Uint8Array(0);

  digest(text: string): Promise<string> {
    const mostBytes = 3 * text.length;
    if (this.#bytes.length < mostBytes) this.#bytes = new Uint8Array(mostBytes);
    const { written } = this.#encoder.encodeInto(text, this.#bytes);
    // WebCrypto works on a copy, which it takes at once.
    return sha256OfBytes(this.#bytes.subarray(0, written));
  }
}

/** SHA-256 of a value as canonical JSON. */
export function digestOf(value: unknown): Promise<string> {
  return sha256(canonicalJson(value));
}
