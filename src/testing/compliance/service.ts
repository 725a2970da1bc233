import type { Random } from '../random.js';
import {
  type Answer,
  type ComplianceRoute,
  decodeSegment,
  type EmulatorRequest,
  type EmulatorRoute,
  type RouteMatch,
  type Service,
} from '../routes.js';
import { formatTimestamp } from '../timestamp.js';
import { type ComplianceKey, type ComplianceKeys, mayReadLog } from './keys.js';
import { type EmulatorLogFile, FileFacts, fileNameOf, type LogEvent } from './log-file.js';
import {
  complianceAnswer,
  complianceError,
  eventTypesOf,
  type LogQuery,
  type PrincipalKind,
  parseLimit,
  parseLogQuery,
  refuseEventTypes,
  unprocessable,
} from './log-query.js';
import type { LogStore } from './log-store.js';
import type { SignedUrls } from './storage.js';
import type { Workspaces, WorkspaceUser } from './workspaces.js';

/** What the Compliance side is made of. */
export interface ComplianceParts {
  readonly keys: ComplianceKeys;
  readonly workspaces: Workspaces;
  readonly logs: LogStore;
  readonly urls: SignedUrls;
  readonly limiter: RateLimiter;
  readonly rateLimits: RateLimits;
  /** Writes down each request in the workspace's own log. */
  readonly audit: Audit | undefined;
}

/** Told of each request that had a key. */
export type Audit = (
  request: EmulatorRequest,
  route: EmulatorRoute,
  about: { readonly kind: PrincipalKind; readonly id: string; readonly fileId: string; readonly secret: string },
) => void;

interface Principal {
  readonly kind: PrincipalKind;
  readonly id: string;
}

/** `/v1/compliance/…` of api.chatgpt.com. */
export class ComplianceService implements Service {
  readonly #parts: ComplianceParts;
  readonly #facts = new FileFacts();

  constructor(parts: ComplianceParts) {
    this.#parts = parts;
  }

  match(request: EmulatorRequest): RouteMatch {
    const [, version, area, kind, id, ...rest] = request.url.pathname.split('/');
    if (version !== 'v1' || area !== 'compliance' || kind === undefined || id === undefined) return undefined;
    if (kind !== 'workspaces' && kind !== 'organizations') return undefined;
    const route = request.method === 'GET' ? routeOf(kind, rest) : undefined;
    return route === undefined ? undefined : { route, params: [kind, decodeSegment(id), ...rest.map(decodeSegment)] };
  }

  async handle(request: EmulatorRequest, route: EmulatorRoute, params: readonly string[]): Promise<Answer> {
    const [segment = '', id = '', , fileId = ''] = params;
    const principal: Principal = { kind: segment === 'workspaces' ? 'workspace' : 'organization', id };
    const key = this.#keyOf(request);
    if (key === undefined) return complianceError(401, 'Incorrect API key provided.');
    const refusal = this.#refusePrincipal(key, principal) ?? this.#refuseRate(request, route, principal);
    if (refusal !== undefined) return refusal;
    this.#parts.audit?.(request, route, { ...principal, fileId, secret: secretOf(request) });
    switch (route) {
      case 'GET /compliance/logs':
        return this.#listLogs(request, key, principal);
      case 'GET /compliance/logs/{log_file_id}':
        return this.#download(request, key, principal, fileId);
      case 'GET /compliance/max_event_time':
        return this.#maxEventTime(request, key, principal);
      case 'GET /compliance/users':
        return this.#listUsers(request, key, principal);
      default:
        return complianceError(410, 'This endpoint was removed. Use the CONVERSATION_MESSAGE log files.');
    }
  }

  error(status: number, detail: string): Answer {
    return complianceError(status, detail);
  }

