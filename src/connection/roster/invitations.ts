import { workspaceApisTag } from '../../admin/api.js';
import { anothersField } from '../../admin/rows.js';
import { isAboutTheCall } from '../../audit-logs/failed-principals.js';
import { ResponseError } from '../../errors/response-errors.js';
import { openAbortScope } from '../../internal/abort.js';
import { isRecord, ownCopy } from '../../internal/json.js';
import type { RequestOptions, TransportResponse } from '../../transport/options.js';
import { isSaid, leadsOn, mayBeFull, saysFailure, totalOf } from '../../transport/page-end.js';
import { parseRetryAfter } from '../../transport/retry.js';
import type { Transport } from '../../transport/transport.js';
import { readInvitation, rowKey } from './invitation-rows.js';
import { isRefusal, type RosterAdmin } from './members.js';
import type { Invitation } from './person.js';

// OpenAI names these lists and publishes neither its rows nor its envelope nor how it is paged. So every way in which its other
// lists go on is followed, nothing of a row is taken but an address and a status, and whatever is not understood proves nothing.
const routes = {
  admin: '/manage/workspaces/{workspace_id}/invites',
  compliance: '/compliance/workspaces/{workspace_id}/invites',
} as const;
const pageSize = 100;
const mostPages = 1_000;
const mostInvitations = 100_000;
/** A page may be empty while there is more. */
const mostEmptyPages = 10;
/** Of all rows that are kept, as JSON. */
const mostCharacters = 40_000_000;
/** The members are worth more than this list: nobody waits for it for long. */
const firstPageMs = 20_000;
const wholeListMs = 120_000;
const longestRetryAfterMs = 5_000;

/** The invitations into a workspace, as far as the service shows them. */
interface InvitationList {
  readonly invitations: readonly Invitation[];
  /** Whether nobody else is invited. */
  readonly isWhole: boolean;
}

const notKnown: InvitationList = { invitations: [], isWhole: false };

type Query = readonly (readonly [name: string, value: string])[];

/** Asks for a page, of the one list or the other. */
interface InvitationSource extends Pick<Invitation, 'workspaceId' | 'listedBy'> {
  readonly ask: (query: Query, options: RequestOptions) => Promise<unknown>;
}

interface PagedSource extends Pick<Invitation, 'workspaceId' | 'listedBy'> {
  readonly ask: (query: Query) => Promise<unknown>;
}

/**
 * Lists the invitations into a workspace, of the Admin API where the key opens that, else of the Compliance API. A list that is
 * refused, not there, or breaks off is no error: the members are known without it. It is then not known who is invited.
 */
export async function listInvitations(
  transport: Transport,
  workspaceId: string,
  options: RequestOptions,
  admin?: RosterAdmin,
): Promise<InvitationList> {
  const { clock } = transport;
  const patience: Patience = { options, clock };
  const ofCompliance: InvitationSource = {
    listedBy: 'compliance',
    workspaceId,
    ask: (query, how) => askPatiently(transport, { route: routes.compliance, workspaceId, query }, how),
  };
  const api = admin && workspaceApisTag.get(admin)?.(workspaceId);
  if (api === undefined) return readOrNothing(ofCompliance, patience);
  let hasAnswered = false;
  const ofAdmin: InvitationSource = {
    listedBy: 'admin',
    workspaceId,
    ask: async (query, how) => {
      const route = routes.admin;
      const body = await askPatiently(api.transportOf(route), { route, workspaceId, query }, how);
      hasAnswered = true;
      return body;
    },
  };
  let isRefused = false;
  const list = await readOrNothing(ofAdmin, patience, (error) => {
    isRefused = !hasAnswered && isRefusal(error);
  });
  return isRefused ? readOrNothing(ofCompliance, patience) : list;
}

const busy = [429, 503];

/** Asks for a page. `undefined` where the service is busy for long: were that a failure, its `Retry-After` would stop the list of members too. */
async function askPatiently(
  transport: Transport,
  { route, workspaceId, query }: { readonly route: string; readonly workspaceId: string; readonly query: Query },
  options: RequestOptions,
): Promise<unknown> {
  const request = { ...options, method: 'GET', route, params: { workspace_id: workspaceId }, query } as const;
  const check = (answer: TransportResponse) => waitIfShort(answer, route, transport.clock.now());
  const { status, body } = await transport.send({ ...request, acceptStatuses: busy, check });
  // With 206 it is a part of an answer, which nobody asked for.
  return busy.includes(status) || status === 206 ? undefined : body;
}

/** @throws ResponseError where the service asks for so little patience that the request is to be repeated. */
function waitIfShort({ status, headers }: TransportResponse, route: string, nowMs: number): void {
  if (!busy.includes(status)) return;
  const retryAfterMs = parseRetryAfter(headers, nowMs);
  if (retryAfterMs !== undefined && retryAfterMs > longestRetryAfterMs) return;
  const facts = { method: 'GET', route, status, attempts: 1, retryable: true, retryAfterMs };
  throw new ResponseError(status === 429 ? 'rate_limited' : 'server_error', 'The service is busy.', facts);
}

interface Patience {
  readonly options: RequestOptions;
  readonly clock: Transport['clock'];
}

