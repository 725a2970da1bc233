import { Redis } from 'ioredis';
import { redisLimiter, type SharedLimit } from '../../../examples/fleet/redis-limiter.ts';

// Sends requests through the limiter as fast as it lets them: `limiter-child.ts <redis> <name> <limit> <how many> <url>`.
const [redisUrl = '', name = '', limit = '', count = '', url = ''] = process.argv.slice(2);
const redis = new Redis(redisUrl);
// What the test wrote.
const throttle = redisLimiter(redis, name, { list: JSON.parse(limit) as SharedLimit }, 1_000);
const request = { kind: 'list', route: '/logs' } as const;
await Promise.all(Array.from({ length: Number(count) }, () => throttle(() => fetch(url), undefined, request)));
redis.disconnect();
