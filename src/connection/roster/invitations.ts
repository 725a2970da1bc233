import { isAboutTheCall } from '../../audit-logs/failed-principals.js';
import { ResponseError } from '../../errors/response-errors.js';
import { isRecord, ownCopy } from '../../internal/json.js';
import type { RequestOptions } from '../../transport/options.js';
import type { Transport } from '../../transport/transport.js';
import type { Invitation } from './person.js';

// OpenAI names this list and publishes neither its rows nor its envelope nor how it is paged. So every way in which its other
// lists go on is followed, nothing of a row is taken but an address and a status, and whatever is not understood proves nothing.
const route = '/compliance/workspaces/{workspace_id}/invites';
const pageSize = 100;
const mostPages = 1_000;
const mostInvitations = 100_000;
/** A page may be empty while there is more. */
const mostEmptyPages = 10;
/** Whether an invitation with this status is open. Of any other word it is not known. */
const isOpen: ReadonlyMap<string, boolean> = new Map([
  ...['pending', 'invited', 'sent'].map((word) => [word, true] as const),
  ...['accepted', 'declined', 'rejected', 'expired', 'revoked', 'withdrawn', 'canceled', 'cancelled', 'deleted'].map(
    (word) => [word, false] as const,
  ),
]);

/** The invitations into a workspace, as far as the service shows them. */
interface InvitationList {
  readonly invitations: readonly Invitation[];
  /** Whether nobody else is invited. */
  readonly isWhole: boolean;
}

const notKnown: InvitationList = { invitations: [], isWhole: false };

/**
 * Lists the invitations into a workspace. A list that is refused, not there, or breaks off is no error: the members are known
 * without it. It is then not known who is invited.
 */
export async function listInvitations(
  transport: Transport,
  workspaceId: string,
  options: RequestOptions,
): Promise<InvitationList> {
  try {
    return await readPages(transport, workspaceId, options);
  } catch (error) {
    if (options.signal?.aborted || isAboutTheCall(error)) throw error;
    return notKnown;
  }
}

async function readPages(transport: Transport, workspaceId: string, options: RequestOptions): Promise<InvitationList> {
  const found: Invitation[] = [];
  const asked = new Set<string>();
  const seen = new Set<string>();
  let areAllUsable = true;
  let emptyPages = 0;
  let limit: string | undefined = String(pageSize);
  for (let next: PageQuery | undefined; asked.size < mostPages && found.length < mostInvitations; ) {
    const answer = await send(limit, next);
    if (answer === 'limit_refused') {
      limit = undefined;
      continue;
    }
    const page = readPage(answer.body);
    if (page === undefined) return notKnown;
    const before = seen.size;
    for (const row of page.rows) {
      const key = keyOf(row);
      if (seen.has(key)) continue;
      seen.add(key);
      const invitation = readRow(workspaceId, row);
      if (invitation === undefined) areAllUsable = false;
      else found.push(invitation);
    }
    // The same page again: the server does not go on, whatever it says.
    if (page.rows.length > 0 && seen.size === before) return notKnown;
    emptyPages = page.rows.length === 0 ? emptyPages + 1 : 0;
    if (page.next === 'broken' || emptyPages > mostEmptyPages) return notKnown;
    if (typeof page.next === 'string') return { invitations: found, isWhole: areAllUsable && page.next === 'none' };
    const key = page.next.join('=');
    if (asked.has(key)) return notKnown;
    asked.add(key);
    next = page.next;
  }
  return notKnown;

  async function send(limit: string | undefined, next: PageQuery | undefined) {
    const query = [...(limit === undefined ? [] : [['limit', limit] as const]), ...(next === undefined ? [] : [next])];
    try {
      return await transport.send({ ...options, method: 'GET', route, params: { workspace_id: workspaceId }, query });
    } catch (error) {
      // How many it gives at a time is not published either.
      const isRefused = error instanceof ResponseError && (error.status === 400 || error.status === 422);
      if (isRefused && limit !== undefined && next === undefined) return 'limit_refused';
      throw error;
    }
  }
}

/** A parameter that asks for a page, as OpenAI's lists have it: `cursor`, `page` (`next_page` of the answer), `after`. */
type PageQuery = readonly [name: 'cursor' | 'page' | 'after', value: string];

interface Page {
  readonly rows: readonly unknown[];
  /** `unclear`: something is said that may mean more rows. `broken`: there are more, and no way to them is named. */
  readonly next: PageQuery | 'none' | 'unclear' | 'broken';
}

const pageNames = ['object', 'data', 'has_more', 'cursor', 'next_page', 'last_id'];

function readPage(body: unknown): Page | undefined {
  if (Array.isArray(body)) return { rows: body, next: body.length < pageSize ? 'none' : 'unclear' };
  if (!isRecord(body)) return undefined;
  const { object: _, data: rows, has_more: hasMore, cursor, next_page: nextPage, ...rest } = ownCopy(body, pageNames);
  if (!Array.isArray(rows)) return undefined;
  if (hasMore === false) return { rows, next: 'none' };
  // Where an agent of OpenAI's lists has both, the id is there for old clients only.
  const named = [pageQuery('cursor', cursor), pageQuery('page', nextPage)].find((query) => query !== undefined);
  if (named !== undefined) return { rows, next: named };
  if (hasMore === true) return { rows, next: pageQuery('after', rest.last_id ?? idOf(rows.at(-1))) ?? 'broken' };
  const saysMore = [hasMore, cursor, nextPage, ...Object.values(rest)].some(
    (value) => value !== undefined && value !== null && value !== '',
  );
  return { rows, next: saysMore || rows.length >= pageSize ? 'unclear' : 'none' };
}

function pageQuery(name: PageQuery[0], value: unknown): PageQuery | undefined {
  return typeof value === 'number' || (typeof value === 'string' && value !== '') ? [name, String(value)] : undefined;
}

function idOf(row: unknown): unknown {
  return isRecord(row) && Object.hasOwn(row, 'id') ? row.id : undefined;
}

/** By what a row is known again: a list that shifts while it is read repeats some. An id alone could be of two. */
function keyOf(row: unknown): string {
  const id = idOf(row);
  const hasId = isRecord(row) && (typeof id === 'string' || typeof id === 'number');
  return JSON.stringify(hasId ? [id, row.email, row.email_address] : row);
}

function readRow(workspaceId: string, row: unknown): Invitation | undefined {
  if (!isRecord(row)) return undefined;
  const { email: plain, email_address: long, status } = ownCopy(row, ['email', 'email_address', 'status']);
  const email = [plain, long].flatMap((value) => (typeof value === 'string' ? value.trim() || [] : []))[0];
  if (email === undefined) return undefined;
  const isAbsent = status === undefined || status === null;
  const isPending = isAbsent || (typeof status === 'string' ? isOpen.get(status.trim().toLowerCase()) : undefined);
  return {
    workspaceId,
    email,
    ...(typeof status === 'string' ? { status } : {}),
    ...(isPending === undefined ? {} : { isPending }),
    raw: row,
  };
}
