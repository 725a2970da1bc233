import { isSdkError } from '../../../src/errors/is-sdk-error.js';
import { cpuMs } from '../../support/cpu-ms.js';

/** Long enough to be measured, short enough that the square of it ends. */
const enoughMs = 3;
const largest = 16_000;

/**
 * How many times longer a run takes when its input is doubled: 2 where the time grows with the input, 4 where it grows with
 * the square. The smallest of several runs, as a busy machine only adds; 0 where it never takes long enough to tell.
 */
export async function growthOf(make: (n: number) => () => unknown): Promise<number> {
  let n = 1_000;
  let once = await leastMs(make, n);
  while (once < enoughMs && n < largest) {
    n *= 2;
    once = await leastMs(make, n, 1);
  }
  if (once < enoughMs) return 0;
  // Both doublings must look so: one alone may be the garbage collector's.
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 3 && least > 3; attempt += 1) {
    const [first, second] = [await leastMs(make, n), await leastMs(make, 2 * n)];
    const third = await leastMs(make, 4 * n);
    least = Math.min(least, second / first, third / second);
  }
  return least;
}

async function leastMs(make: (n: number) => () => unknown, n: number, runs = 3): Promise<number> {
  const run = make(n);
  let least = Number.POSITIVE_INFINITY;
  for (let count = 0; count < runs; count += 1) {
    const startMs = cpuMs();
    try {
      await run();
    } catch (error) {
      // Refused is as good as read; what the engine throws is neither.
      if (!isSdkError(error)) throw error;
    }
    least = Math.min(least, cpuMs() - startMs);
  }
  return least;
}
