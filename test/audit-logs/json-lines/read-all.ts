import { type JsonLinesOptions, JsonLinesReader } from '../../../src/audit-logs/json-lines.js';

/** What a reader says at one of its stops. */
export interface Stop {
  readonly value: unknown;
  readonly problem: string | undefined;
  readonly line: number;
  readonly byteOffset: number;
}

/** Everything a reader says about some pieces. */
export function readAll(pieces: readonly Uint8Array[], options?: JsonLinesOptions): readonly Stop[] {
  const reader = new JsonLinesReader(options);
  const stops: Stop[] = [];
  const drain = () => {
    while (reader.next()) {
      const { value, problem, line, byteOffset } = reader;
      stops.push({ value, problem, line, byteOffset });
    }
  };
  for (const piece of pieces) {
    reader.push(piece);
    drain();
  }
  reader.end();
  drain();
  return stops;
}

/** The same of one text. */
export function readText(text: string, options?: JsonLinesOptions): readonly Stop[] {
  return readAll([new TextEncoder().encode(text)], options);
}

/** The bytes in pieces that end at the given places. */
export function cut(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return ends.map((end, index) => bytes.slice(index === 0 ? 0 : ends[index - 1], end));
}
