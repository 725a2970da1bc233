import type { ComplianceKeys } from '../compliance/keys.js';
import { RateLimiter } from '../compliance/rate-limits.js';
import { createRandom, seedOf } from '../random.js';
import { documentedPlatformBehaviour, type PlatformOptions } from './behaviour.js';
import { PlatformLog } from './log.js';
import type { PlatformParts } from './service.js';

/** How to reach the API Platform's audit log. What is in it stands in `store.platform`. */
export interface EmulatorPlatform {
  /** Version included, as the client's `baseUrl` wants it. */
  readonly baseUrl: string;
  /**
   * An Admin key of the API Platform's organization that may read the audit log, and is refused by the Compliance and the Admin side. One
   * without the scope is made by `compliance.keys.create({ keyClass: 'platform_admin', scopes: [] })`.
   */
  readonly apiKey: string;
}

/** The log, and who may read it. With a random of its own: the ids of everything else stay as they are. */
export function createPlatformSide(
  { logging, requestsPerMinute, quirks }: PlatformOptions = {},
  keys: ComplianceKeys,
  seed: number,
  now: () => number,
): PlatformParts {
  const behaviour = { ...documentedPlatformBehaviour, ...quirks };
  const log = new PlatformLog(now, seedOf(`platform ${seed}`), behaviour.listOrder, logging ?? true);
  return { keys, log, behaviour, limiter: new RateLimiter(now), requestsPerMinute };
}

/** The key that the emulator begins with. */
export function createPlatform(baseUrl: string, { keys }: PlatformParts, seed: number): EmulatorPlatform {
  const random = createRandom(seedOf(`platform keys ${seed}`));
  return { baseUrl, apiKey: keys.createWith(random, { keyClass: 'platform_admin' }) };
}
