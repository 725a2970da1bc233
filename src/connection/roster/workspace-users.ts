import { anothersField, remedyForAnothers } from '../../admin/rows.js';
import {
  IncompleteListError,
  type IncompleteListReason,
  ResponseValidationError,
} from '../../errors/response-errors.js';
import { isRecord, ownCopy } from '../../internal/json.js';
import type { RequestOptions } from '../../transport/options.js';
import { isSaid, leadsOn, mayBeFull, saysFailure, totalOf } from '../../transport/page-end.js';
import { shareDeadline } from '../../transport/shared-deadline.js';
import type { Transport } from '../../transport/transport.js';

const route = '/compliance/workspaces/{workspace_id}/users';
const pageSize = 200;
const mostPages = 10_000;
/** A page may be short, or of rows that were there before, while there is more; and so may some in a row. */
const mostIdlePages = 10;
const envelopeNames = ['object', 'data', 'has_more', 'last_id', 'error'];

/**
 * Lists the members of a workspace, page after page, by the id of the last one (OpenAI, "List users in a workspace"). A
 * deadline is for all pages together.
 *
 * @throws IncompleteListError after the rows, where they are not known to be all.
 */
export async function* listWorkspaceUsers(
  transport: Transport,
  workspaceId: string,
  options: RequestOptions,
  ofClientMs?: number,
): AsyncGenerator<readonly WorkspaceUser[], void, undefined> {
  const shared = shareDeadline(options, ofClientMs, transport.clock);
  const asked = new Set<string>();
  const seen = new Map<string, string>();
  let idlePages = 0;
  let requests = 0;
  const incomplete = (reason: IncompleteListReason, totalResults?: number) =>
    new IncompleteListError(reason, {
      received: seen.size,
      requests,
      ...(totalResults === undefined ? { stuckAt: { method: 'GET', route } } : { totalResults }),
    });
  for (let after: string | undefined; ; ) {
    const { status, body } = await transport.send({
      ...shared,
      method: 'GET',
      route,
      params: { workspace_id: workspaceId },
      query: [['limit', String(pageSize)], ...(after === undefined ? [] : ([['after', after]] as const))],
    });
    requests++;
    const page = readPage(body);
    if (page === undefined) throw invalid(status, 'data', 'expected a list of users, each with an id');
    const { data, envelope } = page;
    const { has_more: hasMore, last_id: lastId } = envelope;
    if (saysFailure(envelope)) throw invalid(status, 'error', 'expected none beside the users');
    const wrong = fieldOfOthers(page, workspaceId);
    if (wrong !== undefined) throw anothers(status, wrong.name);
    const before = seen.size;
    const doubt = doubtIn(data, seen);
    yield data;
    if (doubt !== undefined) throw incomplete(doubt);
    // A part of an answer, which nobody asked for.
    if (status === 206) throw incomplete('end_unclear');
    const last = data.at(-1)?.id;
    if (last !== undefined && typeof lastId === 'string' && lastId !== '' && lastId !== last)
      throw incomplete('cursor_elsewhere');
    if (hasMore !== true) {
      const reason = whyNoEnd(page, seen.size);
      if (reason !== undefined) throw incomplete(reason, reason === 'rows_missing' ? totalOf(envelope) : undefined);
      return;
    }
    idlePages = seen.size === before ? idlePages + 1 : 0;
    if (last === undefined) throw incomplete('page_empty');
    if (idlePages > mostIdlePages) throw incomplete('row_repeated');
    if (requests >= mostPages) throw incomplete('end_unclear');
    const next = typeof lastId === 'string' ? lastId : last;
    if (next === '' || asked.has(next))
      throw invalid(status, 'last_id', 'expected the id of the last user, to continue from');
    asked.add(next);
    after = next;
  }
}

/**
 * What of a page cannot be: one row twice in it, or one that says something else than before. Rows of an earlier page may come
 * again, as where the list shifts while it is read.
 */
