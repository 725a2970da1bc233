import { bytesPerValue, excessOf } from '../internal/json-limits.js';
import { lostNumbers, mayLoseNumbers, quoteBigIntegers, repeatedKeys } from './json-losses.js';
import { endOfObject, mayBeObject } from './json-scan.js';
import { decodeUtf8, isUtf8, PartialLine, searchable } from './line-bytes.js';
import type { EventIssue } from './validator.js';

const newline = 0x0a;
const openingBrace = 0x7b;

/** After so many lines that are not records, a line is scanned before it is parsed. */
const cheapFailures = 16;

/** Longer than any log file, which OpenAI caps at 15 MB. */
const defaultMaxLineBytes = 16 * 1024 * 1024;

/** What is wrong with a line. */
export type JsonLinesProblem =
  /** It holds something other than JSON objects, or one that is nested deeper than 500 levels. */
  | 'not_a_json_object'
  /** It is longer than allowed, or made of more values than are parsed: 524,288, or one for 32 bytes of a longer limit. */
  | 'too_long';

/** A place in a file of JSON Lines. */
export interface JsonLinesPosition {
  /** Line number, from 1. */
  readonly line: number;
  /** Bytes from the beginning of the file. */
  readonly byteOffset: number;
}

/** How JSON Lines are read. */
export interface JsonLinesOptions {
  /** Refuses a longer line. @default 16777216 */
  readonly maxLineBytes?: number | undefined;
  /** Where in the file the first byte stands: an earlier `nextPosition`. @default { line: 1, byteOffset: 0 } */
  readonly start?: JsonLinesPosition | undefined;
  /** `string` gives integers beyond 2^53 as they are written. @default 'number' */
  readonly bigIntegers?: 'number' | 'string' | undefined;
}

/**
 * Reads records out of JSON Lines, one at a time, from pieces cut anywhere. A cursor: `push` a piece and call `next`
 * until it says false; after the last piece call `end`, and `next` again. After each true either `value` is a record,
 * or `problem` says why there is none, and reading goes on behind it.
 *
 * Takes CRLF, byte order marks, blank lines, a missing last newline and several objects on a line. Bytes that are not
 * UTF-8 become U+FFFD, as everywhere on the web.
 */
export class JsonLinesReader {
  /** The record; undefined when there is a `problem` instead. */
  value: Record<string, unknown> | undefined;
  /** Why there is no record here. */
  problem: JsonLinesProblem | undefined;
  /** The line this is on, from 1. */
  line: number;
  /** Bytes from the beginning of the file to where this begins. */
  byteOffset: number;

  readonly #maxLineBytes: number;
  readonly #mostValues: number;
  readonly #hasBigIntegerStrings: boolean;
  readonly #decoder = new TextDecoder();

  #piece: Uint8Array = new Uint8Array(0);
  /** Where the piece begins in the file. */
  #pieceOffset: number;
  /** Where the next line begins, or goes on, in the piece. */
  #pieceAt = 0;
  /** No piece will follow. */
  #isLast = false;
  /** The beginning of a line that the pieces so far did not end. */
  readonly #partial = new PartialLine();
  /** Where it begins in the file. */
  #partialOffset = 0;
  /** The line is too long: the rest of it is skipped. */
  #isSkipping = false;

  /** What the current line is read from: the piece, or what was put together from several. */
  #bytes: Uint8Array = this.#piece;
  /** Where these bytes begin in the file. */
  #bytesOffset = 0;
  /** What is left of the current line in them. */
  #at = 0;
  #end = 0;
  /** The line has turned out to be more than one object. */
  #hasSeveral = false;
  /** How many records have failed. */
  #failures = 0;
  /** What the record was parsed from, and where it stands in the bytes. */
  #text = '';
  #textStart = 0;
  #textEnd = 0;

  constructor(options: JsonLinesOptions = {}) {
    const { maxLineBytes = defaultMaxLineBytes, start = { line: 1, byteOffset: 0 }, bigIntegers } = options;
    this.#maxLineBytes = maxLineBytes;
    // A short limit is about length: a short line takes little memory, whatever it is made of.
    this.#mostValues = Math.max(maxLineBytes, defaultMaxLineBytes) / bytesPerValue;
    this.#hasBigIntegerStrings = bigIntegers === 'string';
    this.line = start.line - 1;
    this.byteOffset = start.byteOffset;
    this.#pieceOffset = start.byteOffset;
  }

