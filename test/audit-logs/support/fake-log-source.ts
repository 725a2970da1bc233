import type { LogSource } from '../../../src/audit-logs/api.js';
import type { AuditLogFile, LogFile } from '../../../src/audit-logs/files/log-file.js';
import { formatInstant, instantOf } from '../../../src/internal/dates.js';
import type { AuditLogPrincipal } from '../../../src/transport/principal.js';

/** 2026-11-01T00:00:00Z, in microseconds. */
const startMicros = BigInt(Date.UTC(2026, 10, 1)) * 1000n;

/** The time that lies so many microseconds after the first of November. */
export function timeAt(micros: number): string {
  return formatInstant((startMicros + BigInt(micros)) * 1000n);
}

/** A file of a fake log. */
export interface FakeFile {
  readonly id: string;
  readonly eventType?: string;
  /** Microseconds after the first of November. */
  readonly endsAt: number;
  /** Ids of its events; they get times of their own, in order. */
  readonly events: readonly string[];
}

/** How a fake log answers. */
export interface FakeLog {
  files: readonly FakeFile[];
  /** @default 100 */
  readonly pageSize?: number;
  /** Lists the files of the very `after` again, as one collector saw. */
  readonly repeatsBoundary?: boolean;
  /** Lets this happen before each answer. */
  readonly delay?: (what: 'list' | 'download') => Promise<void>;
}

/** A log source in memory, that counts what it is asked for. */
export function fakeLogSource(log: FakeLog) {
  const asked = { lists: [] as { after: string; before: string | undefined }[], downloads: [] as string[] };
  const source: LogSource = {
    route: '/logs',
    list: async ({ eventType, after, before }, { signal }) => {
      asked.lists.push({ after, before });
      await log.delay?.('list');
      signal?.throwIfAborted();
      const isAfter = (time: bigint) => (log.repeatsBoundary ? time >= instantOf(after) : time > instantOf(after));
      const found = log.files
        .map(toLogFile)
        .filter((file) => file.event_type === eventType)
        .filter((file) => isAfter(instantOf(file.end_time)))
        .filter((file) => before === undefined || instantOf(file.end_time) < instantOf(before))
        .sort((one, other) => Number(instantOf(one.end_time) - instantOf(other.end_time)));
      const data = found.slice(0, log.pageSize ?? 100);
      return { data, has_more: found.length > data.length, last_end_time: data.at(-1)?.end_time ?? null };
    },
    download: async (file: AuditLogFile, _limits, { signal }) => {
      asked.downloads.push(file.id);
      await log.delay?.('download');
      signal?.throwIfAborted();
      const found = log.files.find(({ id }) => id === file.id);
      if (found === undefined) throw new Error('There is no such file.');
      return bodyOf(found);
    },
  };
  return { source, asked };
}

/** As the list describes it. */
export function toLogFile(file: FakeFile): LogFile {
  return {
    id: file.id,
    event_type: file.eventType ?? 'AUTH_LOG',
    end_time: timeAt(file.endsAt),
    file_name: `${file.id}.jsonl`,
    file_size: bodyOf(file).byteLength,
    file_sha256: 'unchecked',
  };
}

function bodyOf({ events, endsAt, eventType = 'AUTH_LOG' }: FakeFile): Uint8Array<ArrayBuffer> {
  const lines = events.map((id, index) =>
    JSON.stringify({ event_id: id, type: eventType, timestamp: timeAt(endsAt - events.length + index) }),
  );
  return new TextEncoder().encode(lines.map((line) => `${line}\n`).join(''));
}

export const workspace: AuditLogPrincipal = { type: 'workspace', id: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11' };
