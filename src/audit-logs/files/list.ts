import { IncompleteListError, type IncompleteListReason } from '../../errors/response-errors.js';
import { formatInstant, instantOf } from '../../internal/dates.js';
import type { AuditLogPrincipal } from '../principal.js';
import type { AuditLogFile, LogFile, LogFilePage } from './log-file.js';

/** Some files of one event type of one workspace or organization, as the service listed them. */
export interface AuditLogFilePage {
  /** Whose files. */
  readonly principal: AuditLogPrincipal;
  /** The one type of event in them. */
  readonly eventType: string;
  /** Oldest first. Empty where the service had nothing new to say. */
  readonly files: readonly AuditLogFile[];
}

/** Log files, asked for when they are iterated; each `for await` begins anew. */
export interface AuditLogFileList extends AsyncIterable<AuditLogFile> {
  /**
   * The same files in pages, event type after event type and workspace after workspace.
   *
   * @throws While iterating: ResponseError, ConnectionError, ResponseValidationError, IncompleteListError; or the signal's own
   * reason.
   * @example
   * ```ts
   * import { AuditLogClient } from 'chatgpt-enterprise-sdk/audit-logs';
   *
   * const client = new AuditLogClient({ apiKey: 'sk-admin-…', workspaceIds: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11' });
   * for await (const page of client.files({ eventTypes: ['AUTH_LOG'] }).pages()) {
   *   console.log(page.principal.id, page.eventType, page.files.length);
   * }
   * ```
   */
  pages(): AsyncIterable<AuditLogFilePage>;
}

/** One event type of one principal, and how its files are listed. */
export interface ListedPartition {
  readonly principal: AuditLogPrincipal;
  readonly eventType: string;
  readonly plan: ListPlan;
}

export function listFilesOf(lanes: readonly ListedPartition[]): AuditLogFileList {
  return {
    [Symbol.asyncIterator]: () => oldestFirst(lanes.map(pagesOf)),
    pages: () => ({
      async *[Symbol.asyncIterator]() {
        for (const lane of lanes) yield* pagesOf(lane);
      },
    }),
  };
}

async function* pagesOf({
  principal,
  eventType,
  plan,
}: ListedPartition): AsyncGenerator<AuditLogFilePage, void, undefined> {
  for await (const files of listLogFiles(plan)) {
    yield { principal, eventType, files: files.map((file) => ({ ...file, principal })) };
  }
}

async function* oldestFirst(
  lanes: readonly AsyncGenerator<AuditLogFilePage, void, undefined>[],
): AsyncGenerator<AuditLogFile, void, undefined> {
  const heads = lanes.map((lane) => ({ lane, files: [] as readonly AuditLogFile[], at: 0 }));
  const waiting = new Set(heads);
  const ready = new Set<(typeof heads)[number]>();
  for (;;) {
    await Promise.all([...waiting].map(refill));
    waiting.clear();
    const [first] = [...ready].sort((one, other) => compare(one.files[one.at], other.files[other.at]));
    const file = first?.files[first.at];
    if (first === undefined || file === undefined) return;
    yield file;
    first.at++;
    if (first.at === first.files.length) waiting.add(first);
  }

  async function refill(head: (typeof heads)[number]): Promise<void> {
    ready.delete(head);
    for (;;) {
      const { done, value } = await head.lane.next();
      if (done) return;
      if (value.files.length === 0) continue;
      head.files = value.files;
      head.at = 0;
      ready.add(head);
      return;
    }
  }
}

function compare(one: AuditLogFile | undefined, other: AuditLogFile | undefined): number {
  const difference = instantOf(one?.end_time ?? '') - instantOf(other?.end_time ?? '');
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

const microsecond = 1000n;

/** Asks the server for one page of files that end within the range, both ends excluded. */
export type AskForPage = (range: {
  readonly after: string;
  readonly before: string | undefined;
}) => Promise<LogFilePage>;

/** What to list. */
export interface ListPlan {
  readonly ask: AskForPage;
  readonly route: string;
  /** Sent verbatim. */
  readonly after: string;
  readonly before?: string | undefined;
  /** Files to leave out: they were listed before. */
  readonly known?: Iterable<string> | undefined;
}

/**
 * Lists the files of one event type, oldest first, each once: a page of new ones at a time.
 *
 * The server takes a time as its cursor and leaves out all files of that very time. So the next page is asked for from
 * the last time before the end of this one, and what is known by its id is left out: files that share the time at which a
 * page ends are not lost.
 */
export async function* listLogFiles(plan: ListPlan): AsyncGenerator<LogFile[], void, undefined> {
  const { route, before } = plan;
  let requests = 0;
  const ask: AskForPage = (range) => {
    requests += 1;
    return plan.ask(range);
  };
  const known = new Set(plan.known);
  let received = 0;
  const keepNew = (files: readonly LogFile[]) => {
    const added = files.filter((file) => !known.has(file.id) && known.add(file.id)).sort(byEndTime);
    received += added.length;
    return added;
  };
  let after = plan.after;
  const fail = (reason: IncompleteListReason) =>
    new IncompleteListError(reason, { received, requests, stuckAt: { method: 'GET', route, cursor: after } });

  for (;;) {
    let page = await ask({ after, before });
    if (contradictsItself(page, after)) page = await ask({ after, before });
    let last = lastTime(page);
    if (page.data.length === 0 && isLater(last, after)) {
      // Nothing is gone past on the word of an empty page: it is asked for all up to the time that the page names.
      const upTo = await ask({ after, before: formatInstant(instantOf(last) + microsecond) });
      if (upTo.data.length > 0) page = { ...upTo, has_more: true };
      else if (upTo.has_more) throw fail('cursor_stuck');
      last = lastTime(page);
    }
    yield keepNew(page.data);
    if (!page.has_more) return;
    if (!isLater(last, after)) throw fail('cursor_stuck');

    const earlier = latestBefore(last, page.data);
    if (isLater(earlier, after)) {
      after = earlier;
      continue;
    }
    // One time fills the page. Whether all files of this time are here is asked, not assumed.
    const end = instantOf(last);
    const ties = await ask({ after: formatInstant(end - microsecond), before: formatInstant(end + microsecond) });
    yield keepNew(ties.data);
    if (ties.has_more)
      throw fail(ties.data.every((file) => instantOf(file.end_time) === end) ? 'tie_larger_than_page' : 'cursor_stuck');
    after = last;
  }
}

// Empty, and yet there is a last file or more to come; or nothing new, and yet more to come. Perhaps a hiccup: to go on at
// once could leave out what should have been on the page.
function contradictsItself(page: LogFilePage, after: string): boolean {
  if (page.data.length === 0) return page.has_more || page.last_end_time != null;
  return page.has_more && !isLater(lastTime(page), after);
}

function lastTime({ data, last_end_time: said }: LogFilePage): string | undefined {
  return data.toSorted(byEndTime).at(-1)?.end_time ?? said ?? undefined;
}

function latestBefore(time: string, files: readonly LogFile[]): string | undefined {
  return files.toSorted(byEndTime).findLast((file) => isLater(time, file.end_time))?.end_time;
}

function isLater(time: string | undefined, than: string): time is string {
  return time !== undefined && instantOf(time) > instantOf(than);
}

function byEndTime(one: LogFile, other: LogFile): number {
  const [first, second] = [instantOf(one.end_time), instantOf(other.end_time)];
  return first < second ? -1 : first > second ? 1 : 0;
}
