/** Requests a minute; `undefined` where there is no limit. */
export interface RateLimits {
  /** For log file downloads. OpenAI documents 50. */
  readonly downloadsPerMinute?: number | undefined;
  /** For every other route. OpenAI documents 100. */
  readonly requestsPerMinute?: number | undefined;
}

/** Counts requests in a sliding minute, by route and key. */
export class RateLimiter {
  readonly #now: () => number;
  readonly #times = new Map<string, number[]>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Counts a request. Gives the whole seconds to wait when it is one too many. */
  count(bucket: string, perMinute: number | undefined): number | undefined {
    if (perMinute === undefined) return undefined;
    const now = this.#now();
    const recent = (this.#times.get(bucket) ?? []).filter((time) => time > now - 60_000);
    this.#times.set(bucket, recent);
    const oldest = recent[0];
    const isTooMany = recent.length >= perMinute && oldest !== undefined;
    if (isTooMany) return Math.max(1, Math.ceil((oldest + 60_000 - now) / 1000));
    recent.push(now);
    return undefined;
  }

  clear(): void {
    this.#times.clear();
  }
}
