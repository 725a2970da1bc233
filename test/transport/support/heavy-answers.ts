import type { IncomingMessage, ServerResponse } from 'node:http';

/** The largest answer that is read, and the longest line of a log. */
const answerBytes = 10 * 1024 * 1024;
const lineBytes = 16 * 1024 * 1024;

type Row = (index: number) => string;

/** As many rows as fit into so many bytes, and one value for 32 of them, in what is around them. */
function list(limitBytes: number, head: string, row: Row, valuesOfRow: number, tail: string): string {
  const parts: string[] = [];
  let bytes = head.length + tail.length;
  const most = Math.floor((limitBytes / 32 - 20) / valuesOfRow);
  for (let index = 0; index < most; index += 1) {
    const text = row(index);
    bytes += Buffer.byteLength(text) + 1;
    if (bytes > limitBytes) break;
    parts.push(text);
  }
  return head + parts.join(',') + tail;
}

const number = (index: number) => String(1_000_000 + index);

/** What takes the most memory for its bytes, or for its values: each with the values that one row counts for. */
const rows: Readonly<Record<string, readonly [row: Row, values: number]>> = {
  'empty objects': [() => '{}', 2],
  'lists in lists': [() => '[[]]', 3],
  'objects that have no name in common': [(index) => `{"k${number(index)}":1.5}`, 2],
  'resources that have no name but `id` in common': [(index) => `{"id":"${number(index)}","k${number(index)}":1.5}`, 3],
  'small resources': [(index) => `{"id":"${number(index)}","end_time":"2026-11-01T00:00:00Z"}`, 3],
  'fractions among texts': [(index) => (index % 2 ? '1.5' : '"a"'), 1],
  'text beyond Latin-1': [(index) => `{"id":"${number(index)}","userName":"${'ж'.repeat(500)}"}`, 3],
};

const names: Row = (index) => `"k${number(index)}":"v${number(index)}"`;

/** Each of them, and one object of names, in lists below `key`, behind what `head` holds. */
function heavily(limitBytes: number, head: string, key: string): Readonly<Record<string, () => string>> {
  const lists = Object.entries(rows).map(([name, [row, values]]) => [
    name,
    () => list(limitBytes, `{${head},"${key}":[`, row, values, ']}'),
  ]);
  return {
    ...Object.fromEntries(lists),
    'one object of names': () => list(limitBytes, `{${head},"${key}":[],`, names, 1, '}'),
  };
}

const answers = (key: 'Resources' | 'data') => ({
  ...heavily(answerBytes, '"totalResults":1,"has_more":false,"id":"1"', key),
  'more values than are parsed': () => `{"${key}":[${'{},'.repeat(answerBytes / 3 - 20)}{}]}`,
  'an error': () => list(answerBytes, '{"status":"500","detail":[', () => '{}', 2, ']}'),
});

export const heavyAnswers: readonly string[] = Object.keys(answers('data'));

/** Lines of a log, an event each. */
export const heavyLines: Readonly<Record<string, () => string>> = heavily(
  lineBytes,
  '"event_id":"1","type":"AUTH_LOG","timestamp":"2026-11-01T00:00:00Z"',
  'rows',
);

/** Answers with the body that the last part of the path before `?` or a known route names, as `/<name>/Users`. */
export function answerHeavily(request: IncomingMessage, response: ServerResponse): void {
  const name = decodeURIComponent((request.url ?? '').split('/')[1] ?? '');
  const isLog = request.url?.includes('/compliance/') === true;
  const bodies: Readonly<Record<string, () => string>> = answers(isLog ? 'data' : 'Resources');
  const body = bodies[name]?.() ?? '';
  response.writeHead(name === 'an error' ? 500 : 200, { 'content-type': 'application/json' });
  request.resume().on('end', () => response.end(body));
}
