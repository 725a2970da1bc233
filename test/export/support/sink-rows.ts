import type { AuditLogCheckpoint } from '../../../src/audit-logs/checkpoint.js';
import type { EventRow } from '../../../src/export/event-row.js';
import type { AuditLogPrincipal } from '../../../src/transport/principal.js';

export const workspace: AuditLogPrincipal = { type: 'workspace', id: '3f6c1d52-8c7e-4e0e-9a55-0c4f7b7d9a11' };

let lines = 0;

/** An event as a sink takes it: what is not said is that of a login. */
export function rowOf(said: Partial<Omit<EventRow, 'bytes'>> = {}): EventRow {
  lines += 1;
  const { eventId = `event-${lines}`, eventType = 'AUTH_LOG', principal = workspace, fileId = 'file-1' } = said;
  const { line = lines, action = 'login_success' } = said;
  const timestamp = 'timestamp' in said ? said.timestamp : '2026-11-20T09:12:44.118203Z';
  const userId = 'userId' in said ? said.userId : 'user-AbC123';
  const actor = { type: 'ACCOUNT_USER', user_id: userId };
  const raw = said.raw ?? JSON.stringify({ event_id: eventId, type: eventType, timestamp, actor, action });
  const bytes = new TextEncoder().encode(raw);
  return { eventId, eventType, timestamp, principal, userId, action, fileId, line, raw, bytes };
}

export function rowsOf(count: number, said: Partial<Omit<EventRow, 'bytes'>> = {}): EventRow[] {
  return Array.from({ length: count }, () => rowOf(said));
}

/** A checkpoint that is told from others by its mark. */
export function checkpointOf(mark: string): AuditLogCheckpoint {
  const partition = { principal: workspace, eventType: mark, after: '2026-11-01T00:00:00Z' };
  return { version: 1, partitions: [{ ...partition, completedFiles: '', gaps: [], seen: [] }] };
}

/** Values that have broken stores. */
export function hostileRows(): EventRow[] {
  const texts = [
    `'; drop table events; --`,
    `"quoted" 'twice' \`thrice\` $1 ?1 :a @b \\ \\\\ \\' %s {} {a,b} (null) NULL`,
    'tab\tline\nreturn\rseparator\u2028\u001e\u001f\u0001end',
    'nul \u0000 and more',
    'lone \ud800 and \udfff',
    'the other lone \ud801',
    'backslash u: \\u0000 \\ud800',
    '👩‍👩‍👧 أهلا e\u0301 \uffff \u{10ffff}',
    '',
    ' ',
    'x'.repeat(10_000),
    `${'x'.repeat(9_999)}y`,
    'é'.repeat(5_000),
    Array.from({ length: 2_500 }, (_, index) => ((index * 2_654_435_761) >>> 0).toString(16)).join(''),
  ];
  const inAllPlaces = texts.map((text, index) =>
    rowOf({
      eventId: text === '' ? 'empty' : text,
      eventType: text,
      userId: text,
      action: text,
      fileId: text,
      line: index + 1,
      principal: { type: 'workspace', id: text },
    }),
  );
  const raws = [
    '{"event_id":"a","text":"\\u0000 \\ud800 \\u001e"}',
    `{"event_id":"b","text":"${'m'.repeat(1_000_000)}"}`,
    `{"event_id":"c","nested":${'['.repeat(900)}${']'.repeat(900)}}`,
    '{"event_id":"d","twice":1,"twice":2, "number":1e999,"precise":0.10000000000000000000000000001 }\r',
    '{"event_id":"e","text":"👩‍👩‍👧 e\u0301 \u2028 \'\\\\\\"\\\\"}',
  ];
  const times = [
    undefined,
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59.999999999Z',
    '2026-11-20T10:00:60Z',
    '20261120T101112,5+0530',
    'not a time',
    '2026-02-30T00:00:00Z',
  ];
  return [
    ...inAllPlaces,
    ...raws.map((raw) => rowOf({ raw, eventId: raw.slice(13, 14) })),
    ...times.map((timestamp) => rowOf({ timestamp })),
    rowOf({ line: 2 ** 40, userId: undefined }),
  ];
}
