import type { Session } from '../session.js';

const firstWaitMs = 1_000;

/** Waits before a write is made again that was looked after: longer each time, and never all clients at once. */
export function waitBeforeRepeat(
  { transport: { clock, random } }: Session,
  attempt: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  return clock.sleep(firstWaitMs * 2 ** (attempt - 1) * (0.5 + random() / 2), signal);
}
