import { checkOptions, checkText, type OptionNames } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { PlanError } from '../errors/plan-error.js';
import { untilAborted } from '../internal/abort.js';
import { contextsOf, type ScimClient } from '../scim/client.js';
import { iterateResources } from '../scim/iterate.js';
import type { KnownAccess } from '../scim/options.js';
import type { ResourceContext } from '../scim/resource.js';
import { isServiceAccount } from '../scim/schemas/service-account.js';
import { type RequestOptions, requestOptionNames } from '../transport/options.js';
import { assemblePlan } from './assemble-plan.js';
import { digestOf } from './canonical-json.js';
import { connectionOf } from './connection.js';
import { actionsOf } from './draft.js';
import { fileJournal } from './file-journal.js';
import { inTurns } from './in-turns.js';
import type { JournalEntry, PlanJournal } from './journal.js';
import { readOwners } from './owners.js';
import type { DirectoryPlan } from './plan.js';
import { checkRoster } from './plan-directory.js';
import type { PlanNote } from './plan-note.js';
import { type PlanPolicy, resolvePolicy } from './policy.js';
import { type Protection, protectionOf } from './protect.js';
import { recoveryFrom } from './recovery.js';
import { checkJournal } from './refusals.js';
import { type Deed, deedsIn } from './revert-deeds.js';
import { RevertDrafts } from './revert-drafts.js';
import type { RosterPerson } from './roster-person.js';

/** How a plan is made that undoes another. */
export interface RevertOptions extends RequestOptions {
  /** As of `planDirectory`: who owns the workspace. Without it every removal is held. */
  readonly people?: Iterable<RosterPerson> | AsyncIterable<RosterPerson> | undefined;
  /** As of `planDirectory`: who or what makes the plan. @default nobody is named */
  readonly madeBy?: string | undefined;
}

const revertOptionNames: OptionNames<RevertOptions> = { ...requestOptionNames, people: true, madeBy: true };

/** Targets that are read at once. */
const readAtOnce = 4;

/**
 * Makes a plan that undoes what a journal shows to be done, where nobody has changed it since: nothing is written. Apply it
 * as any other, with a journal of its own.
 *
 * - Attributes are put back as they were, memberships too; who was deactivated is active again, who was created or
 *   reactivated is deactivated. Of one who was reactivated the attributes stay: of somebody inactive nothing else is changed.
 * - What cannot be undone is held (`no_inverse`): an account that was deleted, a group that was created. So is what somebody
 *   has changed since (`changed_since`), and what is not known to be done (`outcome_unknown`). Mails that were sent stay sent.
 * - Removals are held as in any plan: of whom `policy` protects, of owners, and of everybody without `people`.
 *
 * @param journal that of the plan to undo, or the path of its file.
 * @param policy whom to protect, and the limits. What it says of matching and of desired groups counts for nothing here.
 * @throws InputError for a journal that is empty; PlanError for one that cannot be read (`journal_unreadable`) or is of
 * another directory (`other_directory`); and what reading the directory throws.
 * @example
 * ```ts
 * import { connect, readConnectionConfigFromEnv } from 'chatgpt-enterprise-sdk';
 * import { formatPlan, revertPlan } from 'chatgpt-enterprise-sdk/provisioning';
 *
 * const connection = connect(readConnectionConfigFromEnv(process.env, { require: ['scim', 'compliance'] }));
 * const plan = await revertPlan(connection.scim, './9f2c.journal', {}, { people: connection.roster() });
 * console.log(formatPlan(plan));
 * ```
 */
