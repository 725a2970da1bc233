import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { downloadLogFile } from '../../../src/audit-logs/files/download.js';
import { resolveOptions } from '../../../src/transport/options.js';
import { openTestTransport, rejection } from '../../support/open-test-transport.js';
import { fetchFailed, type ScriptedAnswer, scriptedFetch } from '../../support/scripted-fetch.js';
import { workspace } from '../support/fake-log-source.js';

const body = '{"event_id":"a"}\n';
const sha256 = createHash('sha256').update(body).digest('hex');
const redirect = (status = 307, location = 'https://files.storage.example/one?signature=secret') =>
  new Response(null, { status, headers: { location } });

function download(
  answers: ScriptedAnswer[],
  facts: { sha256?: string; size?: number; maxRetries?: number; deadlineMs?: number } = {},
) {
  const { fetch, requests } = scriptedFetch(...answers);
  const { transport, clock } = openTestTransport(fetch, { service: 'compliance', baseUrl: 'https://api.example/v1' });
  const file = {
    id: 'eclf_1',
    event_type: 'AUTH_LOG',
    end_time: '2026-11-01T00:00:00Z',
    file_name: 'one.jsonl',
    file_size: facts.size ?? body.length,
    file_sha256: facts.sha256 ?? sha256,
    principal: workspace,
  };
  const downloaded = downloadLogFile({
    transport,
    file,
    route: '/compliance/workspaces/{workspace_id}/logs/{log_file_id}',
    params: { workspace_id: workspace.id, log_file_id: file.id },
    maxFileBytes: 1_000_000,
    options: resolveOptions({ maxRetries: facts.maxRetries, deadlineMs: facts.deadlineMs }),
  });
  return { downloaded, requests, clock };
}

