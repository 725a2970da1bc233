import { IncompleteListError, type IncompleteListReason } from '../../errors/response-errors.js';
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
