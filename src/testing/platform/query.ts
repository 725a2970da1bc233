import { isRecord } from '../../internal/json.js';
import { parseLimit, refusal } from '../compliance/log-query.js';
import type { PlatformLogEvent } from '../events/platform-event.js';
import type { PlatformLog } from './log.js';

/** What the audit log is asked for. */
export interface PlatformQuery {
  readonly tenantOnly: boolean;
  readonly limit: number;
  readonly after: string | null;
  readonly before: string | null;
  /** Whether an event is among what is asked for. */
  readonly isWanted: (event: PlatformLogEvent) => boolean;
}

/** @throws ComplianceRefusal for a parameter that is wrong. What there is no such parameter of is ignored, as servers do. */
export function readPlatformQuery(parameters: URLSearchParams, log: PlatformLog): PlatformQuery {
  const limit = parseLimit(parameters.get('limit'), 20, 100);
  if (typeof limit === 'object') throw refusal(400, 'Invalid limit: 1 to 100.', { param: 'limit' });
  const tenantOnly = readTenantOnly(parameters.get('tenant_only'));
  const types = parameters.getAll('event_types[]');
  checkTypes(types, log, tenantOnly);
  const conditions = [
    timeCondition(parameters),
    among(types, ({ type }) => [type]),
    among(parameters.getAll('project_ids[]'), ({ project }) => [project?.id]),
    among(parameters.getAll('actor_ids[]'), (event) => actorOf(event).ids),
    among(parameters.getAll('actor_emails[]'), (event) => actorOf(event).emails),
    among(parameters.getAll('resource_ids[]'), targetsOf),
  ];
  return {
    tenantOnly,
    limit,
    after: parameters.get('after'),
    before: parameters.get('before'),
    isWanted: (event) => conditions.every((isMet) => isMet(event)),
  };
}

type Condition = (event: PlatformLogEvent) => boolean;

const comparisons: Readonly<Record<string, (time: number, bound: number) => boolean>> = {
  gt: (time, bound) => time > bound,
  gte: (time, bound) => time >= bound,
  lt: (time, bound) => time < bound,
  lte: (time, bound) => time <= bound,
};

function timeCondition(parameters: URLSearchParams): Condition {
  const bounds = [...parameters].flatMap(([param, text]) => {
    const [, operator] = /^effective_at(?:\[(\w*)\])?$/.exec(param) ?? [param];
    if (!param.startsWith('effective_at')) return [];
    const compare = operator !== undefined && Object.hasOwn(comparisons, operator) ? comparisons[operator] : undefined;
    if (compare === undefined) throw refusal(400, 'Invalid effective_at: one of gt, gte, lt and lte.', { param });
    if (!/^\d{1,15}$/.test(text)) throw refusal(400, `Invalid ${param}: expected Unix seconds.`, { param });
    return [{ compare, bound: Number(text) }];
  });
  return ({ effective_at }) => bounds.every(({ compare, bound }) => compare(effective_at, bound));
}

function readTenantOnly(text: string | null): boolean {
  if (text === null || text === 'false') return false;
  if (text === 'true') return true;
  throw refusal(400, 'Invalid tenant_only: true or false.', { param: 'tenant_only' });
}

function checkTypes(types: readonly string[], log: PlatformLog, tenantOnly: boolean): void {
  for (const type of types) {
    const scope = log.scopeOf(type);
    if (scope === undefined) throw refusal(400, `Invalid event type: ${type}.`, { param: 'event_types[]' });
    if (!tenantOnly || scope === 'tenant') continue;
    throw refusal(400, `${type} is not tenant-scoped: leave out tenant_only.`, { param: 'event_types[]' });
  }
}

/** Whether an event has one of these; each, where none is asked for. */
function among(wanted: readonly string[], valuesOf: (event: PlatformLogEvent) => readonly unknown[]): Condition {
  return (event) => wanted.length === 0 || valuesOf(event).some((value) => wanted.includes(value as string));
}

/** Ids of the user, the service account or the API key that did it, and the addresses of the user. */
function actorOf({ actor }: PlatformLogEvent): { readonly ids: unknown[]; readonly emails: unknown[] } {
  const { session, api_key } = recordOf(actor);
  const key = recordOf(api_key);
  const users = [recordOf(recordOf(session).user), recordOf(key.user)];
  return {
    ids: [key.id, recordOf(key.service_account).id, ...users.map(({ id }) => id)],
    emails: users.map(({ email }) => email),
  };
}

/** Ids of what it was done to. */
function targetsOf(event: PlatformLogEvent): readonly unknown[] {
  const payload = recordOf(event[event.type]);
  const lists = [payload.certificates, payload.configs].flatMap((list) => (Array.isArray(list) ? list : []));
  return [payload.id, payload.resource_id, ...lists.map((entry) => recordOf(entry).id)];
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
