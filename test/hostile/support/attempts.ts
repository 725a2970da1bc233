import { expect, it } from 'vitest';
import { isSdkError } from '../../../src/index.js';
import type { RequestLog } from '../../../src/testing/request-log.js';
import { drain, type FoundFunction } from '../../end-to-end/support/public-functions.js';
import { timesOf } from '../../support/scale.js';
import { type Case, isAnything, optionKinds } from './cases-of-methods.js';
import { throwingValues, wrongValues } from './wrong-values.js';

/** Where functions are, and what they send. Made anew for each: what one was given must not help the next. */
export interface World {
  readonly functions: readonly FoundFunction[];
  readonly requests: Pick<RequestLog, 'total'>;
}

interface Attempt {
  readonly said: string;
  readonly values: readonly unknown[];
  readonly isRight: boolean;
}

/** Of the values for options one in so many is tried with every change: which, depends on the option. */
const oneIn = timesOf(3, 1);

/** Every place of a call with every wrong value, and every option with some. */
function attemptsOf(places: Case, wrong: typeof wrongValues): Attempt[] {
  const attempts: Attempt[] = [];
  let count = 0;
  for (const [index, { right, allows }] of places.entries()) {
    for (const [name, make] of Object.entries(wrong)) {
      const values = places.map((one) => one.right);
      values[index] = make();
      attempts.push({ said: `${name} as argument ${index + 1}`, values, isRight: allows(values[index]) });
    }
    if (typeof right !== 'object' || right === null || Object.getPrototypeOf(right) !== Object.prototype) continue;
    for (const option of Object.keys(right)) {
      for (const [name, make] of Object.entries(wrong)) {
        count += 1;
        if (count % oneIn !== 0) continue;
        const value = make();
        const kind = optionKinds[option];
        const values = places.map((one) => one.right);
        values[index] = { ...right, [option]: value };
        const isRight = allows === isAnything || kind === undefined || value === undefined || kind(value);
        attempts.push({ said: `${name} as \`${option}\``, values, isRight });
      }
    }
  }
  return attempts;
}

async function whatIsWrong(
  { call, path }: FoundFunction,
  { values, isRight }: Attempt,
  requests: World['requests'],
): Promise<string | undefined> {
  const before = requests.total;
  try {
    const result = call(...values);
    // It never ends.
    if (path === 'logs.follow') await result;
    else await drain(result, 2);
  } catch (error) {
    if (!isSdkError(error))
      return `raw ${error instanceof Error ? `${error.stack?.split('\n').slice(0, 4).join(' ')}` : typeof error}`;
    if (isSdkError(error, 'InputError') && requests.total > before) return `sent, then ${error.message}`;
    return undefined;
  }
  return isRight ? undefined : 'was taken';
}

/** Calls every function of a world with every wrong value. One without a case fails, and a case without one. */
export function testFunctions(
  cases: Readonly<Record<string, Case>>,
  openWorld: () => World,
  values = { ...wrongValues, ...throwingValues },
): void {
  const paths = [...new Set(openWorld().functions.map(({ path }) => path))];

  it('has a case for each', () => {
    expect(paths.toSorted()).toEqual(Object.keys(cases).toSorted());
  });

  it.each(paths)('%s', { timeout: 60_000 }, async (path) => {
    const world = openWorld();
    const found = world.functions.find((one) => one.path === path);
    if (found === undefined) throw new Error(path);
    const wrong: string[] = [];
    for (const attempt of attemptsOf(cases[path] ?? [], values)) {
      const problem = await whatIsWrong(found, attempt, world.requests);
      if (problem !== undefined) wrong.push(`${attempt.said}: ${problem}`);
    }
    expect(wrong).toEqual([]);
  });
}
