import {
  type ConnectionError,
  IncompleteListError,
  type ResponseError,
  type ResponseValidationError,
} from '../../errors/response-errors.js';
import { instantOf } from '../../internal/dates.js';
import { isRetryable } from '../../transport/retry.js';
import type { AuditLogGap } from '../checkpoint.js';
import type { AuditLogFileError } from '../errors.js';
import { type AskForPage, listLogFiles, rowFailure } from '../files/list.js';
import type { InvalidRow, LogFile } from '../files/log-file.js';
import type { JsonLinesPosition } from '../json-lines.js';
import { hashFileId, isSameMicrosecond } from './completed-files.js';
import { isInFuture, lateByMs, moveOn, newestOf } from './overlap.js';
import type { Partition } from './partition.js';

/** What comes next in a partition: a file, a row that is none, or the news that the list was read to its end. */
export type PartitionItem = FileItem | { readonly failure: AuditLogFileError } | { readonly caughtUpAt: string };

/** A file, and where to go on in it when some of it was delivered before. */
export interface FileItem {
  readonly file: LogFile;
  readonly start?: JsonLinesPosition | undefined;
}

/** A look at the list, which has begun to answer. */
export interface Look {
  /** When it was last read to its end, in this iteration. */
  readonly since: string | undefined;
  /** Whether all that came from it earlier is done with. */
  readonly isSettled: boolean;
}

export interface PartitionPlan {
  readonly ask: AskForPage;
  readonly route: string;
  readonly before: string | undefined;
  /** The time now, as ISO 8601. */
  readonly now: () => string;
  /** Reports what is gone, once the list has answered and so has told the time. Returns up to when it was reported. */
  readonly checkRetention: (look: Look) => Promise<string | undefined>;
  /** Waits until the list is asked for again; absent to stop at its end. */
  readonly waitForMore?: (() => Promise<void>) | undefined;
  /** Whether it is time to try a file again that was left out. */
  readonly isDue: (file: LogFile) => boolean;
  /** Told of an outage while following: the list is then asked for again, after a wait. */
  readonly onOutage?: ((error: ResponseError | ConnectionError | ResponseValidationError) => void) | undefined;
  /** Told of what fails for good. True where the list is to be asked for again, after a wait. */
  readonly onFailure?: ((error: unknown) => boolean) | undefined;
  /** Told when what had failed for good was answered. */
  readonly onRecovery?: (() => void) | undefined;
  /** Told of each answer. */
  readonly onAnswer?: (() => void) | undefined;
  readonly onOtherType?: ((file: LogFile) => void) | undefined;
  /** Told of the first file outside of the range that was asked for. */
  readonly onOutsideRange?: ((file: LogFile) => void) | undefined;
  /** Told of a file that was listed before, with another time or size: it is read again. */
  readonly onChangedFile?: ((file: LogFile) => void) | undefined;
  /** Told of a file that was listed so much later than a newer one. */
  readonly onLateFile?: ((file: LogFile, lateByMs: number) => void) | undefined;
}

