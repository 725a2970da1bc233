import { IncompleteListError, type IncompleteListReason } from '../../errors/response-errors.js';
import { formatInstant, instantOf } from '../../internal/dates.js';
import { retryUntil } from '../../transport/retry.js';
import { AuditLogFileError } from '../errors.js';
import type { AuditLogPrincipal } from '../principal.js';
import type { AuditLogFile, InvalidRow, LogFile, LogFilePage } from './log-file.js';

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
    async *[Symbol.asyncIterator]() {
      const failures: AuditLogFileError[] = [];
      yield* oldestFirst(partitions.map((partition) => pagesOf(partition, failures)));
      throwFirst(failures);
    },
    pages: () => ({
      async *[Symbol.asyncIterator]() {
        const failures: AuditLogFileError[] = [];
        for (const partition of partitions) yield* pagesOf(partition, failures);
        throwFirst(failures);
      },
    }),
  };
}

async function* pagesOf(
  { principal, eventType, plan }: ListedPartition,
  failures: AuditLogFileError[],
): AsyncGenerator<AuditLogFilePage, void, undefined> {
  // Only the first is thrown: an error for each of a hundred thousand rows would fill the memory.
  const onInvalidRow = (row: InvalidRow) => {
    if (failures.length === 0) failures.push(rowFailure(row, principal, eventType));
  };
  for await (const files of listLogFiles({ ...plan, onInvalidRow })) {
    yield { principal, eventType, files: files.map((file) => ({ ...file, principal })) };
  }
}

/** A row that cannot be read does not keep the other files from being listed. */
function throwFirst([first]: readonly AuditLogFileError[]): void {
  if (first !== undefined) throw first;
}

export function rowFailure(row: InvalidRow, principal: AuditLogPrincipal, eventType: string): AuditLogFileError {
  return new AuditLogFileError('invalid_row', {
    file: { event_type: eventType, ...row, principal } as AuditLogFile,
    attempts: 1,
  });
}

/** The files of a partition that were listed and not yet handed out. */
interface Queue {
  readonly pages: AsyncGenerator<AuditLogFilePage, void, undefined>;
  files: readonly AuditLogFile[];
  /** Where in them the next one is. */
  at: number;
  isAtEnd: boolean;
}

async function* oldestFirst(listings: readonly Queue['pages'][]): AsyncGenerator<AuditLogFile, void, undefined> {
  const queues = listings.map((pages): Queue => ({ pages, files: [], at: 0, isAtEnd: false }));
  for (;;) {
    await Promise.all(queues.map(fill));
    const [first] = queues
      .filter(({ files, at }) => at < files.length)
      .sort((one, other) => byEndTime(one.files[one.at], other.files[other.at]));
    const file = first?.files[first.at];
    if (first === undefined || file === undefined) return;
    first.at += 1;
    yield file;
  }
}

