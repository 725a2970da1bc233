import { PaginationError } from '../../errors/pagination-error.js';
import { formatInstant, instantOf } from '../instant.js';
import type { LogFile, LogFilePage } from '../schemas/log-file.js';

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
  const { ask, route, before } = plan;
  const known = new Set(plan.known);
  const keepNew = (files: readonly LogFile[]) =>
    files.filter((file) => !known.has(file.id) && known.add(file.id)).sort(byEndTime);
  let after = plan.after;

  for (;;) {
    const page = await ask({ after, before });
    if (!page.has_more) {
      yield keepNew(page.data);
      return;
    }
    const fail = (reason: 'cursor_stuck' | 'tie_larger_than_page') =>
      new PaginationError(reason, { method: 'GET', route, cursor: after });
    const files = page.data.toSorted(byEndTime);
    const last = files.at(-1)?.end_time ?? page.last_end_time;
    if (last == null || instantOf(last) <= instantOf(after)) {
      const fresh = keepNew(files);
      if (fresh.length > 0) yield fresh;
      throw fail('cursor_stuck');
    }

    const end = instantOf(last);
    const earlier = files.findLast((file) => instantOf(file.end_time) < end)?.end_time;
    if (earlier !== undefined && instantOf(earlier) > instantOf(after)) {
      yield keepNew(files);
      after = earlier;
      continue;
    }
    // One time fills the page. Whether all of its files are here is asked, not assumed.
    const ties = await ask({ after: formatInstant(end - microsecond), before: formatInstant(end + microsecond) });
    yield keepNew([...files, ...ties.data]);
    if (ties.has_more) throw fail('tie_larger_than_page');
    after = last;
  }
}

function byEndTime(one: LogFile, other: LogFile): number {
  const [first, second] = [instantOf(one.end_time), instantOf(other.end_time)];
  return first < second ? -1 : first > second ? 1 : 0;
}
