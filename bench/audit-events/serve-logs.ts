import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { makeBody } from '../json-lines/serve-records.ts';

/** More records than a file holds, so that no two files share an id. */
const recordsApart = 100_000;
const firstMs = Date.now() - 86_400_000;

/** Serves log files of so many megabytes, as many as the path asks for, and tells its port to its parent. */
export function serveLogs(files: number, fileMegabytes = 10): void {
  const bodies = Array.from({ length: files }, (_none, file) => makeBody(fileMegabytes, file * recordsApart));
  const listed = bodies.map((body, file) => ({
    id: `eclf_${file}`,
    event_type: 'CONVERSATION_MESSAGE',
    end_time: new Date(firstMs + file * 60_000).toISOString(),
    file_name: `${file}.jsonl`,
    file_size: body.length,
    file_sha256: createHash('sha256').update(body).digest('hex'),
  }));
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const [, count = '', ...path] = url.pathname.split('/');
    const last = path.at(-1) ?? '';
    if (path[0] === 'storage') {
      response.end(bodies[Number(last)]);
    } else if (last === 'logs') {
      const after = url.searchParams.get('after') ?? '';
      const data = listed.slice(0, Number(count)).filter(({ end_time: endTime }) => endTime > after);
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ data, has_more: false, last_end_time: data.at(-1)?.end_time ?? null }));
    } else {
      response.writeHead(307, { location: `http://${request.headers.host}/${count}/storage/${last.slice(5)}` });
      response.end();
    }
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}
