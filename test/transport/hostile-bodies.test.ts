import { createServer, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { isSdkError } from 'chatgpt-enterprise-sdk';
import { expect, onTestFinished, test } from 'vitest';
import { cpuMs } from '../support/cpu-ms.js';
import { startLoopbackServer } from '../support/loopback-server.js';
import { openTestTransport, rejection } from '../support/open-test-transport.js';
import { timesOf } from '../support/scale.js';

const read = { method: 'GET', route: '/Users' } as const;
const mebibyte = 1024 * 1024;

const open = (baseUrl: string) =>
  openTestTransport(globalThis.fetch, { baseUrl, dangerouslyAllowHttpLoopback: true }).transport;

/** A server that writes these bytes, whatever HTTP says of them. */
async function startRawServer(answer: (socket: Socket) => void): Promise<string> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => answer(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as { readonly port: number }).port}`;
}

test.each(['announced', 'unannounced'])('an %s body of a gigabyte is left after the limit', async (how) => {
  let sent = 0;
  const server = await startLoopbackServer((_, response) => {
    response.writeHead(200, {
      'content-type': 'application/json',
      ...(how === 'announced' && { 'content-length': 1024 * mebibyte }),
    });
    const piece = Buffer.alloc(mebibyte, ' ');
    const more = () => {
      while (sent < 1024 && !response.destroyed) {
        sent += 1;
        if (!response.write(piece)) break;
      }
    };
    response.on('drain', more);
    more();
  });
  expect(await rejection(open(server.url).send(read))).toMatchObject({ code: 'response_too_large' });
  expect(server.requests).toHaveLength(1);
  // What sockets hold is sent too.
  expect(sent).toBeLessThan(64);
});

test('a gzip bomb of a gigabyte is left after the limit', async () => {
  const member = gzipSync(Buffer.alloc(16 * mebibyte, ' '));
  const bomb = Buffer.concat(Array.from({ length: 64 }, () => member));
  const server = await startLoopbackServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb);
  });
  const startMs = cpuMs();
  expect(await rejection(open(server.url).send(read))).toMatchObject({ code: 'response_too_large' });
  expect(server.requests).toHaveLength(1);
  expect(cpuMs() - startMs).toBeLessThan(2_000);
});

test('a flood of early hints is survived: the answer behind it is read, or the call fails as one', async () => {
  const hint = 'HTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\n';
  const url = await startRawServer((socket) => {
    socket.write(hint.repeat(timesOf(500, 50_000)));
    socket.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 7\r\n\r\n{"a":1}');
  });
  const answer = await open(url)
    .send(read)
    .catch((error: unknown) => error);
  expect(answer).toMatchObject(answer instanceof Error ? { name: 'ConnectionError' } : { body: { a: 1 } });
});

test.each([
  ['more than comes', 'content-length: 900\r\n', '{"a":1}'],
  ['less than comes', 'content-length: 3\r\n', '{"a":1}'],
  ['two things', 'content-length: 3\r\ncontent-length: 7\r\n', '{"a":1}'],
  ['no number', 'content-length: -1\r\n', '{"a":1}'],
  ['a length and chunks', 'content-length: 3\r\ntransfer-encoding: chunked\r\n', '7\r\n{"a":1}\r\n0\r\n\r\n'],
  ['chunks that are none', 'transfer-encoding: chunked\r\n', 'zz\r\n{"a":1}\r\n'],
])('a length that says %s is a failed call, never half an answer', async (_, header, body) => {
  const url = await startRawServer((socket) => {
    socket.end(`HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n${header}\r\n${body}`);
  });
  const answer = await open(url)
    .send(read)
    .catch((error: unknown) => error);
  if (answer instanceof Error) expect(isSdkError(answer)).toBe(true);
  else expect(answer).toMatchObject({ body: { a: 1 } });
});
