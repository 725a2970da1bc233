import type { DirectoryPlan, PlanAction, PlanTarget } from '../../../src/provisioning/plan.js';
import type { ScimClient } from '../../../src/scim/client.js';

/** Does what a plan says, one action after the other, as nobody should with a directory of people. */
export async function carryOut(
  client: ScimClient<'provisioning' | 'deprovisioning'>,
  { actions }: Pick<DirectoryPlan, 'actions'>,
): Promise<void> {
  const people = new Map<string, string>();
  const groups = new Map<string, string>();
  const idOf = ({ id, key }: PlanTarget, created: ReadonlyMap<string, string>) => id ?? created.get(key) ?? 'nobody';
  for (const action of actions) if (action.permitted) await carry(action);

  async function carry(action: PlanAction): Promise<void> {
    switch (action.kind) {
      case 'create':
        people.set(action.target.key, (await client.users.create(action.after as never)).id);
        return;
      case 'create_group':
        groups.set(action.target.key, (await client.groups.create(action.after as never)).id);
        return;
      case 'reactivate':
      case 'change':
      case 'rename':
        await client.users.patch(action.target.id, action.operations);
        return;
      case 'add_members':
      case 'remove_members': {
        const ids = action.members.map((member) => idOf(member, people));
        const group = idOf(action.target, groups);
        if (action.kind === 'add_members') await client.groups.addMembers(group, ids);
        else await client.groups.removeMembers(group, ids);
        return;
      }
      case 'deactivate':
        await client.users.deactivate(action.target.id);
        return;
      case 'delete':
        await client.users.delete(action.target.id);
        return;
    }
  }
}
