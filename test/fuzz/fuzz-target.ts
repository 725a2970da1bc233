import { inspect } from 'node:util';
import { isSdkError } from 'chatgpt-enterprise-sdk';
import type fc from 'fast-check';
import { expect } from 'vitest';
import { cpuMs } from '../support/cpu-ms.js';

/** A surface where others decide what comes in, and what must hold whatever that is. */
export interface FuzzTarget {
  /** As `npm run fuzz` and `found.json` call it. */
  readonly name: string;
  /** How many cases run with every change. */
  readonly runs: number;
  // biome-ignore lint/suspicious/noExplicitAny: each target makes up cases of its own type; only fast-check sees them
  readonly property: fc.IAsyncProperty<any>;
}

/** A secret that is put wherever one may stand, and that no error may repeat. */
export const canary = 'canaryQ7xWv2ZkP9mTb4';

const prototypes = [Object.prototype, Array.prototype, Function.prototype, String.prototype];
const namesOf = (prototype: object) => Reflect.ownKeys(prototype).map(String).join();
const before = prototypes.map(namesOf);

/** Milliseconds of the processor for any case: none is larger than 60 kB, and what grows with the square takes more. */
const limitMs = 1_500;

/** Runs one case. Gives what it gives, or the error, which is one of this package and repeats no secret. */
export async function attempt<Result>(run: () => Result): Promise<{ value?: Awaited<Result>; error?: unknown }> {
  const startMs = cpuMs();
  try {
    return { value: await run() };
  } catch (error) {
    if (!isSdkError(error)) throw error;
    expectNoSecret(error);
    return { error };
  } finally {
    expect(cpuMs() - startMs, 'milliseconds of the processor').toBeLessThan(limitMs);
    expect(prototypes.map(namesOf), 'the names of the prototypes').toEqual(before);
  }
}

/** A program, a logger or an error tracker that prints this prints no secret. */
export function expectNoSecret(value: unknown): void {
  const said = [inspect(value, { depth: 12, showHidden: true }), String(value), JSON.stringify(value) ?? ''];
  if (value instanceof Error) said.push(value.stack ?? '', value.message);
  expect(said.filter((text) => text.toLowerCase().includes(canary.toLowerCase()))).toEqual([]);
}

/** Objects and arrays as JSON makes them, all the way down: no name has become a prototype. */
export function expectPlain(value: unknown): void {
  const isPlain = (prototype: unknown) => prototype === Object.prototype || prototype === Array.prototype;
  const rest: unknown[] = [value];
  while (rest.length > 0) {
    const one = rest.pop();
    if (typeof one !== 'object' || one === null) continue;
    expect(isPlain(Object.getPrototypeOf(one)), 'a plain object').toBe(true);
    rest.push(...Object.values(one));
  }
}
