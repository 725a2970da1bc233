import { expect, test } from 'vitest';
import { createTestClock } from '../../../src/testing/clock.js';
import { createEmulator } from '../../../src/testing/create-emulator.js';
import { personOf } from '../../../src/testing/people.js';
import { askAdmin, askAllOf } from '../support/ask-admin.js';

function open() {
  const emulator = createEmulator({ clock: createTestClock() });
  const [first = ''] = emulator.compliance.workspaceIds;
  return { emulator, first, usage: `/analytics/workspaces/${first}/usage` };
}

async function cursorOf(emulator: ReturnType<typeof open>['emulator'], path: string): Promise<string> {
  const { body } = await askAdmin(emulator, path);
  const cursor = body.cursor ?? body.next_page;
  expect(cursor).toEqual(expect.any(String));
  return cursor;
}

test('a cursor goes on with the same parameters, and with another limit', async () => {
  const { emulator } = open();
  const cursor = await cursorOf(emulator, '/groups?order=desc&limit=1');
  const { status, body } = await askAdmin(emulator, `/groups?limit=2&cursor=${cursor}&order=desc`);
  expect(status).toBe(200);
  expect(body.data).toEqual((await askAllOf(emulator, '/groups?order=desc', 100)).slice(1, 3));
});

test.each([
  ['another order', '/groups?limit=1', '/groups?limit=1&order=desc&cursor='],
  ['another query', '/usage_limits/users?limit=1&query=a', '/usage_limits/users?limit=1&query=o&cursor='],
  ['no query', '/usage_limits/users?limit=1&query=a', '/usage_limits/users?limit=1&cursor='],
  ['another list', '/groups?limit=1', '/usage_limits/groups?limit=1&cursor='],
])('a cursor with %s is refused with 400', async (_what, one, other) => {
  const { emulator } = open();
  const { status, body } = await askAdmin(emulator, `${other}${await cursorOf(emulator, one)}`);
  expect([status, body.error.param]).toEqual([400, 'cursor']);
});

test('a page of the analytics with another window, or another grouping, is refused with 400', async () => {
  const { emulator, usage } = open();
  const page = await cursorOf(emulator, `${usage}?limit=1`);
  expect((await askAdmin(emulator, `${usage}?limit=1&page=${page}`)).status).toBe(200);
  for (const query of ['group=workspace', 'start_time=1795132800']) {
    const { status, body } = await askAdmin(emulator, `${usage}?limit=1&page=${page}&${query}`);
    expect([status, body.error.param]).toEqual([400, 'page']);
  }
});

test('a cursor of another workspace is refused with 400', async () => {
  const { emulator } = open();
  const [, second = ''] = emulator.compliance.workspaceIds;
  const path = `/manage/workspaces/${second}/groups?limit=1&cursor=${await cursorOf(emulator, '/groups?limit=1')}`;
  expect((await askAdmin(emulator, path, emulator.admin.apiKeys[second])).status).toBe(400);
});

test.each(['', 'none', '%20', 'bnVsbA', 'WzEsMl0', 'e30'])(
  'the cursor %j, which nobody was given, is refused',
  async (cursor) => {
    const { emulator } = open();
    expect((await askAdmin(emulator, `/groups?cursor=${cursor}`)).status).toBe(400);
  },
);

test('a cursor goes on behind the row that was the last one, also where others have come or it is gone', async () => {
  const { emulator, first } = open();
  const { admin } = emulator.store;
  const ids = [...'abcdef'].map((name) =>
    admin.groups.add(first, { name, id: `group-${name}`, members: [personOf(0).email] }),
  );
  const { id } = emulator.store.workspaces.member(first, personOf(0).email) ?? { id: '' };
  const path = `/users/${id}/groups?limit=5`;
  const cursor = await cursorOf(emulator, path);
  const rest = async () =>
    (await askAdmin(emulator, `${path}&cursor=${cursor}`)).body.data.map((row: { id: string }) => row.id);
  expect(await rest()).toEqual(['group-c', 'group-d', 'group-e', 'group-f']);
  admin.groups.delete(first, 'group-a');
  expect(await rest()).toEqual(['group-c', 'group-d', 'group-e', 'group-f']);
  for (const id of ids.slice(0, 2)) admin.groups.delete(first, id);
  expect(await rest()).toEqual(['group-c', 'group-d', 'group-e', 'group-f']);
  admin.groups.delete(first, 'group-c');
  expect(await rest()).toEqual(['group-d', 'group-e', 'group-f']);
});

test.each([
  ['/users', 1000, 400],
  ['/groups', 100, 400],
  ['/invites', 100, 400],
  ['/usage_limits/users', 100, 422],
  ['/usage_limits/groups', 100, 422],
  ['/usage_limits/requests', 100, 422],
])('%s takes a limit of at most %i, and answers %i to others', async (path, most, status) => {
  const { emulator } = open();
  expect((await askAdmin(emulator, `${path}?limit=${most}`)).status).toBe(200);
  for (const limit of [0, most + 1, 'many', -1]) {
    expect([limit, (await askAdmin(emulator, `${path}?limit=${limit}`)).status]).toEqual([limit, status]);
  }
});

test('the analytics take a limit of at most 30,000', async () => {
  const { emulator, usage } = open();
  expect((await askAdmin(emulator, `${usage}?limit=30000`)).status).toBe(200);
  expect((await askAdmin(emulator, `${usage}?limit=30001`)).status).toBe(400);
});