test.each([301, 302, 303, 307, 308])('follows a %i by hand, without the key', async (status) => {
  const { downloaded, requests } = download([redirect(status), new Response(body)]);
  expect(new TextDecoder().decode(await downloaded)).toBe(body);
  expect(requests.map(({ url }) => url)).toEqual([
    `https://api.example/v1/compliance/workspaces/${workspace.id}/logs/eclf_1`,
    'https://files.storage.example/one?signature=secret',
  ]);
  expect(requests.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer token-1', null]);
});

test.each([-3_600_000, 3_600_000])('has its deadline, also when the clock is set by %i ms meanwhile', async (byMs) => {
  const setClock = () => {
    clock.setWall(byMs);
    return new Response('cut');
  };
  const answers = [redirect(), setClock, redirect(), new Response(body)];
  const { downloaded, clock } = download(answers, { deadlineMs: 5_000 });
  expect(await downloaded).toHaveLength(body.length);
  const isStorage = ({ url }: Request) => url.includes('storage');
  const late = download([(request) => (isStorage(request) ? setClock() : redirect())], {
    deadlineMs: 5_000,
    maxRetries: 99,
  });
  expect(await rejection(late.downloaded)).toMatchObject({ code: 'size_mismatch' });
  expect(late.clock.waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(5_000);
});

test('follows a location in raw UTF-8', async () => {
  const location = Buffer.from('https://files.storage.example/größe').toString('latin1');
  const { downloaded, requests } = download([redirect(307, location), new Response(body)]);
  await downloaded;
  expect(requests[1]?.url).toBe('https://files.storage.example/gr%C3%B6%C3%9Fe');
});

test('takes the SHA-256 in upper case too', async () => {
  const { downloaded } = download([redirect(), new Response(body)], { sha256: sha256.toUpperCase() });
  expect(await downloaded).toHaveLength(body.length);
});

test.each([
  ['other bytes', new Response(body.replace('a', 'b')), 'hash_mismatch'],
  ['too few bytes', new Response(body.slice(1)), 'size_mismatch'],
  ['too many bytes', new Response(`${body} `), 'size_mismatch'],
])('refuses %s after repeating', async (_name, answer, code) => {
  const { downloaded, requests } = download([redirect(), answer, redirect(), answer, redirect(), answer], {
    maxRetries: 2,
  });
  expect(await rejection(downloaded)).toMatchObject({ name: 'AuditLogFileError', code, attempts: 3 });
  expect(requests).toHaveLength(6);
});

test('asks for a new signed URL for each attempt', async () => {
  const other = redirect(307, 'https://files.storage.example/two');
  const { downloaded, requests } = download([redirect(), fetchFailed('ECONNRESET'), other, new Response(body)]);
  await downloaded;
  expect(requests.map(({ url }) => new URL(url).pathname).filter((path) => !path.startsWith('/v1'))).toEqual([
    '/one',
    '/two',
  ]);
});

test('waits as long as the storage host asks for', async () => {
  const busy = new Response('', { status: 503, headers: { 'retry-after': '7' } });
  const { downloaded, clock } = download([redirect(), busy, redirect(), new Response(body)]);
  await downloaded;
  expect(clock.waits).toContain(7_000);
});

test.each([
  ['http', 'http://files.storage.example/one'],
  ['one with a password', 'https://user:password@files.storage.example/one'],
])('refuses to follow a location that is %s, at once', async (_name, location) => {
  const { downloaded, requests } = download([redirect(307, location)]);
  expect(await rejection(downloaded)).toMatchObject({
    code: 'download_failed',
    cause: { code: 'insecure_url' },
    attempts: 1,
  });
  expect(requests).toHaveLength(1);
});

test('takes a relative location for one of the service itself, and still sends no key to it', async () => {
  const { downloaded, requests } = download([redirect(307, '/files/one?signature=secret'), new Response(body)]);
  expect(new TextDecoder().decode(await downloaded)).toBe(body);
  expect(requests[1]?.url).toBe('https://api.example/files/one?signature=secret');
  expect(requests[1]?.headers.get('authorization')).toBeNull();
});

test.each([
  ['JSON', () => Response.json({ url: 'https://files.storage.example/one' })],
  ['a page', () => new Response('<html>Sign in</html>')],
  ['nothing', () => new Response('')],
  ['a file that is cut', () => new Response(body.slice(0, 5))],
  ['a file of other bytes', () => new Response(body.replace('a', 'b'))],
])('refuses %s in place of a redirect, after asking again', async (_name, answer) => {
  const { downloaded, requests } = download([answer], { maxRetries: 2 });
  expect(await rejection(downloaded)).toMatchObject({
    code: 'download_failed',
    attempts: 3,
    cause: { name: 'ResponseValidationError', retryable: true },
  });
  expect(requests).toHaveLength(3);
});

test('takes the file from a gateway that follows the redirect itself, if its SHA-256 is right', async () => {
  const { downloaded, requests } = download([new Response('<html>'), new Response(body)]);
  expect(new TextDecoder().decode(await downloaded)).toBe(body);
  expect(requests).toHaveLength(2);
});

test('does not repeat what the API has refused for good', async () => {
  const { downloaded, requests } = download([Response.json({ detail: 'Gone.' }, { status: 410 })]);
  expect(await rejection(downloaded)).toMatchObject({ code: 'download_failed', cause: { status: 410 }, attempts: 1 });
  expect(requests).toHaveLength(1);
});

test('asks again for a file that was listed and is not there yet', async () => {
  const missing = () => Response.json({ detail: 'Log file not found.' }, { status: 404 });
  const { downloaded, requests } = download([missing(), missing(), redirect(), new Response(body)]);
  expect(await downloaded).toHaveLength(body.length);
  expect(requests).toHaveLength(4);
  const never = download([missing(), missing(), missing()], { maxRetries: 2 });
  expect(await rejection(never.downloaded)).toMatchObject({ cause: { status: 404 }, attempts: 3 });
});

test('neither the signed URL nor the key is in the error', async () => {
  const { downloaded } = download([redirect(), new Response('denied', { status: 403 })], { maxRetries: 0 });
  const error = await rejection(downloaded);
  const printed = `${String(error)} ${JSON.stringify(error)} ${String((error as Error).cause)}`;
  expect(printed).not.toMatch(/signature|storage\.example|token-1/);
});

test('has one deadline for all its attempts and the waits between them', async () => {
  const busy = () => new Response('', { status: 503, headers: { 'retry-after': '2' } });
  const answers = [redirect(), busy(), redirect(), busy(), redirect(), busy(), redirect(), new Response(body)];
  const { downloaded, clock } = download(answers, { deadlineMs: 3_000 });
  expect(await rejection(downloaded)).toMatchObject({ code: 'download_failed', attempts: 2 });
  expect(clock.waits).toEqual([2_000]);
});

test('an error about a file that came too slowly names the option that was too tight', async () => {
  const quiet = () => new Response(new ReadableStream({ pull: () => new Promise(() => {}) }));
  const { downloaded, clock } = download([redirect(), quiet], { maxRetries: 0 });
  const failed = rejection(downloaded);
  await clock.advance(30_000);
  expect(await failed).toMatchObject({
    code: 'download_failed',
    cause: { code: 'timeout' },
    remedy: expect.stringContaining('Raise `timeoutMs`'),
  });
});

test.each(['of the list', 'of the storage'])(
  'an error about a deadline %s names the one that was given',
  async (whose) => {
    let told = () => {};
    const isSilent = new Promise<void>((resolve) => {
      told = resolve;
    });
    const quiet = async () => {
      told();
      return new Response(new ReadableStream({ pull: () => new Promise(() => {}) }));
    };
    const after122Ms = (answer: Response) => async () => {
      await clock.advance(122);
      return answer;
    };
    const busy = new Response('', { status: 503 });
    // The list is asked again for each attempt.
    const answers = whose === 'of the list' ? [redirect(), after122Ms(busy)] : [after122Ms(redirect())];
    const { downloaded, clock } = download([...answers, quiet], { deadlineMs: 600 });
    const failed = rejection(downloaded);
    await isSilent;
    await clock.advance(600);
    expect(await failed).toMatchObject({
      message: expect.stringContaining('within 600 ms'),
      remedy: expect.stringContaining('Raise `deadlineMs`'),
    });
  },
);
