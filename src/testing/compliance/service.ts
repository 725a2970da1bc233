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
import { userIdOf } from '../user-id.js';
import { type AccessParts, checkPrincipal, checkRate, keyOf, scopeMissing, secretOf } from './access.js';
import type { ComplianceKey } from './keys.js';
import { type EmulatorLogFile, FileFacts, fileNameOf, type LogEvent } from './log-file.js';
import {
  ComplianceRefusal,
  checkEventTypes,
  complianceAnswer,
  complianceError,
  eventTypesOf,
  missing,
  type PrincipalKind,
  parseLimit,
  parseLogQuery,
  refusal,
  unprocessable,
} from './log-query.js';
import type { LogStore } from './log-store.js';
import { allowLog, allowMembers } from './scopes.js';
import type { SignedUrls } from './storage.js';

export interface ComplianceParts extends AccessParts {
  readonly logs: LogStore;
  readonly urls: SignedUrls;
  /** Writes down each request in the workspace's own log. */
  readonly audit: Audit | undefined;
}

/** Told of each request that was answered. */
export type Audit = (
  request: EmulatorRequest,
  route: EmulatorRoute,
  about: {
    readonly kind: PrincipalKind;
    readonly id: string;
    readonly fileId: string;
    readonly secret: string;
    /** What a request of the Admin API is called, and the ids in its path. */
    readonly admin?: { readonly action: string; readonly ids: Readonly<Record<string, string>> } | undefined;
  },
) => void;

