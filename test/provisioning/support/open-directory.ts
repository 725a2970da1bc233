import type { DesiredDirectory } from '../../../src/provisioning/desired.js';
import type { DirectoryPlan, PlanAction } from '../../../src/provisioning/plan.js';
import { type PlanOptions, planDirectory } from '../../../src/provisioning/plan-directory.js';
import type { PlanPolicy } from '../../../src/provisioning/policy.js';
import type { RosterPerson } from '../../../src/provisioning/roster-person.js';
import type { ScimClient } from '../../../src/scim/client.js';
import { type FakeServer, fakeServer, type Stored } from '../../scim/support/fake-server.js';
import { openClient, openRestricted } from '../../scim/support/open-client.js';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.js';

/** Limits that no test of something else meets. */
export const noLimits = {
  limits: { removals: 1_000_000, removalShare: 1, membersPerGroup: 1_000_000, minDesiredShare: 0 },
} satisfies PlanPolicy;

export interface OpenedDirectory {
  readonly server: FakeServer;
  readonly client: ScimClient<'provisioning' | 'deprovisioning'>;
  readonly clock: FakeClock;
  readonly plan: (desired: DesiredDirectory, policy?: PlanPolicy, options?: PlanOptions) => Promise<DirectoryPlan>;
}

/** A directory in memory. A plan has a whole roster, and no limits, unless something else is said. */
export function openDirectory(
  initial: { readonly users?: readonly Stored[]; readonly groups?: readonly Stored[] },
  access?: { readonly provisioning?: boolean; readonly deprovisioning?: boolean },
): OpenedDirectory {
  const server = fakeServer(initial);
  const clock = createFakeClock(undefined, { autoAdvance: true });
  const client =
    access === undefined ? openClient(server, { clock }).client : openRestricted(server, access, { clock });
  const plan: OpenedDirectory['plan'] = (desired, policy = {}, options = {}) =>
    planDirectory(
      client,
      desired,
      { ...noLimits, ...policy },
      { people: rosterOf([...server.users.keys()]), ...options },
    );
  return { server, client, clock, plan };
}

export const workspaceId = '11111111-1111-4111-8111-111111111111';

/** A whole roster: these accounts are members, and `owners` own the workspace, or somebody who is in no directory. */
export function rosterOf(ids: readonly string[], owners: readonly string[] = []): RosterPerson[] {
  const member = (id: string): RosterPerson => ({
    directory: { id },
    workspaces: [{ workspaceId, userId: `user-${id}`, role: owners.includes(id) ? 'account-owner' : 'standard-user' }],
  });
  const founder = {
    email: 'founder@north.example',
    workspaces: [{ workspaceId, userId: 'user-founder', role: 'account-owner' }],
  };
  return [...ids.map(member), founder];
}

export function account(id: string, more: Readonly<Record<string, unknown>> = {}): Stored {
  return {
    id,
    userName: `${id}@north.example`,
    externalId: `e-${id}`,
    active: true,
    emails: [{ value: `${id}@north.example`, type: 'work', primary: true }],
    ...more,
  };
}

/** The same person in the desired state. */
export function person(id: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    userName: `${id}@north.example`,
    externalId: `e-${id}`,
    emails: [{ value: `${id}@north.example`, type: 'work' as const, primary: true }],
    ...more,
  };
}

export function groupOf(id: string, members: readonly string[], more: Readonly<Record<string, unknown>> = {}): Stored {
  return { id, displayName: `Group ${id}`, members: members.map((value) => ({ value })), ...more };
}

/** What a plan does, one line an action: `rename e-1`. */
export function linesOf(plan: DirectoryPlan): string[] {
  return plan.actions.map((action) => `${action.permitted ? '' : 'not permitted: '}${lineOf(action)}`);
}

function lineOf(action: PlanAction): string {
  const members = 'members' in action ? `: ${action.members.map(({ key }) => key).join(' ')}` : '';
  return `${action.kind} ${action.target.key}${members}`;
}

/** What it holds, one line each: `deactivate e-1 owner`. */
export function heldLinesOf(plan: DirectoryPlan): string[] {
  return plan.held.map(({ kind, target, reason, members }) => {
    const who = members === undefined ? '' : `: ${members.map(({ key }) => key).join(' ')}`;
    return `${kind} ${target.key}${who} (${reason})`;
  });
}
