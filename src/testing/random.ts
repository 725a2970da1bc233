/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number from `from` to `to`, both included. */
  integer(from: number, to: number): number;
  pick<T>(values: readonly [T, ...T[]] | readonly T[]): T;
  chance(share: number): boolean;
  /** Letters and digits. */
  text(length: number): string;
  hex(length: number): string;
  uuid(): string;
}

const alphanumerics = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Turns a text into a seed (FNV-1a), so that a stream can be named: `seedOf('AUTH_LOG:2026-11-23')`. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

/** mulberry32: 32 bits of state, enough for test data. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  const characters = (alphabet: string, length: number): string => {
    let text = '';
    for (let index = 0; index < length; index++) text += alphabet[Math.floor(next() * alphabet.length)];
    return text;
  };
  const hex = (length: number): string => characters('0123456789abcdef', length);
  return {
    next,
    integer,
    // A list of values to pick from is never empty here.
    pick: <T>(values: readonly T[]) => values[Math.floor(next() * values.length)] as T,
    chance: (share) => next() < share,
    text: (length) => characters(alphanumerics, length),
    hex,
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${characters('89ab', 1)}${hex(3)}-${hex(12)}`,
  };
}
