import {
  IncompleteListError,
  type IncompleteListReason,
  ResponseValidationError,
} from '../../errors/response-errors.js';
import { compareDateTimes, instantOf } from '../../internal/dates.js';
import type { AuditLogPrincipal } from '../../transport/principal.js';
import { AuditLogFileError } from '../errors.js';
import { isAscending, isFilteredOut, isLater, type LogRange, leadsOn, splitRange, timeUnits } from './list-ranges.js';
import type { AuditLogFile, InvalidRow, LogFile, LogFilePage } from './log-file.js';

/** Asks the server for one page of files that end within the range, both ends excluded. */
export type AskForPage = (range: {
  readonly after: string;
  readonly before: string | undefined;
  /** Throws where a page cannot be right: it is then asked for again, as after a failure. */
  readonly check: (page: LogFilePage) => void;
}) => Promise<LogFilePage>;

export interface ListPlan {
  readonly ask: AskForPage;
  readonly route: string;
  /** Sent verbatim. */
  readonly after: string;
  readonly before?: string | undefined;
  /** Files to leave out: they were listed before. Those that are listed now are added. */
  readonly known?: Set<string> | undefined;
  /** The type that was asked for: files of another one are told and left out. */
  readonly eventType?: string | undefined;
  readonly onOtherType?: ((file: LogFile) => unknown) | undefined;
  /** Told of the first file that ends at or before `after`, or not before `before`: such files are left out. */
  readonly onOutsideRange?: ((file: LogFile) => unknown) | undefined;
  /** Told of a row that names no file or no time, as often as it is listed. */
  readonly onInvalidRow?: ((row: InvalidRow) => void) | undefined;
}

/** Lists the files of one event type, oldest first, each once: a page of new ones at a time. */
export function listLogFiles(plan: ListPlan): AsyncGenerator<LogFile[], void, undefined> {
  return new Listing(plan).pages();
}

export function rowFailure(row: InvalidRow, principal: AuditLogPrincipal, eventType: string): AuditLogFileError {
  return new AuditLogFileError('invalid_row', {
    file: { event_type: eventType, ...row, principal } as AuditLogFile,
    attempts: 1,
  });
}

/** So many times in order are no chance: 1 in 10! = 3,628,800. */
const timesThatProveOrder = 10;

/**
 * The server takes a time as its cursor, and leaves out all files of that very time. So the next page is asked for from the
 * last time before the end of this one: what comes back shows that nothing in between was passed over, and files that share
 * the time at which a page ends are not lost. That goes for pages oldest first. Once a list is out of order, no page of it
 * is believed to be the beginning of what is left: all of it is read again in ranges that are answered whole.
 */
class Listing {
  readonly #plan: ListPlan;
  readonly #known: Set<string>;
  /** By id, the times of files that were shown. */
  readonly #shown = new Map<string, string>();
  /** Those of them that no range has brought which was answered whole. */
  #missing = new Map<string, string>();
  #after: string;
  #hasToldOfOutside = false;
  #requests = 0;
  #received = 0;

  constructor(plan: ListPlan) {
    this.#plan = plan;
    this.#known = plan.known ?? new Set();
    this.#after = plan.after;
  }

