import { Readable } from 'node:stream';
import express from 'express';
import { afterEach, expect, test, vi } from 'vitest';
import { createWire } from '../../src/transport/wire.js';
import { startLoopbackServer } from '../support/loopback-server.js';
import { openTestTransport, rejection } from '../support/open-test-transport.js';
import { tellsOf } from '../support/tells-of.js';

afterEach(() => vi.unstubAllGlobals());

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const post = { method: 'POST', route: '/Users', body: { userName: 'jane' } } as const;

/** What is used of it. */
interface ExpressResponse {
  set(name: string, value: string): this;
  json(body: unknown): void;
}

/** Takes no Request of another library, and gives a stream of Node, as node-fetch does. */
const foreignFetch = (answer: string, seen: unknown[] = [], status = 200) =>
  (async (url: unknown, { signal, ...init }: RequestInit) => {
    if (typeof url !== 'string') throw new TypeError(`Failed to parse URL from ${url}`);
    seen.push({ url, ...init });
    signal?.throwIfAborted();
    const body = Readable.from([Buffer.from(answer.slice(0, 3)), Buffer.from(answer.slice(3))]);
    const headers = new Map([['content-type', 'application/json']]);
    return { ok: status < 300, status, headers, body };
  }) as unknown as typeof fetch;

test('gives a fetch of another library a URL, a plain init and the body as text', async () => {
  const seen: unknown[] = [];
  const { transport } = openTestTransport(foreignFetch('{"id":"u1"}', seen));
  expect(await transport.send(post)).toMatchObject({ body: { id: 'u1' } });
  expect(seen).toEqual([
    {
      url: 'https://scim.example.com/scim/v2.0/dir_1/Users',
      method: 'POST',
      headers: expect.objectContaining({ authorization: 'Bearer token-1', 'content-type': 'application/json' }),
      body: '{"userName":"jane"}',
      redirect: 'manual',
      credentials: 'omit',
    },
  ]);
});

test('reads an answer whose body is a stream of Node, also one that says no, or is too large', async () => {
  const download = { url: 'https://s.example/f', route: '/f', maxBytes: 100 };
  expect(text(await openTestTransport(foreignFetch('one\ntwo\n')).transport.download(download))).toBe('one\ntwo\n');
  expect(
    tellsOf(await rejection(openTestTransport(foreignFetch('{"detail":"No"}', [], 404)).transport.send(post))),
  ).toMatchObject({
    status: 404,
    serverMessage: 'No',
  });
  expect(await rejection(openTestTransport(foreignFetch('x'.repeat(101))).transport.download(download))).toMatchObject({
    code: 'response_too_large',
  });
});

test('where fetch sends a POST again by itself (Deno), the body is a stream, which it cannot send twice', async () => {
  vi.stubGlobal('Deno', {});
  const server = await startLoopbackServer(async (request, response) => {
    const pieces = await request.toArray();
    response.setHeader('x-got', Buffer.concat(pieces).toString()).end('{}');
  });
  const bodies: unknown[] = [];
  const wire = createWire((url, init) => {
    bodies.push(init?.body);
    return fetch(url, init);
  });
  const { signal } = new AbortController();
  const response = await wire({ url: server.url, method: 'POST', headers: {}, body: '{"a":"é"}', signal });
  expect(Buffer.from(response.headers.get('x-got') ?? '', 'latin1').toString()).toBe('{"a":"é"}');
  expect(bodies).toEqual([expect.any(ReadableStream)]);
});

test('gets the 304 of Express for what has not changed', async () => {
  const app = express().use('/Users/u1', (_: unknown, response: ExpressResponse) => {
    response.set('etag', 'W/"1"').json({ id: 'u1' });
  });
  const server = await startLoopbackServer(app);
  const { transport } = openTestTransport(globalThis.fetch, {
    baseUrl: server.url,
    dangerouslyAllowHttpLoopback: true,
  });
  const ask = (etag: string) =>
    transport.send({ method: 'GET', route: '/Users/u1', headers: { 'if-none-match': etag }, acceptStatuses: [304] });
  expect((await ask('W/"1"')).status).toBe(304);
  expect((await ask('W/"2"')).status).toBe(200);
});
