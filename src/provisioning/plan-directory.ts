import { checkNumber, checkOptions, checkText, type OptionNames } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { isRecord } from '../internal/json.js';
import { contextsOf, type ScimClient } from '../scim/client.js';
import { checkNames } from '../scim/misspelt.js';
import type { KnownAccess } from '../scim/options.js';
import type { ResourceContext } from '../scim/resource.js';
import { type RequestOptions, requestOptionNames } from '../transport/options.js';
import { assemblePlan } from './assemble-plan.js';
import { connectionOf } from './connection.js';
import { DesiredDigest, type DesiredDirectory, readDesired, type WantedDirectory } from './desired.js';
import { actionsOf } from './draft.js';
import { GroupIndex } from './match-groups.js';
import { type Notable, notesOf } from './notes.js';
import { type Owners, readOwners } from './owners.js';
import { PersonRefs } from './person-refs.js';
import type { DirectoryPlan } from './plan.js';
import { type GroupsPlan, planGroups } from './plan-groups.js';
import { type PlanContext, planUsers, removalHoldOf, targetOf } from './plan-users.js';
import { type PlanPolicy, resolvePolicy } from './policy.js';
import { readGroups, readPeople } from './read-directory.js';
import type { RosterPerson } from './roster-person.js';
import { UserPages } from './user-pages.js';

/** How a plan is made. */
export interface PlanOptions extends RequestOptions {
  /**
   * The people of `connection.roster()`: they tell who owns the workspace, which SCIM does not. Without it, or where it is
   * not whole, every removal is held.
   */
  readonly people?: Iterable<RosterPerson> | AsyncIterable<RosterPerson> | undefined;
  /** Pages under way at once, of each of the two lists: users and groups are read beside each other. @default 4 */
  readonly prefetch?: number | undefined;
  /** Who or what makes the plan, for whoever reviews it: a name, a program, the number of a run. @default nobody is named */
  readonly madeBy?: string | undefined;
}

const planOptionNames: OptionNames<PlanOptions> = { ...requestOptionNames, people: true, prefetch: true, madeBy: true };

/**
 * Compares a directory with how it should be, and says what would have to be done: nothing is written. The directory is
 * walked through once; groups are read where some are desired, and once more each where the list does not show who is in
 * them. What may be wrong is no action, but held, with the reason.
 *
 * - People are matched by the rules of `upsert`: an exact `externalId`, a `userName` but for case. Where the two name two
 *   accounts, or an account is merely alike, nobody is changed.
 * - Who has the `externalId` of the entry and another `userName` is renamed, and never removed and created.
 * - Owners (`people`), service accounts and whom the policy protects are never removed, nor is anybody where the directory
 *   could not be read whole.
 * - Accounts that are not active count for nothing until they are wanted, and keep their memberships.
 *
 * @param desired the directory as it should be: arrays, or what is iterated once.
 * @param policy what the plan may do. Every part has a default.
 * @throws InputError for a policy or a desired state that makes no sense; and what reading the directory, or iterating the
 * desired state, throws: half a desired state is no plan.
 * @example
 * ```ts
 * import { connect, parseConnectionConfig } from 'chatgpt-enterprise-sdk';
 * import { formatPlan, planDirectory } from 'chatgpt-enterprise-sdk/provisioning';
 *
 * const form = { scimBaseUrl: 'https://api.workos.com/scim/v2.0/…', scimToken: 'se_…' };
 * const { scim } = connect(parseConnectionConfig(form, { require: ['scim'] }));
 * const users = [{ userName: 'mira.sol@north.example', externalId: '1007', title: 'Lead' }];
 * const plan = await planDirectory(scim, { users }, { protect: { keyCreator: 'ada@north.example' } });
 * console.log(formatPlan(plan));
 * ```
 */
