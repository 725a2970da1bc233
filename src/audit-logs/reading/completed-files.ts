import { formatInstant, instantOf } from '../../internal/dates.js';
import { hashId } from '../hash-id.js';
import { toBase64 } from './seen-events.js';

/** A file that is done with: delivered whole, or recorded as a gap. */
export interface CompletedFile {
  /** 48 bits of a hash of its id. */
  readonly hash: number;
  /** Its `end_time`, as the server spelled it; out of a checkpoint, cut to microseconds. */
  readonly endTime: string;
}

// In a checkpoint: for each file, the latest first, six bytes of its hash, and how many microseconds it ended before the last
// one, in a varint; of the first, since the year 0. A file of another id with the same hash would have to end in the same
// microsecond too to be taken for it: otherwise it is one that was changed, and is read.

const bytesPerHash = 6;
const lowBits = 2 ** 32;
const mostBytesPerTime = 9;
const yearZero = -62_167_219_200_000_000_000n;
const nanosecondsPerMicrosecond = 1000n;
/** The last microsecond of the year 9999. */
const endOfYears = 315_569_519_999_999_999n;

export function hashFileId(id: string): number {
  const hash = { high: 0, low: 0 };
  hashId(id, hash);
  return (hash.high & 0xffff) * lowBits + (hash.low >>> 0);
}

/** Whether two times are the same, as far as a checkpoint says them. */
export function isSameMicrosecond(one: string, other: string): boolean {
  return microsOf(one) === microsOf(other);
}

/** Never later than it is: what is asked for after such a time leaves nothing out. */
function microsOf(time: string): bigint {
  return (instantOf(time) - yearZero) / nanosecondsPerMicrosecond;
}

interface PackedFiles {
  readonly packed: string;
  /** So many had room. */
  readonly count: number;
}

/** As many as there is room for, in base64 of so many characters: the oldest are left out. */
export function packFiles(files: readonly CompletedFile[], mostCharacters = Number.POSITIVE_INFINITY): PackedFiles {
  const mostBytes = Math.floor(mostCharacters / 4) * 3;
  const latestFirst = files
    .map(({ hash, endTime }) => ({ hash, micros: microsOf(endTime) }))
    .sort((one, other) => (one.micros > other.micros ? -1 : one.micros < other.micros ? 1 : 0));
  const bytes = new Uint8Array(latestFirst.length * (bytesPerHash + mostBytesPerTime));
  const view = new DataView(bytes.buffer);
  let length = 0;
  let count = 0;
  let before: bigint | undefined;
  for (const { hash, micros } of latestFirst) {
    let at = length;
    view.setUint16(at, Math.floor(hash / lowBits));
    view.setUint32(at + 2, hash % lowBits);
    at += bytesPerHash;
    let rest = before === undefined ? micros : before - micros;
    for (; rest > 0x7fn; rest >>= 7n) bytes[at++] = Number(rest & 0x7fn) | 0x80;
    bytes[at++] = Number(rest);
    if (at > mostBytes) break;
    length = at;
    count += 1;
    before = micros;
  }
  return { packed: toBase64(bytes.slice(0, length)), count };
}

/** `undefined` for what no checkpoint has. */
export function unpackFiles(packed: string): CompletedFile[] | undefined {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const view = new DataView(bytes.buffer);
  const files: CompletedFile[] = [];
  let before: bigint | undefined;
  for (let at = 0; at < bytes.length; ) {
    if (at + bytesPerHash >= bytes.length) return undefined;
    const hash = view.getUint16(at) * lowBits + view.getUint32(at + 2);
    at += bytesPerHash;
    const end = at + mostBytesPerTime;
    let value = 0n;
    for (let shift = 0n, isMore = true; isMore; shift += 7n) {
      const byte = bytes[at++];
      if (byte === undefined || at > end) return undefined;
      value |= BigInt(byte & 0x7f) << shift;
      isMore = byte > 0x7f;
    }
    const micros = before === undefined ? value : before - value;
    if (micros < 0n || micros > endOfYears) return undefined;
    files.push({ hash, endTime: formatInstant(yearZero + micros * nanosecondsPerMicrosecond) });
    before = micros;
  }
  return files;
}
