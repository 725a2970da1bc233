import { expect, test } from 'vitest';
import type { DesiredDirectory } from '../../src/provisioning/desired.js';
import { type JournalEntry, memoryJournal, type PlanJournal } from '../../src/provisioning/journal.js';
import { apply, resultLinesOf } from './support/apply.js';
import { account, groupOf, linesOf, openDirectory, person } from './support/open-directory.js';

const power = new Error('the power is off');
const writes = (log: readonly string[]) => log.filter((line) => !line.startsWith('GET'));

/** A journal of a process that dies at its n-th entry: before the entry is safe, or right after it. */
function dying(journal: PlanJournal, at: number, isSafe: boolean): PlanJournal {
  let count = 0;
  return {
    ...journal,
    async append(entry, lease) {
      count += 1;
      if (count < at) return journal.append(entry, lease);
      if (count === at && isSafe) await journal.append(entry, lease);
      throw power;
    },
    // The dead release nothing.
    async release() {},
  };
}

const desired: DesiredDirectory = {
  users: [person('a', { title: 'New' }), person('b'), person('c', { userName: 'cy@north.example' }), person('n')],
  groups: [
    { displayName: 'Group x', members: ['e-a', 'e-n'] },
    { displayName: 'Fresh', members: ['e-b'] },
  ],
};

function open() {
  return openDirectory({
    users: [account('a', { title: 'Old' }), account('b', { active: false }), account('c'), account('z')],
    groups: [groupOf('x', ['c'])],
  });
}

/** Far more entries than a whole run writes are as good as no death. */
const mostEntries = 24;

test.each([false, true])('a run that dies at any entry is gone on with (entry safe: %s)', async (isSafe) => {
  for (let at = 1; at <= mostEntries; at += 1) {
    const { client, plan, server, clock } = open();
    const first = await plan(desired);
    const journal = memoryJournal();
    const outcome = await apply(client, first, { journal: dying(journal, at, isSafe), concurrency: 1 }).catch(
      (error: unknown) => error,
    );
    if (outcome !== power) expect(outcome).toMatchObject({ finished: true });
    const before = writes(server.log).length;
    const sentBefore = await journal.read();
    // So long that the lock of the dead one has expired.
    clock.setWall(5 * 60_000);
    const result = await apply(client, first, { journal });
    expect(resultLinesOf(result).filter((line) => !/ (done|already)/.test(line))).toEqual([]);
    expect(result.finished).toBe(true);
    expect(linesOf(await plan(desired))).toEqual([]);
    // No action is sent after its receipt.
    const receipts = sentBefore.flatMap((entry) => (entry.type === 'receipt' ? [entry.action] : []));
    const later = (await journal.read()).slice(sentBefore.length);
    const sentAgain = later.flatMap((entry) => (entry.type === 'intent' ? [entry.action] : []));
    expect(sentAgain.filter((id) => receipts.includes(id))).toEqual([]);
    // What was sent without a receipt is named, be it sent again or not.
    const open_ = openIn(sentBefore);
    expect(result.possibleDoubleSends).toEqual(first.actions.flatMap(({ id }) => (open_.has(id) ? [id] : [])));
    expect(later.flatMap((entry) => (entry.type === 'doubt' ? [entry.action] : [])).toSorted()).toEqual(
      [...open_].toSorted(),
    );
    // Without a lost answer nothing is sent twice.
    expect(writes(server.log).length - before).toBeLessThanOrEqual(first.actions.length);
    expect([...server.users.values()].filter(({ externalId }) => externalId === 'e-n')).toHaveLength(1);
  }
});

function openIn(entries: readonly JournalEntry[]): Set<string> {
  const open_ = new Set<string>();
  for (const entry of entries) {
    if (entry.type === 'intent') open_.add(entry.action);
    if (entry.type === 'receipt' || entry.type === 'failure') open_.delete(entry.action);
  }
  return open_;
}

test.each(['POST /Users', 'POST /Groups'])(
  'a creation (%s) that arrived before a crash is not sent again',
  async (route) => {
    const { client, plan, server, clock } = openDirectory({ users: [account('a')] });
    const isUser = route === 'POST /Users';
    const first = await plan(
      isUser
        ? { users: [person('a'), person('n')] }
        : { users: [person('a')], groups: [{ displayName: 'Fresh', members: [] }] },
    );
    const journal = memoryJournal();
    // After the start and the intent.
    await apply(client, first, { journal: dying(journal, 3, false) }).catch(() => {});
    expect(writes(server.log)).toEqual([route]);
    clock.setWall(5 * 60_000);
    const result = await apply(client, first, { journal });
    expect(result).toMatchObject({ finished: true, totals: { done: 1 }, possibleDoubleSends: [first.actions[0]?.id] });
    expect(writes(server.log)).toEqual([route]);
  },
);

test('what was sent before a crash, and somebody has changed since, is left to a person', async () => {
  const { client, plan, server, clock } = openDirectory({ users: [account('a', { title: 'Old' })] });
  const first = await plan({ users: [person('a', { title: 'New' })] });
  const journal = memoryJournal();
  await apply(client, first, { journal: dying(journal, 3, false) }).catch(() => {});
  clock.setWall(5 * 60_000);
  server.users.set('a', account('a', { title: 'Other' }));
  const result = await apply(client, first, { journal });
  expect(resultLinesOf(result)).toEqual(['change e-a drifted (changed_since)']);
  expect(result.possibleDoubleSends).toEqual([first.actions[0]?.id]);
});

test('whoever is added to a group long after the plan was made is looked at before', async () => {
  const { client, plan, server, clock } = openDirectory({
    users: [account('a'), account('b'), account('c')],
    groups: [groupOf('x', ['c'])],
  });
  const users = [person('a', { title: 'New' }), person('b'), person('c')];
  const first = await plan({ users, groups: [{ displayName: 'Group x', members: ['e-a', 'e-b', 'e-c'] }] });
  const journal = memoryJournal();
  await apply(client, first, { journal: dying(journal, 3, true) }).catch(() => {});
  clock.setWall(24 * 60 * 60_000);
  server.users.set('b', account('b', { externalId: 'z', userName: 'z@north.example' }));
  expect(resultLinesOf(await apply(client, first, { journal }))).toEqual([
    'change e-a done',
    'add_members Group x partial (changed_since): e-a done, e-b drifted',
  ]);
});

test('an abort ends the work with its reason, and another start goes on', async () => {
  const { client, plan, server } = open();
  const first = await plan(desired);
  const journal = memoryJournal();
  const controller = new AbortController();
  const reason = new Error('enough');
  server.intercept = ({ method, path }) => {
    if (method === 'PATCH' && path === '/Users/a') controller.abort(reason);
    return undefined;
  };
  await expect(apply(client, first, { journal, signal: controller.signal })).rejects.toBe(reason);
  expect(server.users.get('z')?.active).toBe(true);
  server.intercept = undefined;
  expect((await apply(client, first, { journal })).finished).toBe(true);
  expect(linesOf(await plan(desired))).toEqual([]);
});

test('an onProgress that fails ends the work with its error, and another start goes on', async () => {
  const { client, plan } = open();
  const first = await plan(desired);
  const journal = memoryJournal();
  const onProgress = async () => {
    throw power;
  };
  await expect(apply(client, first, { journal, onProgress })).rejects.toBe(power);
  expect((await apply(client, first, { journal })).finished).toBe(true);
});
