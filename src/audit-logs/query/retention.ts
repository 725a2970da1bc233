import { formatInstant, instantOf, instantOfMs } from '../instant.js';
import type { Lane } from '../lanes/lane.js';
import type { RetentionGap } from './audit-log-query.js';

/** How long log files are kept (OpenAI, Compliance Logs Platform). */
export const retentionMs = 30 * 24 * 60 * 60 * 1000;

// Who asks for the last 30 days has computed them a moment ago.
const toleranceMs = 60_000;

/** What a lane should still read and cannot any more; empty when nothing is missing. */
export function retentionGaps(lane: Lane, nowMs: number): readonly RetentionGap[] {
  const { principal, eventType, current } = lane;
  const limit = instantOfMs(nowMs - retentionMs - toleranceMs);
  const to = formatInstant(instantOfMs(nowMs - retentionMs));
  const files = [...(current === undefined ? [] : [current.file]), ...lane.gaps.map(({ file }) => file)];
  const starts = [lane.doneUntil, ...files.map((file) => file.end_time)];
  return starts.filter((from) => instantOf(from) < limit).map((from) => ({ principal, eventType, from, to }));
}
