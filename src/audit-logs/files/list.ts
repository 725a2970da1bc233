import { IncompleteListError, type IncompleteListReason } from '../../errors/response-errors.js';
import { formatInstant, instantOf } from '../../internal/dates.js';
import { retryUntil } from '../../transport/retry.js';
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
  /** The same files in pages, event type after event type and workspace after workspace. */
  pages(): AsyncIterable<AuditLogFilePage>;
}

export interface ListedPartition {
  readonly principal: AuditLogPrincipal;
  readonly eventType: string;
  readonly plan: ListPlan;
}

export function listFilesOf(partitions: readonly ListedPartition[]): AuditLogFileList {
  return {
    [Symbol.asyncIterator]: () => oldestFirst(partitions.map(pagesOf)),
    pages: () => ({
      async *[Symbol.asyncIterator]() {
        for (const partition of partitions) yield* pagesOf(partition);
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

/** The files of a partition that were listed and not yet handed out. */
interface Queue {
  readonly pages: AsyncGenerator<AuditLogFilePage, void, undefined>;
  files: readonly AuditLogFile[];
  isAtEnd: boolean;
}

async function* oldestFirst(listings: readonly Queue['pages'][]): AsyncGenerator<AuditLogFile, void, undefined> {
  const queues = listings.map((pages): Queue => ({ pages, files: [], isAtEnd: false }));
  for (;;) {
    await Promise.all(queues.map(fill));
    const [first] = queues
      .filter(({ files }) => files.length > 0)
      .sort((one, other) => byEndTime(one.files[0], other.files[0]));
    const [file, ...others] = first?.files ?? [];
    if (first === undefined || file === undefined) return;
    first.files = others;
    yield file;
  }
}

async function fill(queue: Queue): Promise<void> {
  while (queue.files.length === 0 && !queue.isAtEnd) {
    const { done, value } = await queue.pages.next();
    if (done) queue.isAtEnd = true;
    else queue.files = value.files;
  }
}

const microsecond = 1000n;

/** Asks the server for one page of files that end within the range, both ends excluded. */
export type AskForPage = (range: {
  readonly after: string;
  readonly before: string | undefined;
}) => Promise<LogFilePage>;

export interface ListPlan {
  readonly ask: AskForPage;
  readonly route: string;
  /** Sent verbatim. */
  readonly after: string;
  readonly before?: string | undefined;
  /** Files to leave out: they were listed before. */
  readonly known?: Iterable<string> | undefined;
}

/** Lists the files of one event type, oldest first, each once: a page of new ones at a time. */
export function listLogFiles(plan: ListPlan): AsyncGenerator<LogFile[], void, undefined> {
  return new Listing(plan).pages();
}

/**
 * The server takes a time as its cursor and leaves out all files of that very time. So the next page is asked for from
 * the last time before the end of this one, and what is known by its id is left out: files that share the time at which a
 * page ends are not lost.
 */
class Listing {
  readonly #plan: ListPlan;
  readonly #known: Set<string>;
  #after: string;
  #requests = 0;
  #received = 0;

  constructor(plan: ListPlan) {
    this.#plan = plan;
    this.#known = new Set(plan.known);
    this.#after = plan.after;
  }

  async *pages(): AsyncGenerator<LogFile[], void, undefined> {
    for (;;) {
      const page = await this.#nextPage();
      yield this.#keepNew(page.data);
      if (!page.has_more) return;
      const last = lastTime(page);
      if (!isLater(last, this.#after)) throw this.#incomplete('cursor_stuck');
      const earlier = latestBefore(last, page.data);
      if (isLater(earlier, this.#after)) this.#after = earlier;
      else yield* this.#ties(last);
    }
  }

  async #nextPage(): Promise<LogFilePage> {
    const after = this.#after;
    const { before } = this.#plan;
    const page = await retryUntil(
      () => this.#ask(after, before),
      (read) => !contradictsItself(read, after),
      { maxRetries: 1, delayAfter: () => 0 },
    );
    const last = lastTime(page);
    if (page.data.length > 0 || !isLater(last, after)) return page;
    // Nothing is gone past on the word of an empty page: it is asked for all up to the time that the page names.
    const upTo = await this.#ask(after, formatInstant(instantOf(last) + microsecond));
    if (upTo.data.length > 0) return { ...upTo, has_more: true };
    if (upTo.has_more) throw this.#incomplete('cursor_stuck');
    return page;
  }

  /** One time fills a page. Whether all files of this time are here is asked, not assumed. */
  async *#ties(time: string): AsyncGenerator<LogFile[], void, undefined> {
    const end = instantOf(time);
    const ties = await this.#ask(formatInstant(end - microsecond), formatInstant(end + microsecond));
    yield this.#keepNew(ties.data);
    if (ties.has_more) {
      const areAllOfIt = ties.data.every((file) => instantOf(file.end_time) === end);
      throw this.#incomplete(areAllOfIt ? 'tie_larger_than_page' : 'cursor_stuck');
    }
    this.#after = time;
  }

  #ask(after: string, before: string | undefined): Promise<LogFilePage> {
    this.#requests += 1;
    return this.#plan.ask({ after, before });
  }

  #keepNew(files: readonly LogFile[]): LogFile[] {
    const added = files.filter((file) => !this.#known.has(file.id) && this.#known.add(file.id)).sort(byEndTime);
    this.#received += added.length;
    return added;
  }

  #incomplete(reason: IncompleteListReason): IncompleteListError {
    const stuckAt = { method: 'GET', route: this.#plan.route, cursor: this.#after };
    return new IncompleteListError(reason, { received: this.#received, requests: this.#requests, stuckAt });
  }
}

// Empty, and yet there is a last file or more to come; or nothing new, and yet more to come. To go on could leave out what
// should have been on the page.
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

function byEndTime(one: LogFile | undefined, other: LogFile | undefined): number {
  const difference = instantOf(one?.end_time ?? '') - instantOf(other?.end_time ?? '');
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
