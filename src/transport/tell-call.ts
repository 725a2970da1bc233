import { isSdkError } from '../errors/is-sdk-error.js';
import { monotonicNow } from '../internal/clock.js';
import type { AttemptContext } from './attempt.js';
import type { CallEvent } from './options.js';

interface ToldCall extends Pick<CallEvent, 'callId' | 'method' | 'route'> {
  /** Those of its caller, not those of its time limits. */
  readonly signals: readonly (AbortSignal | undefined)[];
}

/** Runs a call, and tells how it ended: last of all, and once, whatever came of it. */
export async function tellCall<Context extends AttemptContext, Result>(
  context: Context,
  { signals, ...facts }: ToldCall,
  run: (context: Context) => Promise<Result>,
): Promise<Result> {
  const { service, clock } = context;
  const startMs = monotonicNow(clock);
  let attempt = 0;
  let errorCode: string | undefined;
  const emit: AttemptContext['emit'] = (event) => {
    if (event.type === 'request') attempt = event.attempt;
    context.emit(event);
  };
  try {
    return await run({ ...context, emit });
  } catch (failure) {
    const ended = signals.find((signal) => signal?.aborted === true && signal.reason === failure);
    const endedBy = ended?.reason?.name === 'TimeoutError' ? 'timeout' : 'aborted';
    errorCode = isSdkError(failure) ? failure.code : ended === undefined ? 'unknown' : endedBy;
    throw failure;
  } finally {
    const durationMs = Math.round(monotonicNow(clock) - startMs);
    context.emit({ type: 'call', service, ...facts, attempt, ...(errorCode && { errorCode }), durationMs });
  }
}
