import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createTestClock } from '../../src/testing/clock.js';
import { createEmulator } from '../../src/testing/create-emulator.js';
import type { FaultTarget } from '../../src/testing/fault-plan.js';
import { type Fault, fault } from '../../src/testing/faults.js';
import { askCompliance, organizationId, workspaceId } from './support/ask-compliance.js';
import { askScim, newUser } from './support/ask-scim.js';

const world = (planned?: Fault, target?: FaultTarget) => {
  const emulator = createEmulator({
    world: 'empty',
    clock: createTestClock({ skipsWaits: true }),
    scim: { mode: 'rfc' },
  });
  for (const userName of ['a', 'b', 'c', 'd']) emulator.store.users.add({ userName });
  emulator.store.workspaces.add({ id: workspaceId, name: 'Northwind', organizationId });
  if (planned !== undefined) emulator.faults.add(planned, target);
  return emulator;
};
type World = ReturnType<typeof world>;
const page = async (emulator: World, query = 'count=2') => {
  const { body } = await askScim(emulator, 'GET', `/Users?${query}`);
  return {
    total: body.totalResults,
    names: body.Resources.map((user: { userName: string }) => user.userName).join(''),
  };
};

test('an error comes in the shape of the service that gives it', async () => {
  await using emulator = world(fault.status(503), { times: 2 });
  expect((await askScim(emulator, 'GET', '/Users')).body).toMatchObject({ status: '503' });
  expect((await askCompliance(emulator, `/workspaces/${workspaceId}/users`)).body.error.type).toBe('server_error');
});

test('Retry-After comes as seconds or as a date', async () => {
  await using emulator = world(fault.status(429, { retryAfter: 2 }));
  expect((await askScim(emulator, 'GET', '/Users')).headers.get('retry-after')).toBe('2');
  emulator.faults.add(fault.status(429, { retryAfterDateMs: 5_000 }));
  expect((await askScim(emulator, 'GET', '/Users')).headers.get('retry-after')).toBe('Mon, 23 Nov 2026 09:00:05 GMT');
});

