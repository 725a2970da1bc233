import { endOfObject } from './end-of-object.js';

const quote = 0x22;
const closingBrace = 0x7d;

/**
 * Whether an object of JSON may begin at `start`, where an opening brace stands. False only where none can: nothing that
 * closes it follows, or what follows the brace is neither a key nor its end.
 */
export function mayBeObject(bytes: Uint8Array, start: number, end: number): boolean {
  let index = start + 1;
  while (index < end && isBlank(bytes[index])) index += 1;
  const next = bytes[index];
  return (next === quote || next === closingBrace) && endOfObject(bytes, start, end) !== -1;
}

function isBlank(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
