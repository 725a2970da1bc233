import { isRecord } from '../internal/json.js';
import { unicodePattern, wordsOf } from '../internal/words.js';
import type { TransportRequest } from './options.js';

// Their values are words of the protocol, which a server's message needs.
const protocolKeys = ['op', 'schemas', 'method', 'type'];

/** What the caller sent, for a server may repeat it ("User jdoe already exists"). Longest first: names contain names. */
export function sensitiveValues(
  request: Pick<TransportRequest, 'params' | 'query' | 'personalQuery' | 'body'>,
  url?: string,
): string[] {
  const values = new Set<string>(Object.values(request.params ?? {}));
  // The path of the base URL has the directory's key.
  const segments = url === undefined ? [] : new URL(url).pathname.split('/');
  for (const segment of segments) if (/^(?=.*\d).{8,}$/.test(segment)) values.add(segment);
  const addQuoted = (text: string) => {
    // One that is not closed ends with the text: to look again from each quote in it would take the square of its length.
    for (const [, quoted = ''] of text.matchAll(/"((?:[^"\\]|\\.)*)(?:"|\\?$)/gs)) {
      values.add(quoted);
      values.add(unescaped(`"${quoted}"`) ?? quoted);
    }
  };
  for (const [name, value] of request.query ?? []) {
    addQuoted(value);
    if (request.personalQuery?.includes(name)) values.add(value);
  }
  const visit = (value: unknown, key?: string) => {
    if (typeof value === 'string') {
      if (key === 'path') addQuoted(value);
      else values.add(value);
    } else if (Array.isArray(value)) {
      for (const item of value) visit(item);
    } else if (isRecord(value)) {
      for (const [name, item] of Object.entries(value)) if (!protocolKeys.includes(name)) visit(item, name);
    }
  };
  visit(request.body);
  return [...values].sort((a, b) => b.length - a.length);
}

function unescaped(literal: string): string | undefined {
  try {
    return JSON.parse(literal) as string;
  } catch {
    return undefined;
  }
}

/** Of fewer letters, a name that stands inside of a word is an accident. */
const leastEcho = 4;

/**
 * Whether a word of a server's holds what the caller sent: `mira_sol`, `MiraSol` or `mira_exists` where it was about
 * `mira.sol@north.example`. It is told by the words in it, since such an address is spelled in many ways.
 */
export function isEcho(word: string, known: readonly string[]): boolean {
  const words = wordsIn(
    word
      .replace(unicodePattern('(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})'), ' ')
      .replace(unicodePattern('(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})'), ' '),
  );
  const whole = words.join('');
  const holds = (name: readonly string[]) => name.join('').length >= leastEcho && whole.includes(name.join(''));
  return known.some((value) => {
    const at = value.lastIndexOf('@');
    const local = wordsIn(value.slice(0, at < 0 ? undefined : at));
    // What is one word, and no address, is masked as it stands.
    if (at < 0) return local.length > 1 && holds(local);
    const labels = value.slice(at + 1).split('.');
    // `com` and its like name nobody.
    const host = wordsIn((labels.length > 1 ? labels.slice(0, -1) : labels).join(' '));
    return holds(local) || [...local, ...host].some((part) => words.includes(part));
  });
}

function wordsIn(text: string): string[] {
  return wordsOf(text.normalize('NFKC').toLowerCase());
}
