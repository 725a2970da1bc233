import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Serves `?megabytes=n` of JSON Lines on a port of its own, which it tells its parent. */
export function serveRecords(): void {
  const bodies = new Map<number, Buffer>();
  const server = createServer((request, response) => {
    const megabytes = Number(new URL(request.url ?? '/', 'http://localhost').searchParams.get('megabytes'));
    const body = bodies.get(megabytes) ?? makeBody(megabytes);
    bodies.set(megabytes, body);
    response.writeHead(200, { 'content-type': 'application/x-ndjson', 'content-length': body.length });
    response.end(body);
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
}

/** Records of about 1 kB, numbered from the one given, each with its own id and time; one in eight is not ASCII. */
export function makeBody(megabytes: number, from = 0): Buffer {
  const body = Buffer.allocUnsafe(megabytes * 1_000_000);
  let length = 0;
  for (let index = from; ; index += 1) {
    const line = Buffer.from(`${JSON.stringify(makeRecord(index))}\n`);
    if (length + line.length > body.length) return body.subarray(0, length);
    length += line.copy(body, length);
  }
}

function makeRecord(index: number) {
  const text =
    index % 8 === 0
      ? 'Bitte prüfen: Übersicht der offenen Rechnungen für 東京. '
      : 'Please look at the list of open invoices. ';
  return {
    event_id: `5d2f8c1e-7a40-4b1e-9c10-${index.toString(16).padStart(12, '0')}`,
    type: 'CONVERSATION_MESSAGE',
    timestamp: new Date(1_789_000_000_000 + index * 37).toISOString(),
    principal: { id: 'a4d2c7e0-51f3-4b68-9c2d-7e90b1f36a15', type: 'CHATGPT_WORKSPACE' },
    actor: { type: 'ACCOUNT_USER', user_id: `user-${index % 997}`, user_email: `user${index % 997}@fabrikam.example` },
    previous_message_id: `m-${index - 1}`,
    message: {
      id: `m-${index}`,
      created_at: '2026-09-14T07:41:02.338Z',
      author: { type: 'assistant', model: 'gpt-5.2', tools_used: ['file_search'], skills_used: [] },
      content: {
        type: 'text',
        value: text.repeat(6 + (index % 5)),
        annotations: [{ type: 'file_citation', files: [{ id: `file-${index % 89}`, name: 'ledger-2026.xlsx' }] }],
      },
      files: [],
    },
    conversation: {
      id: `c-${index % 4096}`,
      title: 'Open invoices',
      created_at: '2026-09-14T07:40:00Z',
      is_pinned: false,
    },
  };
}
