import { compareDateTimes } from '../../internal/dates.js';
import type { PartitionCheckpoint } from '../checkpoint.js';
import { type CompletedFile, isSameMicrosecond, packFiles } from './completed-files.js';

/** How far the list was read in this look at it. */
export interface LookedAt {
  /** The end of the last file that is done with. */
  readonly at: string | undefined;
  /** The last end before that one: the server leaves out files of the very time that it is asked for. */
  readonly from: string | undefined;
}

export interface ShortState extends Omit<PartitionCheckpoint, 'completedFiles' | 'seen' | 'listFrom'> {
  readonly files: readonly CompletedFile[];
  readonly look: LookedAt;
}

/** What a partition takes of a short checkpoint, gaps aside: 2,048 with what is around it. */
const mostBytes = 2000;

/**
 * Within its bytes. Files for which there is no room are read again, and are then told by the store. So that the next run
 * does not begin with them whenever it stops, it goes on in the list where this one is.
 */
export function writeShort({ files, look, ...state }: ShortState): PartitionCheckpoint {
  const { from: listFrom } = look;
  const whole = { ...state, completedFiles: '', seen: [], ...(listFrom !== undefined && { listFrom }) };
  // A file that was begun is read again from its beginning, if need be.
  const partition = roomIn(whole) < 0 ? { ...whole, current: undefined } : whole;
  const room = Math.max(0, roomIn(partition));
  const { packed, count } = packFiles(files, room);
  if (count === files.length) return { ...partition, completedFiles: packed, listFrom: undefined };
  const isPlatform = partition.principal.type === 'platform';
  return { ...partition, completedFiles: packWithLast(files, look.at, room, count, isPlatform) ?? packed };
}

/** The latest, and those of the place in the list where reading goes on, which would be read again before all others. */
function packWithLast(
  files: readonly CompletedFile[],
  at: string | undefined,
  room: number,
  most: number,
  keepsAllOfLast: boolean,
): string | undefined {
  const isLast = ({ endTime }: CompletedFile) => at !== undefined && isSameMicrosecond(endTime, at);
  const last = files.filter(isLast);
  const others = files
    .filter((file) => !isLast(file))
    .sort((one, other) => compareDateTimes(other.endTime, one.endTime));
  for (let count = most; count >= 0; count -= 1) {
    const kept = [...last, ...others.slice(0, count)];
    const tried = packFiles(kept, room);
    if (tried.count === kept.length) return tried.packed;
  }
  // Of a burst of events within a second a run may do less than there is room for: it would do the same again and again.
  return keepsAllOfLast ? packFiles(last).packed : undefined;
}

function roomIn(partition: PartitionCheckpoint): number {
  return mostBytes - new TextEncoder().encode(JSON.stringify({ ...partition, gaps: [] })).length;
}