export async function planDirectory<P extends KnownAccess>(
  client: ScimClient<P>,
  desired: DesiredDirectory,
  policy?: PlanPolicy,
  options?: PlanOptions,
): Promise<DirectoryPlan> {
  const [users, groups] = contextsOf(client);
  const { server } = users;
  const { clock } = server.transport;
  const {
    people: roster,
    prefetch = 4,
    madeBy,
    ...request
  } = checkOptions('planDirectory()', options, planOptionNames);
  checkNumber('prefetch', prefetch);
  if (madeBy !== undefined) checkText('madeBy', madeBy);
  checkRoster(roster);
  const resolved = resolvePolicy(policy);
  const readFrom = clock.now();
  const shared = server.sharedOptions(request);
  const pages = new UserPages(users, prefetch, shared);
  const begin = areAtHand(desired, roster) ? () => pages.begin() : undefined;
  const { wanted, owners } = await readWanted(users, desired, roster, request.signal, begin).catch(
    (failure: unknown) => {
      pages.stop();
      throw failure;
    },
  );
  const digest = new DesiredDigest(wanted);
  const reading = { policy: resolved, prefetch, request: shared, onPage: (rows: number) => digest.add(rows) };
  const groupIndex = wanted.groups && new GroupIndex(wanted.groups);
  const [people, live] = await Promise.all([
    readPeople(users, pages, wanted.users, reading, groupIndex !== undefined),
    groupIndex && readGroups(groups, (row) => groupIndex.isWanted(row), reading),
  ]);
  const readTo = clock.now();

  const context: PlanContext = { policy: resolved, users, people, owners };
  const usersPlan = await planUsers(wanted.users, context);
  let groupsPlan: GroupsPlan = { drafts: [], held: [], notes: [] };
  if (live !== undefined && wanted.groups !== undefined) {
    const refs = new PersonRefs(wanted.users, usersPlan, context, removalHoldOf(context));
    groupsPlan = planGroups(wanted.groups, live, refs, context);
  }
  const drafts = [...usersPlan.drafts, ...groupsPlan.drafts];
  const { access } = server;
  const actions = await actionsOf(drafts, access);
  const stillMembers = [...owners.stillMembers].flatMap((id) => {
    const live = people.byId.get(id);
    // The roster and the list were read one after the other, and whoever is wanted becomes active.
    return live === undefined || live.isActive || live.isStaying || !live.isManaged ? [] : [targetOf(live)];
  });
  const facts: Notable = { policy: resolved, people, actions, unseen: people.unseen, usersPlan, owners, stillMembers };
  const { activeManaged, desiredManaged, unchanged } = usersPlan;
  return assemblePlan({
    connection: await connectionOf(client),
    readFrom,
    readTo,
    policy: resolved,
    desiredDigest: await digest.end(),
    access,
    drafts,
    actions,
    held: [...usersPlan.held, ...groupsPlan.held],
    brakes: {
      activeManaged,
      desired: desiredManaged,
      isEmpty: wanted.users.length === 0,
      unreadLists: [people.isIncomplete, live?.isIncomplete === true].filter(Boolean).length,
    },
    unmanaged: owners.unmanaged,
    stillMembers,
    meantToStay: usersPlan.meantToStay,
    workspaceIds: owners.workspaceIds,
    madeBy,
    totals: {
      liveUsers: people.byId.size,
      liveGroups: live?.count ?? 0,
      activeManaged,
      desiredUsers: wanted.users.length,
      desiredGroups: wanted.groups?.length ?? 0,
      unchangedUsers: unchanged,
    },
    notes: [...notesOf(facts), ...groupsPlan.notes],
  });
}

/** What is compared with the directory. Where it is large, the directory is read from the first pause on. */
async function readWanted(
  users: ResourceContext,
  desired: DesiredDirectory,
  roster: PlanOptions['people'],
  signal: AbortSignal | undefined,
  begin: (() => void) | undefined,
): Promise<{ readonly wanted: WantedDirectory; readonly owners: Owners }> {
  const checkName = (name: string, value: unknown, at: readonly (string | number)[]) =>
    checkNames(users, { [name]: value }, at.slice(0, -1));
  const wanted = await readDesired(desired, checkName, begin);
  begin?.();
  return { wanted, owners: await readOwners(roster, signal) };
}

/** Whether all that is given are lists: what comes from elsewhere may take longer than a cursor holds, or than pages stay true. */
function areAtHand(desired: DesiredDirectory, roster: PlanOptions['people']): boolean {
  if (!isRecord(desired)) return false;
  const { users, groups = [] } = desired;
  return [users, groups, roster ?? []].every(Array.isArray);
}

/** @throws InputError for what is no roster. */
export function checkRoster(people: PlanOptions['people']): void {
  if (people === undefined) return;
  const isIterable =
    typeof people === 'object' && people !== null && (Symbol.iterator in people || Symbol.asyncIterator in people);
  // The entries of a Map are no people, and a plan that removes nobody would never look at them.
  if (isIterable && !(people instanceof Map)) return;
  throw new InputError('`people` must be the people of a roster.', {
    path: ['people'],
    remedy: 'Give `connection.roster()`, or a list.',
  });
}
