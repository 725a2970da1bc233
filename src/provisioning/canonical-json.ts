import { isRecord } from '../internal/json.js';

/**
 * One text for equal JSON: keys in the order of their UTF-16 code units at every level, no spaces, and nothing where a value
 * is `undefined` (as RFC 8785, for what `JSON.stringify` can write).
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((entry) => canonicalJson(entry ?? null)).join()}]`;
  if (!isRecord(value)) return JSON.stringify(value) ?? 'null';
  const parts = Object.keys(value)
    .sort()
    .flatMap((key) => (value[key] === undefined ? [] : [`${JSON.stringify(key)}:${canonicalJson(value[key])}`]));
  return `{${parts.join()}}`;
}

/** SHA-256 of a text, in hexadecimal, wherever WebCrypto is: in browsers that is in secure contexts. */
export async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** SHA-256 of a value as canonical JSON. */
export function digestOf(value: unknown): Promise<string> {
  return sha256(canonicalJson(value));
}
