import pRetry from 'p-retry';
import type { Clock } from '../internal/clock.js';

/** How a call is repeated. */
export interface RetryPlan {
  readonly maxRetries: number;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** How long to wait before the next attempt; `undefined` to give up. */
  readonly waitFor: (failure: unknown, attempt: number) => number | undefined;
}

/** Runs until it succeeds or the plan gives up; then rejects with the last failure, whatever it is. */
export async function retry<T>(run: () => Promise<T>, { maxRetries, clock, signal, waitFor }: RetryPlan): Promise<T> {
  let waitMs = 0;
  let failure: unknown;
  const runOnce = async () => {
    if (waitMs > 0) await clock.sleep(waitMs, signal);
    try {
      return await run();
    } catch (thrown) {
      failure = thrown;
      throw thrown;
    }
  };
  try {
    return await pRetry(runOnce, {
      retries: maxRetries,
      // The only wait is the one above: on the injected clock, as long as the plan says.
      minTimeout: 0,
      signal,
      shouldRetry: ({ attemptNumber }) => {
        const wait = waitFor(failure, attemptNumber);
        waitMs = wait ?? 0;
        return wait !== undefined;
      },
    });
  } catch {
    // Not what p-retry throws: it puts the text of anything but an error into an error of its own.
    signal.throwIfAborted();
    throw failure;
  }
}
