import type { ConnectionError, ResponseError } from '../../errors/response-errors.js';
import type { AuditLogGap, PassedFile } from '../checkpoints/checkpoint.js';
import { type AskForPage, listLogFiles } from '../files/list-log-files.js';
import { instantOf } from '../instant.js';
import type { JsonLinesPosition } from '../json-lines/json-lines-reader.js';
import type { LogFile } from '../schemas/log-file.js';
import { isOutage } from './is-outage.js';
import { type Lane, takeUp } from './lane.js';

/** What comes next in a lane: a file, or the news that the list was read to its end. */
export type LaneItem = { readonly file: LogFile; readonly start?: JsonLinesPosition } | { readonly caughtUpAt: string };

/** How a lane's files are found. */
export interface LanePlan {
  readonly ask: AskForPage;
  readonly route: string;
  readonly before: string | undefined;
  /** The time now, as ISO 8601. */
  readonly now: () => string;
  /** Waits until the list is asked for again; absent to stop at its end. */
  readonly waitForMore?: (() => Promise<void>) | undefined;
  /** Told of an outage while following: the list is then asked for again, after a wait. */
  readonly onOutage?: ((error: ResponseError | ConnectionError) => void) | undefined;
  readonly overlapMs: number;
}

/** The files of a lane in the order they are to be delivered: the one begun, what was left out before, then the list. */
export async function* laneItems(lane: Lane, plan: LanePlan): AsyncGenerator<LaneItem, void, undefined> {
  // Read before anything is delivered: delivering moves the lane while this lists ahead of it.
  const knownBefore = lane.known;
  const begun = lane.current;
  const gaps = lane.gaps.filter(({ file }) => file.id !== begun?.file.id);
  let after = lane.after;
  let listed: PassedFile[] = [];

  if (begun !== undefined) yield { file: begun.file, start: begun };
  yield* gapItems(gaps);

  for (let caughtUpAt: string | undefined; ; ) {
    const { ask, route, before } = plan;
    // Not before all that came earlier was done with: a gap that is still being read is not to be read twice.
    if (caughtUpAt !== undefined && lane.caughtUpAt === caughtUpAt) yield* gapItems(lane.gaps);
    const askedAt = plan.now();
    const known = [...knownBefore, ...listed.map(({ id }) => id)];
    try {
      for await (const files of listLogFiles({ ask, route, after, before, known })) {
        for (const file of files) {
          listed.push({ id: file.id, endTime: file.end_time });
          yield { file };
        }
      }
    } catch (error) {
      if (plan.waitForMore === undefined || !isOutage(error)) throw error;
      plan.onOutage?.(error);
      await plan.waitForMore();
      continue;
    }
    caughtUpAt = before !== undefined && instantOf(before) < instantOf(askedAt) ? before : askedAt;
    yield { caughtUpAt };
    if (plan.waitForMore === undefined) return;
    const next = takeUp(after, listed, plan.overlapMs);
    // Those of that very time, too: a server may list them again.
    listed = listed.filter(({ endTime }) => instantOf(endTime) >= instantOf(next));
    after = next;
    await plan.waitForMore();
  }
}

function* gapItems(gaps: readonly AuditLogGap[]): Generator<LaneItem, void, undefined> {
  for (const { file, start } of gaps) yield start === undefined ? { file } : { file, start };
}