function doubtIn(page: readonly WorkspaceUser[], seen: Map<string, string>): IncompleteListReason | undefined {
  const here = new Set<string>();
  let doubt: IncompleteListReason | undefined;
  for (const { id, email, role, status } of page) {
    const words = [email, role, status].join(' ');
    const known = seen.get(id);
    if (known !== undefined && known !== words) doubt = 'row_contradicts';
    if (here.has(id)) doubt ??= 'row_repeated';
    here.add(id);
    seen.set(id, words);
  }
  return doubt;
}

interface UserPage {
  readonly data: readonly (WorkspaceUser & Readonly<Record<string, unknown>>)[];
  readonly envelope: Readonly<Record<string, unknown>>;
}

function readPage(body: unknown): UserPage | undefined {
  const envelope: Readonly<Record<string, unknown>> = isRecord(body) ? ownCopy(body, envelopeNames) : {};
  const { data } = envelope;
  return Array.isArray(data) && data.every(isWorkspaceUser) ? { data, envelope } : undefined;
}

/** What of an answer is of another workspace than was asked. */
function fieldOfOthers({ data, envelope }: UserPage, workspaceId: string) {
  for (const row of [envelope, ...data]) {
    const wrong = anothersField(row, workspaceId);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

/** Whether {@link listWorkspaceUsers} would take this answer as its first page. */
export function isPageOfUsers(body: unknown, workspaceId: string): boolean {
  const page = readPage(body);
  if (page === undefined || saysFailure(page.envelope) || fieldOfOthers(page, workspaceId) !== undefined) return false;
  const { data, envelope } = page;
  if (envelope.has_more === true) return data.length > 0 || typeof envelope.last_id === 'string';
  return whyNoEnd(page, data.length) === undefined;
}

/** What contradicts that the list ends with this page; undefined where nothing does. */
function whyNoEnd({ data, envelope }: UserPage, seen: number): 'rows_missing' | 'end_unclear' | undefined {
  if ((totalOf(envelope) ?? 0) > seen) return 'rows_missing';
  return isEnd(envelope, data.length) ? undefined : 'end_unclear';
}

/** Whether an answer that does not say that there is more says that there is not. */
function isEnd(envelope: Readonly<Record<string, unknown>>, rows: number): boolean {
  const { object: _, data: __, has_more: hasMore, ...words } = envelope;
  if (hasMore === false) return !leadsOn(envelope);
  return !isSaid(hasMore) && !Object.values(words).some(isSaid) && !mayBeFull(rows, pageSize);
}

function isWorkspaceUser(value: unknown): value is WorkspaceUser & Readonly<Record<string, unknown>> {
  return isRecord(value) && typeof value.id === 'string' && value.id !== '';
}

function anothers(status: number, field: string): ResponseValidationError {
  return new ResponseValidationError(`GET ${route} was answered with what is of another workspace.`, {
    method: 'GET',
    route,
    status,
    issues: [{ path: ['data', field], message: 'expected that of what was asked for' }],
    retryable: false,
    remedy: remedyForAnothers,
  });
}

function invalid(status: number, field: string, message: string): ResponseValidationError {
  return new ResponseValidationError(`GET ${route} did not return a usable list of users.`, {
    method: 'GET',
    route,
    status,
    issues: [{ path: [field], message }],
  });
}

/** A member of a workspace, as the Compliance API lists them. Only the id is validated. */
export interface WorkspaceUser {
  /** `user-…`: the id that audit events carry, and not the id the directory uses. */
  readonly id: string;
  /** The address the person signs in with. */
  readonly email?: string | null;
  /** Name for people. */
  readonly name?: string | null;
  /** When the person joined, in Unix seconds, with a fraction. */
  readonly created_at?: number | null;
  /** What the person may do in the workspace, such as `standard-user`. */
  readonly role?: string | null;
  /** Whether the person can use the workspace: `active`, `inactive`, or a newer word. */
  readonly status?: string | null;
  /** Whether the directory manages the person. */
  readonly is_scim_managed?: boolean | null;
}
