import type { EventIssue } from './validator.js';

/** An exponent that may be too large, behind a digit and before what may end a number. */
const largeExponent = /\d[eE]\+?\d{3,}[,\]}\s]/;

/** No integer with fewer digits is beyond 2^53. */
const fewestDigits = 16;

/**
 * Whether a line may hold a number that a double cannot. False only where there is none; almost always false, and then at a
 * hundredth of what parsing takes: every sixteenth byte is looked at, which no run of sixteen digits escapes.
 */
export function mayLoseNumbers(text: string, bytes: Uint8Array, start: number, end: number): boolean {
  for (let index = start + fewestDigits - 1; index < end; index += fewestDigits) {
    if (!isDigit(bytes[index])) continue;
    let first = index;
    while (first > start && isDigit(bytes[first - 1])) first -= 1;
    // Behind the run, so that a long one is not looked at again and again.
    while (index + 1 < end && isDigit(bytes[index + 1])) index += 1;
    if (index - first + 1 >= fewestDigits && mayPrecedeNumber(bytes[first - 1])) return true;
  }
  return largeExponent.test(text);
}

function isDigit(byte = 0): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

/** White space, a comma, a colon, an opening bracket, or a minus; not the quote of an id, nor the point of a fraction. */
function mayPrecedeNumber(byte = 0): boolean {
  return byte <= 0x20 || byte === 0x2c || byte === 0x3a || byte === 0x5b || byte === 0x2d;
}

/** The numbers in an object of JSON that a double cannot hold. The text must be one that `JSON.parse` reads. */
export function lostNumbers(text: string): EventIssue[] {
  const issues: EventIssue[] = [];
  walk(text, {
    onNumber: (token, path) => {
      const value = Number(token);
      if (isInteger(token) && !Number.isSafeInteger(value)) issues.push({ path: path(), message: beyondSafe });
      else if (!Number.isFinite(value)) issues.push({ path: path(), message: 'expected a number below 1.8e308' });
    },
  });
  return issues;
}

const beyondSafe = "expected an integer within 2^53: digits were lost (`bigIntegers: 'string'` keeps them)";

/** The keys that an object of JSON, or one inside it, holds more than once. The text must be one that `JSON.parse` reads. */
export function repeatedKeys(text: string): EventIssue[] {
  const issues: EventIssue[] = [];
  walk(text, {
    onRepeatedKey: (path) => {
      issues.push({ path: path(), message: 'expected the key once: only its last value was kept' });
    },
  });
  return issues;
}

/** The same JSON with every integer beyond 2^53 as a string. The text must be one that `JSON.parse` reads. */
export function quoteBigIntegers(text: string): string {
  const parts: string[] = [];
  let from = 0;
  walk(text, {
    onNumber: (token, _path, start) => {
      if (!isInteger(token) || Number.isSafeInteger(Number(token))) return;
      parts.push(text.slice(from, start), '"', token, '"');
      from = start + token.length;
    },
  });
  return parts.join('') + text.slice(from);
}

/** Whether a number is written as an integer. One with an exponent was not meant to be exact. */
function isInteger(token: string): boolean {
  return /^-?\d+$/.test(token);
}

type Path = () => (string | number)[];

interface Visitor {
  readonly onNumber?: (token: string, path: Path, start: number) => void;
  readonly onRepeatedKey?: (path: Path) => void;
}

/** An object or an array that is open: the key or the index it is at, and for an object the keys so far. */
interface Level {
  at: string | number;
  readonly keys: Set<string> | undefined;
}

/** Goes through the tokens of a JSON text. Not by recursion: `JSON.parse` reads what is nested deeper than the stack. */
function walk(text: string, { onNumber, onRepeatedKey }: Visitor): void {
  const levels: Level[] = [];
  const path: Path = () => levels.map(({ at }) => at);
  let expectsKey = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    const level = levels.at(-1);
    if (character === '"') {
      const end = endOfString(text, index);
      if (expectsKey && level !== undefined) {
        level.at = readKey(text.slice(index, end));
        if (level.keys?.has(level.at)) onRepeatedKey?.(path);
        level.keys?.add(level.at);
        expectsKey = false;
      }
      index = end - 1;
    } else if (character === '{') {
      levels.push({ at: '', keys: new Set() });
      expectsKey = true;
    } else if (character === '[') {
      levels.push({ at: 0, keys: undefined });
      expectsKey = false;
    } else if (character === '}' || character === ']') {
      levels.pop();
      expectsKey = false;
    } else if (character === ',') {
      expectsKey = level?.keys !== undefined;
      if (typeof level?.at === 'number') level.at += 1;
    } else if (character === '-' || isDigit(character.charCodeAt(0))) {
      const start = index;
      while (numberCharacters.includes(text[index + 1] ?? ' ')) index += 1;
      onNumber?.(text.slice(start, index + 1), path, start);
    }
  }
}

const numberCharacters = '0123456789+-.eE';

/** The place behind the quote that closes a string. */
function endOfString(text: string, start: number): number {
  for (let index = start + 1; ; index += 1) {
    index = text.indexOf('"', index);
    let backslashes = 0;
    while (text[index - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return index + 1;
  }
}

function readKey(quoted: string): string {
  return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
}
