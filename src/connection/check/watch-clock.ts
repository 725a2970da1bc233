import type { Clock } from '../../internal/clock.js';
import { parseHttpDate } from '../../internal/http-date.js';

/** How far the server's clock is ahead of ours, as far as its answers tell. */
export interface ClockWatch {
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds; undefined before an answer with a date. */
  readonly skewMs: number | undefined;
}

/** Looks at the `Date` of each answer that goes by (RFC 9110 §6.6.1), errors included. */
export function watchClock(fetch: typeof globalThis.fetch | undefined, clock: Clock): ClockWatch {
  let skewMs: number | undefined;
  return {
    get skewMs() {
      return skewMs;
    },
    fetch: async (input, init) => {
      const sentMs = clock.now();
      const response = await (fetch ?? globalThis.fetch)(input, init);
      const receivedMs = clock.now();
      const date = parseHttpDate(response.headers.get('date') ?? '', receivedMs);
      if (date !== undefined) {
        // The date is cut to the second, and was written somewhere between sending and receiving.
        const ahead = date - receivedMs;
        const behind = sentMs - (date + 999);
        const skew = ahead > 0 ? ahead : behind > 0 ? -behind : 0;
        // A cache in between may send an old one; the smallest difference is the nearest to the truth.
        if (skewMs === undefined || Math.abs(skew) < Math.abs(skewMs)) skewMs = skew;
      }
      return response;
    },
  };
}
