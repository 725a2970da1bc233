import { describe, expect, test } from 'vitest';
import type { AuditLogClient } from '../../../src/audit-logs/client.js';
import type { AuditLogBatchesQuery } from '../../../src/audit-logs/query.js';
import { issuesOf, sourceOf } from '../../../src/audit-logs/reading/event-source.js';
import type { EventRecord } from '../../../src/audit-logs/reading/file-cursor.js';
import { type LineBatch, lineReaderTag } from '../../../src/audit-logs/reading/lines.js';
import { openRawLog } from '../support/raw-log.js';

const eventTypes = ['AUTH_LOG'];
const after = '2026-11-01T00:00:00Z';

function read(client: AuditLogClient, query: Partial<AuditLogBatchesQuery> = {}) {
  const stream = lineReaderTag
    .get(client)
    ?.readLines('exportLogs()', { eventTypes, after, ...query }, (event) => event);
  if (stream === undefined) throw new Error('The client reads no lines.');
  return stream;
}

/** What a batch says, taken while it is good. */
const texts = ({ lines }: LineBatch<EventRecord>) => lines.map(({ bytes }) => new TextDecoder().decode(bytes));
const runsOf = ({ runs }: LineBatch<EventRecord>) => runs.map(({ bytes }) => new TextDecoder().decode(bytes));

async function all<T>(
  stream: AsyncIterable<LineBatch<EventRecord>>,
  take: (batch: LineBatch<EventRecord>) => T,
): Promise<T[]> {
  const taken: T[] = [];
  for await (const batch of stream) taken.push(take(batch));
  return taken;
}

describe('a line', () => {
  const odd = [
    '{"event_id":"a","n":12345678901234567890,"x":1e400,"x":1.50,"type":"AUTH_LOG","timestamp":"2026-11-01T00:00:00Z"}',
    '{ "timestamp" : "2026-11-01T00:00:00Z","type":"AUTH_LOG",  "event_id":"b","s":"\\u00e9é\u{1f600}" }',
    '{"event_id":"c","2":1,"1":2,"type":"AUTH_LOG","timestamp":"2026-11-01T00:00:00Z"}',
  ];

  test('is as the service wrote it, with its event, its file and its place', async () => {
    const { client } = openRawLog([`${odd[0]}\n\n  ${odd[1]}\r\n${odd[2]}${odd[0]?.replace('"a"', '"d"')}\n`]);
    const [batch] = await all(read(client, { bigIntegers: 'string' }), (one) => ({
      texts: texts(one),
      same: one.lines.map(({ text }) => text),
      runs: runsOf(one),
      lines: one.lines,
      files: one.files,
    }));
    const expected = [...odd, odd[0]?.replace('"a"', '"d"')];
    expect(batch?.texts).toEqual(expected);
    expect(batch?.same).toEqual(expected);
    expect(batch?.lines.map(({ line }) => line)).toEqual([1, 3, 4, 4]);
    expect(batch?.lines[0]?.event).toMatchObject({ n: '12345678901234567890' });
    expect(batch?.lines.map(({ event }) => sourceOf(event)?.line)).toEqual([1, 3, 4, 4]);
    expect(issuesOf(batch?.lines[0]?.event ?? {})).not.toEqual([]);
    expect(batch?.files).toEqual([batch?.lines[0]?.file]);
    // No two of them have one newline between them, and nothing else.
    expect(batch?.runs).toEqual(expected);
  });

  test('stands with its neighbours in a run, which a line that is left out ends', async () => {
    const { client } = openRawLog([[odd[0], odd[1], odd[0], odd[2], '5', ...odd].join('\n')]);
    const [runs] = await all(read(client, { invalidLine: 'skip' }), runsOf);
    expect(runs).toEqual([`${odd[0]}\n${odd[1]}`, odd[2]]);
  });

  test('is told by where it stands in the file, also where reading goes on in the middle of it', async () => {
    const body = `${odd.join('\n')}\n`;
    const { client } = openRawLog([body]);
    const first = read(client, { batchSize: 1 });
    for await (const { checkpoint, lines } of first) {
      expect(body.slice(lines[0]?.byteOffset, lines[0]?.endOffset)).toBe(odd[0]);
      const rest = await all(read(client, { resumeFrom: checkpoint }), (one) => [texts(one), one.runs[0]?.byteOffset]);
      expect(rest).toEqual([[odd.slice(1), (odd[0]?.length ?? 0) + 1]]);
      break;
    }
  });
});

describe('the bytes of a batch', () => {
  const line = (id: string, size = 0) =>
    JSON.stringify({ event_id: id, type: 'AUTH_LOG', timestamp: after, fill: 'x'.repeat(size) });

  test('are right while files share their memory, and little of it is allowed', async () => {
    const bodies = Array.from({ length: 6 }, (_, file) =>
      Array.from({ length: 1200 }, (_, index) => line(`${file}-${index}`, 1000 + ((file * 7 + index) % 50))),
    );
    const { client } = openRawLog(bodies.map((lines) => `${lines.join('\n')}\n`));
    for (const query of [{ batchSize: 500 }, { batchSize: 1300 }, { batchSize: 7, maxBytesInFlight: 1 }]) {
      const batches = await all(read(client, { maxBytesInFlight: 3_000_000, ...query }), (one) => ({
        texts: texts(one),
        runs: runsOf(one),
      }));
      // As one text each: a difference of megabytes is not to be printed.
      const whole = bodies.flat().join('\n');
      expect(batches.flatMap((one) => one.texts).join('\n') === whole).toBe(true);
      expect(batches.flatMap((one) => one.runs).join('\n') === whole).toBe(true);
      expect(batches.slice(0, -1).every((one) => one.texts.length === query.batchSize)).toBe(true);
    }
  });

  test('hold up no file: a batch that fills from many gives their room back', async () => {
    const { client } = openRawLog(Array.from({ length: 30 }, (_, file) => `${line(`${file}`, 900)}\n`));
    const batches = await all(read(client, { maxBytesInFlight: 1, concurrency: 4 }), (one) => texts(one).length);
    expect(batches).toEqual([30]);
  });
});

test('what is wrong with a query is told in the name of whoever asks', () => {
  const { client } = openRawLog([]);
  const misspelt: object = { batchsize: 1 };
  expect(() => read(client, misspelt)).toThrow(/exportLogs\(\)/);
  expect(() => read(client, { maxWaitMs: -1 })).toThrow(/`maxWaitMs`/);
});