  async *pages(): AsyncGenerator<LogFile[], void, undefined> {
    const { before } = this.#plan;
    // The files at the end of the page before, which must be shown again, and others with them.
    for (let expected: readonly LogFile[] = []; ; ) {
      const after = this.#after;
      const isFirst = expected.length === 0;
      const isSameList = (page: LogFilePage) => expected.every(({ id }) => page.data.some((file) => file.id === id));
      const page = await this.#ask({ after, before });
      const isWhole = !page.has_more && !isFilteredOut(page, after);
      if (!(isWhole && isFirst) && !(isSameList(page) && this.#isOldestFirst(page, after))) {
        return yield* this.#readInRanges();
      }
      const files = page.data.filter((file) => this.#isWanted(file)).sort(byEndTime);
      yield await this.#keepNew(files);
      if (isWhole || page.data.some((file) => before !== undefined && !isLater(before, file.end_time))) return;
      const last = files.at(-1)?.end_time;
      this.#after = files.findLast((file) => isLater(last, file.end_time))?.end_time ?? after;
      expected = files.filter((file) => !isLater(last, file.end_time));
    }
  }

  /** Whether nothing can lie between the files of a page that was asked for after this time, or before the first. */
  #isOldestFirst(page: LogFilePage, after: string): boolean {
    const later = new Set(page.data.filter((file) => isLater(file.end_time, after)));
    const times = new Set([...later].map((file) => instantOf(file.end_time)));
    return (
      isAscending(page) &&
      !isFilteredOut(page, after) &&
      page.data.every((file) => later.has(file) || this.#known.has(file.id) || !this.#isWanted(file)) &&
      (!page.has_more || times.size >= timesThatProveOrder)
    );
  }

  async *#readInRanges(): AsyncGenerator<LogFile[], void, undefined> {
    for (const unit of timeUnits) {
      if (yield* this.#readWhole(unit)) return;
    }
    throw this.#incomplete('row_vanished');
  }

  /** Hands out range after range, oldest first. Returns false before one that lacks a file which was shown. */
  async *#readWhole(unit: bigint): AsyncGenerator<LogFile[], boolean, undefined> {
    const { after, before } = this.#plan;
    this.#missing = new Map(this.#shown);
    const ranges: LogRange[] = [{ after, before, upTo: endOfTime }];
    for (let range = ranges.pop(); range !== undefined; range = ranges.pop()) {
      this.#after = range.after;
      const page = await this.#ask(range);
      const parts = splitRange(range, page, unit);
      if (typeof parts === 'string') throw this.#incomplete(parts);
      if (parts.length > 0) {
        ranges.push(...parts.toReversed());
        continue;
      }
      const { before: end, upTo } = range;
      const files = page.data.filter(
        (file) => this.#isWanted(file) && (end === undefined || isLater(end, file.end_time)),
      );
      for (const { id } of files) this.#missing.delete(id);
      if ([...this.#missing.values()].some((time) => !isLater(time, upTo))) return false;
      yield await this.#keepNew(files);
    }
    return true;
  }

  async #ask({ after, before }: Pick<LogRange, 'after' | 'before'>): Promise<LogFilePage> {
    const { ask, route, onInvalidRow, onOutsideRange } = this.#plan;
    this.#requests += 1;
    const check = (answer: LogFilePage) => {
      if (answer.has_more && !leadsOn(answer, after)) throw nothingNew(route);
    };
    const page = await ask({ after, before, check });
    check(page);
    for (const row of page.invalidRows ?? []) onInvalidRow?.(row);
    for (const file of page.data) {
      if (this.#isWanted(file)) this.#show(file);
      else if (!this.#known.has(file.id) && !this.#hasToldOfOutside) {
        this.#hasToldOfOutside = true;
        await onOutsideRange?.(file);
      }
    }
    return page;
  }

  #show({ id, end_time: end }: LogFile): void {
    if (this.#shown.has(id)) return;
    this.#shown.set(id, end);
    this.#missing.set(id, end);
  }

  /** Whether a file is in the range that the caller asked for. */
  #isWanted({ end_time: end }: LogFile): boolean {
    const { after, before } = this.#plan;
    return isLater(end, after) && (before === undefined || isLater(before, end));
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

const endOfTime = '9999-12-31T23:59:59.999999999Z';

function byEndTime(one: LogFile, other: LogFile): number {
  return compareDateTimes(one.end_time, other.end_time);
}

function nothingNew(route: string): ResponseValidationError {
  return new ResponseValidationError(`GET ${route} says that there is more, and then shows nothing new.`, {
    method: 'GET',
    route,
    status: 200,
    issues: [{ path: ['has_more'], message: 'expected false, or files that were not shown before' }],
    // A cache or a replica may have answered.
    retryable: true,
    remedy:
      'Everything before was delivered. Resume from the last checkpoint later; if this happens again, report it to OpenAI.',
  });
}
