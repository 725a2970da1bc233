import { traceFromHere } from '../../errors/sdk-error.js';
import { openAbortScope } from '../../internal/abort.js';

/** One file as a stream: nothing is requested before it is read, and a reader who cancels ends the request. */
export function downloadStream(
  download: (signal: AbortSignal) => Promise<Uint8Array<ArrayBuffer>>,
  signals: readonly (AbortSignal | undefined)[],
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const cancelled = new AbortController();
  const traced = traceFromHere();
  return new ReadableStream(
    {
      pull: async (controller) => {
        const scope = openAbortScope([...signals, cancelled.signal]);
        try {
          controller.enqueue(await download(scope.signal));
          controller.close();
        } catch (failure) {
          throw traced(failure);
        } finally {
          scope.end();
        }
      },
      cancel: (reason) => cancelled.abort(reason),
    },
    { highWaterMark: 0 },
  );
}