/** The files of a partition in the order they are to be delivered: the one begun, what was left out before, then the list. */
export async function* partitionItems(
  partition: Partition,
  plan: PartitionPlan,
): AsyncGenerator<PartitionItem, void, undefined> {
  const { route, before } = plan;
  const { eventType } = partition;
  // Read before anything is delivered: delivering moves the partition while this lists ahead of it.
  const knownBefore = new Set(partition.known);
  let after = partition.listFrom ?? partition.after;
  let mayBeWrong =
    partition.listFrom === undefined &&
    !partition.isAfterOfFile &&
    (plan.waitForMore !== undefined || partition.caughtUpAt !== undefined);
  /** Where the list is taken up again once it was read to its end. */
  let start = partition.after;
  let listed: { readonly id: string; readonly endTime: string }[] = [];
  let newest = partition.newest;
  let { forgotBefore } = partition;
  // Each of them is told once, however often it is listed.
  const told = new Set<string>();
  const isNews = (text: string) => !told.has(text) && told.add(text) !== undefined;
  const newRows: InvalidRow[] = [];
  const onInvalidRow = (row: InvalidRow) => {
    if (isNews(JSON.stringify(row))) newRows.push(row);
  };
  const onOtherType = (file: LogFile) => {
    if (isNews(file.id)) plan.onOtherType?.(file);
  };
  const onOutsideRange = (file: LogFile) => {
    if (isNews('outside_range')) plan.onOutsideRange?.(file);
  };
  /** How often the list was read to its end, when that was last, and at which of these times gaps were taken up. */
  let looks = 0;
  let since: string | undefined;
  let gapsTakenUpAt: number | undefined;
  /** Where the list failed for good: `undefined` in it for no single answer. */
  let failed: { readonly at: string | undefined } | undefined;
  let lastAsked = after;
  const recover = () => {
    if (failed !== undefined) plan.onRecovery?.();
    failed = undefined;
  };

  const completedBefore = new Map(partition.completedFiles.map(({ hash, endTime }) => [hash, endTime]));
  /** By id, what the list has said of each file, so that none of it is taken for news twice. */
  const versions = new Map<string, Set<string>>();
  const isChanged = (file: LogFile) => {
    const { id, end_time: end, file_size: size } = file;
    const said = versions.get(id) ?? new Set();
    const endsAt = instantOf(end);
    const { size: saidBefore } = said;
    versions.set(id, said.add(`${endsAt} ${size}`));
    if (said.size === saidBefore) return false;
    // A gap is read by what the list says last.
    if (partition.gaps.some((gap) => gap.file.id === id)) return false;
    const endTime = completedBefore.get(hashFileId(id));
    return saidBefore > 0 || (endTime !== undefined && !isSameMicrosecond(endTime, end));
  };

  for (;;) {
    let isAnswered = false;
    let askedAt = plan.now();
    const ask: AskForPage = async (range) => {
      lastAsked = range.after;
      const page = await plan.ask(range);
      if (failed?.at === lastAsked) recover();
      plan.onAnswer?.();
      // The first answer tells how far ahead the clock of the machine was.
      const now = plan.now();
      if (instantOf(now) < instantOf(askedAt)) askedAt = now;
      for (const file of page.data) {
        partition.refreshGap(file);
        // By its id from now on: of what was completed in an earlier run, there is a hash.
        if (completedBefore.has(hashFileId(file.id)) && !knownBefore.has(file.id)) {
          knownBefore.add(file.id);
          known.add(file.id);
        }
        // Files are never to change. One that did is read again: its event ids tell what is new.
        if (isChanged(file) && known.delete(file.id)) plan.onChangedFile?.(file);
      }
      return page;
    };
    const known = new Set([...knownBefore, ...listed.map(({ id }) => id)]);
    try {
      const list = { ask, route, after, before, known, eventType, onOtherType, onOutsideRange, onInvalidRow };
      for await (const files of listLogFiles(list)) {
        if (!isAnswered) {
          isAnswered = true;
          // Not before all that came earlier was done with: a gap that is still being read is not to be read twice.
          const isSettled = partition.looks === looks && gapsTakenUpAt !== looks;
          since = (await plan.checkRetention({ since, isSettled })) ?? since;
          if (isSettled) {
            const begun = gapsTakenUpAt === undefined ? partition.current : undefined;
            gapsTakenUpAt = looks;
            if (begun !== undefined) yield { file: begun.file, start: begun };
            yield* gapItems(partition.gaps.filter(({ file }) => file.id !== begun?.file.id && plan.isDue(file)));
          }
        }
        for (const file of files) {
          listed.push({ id: file.id, endTime: file.end_time });
          const lateMs = lateByMs(file.end_time, newest);
          const isForgotten = forgotBefore !== undefined && lateByMs(file.end_time, forgotBefore) > 0;
          if (lateMs > 0 && newest !== after && !isForgotten) plan.onLateFile?.(file, lateMs);
          yield { file };
        }
        for (const row of newRows.splice(0)) yield { failure: rowFailure(row, partition.principal, eventType) };
      }
    } catch (error) {
      if (plan.waitForMore === undefined) throw error;
      if (isOutage(error)) plan.onOutage?.(error);
      else if (plan.onFailure?.(error)) {
        failed = { at: error instanceof IncompleteListError ? undefined : lastAsked };
        // Until it answers, files may go that were to be read.
        since ??= partition.completeUntil(askedAt) ?? askedAt;
      } else throw error;
      await plan.waitForMore();
      continue;
    }
    // What time it is, the answers have told: where the list was taken up in the future, it has not been read. Once, and not
    // where a file that was listed says it: then it is the clock that is wrong now, and all of it would come again.
    if (mayBeWrong && isInFuture(after, plan.now())) {
      mayBeWrong = false;
      partition.mendAfter(plan.now());
      start = partition.after;
      after = start;
      newest = after;
      continue;
    }
    mayBeWrong = false;
    looks += 1;
    forgotBefore = undefined;
    since = askedAt;
    recover();
    yield { caughtUpAt: before !== undefined && instantOf(before) < instantOf(askedAt) ? before : askedAt };
    if (plan.waitForMore === undefined) return;
    newest = newestOf(newest, listed, plan.now());
    ({ after, completedFiles: listed } = moveOn(looks === 1 ? start : after, listed, partition.overlapMs, plan.now()));
    const kept = new Set([...knownBefore, ...listed.map(({ id }) => id)]);
    for (const id of versions.keys()) if (!kept.has(id)) versions.delete(id);
    await plan.waitForMore();
  }
}

function* gapItems(gaps: readonly AuditLogGap[]): Generator<PartitionItem, void, undefined> {
  for (const { file, start } of gaps) yield { file, start };
}

/** Whether the service is down or out of reach, which may pass: it was repeated as long as that helps. */
export function isOutage(error: unknown): error is ResponseError | ConnectionError | ResponseValidationError {
  return isRetryable(error);
}