  #keyOf(request: EmulatorRequest): ComplianceKey | undefined {
    const key = this.#parts.keys.get(secretOf(request));
    return key?.keyClass === 'workspace_admin' || key?.keyClass === 'legacy_compliance' ? key : undefined;
  }

  #refusePrincipal(key: ComplianceKey, { kind, id }: Principal): Answer | undefined {
    const { workspaces } = this.#parts;
    const known = kind === 'workspace' ? workspaces.get(id) !== undefined : workspaces.hasOrganization(id);
    if (!known) return complianceError(404, `${kind === 'workspace' ? 'Workspace' : 'Organization'} not found.`);
    if (key.principalIds === undefined || key.principalIds.has(id)) return undefined;
    return complianceError(403, `The API key does not belong to this ${kind}.`);
  }

  #refuseRate(request: EmulatorRequest, route: EmulatorRoute, { id }: Principal): Answer | undefined {
    const { rateLimits, limiter } = this.#parts;
    const isDownload = route === 'GET /compliance/logs/{log_file_id}';
    const perMinute = isDownload ? rateLimits.downloadsPerMinute : rateLimits.requestsPerMinute;
    const wait = limiter.count(`${route} ${id} ${request.headers.get('authorization')}`, perMinute);
    if (wait === undefined) return undefined;
    return complianceError(429, 'Rate limit reached.', { headers: { 'retry-after': String(wait) } });
  }

  async #listLogs(request: EmulatorRequest, key: ComplianceKey, principal: Principal): Promise<Answer> {
    const query = parseLogQuery(request.url.searchParams, principal.kind);
    if ('refusal' in query) return query.refusal;
    const refusal = refuseScope(key, query.eventTypes);
    if (refusal !== undefined) return refusal;
    const { files, hasMore } = this.#filesOf(principal, query);
    const data = await Promise.all(files.map((file) => this.#describe(file)));
    return complianceAnswer(200, { data, has_more: hasMore, last_end_time: data.at(-1)?.end_time ?? null });
  }

  #filesOf(principal: Principal, query: LogQuery): { files: EmulatorLogFile[]; hasMore: boolean } {
    const found = this.#parts.logs.list(principal.id, { ...query, limit: query.limit + 1 });
    return { files: found.slice(0, query.limit), hasMore: found.length > query.limit };
  }

  async #describe(file: EmulatorLogFile) {
    const { size, sha256 } = await this.#facts.of(file.source);
    return {
      id: file.id,
      event_type: file.eventType,
      end_time: formatTimestamp(file.endTime),
      file_name: fileNameOf(file),
      file_size: size,
      file_sha256: sha256,
    };
  }

  #download(request: EmulatorRequest, key: ComplianceKey, principal: Principal, fileId: string): Answer {
    if (!/^[\w-]+$/.test(fileId)) return complianceError(400, 'Malformed log file id.', { param: 'log_file_id' });
    const file = this.#parts.logs.get(principal.id, fileId);
    if (file === undefined) return complianceError(404, 'Log file not found.');
    const refusal = refuseScope(key, new Set([file.eventType]));
    if (refusal !== undefined) return refusal;
    const location = this.#parts.urls.sign(file, request.origins.storage);
    return { status: 307, headers: { location }, body: undefined };
  }

  #maxEventTime(request: EmulatorRequest, key: ComplianceKey, principal: Principal): Answer {
    const eventTypes = eventTypesOf(request.url.searchParams);
    if (eventTypes.size === 0) {
      return unprocessable([{ name: 'event_type', msg: 'Field required', type: 'missing', input: null }]);
    }
    const refusal = refuseEventTypes(eventTypes, principal.kind) ?? refuseScope(key, eventTypes);
    if (refusal !== undefined) return refusal;
    const newest: Record<string, string | null> = {};
    for (const type of eventTypes) {
      const times = this.#parts.logs
        .list(principal.id, { eventTypes: new Set([type]) })
        .flatMap((file) => file.newestEventTime ?? []);
      newest[type] = times.length === 0 ? null : formatTimestamp(times.reduce((one, other) => Math.max(one, other)));
    }
    return complianceAnswer(200, { max_event_time: newest });
  }

  #listUsers(request: EmulatorRequest, key: ComplianceKey, principal: Principal): Answer {
    if (!key.scopes.has('chatgpt.enterprise.compliance_export.read')) return scopeMissing();
    const limit = parseLimit(request.url.searchParams.get('limit'), 200, 1000);
    if (typeof limit === 'object') return unprocessable([limit]);
    const after = request.url.searchParams.get('after');
    const users = this.#parts.workspaces.users(principal.id);
    const start = after === null ? 0 : users.findIndex((user) => user.id > after);
    const page = start === -1 ? [] : users.slice(start, start + limit);
    const data = page.map(userBody);
    const hasMore = start !== -1 && start + limit < users.length;
    // Documented as a text that is never null: an empty page goes without it.
    const lastId = page.at(-1)?.id;
    const cursor = lastId === undefined ? {} : { last_id: lastId };
    return complianceAnswer(200, { object: 'list', data, has_more: hasMore, ...cursor });
  }
}