async function readOrNothing(
  source: InvitationSource,
  { options, clock }: Patience,
  onFailure?: (error: unknown) => void,
): Promise<InvitationList> {
  const { signal, deadlineMs = wholeListMs } = options;
  const whole = openAbortScope([signal], Math.min(deadlineMs, wholeListMs), clock);
  const first = openAbortScope([whole.signal], firstPageMs, clock);
  let pages = 0;
  const ask = async (query: Query) => {
    const body = await source.ask(query, { ...options, signal: pages === 0 ? first.signal : whole.signal });
    if (pages++ === 0) first.end();
    return body;
  };
  try {
    return await readPages({ ...source, ask }, clock.now());
  } catch (error) {
    if (signal?.aborted || isAboutTheCall(error)) throw error;
    onFailure?.(error);
    return notKnown;
  } finally {
    first.end();
    whole.end();
  }
}

async function readPages(source: PagedSource, nowMs: number): Promise<InvitationList> {
  const found: Invitation[] = [];
  const asked = new Set<string>();
  const seen = new Set<string>();
  let areAllUsable = true;
  let emptyPages = 0;
  let characters = 0;
  let limit: string | undefined = String(pageSize);
  for (let next: PageQuery | undefined; asked.size < mostPages && found.length < mostInvitations; ) {
    const answer = await send(limit, next);
    if (answer === 'limit_refused') {
      limit = undefined;
      continue;
    }
    const page = readPage(answer.body, limit, next);
    if (page === undefined) return notKnown;
    // What is of another workspace is not this one's list, and neither is the rest of it.
    if ([answer.body, ...page.rows].some((one) => isRecord(one) && isAnothers(one, source.workspaceId)))
      return notKnown;
    const before = seen.size;
    for (const row of page.rows) {
      const key = rowKey(row);
      if (seen.has(key)) continue;
      seen.add(key);
      characters += JSON.stringify(row).length;
      const invitation = readInvitation(row, source, nowMs);
      if (invitation === undefined) areAllUsable = false;
      else found.push(invitation);
    }
    if (characters > mostCharacters) return notKnown;
    // More pages would not make it whole.
    if (!areAllUsable) return { invitations: found, isWhole: false };
    // The same page again: the server does not go on, whatever it says.
    if (page.rows.length > 0 && seen.size === before) return notKnown;
    emptyPages = page.rows.length === 0 ? emptyPages + 1 : 0;
    if (page.next === 'broken' || emptyPages > mostEmptyPages) return notKnown;
    if (typeof page.next === 'string') {
      return { invitations: found, isWhole: page.next === 'none' && (page.total ?? 0) <= seen.size };
    }
    const key = page.next.join('=');
    if (asked.has(key)) return notKnown;
    asked.add(key);
    next = page.next;
  }
  return notKnown;

  async function send(limit: string | undefined, next: PageQuery | undefined) {
    const query = [...(limit === undefined ? [] : [['limit', limit] as const]), ...(next === undefined ? [] : [next])];
    try {
      return { body: await source.ask(query) };
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
  /** How many there are in all, where that is said. */
  readonly total?: number | undefined;
}

const pageNames = ['object', 'data', 'has_more', 'cursor', 'next_page', 'last_id'];

function readPage(body: unknown, limit: string | undefined, asked: PageQuery | undefined): Page | undefined {
  const isFull = (rows: number) => mayBeFull(rows, limit === undefined ? undefined : Number(limit));
  if (Array.isArray(body)) return { rows: body, next: isFull(body.length) ? 'unclear' : 'none' };
  if (!isRecord(body) || saysFailure(body)) return undefined;
  const total = totalOf(body);
  const { object: _, data: rows, has_more: hasMore, cursor, next_page: nextPage, ...rest } = ownCopy(body, pageNames);
  if (!Array.isArray(rows)) return undefined;
  if (hasMore === false) return { rows, total, next: leadsOn(body) ? 'unclear' : 'none' };
  // Where an agent of OpenAI's lists has both, the id is there for old clients only.
  const named = [pageQuery('cursor', cursor), pageQuery('page', nextPage)].find((query) => query !== undefined);
  if (named !== undefined) return { rows, next: named };
  if (hasMore === true) return { rows, next: pageQuery('after', rest.last_id ?? idOf(rows.at(-1))) ?? 'broken' };
  if ([hasMore, cursor, nextPage, ...Object.values(rest)].some(isSaid)) return { rows, next: 'unclear' };
  // What led here and leads no further is a word for the end, and so is one beside fewer rows than were asked for.
  const isByWord = asked === undefined ? rows.length < Number(limit ?? 0) : asked[0] !== 'after';
  const isLast = isByWord && (cursor === null || nextPage === null);
  return { rows, next: !isLast && isFull(rows.length) ? 'unclear' : 'none' };
}

function isAnothers(row: Readonly<Record<string, unknown>>, workspaceId: string): boolean {
  return anothersField(row, workspaceId)?.of === 'workspace';
}

function pageQuery(name: PageQuery[0], value: unknown): PageQuery | undefined {
  return typeof value === 'number' || (typeof value === 'string' && value !== '') ? [name, String(value)] : undefined;
}

function idOf(row: unknown): unknown {
  return isRecord(row) && Object.hasOwn(row, 'id') ? row.id : undefined;
}
