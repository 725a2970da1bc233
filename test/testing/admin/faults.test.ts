import { expect, test } from 'vitest';
import { createTestClock } from '../../../src/testing/clock.js';
import { createEmulator } from '../../../src/testing/create-emulator.js';
import { fault } from '../../../src/testing/faults.js';
import { askAdmin } from '../support/ask-admin.js';
import { askCompliance } from '../support/ask-compliance.js';

function open() {
  const emulator = createEmulator({ clock: createTestClock() });
  const [first = ''] = emulator.compliance.workspaceIds;
  return { emulator, first };
}

const lists = [
  ['GET /manage/users', '/users', 'last_id', 'after'],
  ['GET /manage/groups', '/groups', 'cursor', 'cursor'],
  ['GET /manage/usage_limits/users', '/usage_limits/users', 'cursor', 'cursor'],
  ['GET /analytics/usage', '/analytics/workspaces/{first}/usage', 'next_page', 'page'],
] as const;

test.each(lists)('a page of %s may say that there is more and not where', async (route, path, name) => {
  const { emulator, first } = open();
  emulator.faults.add(fault.missingCursor(), { route });
  const { body } = await askAdmin(emulator, `${path.replace('{first}', first)}?limit=2`);
  expect([body.has_more, body[name], body.data.length]).toEqual([true, null, 2]);
  await emulator.close();
});

test.each(lists)('the second page of %s may name itself as the next one', async (route, path, name, parameter) => {
  const { emulator, first } = open();
  emulator.faults.add(fault.repeatedCursor(), { route, skip: 1, times: 2 });
  const url = `${path.replace('{first}', first)}?limit=2`;
  const { body } = await askAdmin(emulator, url);
  const second = await askAdmin(emulator, `${url}&${parameter}=${body[name]}`);
  expect([second.status, second.body.has_more, second.body[name]]).toEqual([200, true, body[name]]);
  expect(second.body.data).not.toEqual(body.data);
  const third = await askAdmin(emulator, `${url}&${parameter}=${second.body[name]}`);
  expect(third.body).toEqual(second.body);
  await emulator.close();
});

test.each(lists)('a page of %s may be empty although there is more, or have one row twice', async (route, path) => {
  const { emulator, first } = open();
  const url = `${path.replace('{first}', first)}?limit=3`;
  const { body: right } = await askAdmin(emulator, url);
  emulator.faults.add(fault.emptyPage(), { route });
  expect((await askAdmin(emulator, url)).body).toMatchObject({ data: [], has_more: true });
  emulator.faults.add(fault.repeatedRow(), { route });
  const { body: twice } = await askAdmin(emulator, url);
  expect(twice.data).toEqual([right.data[0], right.data[1], right.data[0]]);
  await emulator.close();
});

test('the first row of the next page may be one that was seen before', async () => {
  const { emulator } = open();
  emulator.faults.add(fault.driftingPage(), { route: 'GET /manage/users', skip: 1 });
  const { body: one } = await askAdmin(emulator, '/users?limit=2');
  const { body: two } = await askAdmin(emulator, `/users?limit=2&after=${one.last_id}`);
  expect(two.data[0]).toEqual(one.data[1]);
  await emulator.close();
});

test('the last page may say that there is more', async () => {
  const { emulator } = open();
  emulator.faults.add(fault.missingCursor(), { route: 'GET /manage/users' });
  expect((await askAdmin(emulator, '/users')).body).toMatchObject({ has_more: true, last_id: null });
  await emulator.close();
});

test('the lists of the Compliance side lie in the same way', async () => {
  const { emulator, first } = open();
  const path = `/workspaces/${first}/users?limit=2`;
  emulator.faults.add(fault.missingCursor(), { service: 'compliance' });
  expect((await askCompliance(emulator, path)).body).toMatchObject({ has_more: true, last_id: null });
  emulator.faults.add(fault.repeatedCursor(), { service: 'compliance' });
  expect((await askCompliance(emulator, `${path}&after=user-1`)).body).toMatchObject({
    has_more: true,
    last_id: 'user-1',
  });
  await emulator.close();
});

test('a fault for the Admin side meets nothing of the Compliance side, which has the same origin', async () => {
  const { emulator, first } = open();
  const planned = emulator.faults.add(fault.status(503), { service: 'admin' });
  expect((await askCompliance(emulator, `/workspaces/${first}/users`)).status).toBe(200);
  expect(planned.used).toBe(0);
  const { status, body } = await askAdmin(emulator, '/users');
  expect([status, body.error.type, planned.used]).toEqual([503, 'server_error', 1]);
  expect(emulator.requests.last?.faults).toEqual(['status 503']);
  await emulator.close();
});

test('a fault has a name, and the first page of all leaves a repeated cursor without effect', async () => {
  const { emulator } = open();
  const { body: right } = await askAdmin(emulator, '/groups?limit=1');
  emulator.faults.add(fault.repeatedCursor());
  expect((await askAdmin(emulator, '/groups?limit=1')).body).toEqual(right);
  expect(emulator.requests.last?.faults).toEqual(['repeated cursor']);
});