test('an error may have a body and headers of its own, or be a page of HTML', async () => {
  await using emulator = world(fault.status(400, { body: { message: 'no' }, headers: { 'x-from': 'gateway' } }));
  const own = await askScim(emulator, 'GET', '/Users');
  expect([own.body, own.headers.get('x-from')]).toEqual([{ message: 'no' }, 'gateway']);
  emulator.faults.add(fault.html(502));
  const html = await askScim(emulator, 'GET', '/Users');
  expect([html.status, html.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8']);
});

test('a connection cut before the commit did nothing, and looks as it does in fetch', async () => {
  await using emulator = world(fault.cut('before_commit'));
  const error = await askScim(emulator, 'POST', '/Users', newUser('e')).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(TypeError);
  expect(error).toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNRESET' } });
  expect(emulator.store.users.size).toBe(4);
});

test('a connection cut after the commit did everything, and nobody was told', async () => {
  await using emulator = world(fault.cut('after_commit'));
  await expect(askScim(emulator, 'POST', '/Users', newUser('e'))).rejects.toThrow('fetch failed');
  expect(emulator.store.users.getByName('e')).toBeDefined();
  expect(emulator.requests.last).toMatchObject({ status: undefined, faults: ['connection cut after commit'] });
});

test('a connection cut during the body gives the headers and then fails', async () => {
  await using emulator = world(fault.cut('during_body'));
  const answer = await emulator.fetch(`${emulator.scim.baseUrl}/Users`, {
    headers: { authorization: `Bearer ${emulator.scim.token}` },
  });
  expect(answer.status).toBe(200);
  await expect(answer.text()).rejects.toMatchObject({ message: 'terminated', cause: { code: 'UND_ERR_SOCKET' } });
});

test('a truncated body ends early without a word', async () => {
  await using emulator = world(fault.truncatedBody(10));
  await expect(askScim(emulator, 'GET', '/Users')).rejects.toThrow(SyntaxError);
});

test.each([
  ['cut before it is shortened', [fault.cut('during_body'), fault.truncatedBody(0)]],
  ['shortened before it is cut', [fault.truncatedBody(0), fault.cut('during_body')]],
] as const)('a body that is %s to nothing ends all the same', async (_how, faults) => {
  await using emulator = world();
  for (const one of faults) emulator.faults.add(one);
  const answer = await emulator.fetch(`${emulator.scim.baseUrl}/Users`, {
    headers: { authorization: `Bearer ${emulator.scim.token}` },
  });
  await expect(answer.text()).rejects.toMatchObject({ message: 'terminated' });
});

test('latency and a slow body pass on the emulator’s clock', async () => {
  await using emulator = world(fault.latency(2_000));
  emulator.faults.add(fault.slowBody({ bytes: 100, delayMs: 50 }));
  const started = emulator.clock.now();
  const { body } = await askScim(emulator, 'GET', '/Users');
  const pieces = Math.ceil(JSON.stringify(body).length / 100);
  expect(emulator.clock.now() - started).toBe(2_000 + pieces * 50);
});

test('a label can be wrong, and a header can be missing', async () => {
  await using emulator = world(fault.contentType('text/plain'));
  expect((await askScim(emulator, 'GET', '/Users')).headers.get('content-type')).toBe('text/plain');
  emulator.faults.add(fault.header('Location', undefined));
  expect((await askScim(emulator, 'POST', '/Users', newUser('e'))).headers.has('location')).toBe(false);
});

test('pages drift, repeat, come empty and lie about the total', async () => {
  await using emulator = world();
  const second = 'startIndex=3&count=2';
  expect(await page(emulator)).toEqual({ total: 4, names: 'ab' });
  emulator.faults.add(fault.driftingPage());
  expect((await page(emulator, second)).names).toBe('bc');
  expect((await page(emulator)).names).toBe('ab');
  emulator.faults.add(fault.repeatedPage());
  expect((await page(emulator, second)).names).toBe('ab');
  emulator.faults.add(fault.emptyPage());
  expect(await page(emulator, second)).toEqual({ total: 4, names: '' });
  emulator.faults.add(fault.totalResults(99));
  expect((await page(emulator)).total).toBe(99);
  emulator.faults.add(fault.totalResults('page_size'));
  expect((await page(emulator)).total).toBe(2);
});

test('a filter can be ignored', async () => {
  await using emulator = world(fault.ignoredFilter());
  expect((await page(emulator, 'filter=userName%20eq%20%22b%22')).names).toBe('abcd');
  expect((await page(emulator, 'filter=userName%20eq%20%22b%22')).names).toBe('b');
});

test('a log file can be corrupt, and its URL expired', async () => {
  await using emulator = world(fault.corruptBody(), { route: 'GET /storage/{file}' });
  emulator.faults.add(fault.expiredUrl(), { route: 'GET /storage/{file}', skip: 1 });
  const body = '{"event_id":"one"}\n';
  const id = emulator.store.logs.addFile(workspaceId, { eventType: 'AUTH_LOG', endTime: '2026-11-22T00:00:00Z', body });
  const download = async () => {
    const { headers } = await askCompliance(emulator, `/workspaces/${workspaceId}/logs/${id}`);
    return emulator.fetch(headers.get('location') ?? '');
  };
  const corrupt = await (await download()).text();
  expect(corrupt).toHaveLength(body.length);
  expect(hash(corrupt)).not.toBe(hash(body));
  expect((await download()).status).toBe(403);
  expect(await (await download()).text()).toBe(body);
});

test('the list of log files repeats and drifts as well', async () => {
  await using emulator = world();
  for (const hour of ['01', '02', '03', '04']) {
    emulator.store.logs.addFile(workspaceId, {
      id: hour,
      eventType: 'AUTH_LOG',
      endTime: `2026-11-22T${hour}:00:00Z`,
      events: [],
    });
  }
  const ids = async (after: string) => {
    const { body } = await askCompliance(
      emulator,
      `/workspaces/${workspaceId}/logs?event_type=AUTH_LOG&limit=2&after=${after}`,
    );
    return body.data.map((file: { id: string }) => file.id);
  };
  expect(await ids('2026-11-22T00:00:00Z')).toEqual(['01', '02']);
  emulator.faults.add(fault.driftingPage());
  expect(await ids('2026-11-22T02:00:00Z')).toEqual(['02', '03']);
});

test('any other fault is a function of the body', async () => {
  await using emulator = world(fault.body('no schemas', (body) => ({ ...(body as object), schemas: undefined })));
  expect((await askScim(emulator, 'GET', '/Users')).body).not.toHaveProperty('schemas');
  expect(emulator.requests.last?.faults).toEqual(['no schemas']);
});

test('meets only its route, its service, its condition, its turn and its count', async () => {
  await using emulator = world(fault.status(500), { route: ['GET /Groups', 'POST /Users'], times: 2 });
  emulator.faults.add(fault.status(501), {
    service: 'scim',
    when: ({ url }) => url.searchParams.get('count') === '7',
    skip: 1,
  });
  const statusOf = async (method: string, path: string, body?: object) =>
    (await askScim(emulator, method, path, body)).status;
  expect(await statusOf('GET', '/Users')).toBe(200);
  expect(await statusOf('GET', '/Groups')).toBe(500);
  expect(await statusOf('POST', '/Users', newUser('e'))).toBe(500);
  expect(await statusOf('GET', '/Groups')).toBe(200);
  expect(await statusOf('GET', '/Users?count=7')).toBe(200);
  expect(await statusOf('GET', '/Users?count=7')).toBe(501);
});

test('tells of what was used less than planned, unless it was taken back', async () => {
  const emulator = world(fault.latency(1), { route: 'GET /Users', times: 3 });
  emulator.faults.add(fault.cut('during_body'), { times: Number.POSITIVE_INFINITY, service: 'storage' });
  const optional = emulator.faults.add(fault.html());
  optional.remove();
  await askScim(emulator, 'GET', '/Users');
  await expect(emulator.close()).rejects.toThrow(
    'latency of 1 ms on GET /Users (used 1 of 3 times); connection cut during body on storage (never used)',
  );
});

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
