import {
  IncompleteListError,
  type IncompleteListReason,
  ResponseValidationError,
} from '../../errors/response-errors.js';
import { isRecord, ownCopy } from '../../internal/json.js';
import type { RequestOptions } from '../../transport/options.js';
import { isSaid, leadsOn, mayBeFull, totalOf } from '../../transport/page-end.js';
import { shareDeadline } from '../../transport/shared-deadline.js';
import type { Transport } from '../../transport/transport.js';

const route = '/compliance/workspaces/{workspace_id}/users';
const pageSize = 200;
const mostPages = 10_000;
/** A page may be short, empty, or of rows that were there before, while there is more; and so may some in a row. */
const mostIdlePages = 10;
const envelopeNames = ['object', 'data', 'has_more', 'last_id'];

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
  const seen = new Set<string>();
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
    const before = seen.size;
    for (const { id } of data) seen.add(id);
    yield data;
    if (hasMore !== true) {
      const reason = whyNoEnd(page, seen.size);
      if (reason !== undefined) throw incomplete(reason, reason === 'rows_missing' ? totalOf(envelope) : undefined);
      return;
    }
    idlePages = seen.size === before ? idlePages + 1 : 0;
    if (idlePages > mostIdlePages) throw incomplete(data.length === 0 ? 'page_empty' : 'row_repeated');
    if (requests >= mostPages) throw incomplete('end_unclear');
    const next = typeof lastId === 'string' ? lastId : data.at(-1)?.id;
    const isNew = next !== undefined && !asked.has(next);
    if (!isNew) throw invalid(status, 'last_id', 'expected the id of the last user, to continue from');
    asked.add(next);
    after = next;
  }
}

interface UserPage {
  readonly data: readonly WorkspaceUser[];
  readonly envelope: Readonly<Record<string, unknown>>;
}

function readPage(body: unknown): UserPage | undefined {
  const envelope: Readonly<Record<string, unknown>> = isRecord(body) ? ownCopy(body, envelopeNames) : {};
  const { data } = envelope;
  return Array.isArray(data) && data.every(isWorkspaceUser) ? { data, envelope } : undefined;
}

/** Whether {@link listWorkspaceUsers} would take this answer as its first page. */
export function isPageOfUsers(body: unknown): boolean {
  const page = readPage(body);
  if (page?.envelope.has_more === true) return page.data.length > 0 || typeof page.envelope.last_id === 'string';
  return page !== undefined && whyNoEnd(page, page.data.length) === undefined;
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

function isWorkspaceUser(value: unknown): value is WorkspaceUser {
  return isRecord(value) && typeof value.id === 'string' && value.id !== '';
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