  /** Where reading goes on. Everything before it has been handed out, and nothing behind it. */
  get nextPosition(): JsonLinesPosition {
    if (this.#at < this.#end) return { line: this.line, byteOffset: this.#bytesOffset + this.#at };
    const isInside = this.#isSkipping ? 0 : 1;
    const byteOffset = this.#partial.length > 0 ? this.#partialOffset : this.#pieceOffset + this.#pieceAt;
    return { line: this.line + isInside, byteOffset };
  }

  /** Gives the next piece. Call it when `next` has said false; the bytes must not change until `next` says so again. */
  push(piece: Uint8Array): void {
    this.#pieceOffset += this.#piece.length;
    this.#piece = searchable(piece);
    this.#pieceAt = 0;
  }

  /** Says that no piece will follow, so that a last line without newline is read. */
  end(): void {
    this.#isLast = true;
  }

  /** Moves to the next record or problem; false when another piece is needed, or after `end` when there is no more. */
  next(): boolean {
    this.value = undefined;
    this.problem = undefined;
    while (this.#at < this.#end || this.#nextLine()) {
      if (this.problem !== undefined || this.#readRecord()) return true;
    }
    return false;
  }

  /**
   * What of the line the record does not hold: numbers that a double cannot, and bytes that are not UTF-8; with `keys` also
   * keys that an object has twice, which takes as long as parsing.
   */
  losses({ keys }: { readonly keys: boolean }): readonly EventIssue[] {
    const text = this.#text;
    const bytes = this.#bytes;
    const start = this.#textStart;
    const end = this.#textEnd;
    const issues = mayLoseNumbers(text, bytes, start, end) ? lostNumbers(text) : [];
    if (keys) issues.push(...repeatedKeys(text));
    if (!isUtf8(text, bytes, start, end))
      issues.push({ path: [], message: 'expected UTF-8: what is not became U+FFFD' });
    return issues;
  }

  /** Finds the next whole line, or the next one that is too long. */
  #nextLine(): boolean {
    const piece = this.#piece;
    const start = this.#pieceAt;
    const newlineAt = piece.indexOf(newline, start);
    const isWhole = newlineAt !== -1 || this.#isLast;
    const end = newlineAt === -1 ? piece.length : newlineAt;
    const length = this.#partial.length + end - start;
    this.#pieceAt = newlineAt === -1 ? end : end + 1;

    if (this.#isSkipping) {
      this.#isSkipping = !isWhole;
      return newlineAt !== -1;
    }
    if (length > this.#maxLineBytes) {
      this.line += 1;
      this.byteOffset = this.#partial.length > 0 ? this.#partialOffset : this.#pieceOffset + start;
      this.problem = 'too_long';
      this.#partial.clear();
      this.#isSkipping = !isWhole;
      return true;
    }
    if (!isWhole) {
      if (this.#partial.length === 0) this.#partialOffset = this.#pieceOffset + start;
      if (end > start) this.#partial.append(piece.subarray(start, end));
      return false;
    }
    if (newlineAt === -1 && length === 0) return false;

    this.line += 1;
    this.#hasSeveral = false;
    if (this.#partial.length === 0) {
      this.#bytes = piece;
      this.#bytesOffset = this.#pieceOffset;
      this.#at = start;
      this.#end = end;
    } else {
      this.#partial.append(piece.subarray(start, end));
      this.#bytes = this.#partial.take();
      this.#bytesOffset = this.#partialOffset;
      this.#at = 0;
      this.#end = length;
    }
    return true;
  }

  /** Reads what begins at the current place; false when only blanks are left of the line. */
  #readRecord(): boolean {
    const bytes = this.#bytes;
    const end = this.#end;
    const start = skipBlanks(bytes, this.#at, end);
    this.#at = end;
    if (start === end) return false;
    this.byteOffset = this.#bytesOffset + start;
    if (bytes[start] !== openingBrace) return this.#fail();
    // The engine takes a hundred times as long to refuse a text as to read past it.
    if (this.#failures > cheapFailures && !mayBeObject(bytes, start, end)) return this.#fail();
    // Once a line is known to be several objects, the whole rest is not tried again: that would take quadratic time.
    const isTried = !this.#hasSeveral;
    if (isTried && this.#parse(start, end)) return true;
    this.#hasSeveral = true;
    const objectEnd = endOfObject(bytes, start, end);
    if (objectEnd === -1 || (isTried && objectEnd === end)) return this.#fail();
    this.#at = objectEnd;
    return this.#parse(start, objectEnd) || this.#fail();
  }

  #parse(start: number, end: number): boolean {
    try {
      let text = decodeUtf8(this.#bytes, start, end, this.#decoder);
      const excess = excessOf(text, this.#mostValues);
      this.problem = excess === 'too_many' ? 'too_long' : undefined;
      if (excess !== undefined) return false;
      // An opening brace begins it, so what it parses to is an object.
      this.value = JSON.parse(text) as Record<string, unknown>;
      if (this.#hasBigIntegerStrings && mayLoseNumbers(text, this.#bytes, start, end)) {
        text = quoteBigIntegers(text);
        this.value = JSON.parse(text) as Record<string, unknown>;
      }
      this.#text = text;
      this.#textStart = start;
      this.#textEnd = end;
      return true;
    } catch {
      // The engine's error quotes the text.
      return false;
    }
  }

  #fail(): true {
    this.#failures += 1;
    this.problem ??= 'not_a_json_object';
    return true;
  }
}

/** Where the first byte is that is neither JSON white space nor part of a byte order mark. */
function skipBlanks(bytes: Uint8Array, start: number, end: number): number {
  let index = start;
  for (; index < end; index += 1) {
    const byte = bytes[index];
    if (byte === openingBrace) return index;
    if (byte === 0x20 || byte === 0x09 || byte === 0x0d) continue;
    if (byte === 0xef && bytes[index + 1] === 0xbb && bytes[index + 2] === 0xbf) index += 2;
    else return index;
  }
  return Math.min(index, end);
}