/** A request with a key, and what it is about. */
interface Asked {
  readonly request: EmulatorRequest;
  readonly key: ComplianceKey;
  readonly kind: PrincipalKind;
  readonly id: string;
  readonly fileId: string;
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
    const [segment, id = '', , fileId = ''] = params;
    const kind = segment === 'workspaces' ? 'workspace' : 'organization';
    try {
      const key = keyOf(this.#parts, request);
      const asked: Asked = { request, key, kind, id, fileId };
      checkPrincipal(this.#parts, asked);
      checkRate(this.#parts, asked, route);
      const answer = await this.#dispatch(asked, route);
      // Not before: what is refused is no success in anybody's log.
      this.#parts.audit?.(request, route, { kind, id, fileId, secret: secretOf(request) });
      return answer;
    } catch (error) {
      if (error instanceof ComplianceRefusal) return error.answer;
      throw error;
    }
  }

  error(status: number, detail: string): Answer {
    return complianceError(status, detail);
  }

  #dispatch(asked: Asked, route: EmulatorRoute): Answer | Promise<Answer> {
    switch (route) {
      case 'GET /compliance/logs':
        return this.#listLogs(asked);
      case 'GET /compliance/logs/{log_file_id}':
        return this.#download(asked);
      case 'GET /compliance/max_event_time':
        return this.#maxEventTime(asked);
      case 'GET /compliance/users':
        return this.#listUsers(asked);
      case 'GET /compliance/invites':
        return this.#listInvitations(asked);
      default:
        return complianceError(410, 'This endpoint was removed. Use the CONVERSATION_MESSAGE log files.');
    }
  }

  async #listLogs({ request, key, kind, id }: Asked): Promise<Answer> {
    const { maxPageSize, listOrder, lastEndTime, filtersByType } = this.#parts.behaviour;
    const query = parseLogQuery(request.url.searchParams, kind);
    checkScope(key, query.eventTypes);
    const size = Math.min(query.limit, maxPageSize);
    const limit = listOrder === 'newest_first' ? undefined : size + 1;
    const eventTypes = filtersByType ? query.eventTypes : undefined;
    const found = this.#parts.logs.list(id, { ...query, eventTypes, limit });
    const page = (listOrder === 'newest_first' ? found.toReversed() : found).slice(0, size);
    const files = listOrder === 'shuffled_pages' ? shuffled(page) : page;
    const data = await Promise.all(files.map((file) => this.#describe(file)));
    const has_more = found.length > size;
    const last = lastEndTime === 'of_last_row' ? data.at(-1) : data[0];
    return complianceAnswer(200, { data, has_more, last_end_time: last?.end_time ?? null });
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

  #download({ request, key, id, fileId }: Asked): Answer {
    if (!/^[\w-]+$/.test(fileId)) throw refusal(400, 'Malformed log file id.', { param: 'log_file_id' });
    const file = this.#parts.logs.get(id, fileId);
    if (file === undefined) throw refusal(404, 'Log file not found.');
    checkScope(key, new Set([file.eventType]));
    return { status: 307, headers: { location: this.#parts.urls.sign(file, request.origins.storage) } };
  }

  #maxEventTime({ request, key, kind, id }: Asked): Answer {
    const eventTypes = eventTypesOf(request.url.searchParams);
    if (eventTypes.size === 0) throw unprocessable([missing('event_type')]);
    checkEventTypes(eventTypes, kind);
    checkScope(key, eventTypes);
    const newest: Record<string, string | null> = {};
    for (const type of eventTypes) {
      const files = this.#parts.logs.list(id, { eventTypes: new Set([type]) });
      const times = files.flatMap((file) => file.newestEventTime ?? []);
      newest[type] = times.length === 0 ? null : formatTimestamp(times.reduce((one, other) => Math.max(one, other)));
    }
    return complianceAnswer(200, { max_event_time: newest });
  }

  #listUsers({ request, key, id: workspaceId }: Asked): Answer {
    // Which seat somebody has is told by the Admin API alone.
    const users = this.#parts.workspaces.users(workspaceId).map(({ seatType: _seat, ...user }) => user);
    return listOfPeople(request, key, 'compliance.workspace.user', users);
  }

  // OpenAI publishes that there is this list, and not what it looks like: this is a guess, by its list of members.
  #listInvitations({ request, key, id: workspaceId }: Asked): Answer {
    const invitations = this.#parts.workspaces
      .invitations(workspaceId)
      .map(({ email }) => ({ id: userIdOf(email).replace('user', 'invite'), email, status: 'pending' }))
      .toSorted((one, other) => (one.id < other.id ? -1 : 1));
    return listOfPeople(request, key, 'compliance.workspace.invite', invitations);
  }
}

/** A page of those who come after the id that is asked for; they are ascending by id. */
function listOfPeople(
  { url }: EmulatorRequest,
  key: ComplianceKey,
  object: string,
  all: readonly { readonly id: string }[],
): Answer {
  if (!allowMembers(key.scopes)) throw scopeMissing();
  const limit = parseLimit(url.searchParams.get('limit'), 200, 1000);
  if (typeof limit === 'object') throw unprocessable([limit]);
  const after = url.searchParams.get('after');
  const left = all.filter(({ id }) => after === null || id > after);
  const data = left.slice(0, limit).map((row) => ({ object, ...row }));
  // Documented as a text that is never null: an empty page goes without it.
  const last_id = data.at(-1)?.id;
  return complianceAnswer(200, { object: 'list', data, has_more: left.length > limit, last_id });
}

// Every other one comes first: the last is never the newest of several.
function shuffled<T>(files: readonly T[]): readonly T[] {
  return [...files.filter((_, index) => index % 2 === 1), ...files.filter((_, index) => index % 2 === 0)];
}

function routeOf(kind: string, [area, id, ...more]: readonly string[]): ComplianceRoute | undefined {
  if (more.length > 0) return undefined;
  if (area === 'logs') return id === undefined ? 'GET /compliance/logs' : 'GET /compliance/logs/{log_file_id}';
  if (id !== undefined) return undefined;
  if (area === 'max_event_time') return 'GET /compliance/max_event_time';
  if (kind !== 'workspaces') return undefined;
  if (area === 'users') return 'GET /compliance/users';
  if (area === 'invites') return 'GET /compliance/invites';
  return area === 'conversations' ? 'GET /compliance/conversations' : undefined;
}

function checkScope(key: ComplianceKey, eventTypes: ReadonlySet<string>): void {
  for (const type of eventTypes) if (!allowLog(key.scopes, type)) throw scopeMissing();
}

const auditActions: Partial<Record<EmulatorRoute, string>> = {
  'GET /compliance/logs': 'LIST_WORKSPACE_LOG_FILES',
  'GET /compliance/logs/{log_file_id}': 'DOWNLOAD_WORKSPACE_LOG_FILE',
  'GET /compliance/users': 'LIST_WORKSPACE_USERS',
};

/** The `AUDIT_LOG` event that a request about a workspace leaves there; `undefined` for one that leaves none. */
export function auditEventOf(
  ...[request, route, { kind, id, fileId, secret, admin }, random, nowMs]: [...Parameters<Audit>, Random, number]
): LogEvent | undefined {
  const action = admin?.action ?? auditActions[route];
  if (kind !== 'workspace' || action === undefined) return undefined;
  return {
    event_id: random.uuid(),
    type: 'AUDIT_LOG',
    timestamp: formatTimestamp(Math.floor(nowMs) * 1000 + random.integer(0, 999)),
    principal: { id, type: 'CHATGPT_WORKSPACE' },
    actor: { type: 'API_KEY', redacted_id: `${secret.slice(0, 3)}...${secret.slice(-4)}` },
    action,
    action_result: 'SUCCESS',
    action_privilege: 'ADMIN',
    request_metadata: { client_ip: '198.51.100.7', client_user_agent: request.headers.get('user-agent') },
    action_data:
      fileId === '' ? { ...admin?.ids, ...Object.fromEntries(request.url.searchParams) } : { log_file_id: fileId },
  };
}
