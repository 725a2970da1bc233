import { expect, test } from 'vitest';
import { applyPlan } from '../../../src/provisioning/apply-plan.js';
import { memoryJournal } from '../../../src/provisioning/journal.js';
import { planDirectory } from '../../../src/provisioning/plan-directory.js';
import { type Bench, person, seedGroup } from './server-bench.js';
import type { ServerTraits } from './server-traits.js';

/** Nobody there has such a name. */
const stranger = {
  ...person('new@example.com'),
  externalId: 'hr-new',
  name: { givenName: 'Nora', familyName: 'New' },
};
const policy = { ownersUnknown: 'allow', protect: { keyCreator: 'user1@example.com' } } as const;

/** A directory planned and applied: what a connector does each night, on any server. */
export function testProvisioning(bench: () => Bench, traits: ServerTraits): void {
  if (traits.pagesAreIgnored) {
    test('neither creates nor removes by a plan anybody where it cannot reach all users', async () => {
      const { server, proxy, ids, client } = bench();
      const desired = {
        users: [...ids.slice(2).map((_id, index) => person(`user${index + 2}@example.com`)), stranger],
      };
      const plan = await planDirectory(client, desired, policy);
      expect(plan.actions).toEqual([]);
      expect(plan.held.map(({ kind, reason }) => `${kind} ${reason}`)).toEqual([
        'create list_incomplete',
        'deactivate list_incomplete',
        'deactivate key_creator',
      ]);
      const applied = applyPlan(client, plan, { approve: plan.hash, journal: memoryJournal() });
      await expect(applied).rejects.toMatchObject({ code: 'brake_holds', brakes: ['incomplete_list'] });
      expect(proxy.seen.filter((request) => !request.startsWith('GET'))).toEqual([]);
      expect((await server.readState()).users).toHaveLength(ids.length);
    });
    return;
  }

  test('makes a directory as desired by a plan, and plans nothing more', async () => {
    const { server, ids, client, membersOf } = bench();
    const inactive = ids[3] ?? '';
    await client.users.deactivate(inactive);
    const closed = await seedGroup(server, 'Closed', ids.slice(5, 8));
    const users = [
      stranger,
      { ...person('user1@example.com'), name: { givenName: 'Test', familyName: 'Changed' } },
      { ...person('renamed@example.com'), externalId: 'hr-2' },
      person('user3@example.com'),
      ...ids.slice(5).map((_id, index) => person(`user${index + 5}@example.com`)),
    ];
    // The second user is known by a key of its own, and gets another address.
    await client.users.patch(ids[2] ?? '', [{ op: 'add', path: 'externalId', value: 'hr-2' }]);
    const desired = {
      // The first and the fifth are gone.
      users,
      groups: [
        { displayName: 'Night shift', members: ['hr-new', 'user1@example.com', 'hr-2'] },
        { displayName: 'Closed', members: ['user5@example.com'] },
      ],
    };
    const plan = await planDirectory(client, desired, policy);
    expect(plan.brakes).toEqual([]);
    expect(plan.held).toEqual([]);
    expect(plan.totals.actions).toMatchObject({
      create: 1,
      change: 1,
      rename: 1,
      reactivate: 1,
      create_group: 1,
      add_members: 1,
      remove_members: 1,
      deactivate: 2,
    });
    const result = await applyPlan(client, plan, { approve: plan.hash, journal: memoryJournal() });
    expect(result.outcomes.filter(({ outcome }) => outcome !== 'done')).toEqual([]);

    const state = await server.readState();
    const byName = new Map(state.users.map((user) => [String(user.userName).toLowerCase(), user]));
    expect(byName.get('new@example.com')).toMatchObject({ externalId: 'hr-new', active: true });
    expect(byName.get('user1@example.com')).toMatchObject({ name: { familyName: 'Changed' } });
    expect(byName.get('renamed@example.com')?.id).toBe(ids[2]);
    expect(byName.get('user3@example.com')).toMatchObject({ id: inactive, active: true });
    expect(byName.get('user0@example.com')).toMatchObject({ active: false });
    expect(byName.get('user4@example.com')).toMatchObject({ active: false });
    expect(state.users).toHaveLength(ids.length + 1);
    const nightShift = state.groups.find(({ displayName }) => displayName === 'Night shift')?.id ?? '';
    const created = byName.get('new@example.com')?.id ?? '';
    expect(await membersOf(nightShift)).toEqual([created, ids[1] ?? '', ids[2] ?? ''].sort());
    expect(await membersOf(closed)).toEqual([ids[5]]);

    const second = await planDirectory(client, desired, policy);
    expect({ actions: second.actions, held: second.held }).toEqual({ actions: [], held: [] });
  });
}
