import { onAbort } from './on-abort.js';

/**
 * Waits for `work`, but no longer than until `signal` aborts: then rejects at once with the signal's reason, whether or
 * not the work takes notice.
 */
export async function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let release: (() => void) | undefined;
  const aborted = new Promise<never>((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else release = onAbort(signal, () => reject(signal.reason));
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    release?.();
  }
}