async function fill(queue: Queue): Promise<void> {
  while (queue.at === queue.files.length && !queue.isAtEnd) {
    const { done, value } = await queue.pages.next();
    if (done) queue.isAtEnd = true;
    else Object.assign(queue, { files: value.files, at: 0 });
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
  /** The type that was asked for: files of another one are told and left out. */
  readonly eventType?: string | undefined;
  readonly onOtherType?: ((file: LogFile) => unknown) | undefined;
  /** Told of a row that names no file or no time, as often as it is listed. */
  readonly onInvalidRow?: ((row: InvalidRow) => void) | undefined;
}

/** Lists the files of one event type, oldest first, each once: a page of new ones at a time. */
export function listLogFiles(plan: ListPlan): AsyncGenerator<LogFile[], void, undefined> {
  return new Listing(plan).pages();
}

/**
 * The server takes a time as its cursor and leaves out all files of that very time. So the next page is asked for from
 * the last time before the end of this one, and what is known by its id is left out: files that share the time at which a
 * page ends are not lost. A page in another order than by time moves nothing: what it shows is asked for in ranges.
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
      if (!page.has_more) return yield await this.#keepNew(page.data);
      if (isInOrder(page)) yield* this.#pass(page);
      else yield* this.#narrow(page);
    }
  }

  /** Hands out a page in order, and goes on behind it. */
  async *#pass(page: LogFilePage): AsyncGenerator<LogFile[], void, undefined> {
    yield await this.#keepNew(page.data);
    const last = lastTime(page);
    if (!isLater(last, this.#after)) throw this.#incomplete('cursor_stuck');
    const earlier = latestBefore(last, page.data);
    if (isLater(earlier, this.#after)) this.#after = earlier;
    else yield* this.#ties(last);
  }

  /**
   * A page whose files are not in order, or whose `last_end_time` is before its last file, does not say what lies between
   * the files it shows. A range that is small enough is answered whole: that much is handed out, and the list goes on there.
   */
  async *#narrow(page: LogFilePage): AsyncGenerator<LogFile[], void, undefined> {
    for (let end = endOf(page, this.#after), last = page; ; ) {
      if (!isLater(end, this.#after)) throw this.#incomplete('cursor_stuck');
      const upTo = end;
      const range = await this.#ask(this.#after, formatInstant(instantOf(upTo) + microsecond));
      const inside = range.data.filter((file) => !isLater(file.end_time, upTo));
      if (!range.has_more) {
        yield await this.#keepNew(inside);
        this.#after = upTo;
        return;
      }
      if (inside.length < range.data.length) {
        // It does not take `before`. Its own cursor is what is left, unless that leads into the past.
        if (isNewestFirst(last.data)) throw this.#incomplete('cursor_stuck');
        return yield* this.#pass({ ...range, data: inside, last_end_time: upTo });
      }
      if (isInOrder(range)) return yield* this.#pass(range);
      const earlier = endOf(range, this.#after);
      end = isLater(upTo, earlier ?? upTo) ? earlier : firstTime(range, this.#after);
      if (end === undefined || !isLater(upTo, end)) throw this.#incomplete('cursor_stuck');
      last = range;
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
    if (!isEmpty(page) || !isLater(last, after)) return page;
    // Nothing is gone past on the word of an empty page: it is asked for all up to the time that the page names.
    const upTo = await this.#ask(after, formatInstant(instantOf(last) + microsecond));
    if (!isEmpty(upTo)) return { ...upTo, has_more: true };
    if (upTo.has_more) throw this.#incomplete('cursor_stuck');
    return page;
  }

  /** One time fills a page. Whether all files of this time are here is asked, not assumed. */
  async *#ties(time: string): AsyncGenerator<LogFile[], void, undefined> {
    const end = instantOf(time);
    const ties = await this.#ask(formatInstant(end - microsecond), formatInstant(end + microsecond));
    yield await this.#keepNew(ties.data);
    if (ties.has_more) {
      const areAllOfIt = ties.data.every((file) => instantOf(file.end_time) === end);
      throw this.#incomplete(areAllOfIt ? 'tie_larger_than_page' : 'cursor_stuck');
    }
    this.#after = time;
  }

  async #ask(after: string, before: string | undefined): Promise<LogFilePage> {
    this.#requests += 1;
    const page = await this.#plan.ask({ after, before });
    for (const row of page.invalidRows ?? []) this.#plan.onInvalidRow?.(row);
    return page;
  }

  async #keepNew(files: readonly LogFile[]): Promise<LogFile[]> {
    const { eventType, onOtherType } = this.#plan;
    const added = files.filter((file) => !this.#known.has(file.id) && this.#known.add(file.id)).sort(byEndTime);
    const isOther = (file: LogFile) =>
      eventType !== undefined && file.event_type.toLowerCase() !== eventType.toLowerCase();
    for (const file of added.filter(isOther)) await onOtherType?.(file);
    const wanted = added.filter((file) => !isOther(file));
    this.#received += wanted.length;
    return wanted;
  }

  #incomplete(reason: IncompleteListReason): IncompleteListError {
    const stuckAt = { method: 'GET', route: this.#plan.route, cursor: this.#after };
    return new IncompleteListError(reason, { received: this.#received, requests: this.#requests, stuckAt });
  }
}

// Empty, and yet there is a last file or more to come; or nothing new, and yet more to come. To go on could leave out what
// should have been on the page.
function contradictsItself(page: LogFilePage, after: string): boolean {
  if (isEmpty(page)) return page.has_more || page.last_end_time != null;
  return page.has_more && !isLater(lastTime(page), after);
}

function isEmpty({ data, invalidRows = [] }: LogFilePage): boolean {
  return data.length === 0 && invalidRows.length === 0;
}

/** Oldest first, and with no earlier end than its last file has. A later end is that of files that were filtered out. */
function isInOrder({ data, last_end_time: said }: LogFilePage): boolean {
  const last = data.at(-1)?.end_time;
  const isAscending = data.every((file, index) => !isLater(data[index - 1]?.end_time, file.end_time));
  return isAscending && (last === undefined || said == null || !isLater(last, said));
}

function isNewestFirst(data: readonly LogFile[]): boolean {
  return data.every((file, index) => !isLater(file.end_time, data[index - 1]?.end_time ?? file.end_time));
}

/** The earliest of the ends that a page out of order has. */
function endOf({ data, last_end_time: said }: LogFilePage, after: string): string | undefined {
  const ends = [said ?? undefined, data.at(-1)?.end_time].filter((time) => isLater(time, after));
  return ends.toSorted(byTime)[0] ?? firstTime({ data }, after);
}

function firstTime({ data }: Pick<LogFilePage, 'data'>, after: string): string | undefined {
  return data
    .map((file) => file.end_time)
    .filter((time) => isLater(time, after))
    .toSorted(byTime)[0];
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
  return byTime(one?.end_time ?? '', other?.end_time ?? '');
}

function byTime(one: string, other: string): number {
  const difference = instantOf(one) - instantOf(other);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
