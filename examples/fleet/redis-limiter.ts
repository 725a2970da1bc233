import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Throttle } from 'chatgpt-enterprise-sdk/audit-logs';
import type { Redis } from 'ioredis';

/** How many requests of a kind may be under way or have ended within any such interval. */
export interface SharedLimit {
  readonly requests: number;
  readonly intervalMs: number;
}

export interface SharedLimits {
  /** Lists of log files, and their newest times. */
  readonly list?: SharedLimit;
  /** Where a log file is. */
  readonly download?: SharedLimit;
}

/**
 * A `throttle` for a key that several workspaces share, whichever process asks: of each kind, never more requests than the limit
 * reach the service within any interval. `name` stands for the key in Redis; the key itself does not belong there. Kinds without
 * a limit pass.
 *
 * A request counts from its turn until an interval after its answer, since nobody knows when between the two it arrived. That of
 * a process that has died counts for `mostMs` and the interval: give the longest that a request takes.
 */
export function redisLimiter(redis: Redis, name: string, limits: SharedLimits, mostMs = 120_000): Throttle {
  return async (run, signal, { kind }) => {
    const limit = kind === 'list' || kind === 'download' ? limits[kind] : undefined;
    if (limit === undefined) return run();
    const key = `${name}:${kind}`;
    const id = randomUUID();
    for (;;) {
      signal?.throwIfAborted();
      const waitMs = Number(await redis.eval(takeTurn, 1, key, limit.requests, limit.intervalMs, mostMs, id));
      if (waitMs === 0) break;
      await pause(waitMs, undefined, signal && { signal }).catch(() => signal?.throwIfAborted());
    }
    try {
      return await run();
    } finally {
      // Where this fails, it counts for longer.
      await redis.eval(endTurn, 1, key, limit.intervalMs + mostMs, id).catch(() => {});
    }
  };
}

// All of them go by the clock of Redis. A member's score is when it ended, or will have at the latest.
const takeTurn = `
  local requests, interval, most = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - interval)
  if redis.call('ZCARD', KEYS[1]) < requests then
    redis.call('ZADD', KEYS[1], now + most, ARGV[4])
    redis.call('PEXPIRE', KEYS[1], interval + most)
    return 0
  end
  local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  -- One that is under way may end now.
  return math.max(1, math.min(tonumber(first[2]), now) + interval - now)
`;
const endTurn = `
  local time = redis.call('TIME')
  redis.call('ZADD', KEYS[1], time[1] * 1000 + math.ceil(time[2] / 1000), ARGV[2])
  redis.call('PEXPIRE', KEYS[1], ARGV[1])
`;