function secretOf(request: EmulatorRequest): string {
  const [, secret = ''] = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  return secret;
}

function routeOf(kind: string, [area, id, ...more]: readonly string[]): ComplianceRoute | undefined {
  if (more.length > 0) return undefined;
  if (area === 'logs') return id === undefined ? 'GET /compliance/logs' : 'GET /compliance/logs/{log_file_id}';
  if (id !== undefined) return undefined;
  if (area === 'max_event_time') return 'GET /compliance/max_event_time';
  if (kind !== 'workspaces') return undefined;
  if (area === 'users') return 'GET /compliance/users';
  return area === 'conversations' ? 'GET /compliance/conversations' : undefined;
}

function refuseScope(key: ComplianceKey, eventTypes: ReadonlySet<string>): Answer | undefined {
  for (const type of eventTypes) if (!mayReadLog(key, type)) return scopeMissing();
  return undefined;
}

function scopeMissing(): Answer {
  return complianceError(403, 'The API key lacks the scope this request needs.');
}

function userBody(user: WorkspaceUser) {
  return { object: 'compliance.workspace.user', ...user };
}

const actions: Partial<Record<EmulatorRoute, Readonly<Record<PrincipalKind, string | undefined>>>> = {
  'GET /compliance/logs': { workspace: 'LIST_WORKSPACE_LOG_FILES', organization: 'LIST_ORGANIZATION_LOG_FILES' },
  'GET /compliance/logs/{log_file_id}': {
    workspace: 'DOWNLOAD_WORKSPACE_LOG_FILE',
    organization: 'DOWNLOAD_ORGANIZATION_LOG_FILE',
  },
  'GET /compliance/users': { workspace: 'LIST_WORKSPACE_USERS', organization: undefined },
} satisfies Partial<Record<ComplianceRoute, Readonly<Record<PrincipalKind, string | undefined>>>>;

/** The `AUDIT_LOG` event that a request of the Compliance API leaves; `undefined` for one that leaves none. */
export function auditEventOf(
  request: EmulatorRequest,
  route: EmulatorRoute,
  about: { readonly kind: PrincipalKind; readonly id: string; readonly fileId: string; readonly secret: string },
  random: Random,
  nowMs: number,
): LogEvent | undefined {
  const action = actions[route]?.[about.kind];
  if (action === undefined) return undefined;
  const asked = Object.fromEntries(request.url.searchParams);
  return {
    event_id: random.uuid(),
    type: 'AUDIT_LOG',
    timestamp: formatTimestamp(Math.floor(nowMs) * 1000 + random.integer(0, 999)),
    principal: { id: about.id, type: 'CHATGPT_WORKSPACE' },
    actor: { type: 'API_KEY', redacted_id: `${about.secret.slice(0, 3)}...${about.secret.slice(-4)}` },
    action,
    action_result: 'SUCCESS',
    action_privilege: 'ADMIN',
    request_metadata: { client_ip: '198.51.100.7', client_user_agent: request.headers.get('user-agent') },
    action_data: about.fileId === '' ? asked : { log_file_id: about.fileId },
  };
}

/** Requests a minute; `undefined` where there is no limit. */
export interface RateLimits {
  /** For log file downloads. OpenAI documents 50. */
  readonly downloadsPerMinute?: number | undefined;
  /** For every other route. OpenAI documents 100. */
  readonly requestsPerMinute?: number | undefined;
}

/** Counts requests in a sliding minute, per route and key. */
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
    if (recent.length >= perMinute && oldest !== undefined)
      return Math.max(1, Math.ceil((oldest + 60_000 - now) / 1000));
    recent.push(now);
    return undefined;
  }

  clear(): void {
    this.#times.clear();
  }
}