export async function revertPlan<P extends KnownAccess>(
  client: ScimClient<P>,
  journal: PlanJournal | string,
  policy?: PlanPolicy,
  options?: RevertOptions,
): Promise<DirectoryPlan> {
  const [users, groups] = contextsOf(client);
  const { server } = users;
  const { clock } = server.transport;
  const { people: roster, madeBy, ...request } = checkOptions('revertPlan()', options, revertOptionNames);
  checkRoster(roster);
  if (madeBy !== undefined) checkText('madeBy', madeBy);
  const resolved = resolvePolicy(policy);
  const entries = await entriesOf(journal, request.signal);
  const { plan } = startOf(entries);
  const connection = await connectionOf(client);
  checkIsSame(entries, connection);
  recoveryFrom(entries, plan);

  const readFrom = clock.now();
  const owners = await readOwners(roster, request.signal);
  const deeds = deedsIn(entries);
  const protection = protectionOf(resolved, users.schema);
  const drafts = new RevertDrafts({
    policy: resolved,
    users,
    groups,
    owners,
    protection,
    request: () => server.sharedOptions(request),
  });
  await inTurns(deeds, readAtOnce, (deed) => drafts.add(deed));
  const all = drafts.settle();
  const { access } = server;
  // A share of the people can be told only where all of them were counted.
  const isTakingAway = all.drafts.some(({ removes }) => removes.length > 0);
  const activeManaged = isTakingAway ? await countActiveManaged(users, protection, server.sharedOptions(request)) : 0;
  return assemblePlan({
    connection,
    readFrom,
    readTo: clock.now(),
    policy: resolved,
    desiredDigest: await digestOf({ undone: plan }),
    access,
    drafts: all.drafts,
    actions: await actionsOf(all.drafts, access),
    held: all.held,
    // Nobody is desired, and nobody who is not is removed: a list that is short is no sign of anything.
    brakes: { activeManaged, desired: activeManaged, isEmpty: false, unreadLists: 0 },
    unmanaged: owners.unmanaged,
    workspaceIds: owners.workspaceIds,
    madeBy,
    totals: {
      liveUsers: all.usersRead,
      liveGroups: all.groupsRead,
      activeManaged,
      desiredUsers: 0,
      desiredGroups: 0,
      unchangedUsers: 0,
    },
    notes: [...owners.notes, ...notesOf(deeds, resolved.protect.keyCreator)],
  });
}

/** Walks through the users once. One that is not shown makes the share larger, and so the limit is met earlier. */
async function countActiveManaged(
  users: ResourceContext,
  { isManaged }: Protection,
  request: RequestOptions,
): Promise<number> {
  let count = 0;
  for await (const { items } of iterateResources(users, { onIncomplete: () => undefined }, request).pages()) {
    for (const row of items) {
      if (row.active !== false && isManaged(row) && !isServiceAccount({ userType: row.userType })) count += 1;
    }
  }
  return count;
}

async function entriesOf(
  journal: PlanJournal | string,
  signal: AbortSignal | undefined,
): Promise<readonly JournalEntry[]> {
  if (typeof journal !== 'string') checkJournal(journal);
  const own = typeof journal === 'string' ? fileJournal(journal) : journal;
  return untilAborted(Promise.resolve(own.read()), signal);
}

function startOf(entries: readonly JournalEntry[]) {
  for (const entry of entries) {
    if (entry.type !== 'start') continue;
    checkText('plan', entry.plan);
    return entry;
  }
  throw new InputError('The journal is empty, or is not there.', {
    path: ['journal'],
    remedy: 'Give the journal that the plan was applied with.',
  });
}

function checkIsSame(entries: readonly JournalEntry[], { host, directory }: DirectoryPlan['connection']): void {
  for (const entry of entries) {
    if (entry.type !== 'start') continue;
    if (entry.connection?.host === host && entry.connection.directory === directory) continue;
    throw new PlanError('other_directory', 'The journal is of another directory.');
  }
}

function notesOf(deeds: readonly Deed[], keyCreator: string | null): readonly PlanNote[] {
  const notes: PlanNote[] = [];
  if (keyCreator === null) {
    notes.push({
      code: 'key_creator_unnamed',
      message:
        'Who made the API key of this program is not known, and no route tells it. If that account goes, the key dies: name it in `protect.keyCreator`.',
    });
  }
  if (deeds.some(({ kind, isDone }) => isDone && (kind === 'create' || kind === 'delete'))) {
    notes.push({
      code: 'cannot_be_undone',
      message: 'An invitation mail that was sent and an account that was deleted cannot be taken back.',
    });
  }
  return notes;
}
