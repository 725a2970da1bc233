import type { IncomingMessage, ServerResponse } from 'node:http';

/** The largest answer that is read, and the most values in it. */
export const limitBytes = 10 * 1024 * 1024;
export const limitValues = limitBytes / 32;

type Row = (index: number) => string;

/** As many rows as fit into so many bytes and values, in what is around them. */
function list(head: string, row: Row, valuesOfRow: number, tail: string): string {
  const parts: string[] = [];
  let bytes = head.length + tail.length;
  const most = Math.floor((limitValues - 20) / valuesOfRow);
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

export const heavyBodies: Readonly<Record<string, (list: 'Resources' | 'data') => string>> = {
  ...Object.fromEntries(
    Object.entries(rows).map(([name, [row, values]]) => [
      name,
      (key: string) => list(`{"totalResults":1,"has_more":false,"id":"1","${key}":[`, row, values, ']}'),
    ]),
  ),
  'one object of names': (key) => list(`{"totalResults":1,"has_more":false,"id":"1","${key}":[],`, names, 1, '}'),
  'more values than are parsed': (key) => `{"${key}":[${'{},'.repeat(limitBytes / 3 - 20)}{}]}`,
  'an error': () => list('{"status":"500","detail":[', () => '{}', 2, ']}'),
};

/** Answers with the body that the last part of the path before `?` or a known route names, as `/<name>/Users`. */
export function answerHeavily(request: IncomingMessage, response: ServerResponse): void {
  const name = decodeURIComponent((request.url ?? '').split('/')[1] ?? '');
  const isLog = request.url?.includes('/compliance/') === true;
  const body = heavyBodies[name]?.(isLog ? 'data' : 'Resources') ?? '';
  response.writeHead(name === 'an error' ? 500 : 200, { 'content-type': 'application/json' });
  request.resume().on('end', () => response.end(body));
}
