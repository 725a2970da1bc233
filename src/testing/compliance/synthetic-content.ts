const newline = 0x0a;
const space = 0x20;

/**
 * JSON lines of exactly `size` bytes, made from one event whose id holds twelve zeros (`000000000000`): they become the
 * number of the line, so that no two events of a file share an id.
 */
export function syntheticContent(template: string, size: number): Uint8Array<ArrayBuffer> {
  const content = new Uint8Array(size).fill(space);
  const line = new TextEncoder().encode(`${template}\n`);
  const counterAt = template.indexOf(counterPlaceholder);
  const lines = Math.floor(size / line.length);
  const used = lines * line.length;
  if (lines > 0) repeat(content, line, used);
  for (let number = 1; number < lines; number++) {
    writeHex(content, number * line.length + counterAt, number);
  }
  // The rest is spaces that end the last line: JSON allows them, and the size comes out as promised.
  if (used > 0 && used < size) content[used - 1] = space;
  if (size > 0) content[size - 1] = newline;
  return content;
}

/** What stands for the number of the line. */
export const counterPlaceholder = '000000000000';

// Doubles what is there, which copies whole pages at the speed of memory.
function repeat(content: Uint8Array, line: Uint8Array, end: number): void {
  content.set(line, 0);
  for (let filled = line.length; filled < end; filled *= 2) {
    content.copyWithin(filled, 0, Math.min(filled, end - filled));
  }
}

function writeHex(content: Uint8Array, at: number, number: number): void {
  let rest = number;
  for (let index = at + counterPlaceholder.length - 1; rest > 0; index--) {
    const digit = rest & 15;
    content[index] = digit < 10 ? 0x30 + digit : 0x57 + digit;
    rest >>>= 4;
  }
}
