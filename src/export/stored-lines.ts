import { timeOf } from '../audit-logs/events/event-identity.js';
import { decodeUtf8, PartialLine, searchable } from '../audit-logs/line-bytes.js';
import { msOf, readInstant } from '../internal/dates.js';
import { isRecord } from '../internal/json.js';
import { parseJson } from '../internal/json-limits.js';
import { userOf } from './line-row.js';

const newline = 0x0a;

/** Whether a line that is in a store stays there. */
export type KeepsLine = (line: Uint8Array) => boolean;

/** Of how many lines something stays, and goes. */
export interface LineCounts {
  kept: number;
  removed: number;
}

/** Lines that are not of this person. */
export function linesNotBy(userId: string): KeepsLine {
  const decoder = new TextDecoder();
  const written = JSON.stringify(userId).slice(1, -1);
  return (line) => {
    const text = decodeUtf8(line, 0, line.length, decoder);
    // Reading each line as JSON takes ten times as long. Escapes that JSON does not ask for could hide a name.
    if (!text.includes(written) && !text.includes('\\u') && !text.includes('\\/')) return true;
    return userOf(recordIn(text).actor) !== userId;
  };
}

/** Lines of events that happened at this time or later. Those that name no time stay, or go. */
export function linesFrom(ms: number, keepsUndated: boolean, isOfPlatform: boolean): KeepsLine {
  const decoder = new TextDecoder();
  return (line) => {
    const timestamp = timeOf(recordIn(decodeUtf8(line, 0, line.length, decoder)), isOfPlatform);
    const instant = typeof timestamp === 'string' ? readInstant(timestamp) : undefined;
    return instant === undefined ? keepsUndated : msOf(instant) >= ms;
  };
}

/** The lines that stay, in runs; each is good until the next one is asked for. Counts what stays and what goes. */
export async function* keptLines(
  parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  keeps: KeepsLine,
  counts: LineCounts,
): AsyncGenerator<Uint8Array> {
  const partial = new PartialLine();
  const isKept = (line: Uint8Array) => {
    const stays = keeps(line);
    counts[stays ? 'kept' : 'removed'] += 1;
    return stays;
  };
  for await (const part of parts) {
    const bytes = searchable(part);
    let [start, keptFrom] = [0, 0];
    if (partial.length > 0) {
      const end = bytes.indexOf(newline);
      partial.append(end < 0 ? bytes : bytes.subarray(0, end + 1));
      if (end < 0) continue;
      start = end + 1;
      keptFrom = start;
      const line = partial.take();
      if (isKept(searchable(line.subarray(0, -1)))) yield line;
    }
    for (let end = bytes.indexOf(newline, start); end >= 0; end = bytes.indexOf(newline, start)) {
      if (!isKept(bytes.subarray(start, end))) {
        if (start > keptFrom) yield bytes.subarray(keptFrom, start);
        keptFrom = end + 1;
      }
      start = end + 1;
    }
    if (start > keptFrom) yield bytes.subarray(keptFrom, start);
    partial.append(bytes.subarray(start));
  }
  // Every line that a sink wrote has its end.
  const rest = partial.take();
  if (rest.length > 0 && isKept(searchable(rest))) yield rest;
}

function recordIn(text: string): Readonly<Record<string, unknown>> {
  try {
    const value = parseJson(text);
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}
