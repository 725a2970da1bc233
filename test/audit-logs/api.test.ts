import { expect, test } from 'vitest';
import { AuditLogClient } from '../../src/audit-logs/client.js';
import { readPrincipals } from '../../src/transport/principal.js';
import { createFakeClock } from '../support/fake-clock.js';
import { openLogWorld, workspaceIds } from './support/open-log-world.js';
import { collect } from './support/read-fake-log.js';

const eventTypes = ['AUTH_LOG'] as const;
const startMs = Date.UTC(2026, 10, 23, 9);

/** A service that refuses the first list of one workspace for so many seconds, and the times of all requests. */
function openClient(busy: string, retryAfter: number) {
  const clock = createFakeClock(startMs);
  const sent: { readonly seconds: number; readonly what: string; readonly workspace: string }[] = [];
  let isBusy = true;
  const fetch = async (input: RequestInfo | URL) => {
    const [, workspace = '', what = ''] = /workspaces\/([^/]+)\/(\w+)/.exec(new Request(input).url) ?? [];
    sent.push({ seconds: (clock.now() - startMs) / 1_000, what, workspace });
    if (what === 'max_event_time') return Response.json({ max_event_time: { AUTH_LOG: null } });
    if (!isBusy || workspace !== busy) return Response.json({ data: [], has_more: false, last_end_time: null });
    isBusy = false;
    return new Response('', { status: 429, headers: { 'retry-after': String(retryAfter) } });
  };
  const client = new AuditLogClient({ apiKey: 'sk-admin-1', workspaceIds, fetch, clock, rateLimit: false });
  return { client, clock, sent };
}

test('every route of a workspace that is told to wait waits, and no other workspace does', async () => {
  const [busy, other] = workspaceIds;
  const { client, clock, sent } = openClient(busy, 30);
  const reading = collect(client.events({ eventTypes }));
  await clock.advance(1_000);
  const newest = client.maxEventTime({ eventTypes });
  for (let second = 0; second < 40; second += 1) await clock.advance(1_000);
  await Promise.all([reading, newest]);
  const times = (workspace: string, what: string) =>
    sent.filter((request) => request.workspace === workspace && request.what === what).map(({ seconds }) => seconds);
  expect(times(other, 'logs')).toEqual([0]);
  expect(times(other, 'max_event_time')).toEqual([1]);
  expect(times(busy, 'logs')).toEqual([0, 30]);
  expect(times(busy, 'max_event_time')).toEqual([30]);
});

test('no request waits within what OpenAI documents for a minute of a route and workspace, and the next one does', async () => {
  const { open, addFile, clock } = openLogWorld();
  for (const principalId of workspaceIds) addFile([principalId], { principalId });
  const client = open({ workspaceIds, rateLimit: undefined });
  const files = await collect(client.files({ eventTypes }));
  expect(files).toHaveLength(2);
  // Every turn asks each workspace once.
  const waitsOf = async (requests: number, ask: () => Promise<unknown>) => {
    const before = clock.waits.length;
    for (let count = 0; count < requests; count += 1) await ask();
    expect(clock.waits).toHaveLength(before);
    await ask();
    return clock.waits.slice(before);
  };
  const download = async () => {
    for (const file of files) await new Response(client.download(file)).bytes();
  };
  expect(await waitsOf(50, download)).toEqual([60_000]);
  expect(await waitsOf(100, () => collect(client.files({ eventTypes })))).toEqual([60_000]);
  expect(await waitsOf(100, () => client.maxEventTime({ eventTypes }))).toEqual([60_000]);
});

test('a service that counts one key over all its workspaces refuses each of them once a minute, and nothing is lost', async () => {
  const clock = createFakeClock(startMs);
  const answered: number[] = [];
  const refused: string[] = [];
  const fetch = async (input: RequestInfo | URL) => {
    const [, workspace = ''] = /workspaces\/([^/]+)/.exec(new Request(input).url) ?? [];
    const recent = answered.filter((atMs) => atMs > clock.now() - 60_000);
    if (recent.length < 10) {
      answered.push(clock.now());
      return Response.json({ max_event_time: { AUTH_LOG: null } });
    }
    refused.push(`${workspace} ${Math.floor((clock.now() - startMs) / 60_000)}`);
    const retryAfter = Math.ceil(((recent[0] ?? 0) + 60_000 - clock.now()) / 1_000);
    return new Response('', { status: 429, headers: { 'retry-after': String(retryAfter) } });
  };
  const client = new AuditLogClient({ apiKey: 'sk-proj-1', workspaceIds, fetch, clock });
  const asking = (async () => {
    const times = [];
    for (let count = 0; count < 15; count += 1) times.push(...(await client.maxEventTime({ eventTypes })));
    return times;
  })();
  for (let second = 0; second < 150; second += 1) await clock.advance(1_000);
  expect(await asking).toHaveLength(30);
  const [first, second] = workspaceIds;
  expect(refused).toEqual([`${first} 0`, `${second} 0`, `${first} 1`, `${second} 1`]);
});

test('a comma too many in `workspaceIds` is mended, as in the form', () => {
  expect(readPrincipals('ws-1, ws-2,', undefined).map(({ id }) => id)).toEqual(['ws-1', 'ws-2']);
  expect(() => readPrincipals(' , ', undefined)).toThrow('Give at least one workspace');
});
