import { secretOf } from '../compliance/access.js';
import type { ComplianceKeys } from '../compliance/keys.js';
import { ComplianceRefusal, complianceAnswer, complianceError, refusal } from '../compliance/log-query.js';
import type { RateLimiter } from '../compliance/rate-limits.js';
import { auditLogScope } from '../compliance/scopes.js';
import type { Answer, EmulatorRequest, PlatformRoute, RouteMatch, Service } from '../routes.js';
import type { PlatformBehaviour } from './behaviour.js';
import type { PlatformLog } from './log.js';
import { type PlatformQuery, readPlatformQuery } from './query.js';

/** What the platform side is made of. Its keys stand among those of the Compliance side, which refuses them. */
export interface PlatformParts {
  readonly keys: ComplianceKeys;
  readonly log: PlatformLog;
  readonly behaviour: PlatformBehaviour;
  readonly limiter: RateLimiter;
  readonly requestsPerMinute: number | undefined;
}

const route: PlatformRoute = 'GET /organization/audit_logs';

/** `/v1/organization/audit_logs` of api.openai.com. */
export class PlatformService implements Service {
  readonly #parts: PlatformParts;

  constructor(parts: PlatformParts) {
    this.#parts = parts;
  }

  match({ method, url }: EmulatorRequest): RouteMatch {
    return method === 'GET' && url.pathname === '/v1/organization/audit_logs' ? { route, params: [] } : undefined;
  }

  handle(request: EmulatorRequest): Answer {
    try {
      this.#checkAccess(request);
      return this.#list(readPlatformQuery(request.url.searchParams, this.#parts.log));
    } catch (error) {
      if (error instanceof ComplianceRefusal) return error.answer;
      throw error;
    }
  }

  error(status: number, detail: string): Answer {
    return complianceError(status, detail);
  }

  #checkAccess(request: EmulatorRequest): void {
    const { keys, log, limiter, requestsPerMinute } = this.#parts;
    const { loggingOff, otherKeyStatus } = this.#parts.behaviour;
    const secret = secretOf(request);
    const key = keys.get(secret);
    if (key === undefined) throw refusal(401, 'Incorrect API key provided.');
    if (key.keyClass !== 'platform_admin') throw refusal(otherKeyStatus, 'The API key is not a platform Admin key.');
    const wait = limiter.count(secret, requestsPerMinute);
    if (wait !== undefined) throw refusal(429, 'Rate limit reached.', { headers: { 'retry-after': String(wait) } });
    if (!key.scopes.has(auditLogScope)) {
      throw refusal(403, `You have insufficient permissions. Missing scopes: ${auditLogScope}.`);
    }
    if (!log.isEnabled && loggingOff !== 'empty_list') {
      throw refusal(loggingOff, 'Audit logging is not enabled for this organization.');
    }
  }

  #list({ tenantOnly, limit, after, before, isWanted }: PlatformQuery): Answer {
    const { log, behaviour } = this.#parts;
    const all = log.shown();
    // A place in the whole list, so that an id of what is not asked for is one too.
    const placeOf = (param: 'after' | 'before', id: string) => {
      const index = all.findIndex(({ event }) => event.id === id);
      if (index === -1) throw refusal(400, `Invalid ${param}: no such event.`, { param });
      return index;
    };
    const from = after === null ? 0 : placeOf('after', after) + 1;
    const to = before === null ? all.length : placeOf('before', before);
    const wanted = all
      .slice(from, to)
      .flatMap(({ event, isTenantScoped }) => (isTenantScoped === tenantOnly && isWanted(event) ? [event] : []));
    const size = Math.min(limit, behaviour.maxPageSize);
    // The page before an event ends at it.
    const data = before !== null && after === null ? wanted.slice(-size) : wanted.slice(0, size);
    const ids = { first_id: data[0]?.id ?? null, last_id: data.at(-1)?.id ?? null };
    return complianceAnswer(200, { object: 'list', data, ...ids, has_more: wanted.length > data.length });
  }
}
