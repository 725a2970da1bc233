import { checkChoice, checkNumber, checkOptions, type OptionNames, read } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { isSdkError } from '../errors/is-sdk-error.js';
import { openAbortScope, untilAborted } from '../internal/abort.js';
import { untilAnswered } from '../internal/callbacks.js';
import { contextsOf, type ScimClient } from '../scim/client.js';
import type { KnownAccess } from '../scim/options.js';
import { type RequestOptions, requestOptionNames } from '../transport/options.js';
import { applyCreation } from './apply-create.js';
import { applyMembers } from './apply-members.js';
import { applyChange, applyRemoval } from './apply-people.js';
import { ApplyRun, type Settled, stopReasonOf } from './apply-run.js';
import { releaseText } from './brake-texts.js';
import type { ApprovedLimits } from './brakes.js';
import { kindOrder } from './draft.js';
import { inTurns } from './in-turns.js';
import type { PlanJournal } from './journal.js';
import type { DirectoryPlan, PlanAction, PlanActionKind, PlanBrake } from './plan.js';
import { checkRoster } from './plan-directory.js';
import { LeasedJournal } from './plan-lock.js';
import type { PlanPolicy } from './policy.js';
import { recoveryFrom } from './recovery.js';
import { checkAge, checkJournal, checkPlan } from './refusals.js';
import { type ActionOutcome, type ApplyProgress, isSettledWell, type PlanResult, totalsOf } from './result.js';
import type { RosterPerson } from './roster-person.js';

/** How a plan is applied. Limits of time are for each action. */
export interface ApplyOptions extends RequestOptions {
  /** The hash of the plan, by whoever has looked at it. */
  readonly approve: string;
  /** Where what is sent is written down beforehand: `fileJournal(path)`, or a store of your own. One for each plan. */
  readonly journal: PlanJournal;
  /** Limits that were raised for this plan. */
  readonly limits?: ApprovedLimits | undefined;
  /** The policy that must be that of the plan. @default that of the plan, whatever it is */
  readonly policy?: PlanPolicy | undefined;
  /**
   * The people of `connection.roster()` as they are now: owners are looked up again before removals. Without it the plan is
   * believed in who owns the workspace, and in nothing else.
   */
  readonly people?: Iterable<RosterPerson> | AsyncIterable<RosterPerson> | undefined;
  /** How old a plan may be at the first write, counted from the start of its reading. @default 15 */
  readonly maxAgeMinutes?: number | undefined;
  /** Actions under way at once. @default 4 */
  readonly concurrency?: number | undefined;
  /** Told of each action when it is settled, and waited for. One that throws, or rejects, ends the work. */
  readonly onProgress?: ((progress: ApplyProgress) => unknown) | undefined;
}

const applyOptionNames: OptionNames<ApplyOptions> = {
  ...requestOptionNames,
  approve: true,
  journal: true,
  limits: true,
  policy: true,
  people: true,
  maxAgeMinutes: true,
  concurrency: true,
  onProgress: true,
};

/**
 * Does what a plan says, as far as it is still right: first what gives, at last what takes away. Before each write the
 * target is read and compared with the plan, and after it read back: nothing is called `done` that was not seen.
 *
 * - Somebody who was changed since is left alone (`drifted`); whoever is as wanted by now is, too (`already`).
 * - Whom the policy protects is never removed, looked up again at this moment; nor is an owner, with `people`.
 * - What is about to be sent stands in the journal before it is. A second start with the same plan and journal goes on where
 *   the first one ended, be it by a crash: what may have been sent is looked up, and never repeated blindly. Only one
 *   process applies a plan at a time.
 * - A failure stops nobody else. A refused credential, an outage, many failures in a row stop the rest (`stopped`).
 *
 * Two plans have two journals, and no lock keeps them apart. Where the server refuses a second account of one `userName` and a
 * second group of one `externalId` or `displayName`, as WorkOS does, nothing is made twice; elsewhere a group that both make
 * within one moment is `partial` (`doubled`).
 *
 * It does not bind other people: who changes somebody between the last read and the write is not seen, since the directory
 * has no conditional writes.
 *
 * @returns what became of each action.
 * @throws PlanError, before anything is read or sent, with a code for each reason: the plan was not approved, changed, is too
 * old, for another directory or by another policy, goes beyond a limit, or somebody else applies it. InputError for options
 * that make no sense; the reason of the signal; what the journal or `onProgress` throws. The journal has what was done.
 * @example
 * ```ts
 * import { connect, parseConnectionConfig } from 'chatgpt-enterprise-sdk';
 * import { applyPlan, exitCodeOf, fileJournal, formatPlan, planDirectory } from 'chatgpt-enterprise-sdk/provisioning';
 *
 * const form = { scimBaseUrl: 'https://api.workos.com/scim/v2.0/…', scimToken: 'se_…', provisioning: true };
 * const { scim } = connect(parseConnectionConfig(form, { require: ['scim'] }));
 * const plan = await planDirectory(scim, { users: [{ userName: 'mira.sol@north.example', externalId: '1007' }] });
 * console.log(formatPlan(plan));
 * // Once somebody has looked at it:
 * const result = await applyPlan(scim, plan, { approve: plan.hash, journal: fileJournal(`${plan.hash}.journal`) });
 * process.exitCode = exitCodeOf(result);
 * ```
 */
export async function applyPlan<P extends KnownAccess>(
  client: ScimClient<P>,
  given: DirectoryPlan,
  options: ApplyOptions,
): Promise<PlanResult> {
  const [users, groups] = contextsOf(client);
  const { server } = users;
  const { clock } = server.transport;
  if (options === undefined) throw needed();
  const own = checkOptions('applyPlan()', options, applyOptionNames);
  const { approve, journal, limits, policy, people, maxAgeMinutes = 15, concurrency = 4, onProgress, ...rest } = own;
  checkNumber('maxAgeMinutes', maxAgeMinutes, 0, false);
  checkNumber('concurrency', concurrency);
  if (onProgress !== undefined) checkChoice('onProgress', onProgress, [], true);
  checkRoster(people);
  checkJournal(journal);
  const { signal } = rest;
  // Only what was approved is done: whoever has the plan may change it meanwhile.
  const plan = read('The plan', () => structuredClone(given));
  const brakes = await checkPlan(client, plan, { approve, limits, policy });
  const entries = await untilAborted(Promise.resolve(journal.read()), signal);
  const before = recoveryFrom(entries, plan.hash);
  if (!before.hasWritten) checkAge(plan, clock.now(), maxAgeMinutes);
  const startedAt = new Date(clock.now()).toISOString();

  const leased = await LeasedJournal.open(journal, clock, signal);
  const scope = openAbortScope([signal, leased.lost]);
  try {
    // By now another may have gone on with it.
    const recovery = recoveryFrom(await untilAborted(Promise.resolve(journal.read()), signal), plan.hash);
    const request = { ...rest, signal: scope.signal };
    const run = new ApplyRun({ plan, users, groups, journal: leased, recovery, people, maxAgeMinutes, request });
    const { connection, policyDigest } = plan;
    const { owner } = leased;
    await leased.append({ type: 'start', version: 1, plan: plan.hash, connection, policyDigest, owner });
    const tell = async (outcome: ActionOutcome) => {
      const error = run.errorOf(outcome);
      const counts = { settled: run.outcomes.size, total: plan.actions.length };
      const progress: ApplyProgress = { outcome, ...(error && { error }), ...counts };
      if (onProgress !== undefined) await untilAnswered(onProgress(progress), [signal]);
    };
    for (const kind of kindOrder) await applyKind(run, kind, { brakes, concurrency, tell, access: server.access });
    const outcomes = plan.actions.map(
      (action) => run.outcomes.get(action.id) ?? run.outcomeOf(action, 'not_reached').outcome,
    );
    const finished = outcomes.every(isSettledWell);
    const { stopped } = run;
    if (stopped?.code !== 'lock_lost') {
      await leased.append({ type: 'end', finished, ...(stopped && { code: stopped.code }) });
    }
    return {
      version: 1,
      plan: plan.hash,
      startedAt,
      endedAt: new Date(clock.now()).toISOString(),
      outcomes,
      totals: totalsOf(outcomes),
      brakes: brakes.map(({ name }) => name),
      held: plan.held.length,
      finished,
      ...(stopped && { stopped }),
      possibleDoubleSends: plan.actions.flatMap(({ id }) => (run.doubts.has(id) ? [id] : [])),
    };
  } finally {
    scope.end();
    await leased.close();
  }
}

function needed(): InputError {
  return new InputError('A plan is applied only with an approval and a journal.', {
    path: ['options'],
    remedy: 'Give `{ approve: plan.hash, journal: fileJournal(path) }`, once somebody has looked at the plan.',
  });
}

interface Manner {
  /** Those that hold: only what takes nothing away is done. */
  readonly brakes: readonly PlanBrake[];
  readonly access: Readonly<Record<'provisioning' | 'deprovisioning', boolean>>;
  readonly concurrency: number;
  readonly tell: (outcome: ActionOutcome) => Promise<void>;
}

/** Does the actions of one kind: those of the next one begin when they have ended. */
async function applyKind(run: ApplyRun, kind: PlanActionKind, manner: Manner): Promise<void> {
  const isRemoval = kind === 'deactivate' || kind === 'delete';
  const isDoubtful = isRemoval && hasFailedSoThatSomebodySeemsGone(run);
  const actions = run.plan.actions.filter((action) => action.kind === kind);
  await inTurns(actions, manner.concurrency, async (action) => {
    const receipt = run.recovery.receipts.get(action.id);
    if (receipt !== undefined) {
      const { target, outcome, members } = receipt;
      const settled = { outcome: { id: action.id, kind, target, outcome, ...(members && { members }) } };
      return manner.tell(await run.settle(action, settled, false));
    }
    if (run.stopped !== undefined) return;
    try {
      const settled = refused(run, action, manner, isDoubtful) ?? (await attempt(run, action));
      await manner.tell(await run.settle(action, settled));
    } catch (error) {
      if (!isSdkError(error, 'PlanError') || error.code !== 'lock_lost') throw error;
      // What was under way when it was lost, the next one looks up.
      const lost = run.isBegun(action) ? run.outcomeOf(action, 'unknown', stopReasonOf(error)) : undefined;
      run.outcomes.set(action.id, (lost ?? run.outcomeOf(action, 'not_reached')).outcome);
      run.stop(stopReasonOf(error));
    }
  });
}

function refused(run: ApplyRun, action: PlanAction, { brakes, access }: Manner, isDoubtful: boolean) {
  if (!action.permitted || !action.permission.every((one) => access[one])) {
    const missing = action.permission.filter((one) => !access[one]).join(', ');
    return run.outcomeOf(action, 'not_permitted', {
      code: 'access_denied',
      message: 'The connection form does not allow it, or did not when the plan was made.',
      remedy: `Tick the checkboxes that are missing${missing === '' ? '' : ` (${missing})`}, and plan again.`,
    });
  }
  if (brakes.length > 0 && action.permission.includes('deprovisioning')) {
    return run.heldBack(action, 'brake_holds', releaseText(run.plan.brakes));
  }
  return isDoubtful ? run.heldBack(action, 'earlier_failures') : undefined;
}

async function attempt(run: ApplyRun, action: PlanAction): Promise<Settled> {
  if (run.mayBeSent(action)) await run.doubt(action);
  switch (action.kind) {
    case 'create':
    case 'create_group':
      return applyCreation(run, action);
    case 'reactivate':
    case 'change':
    case 'rename':
      return applyChange(run, action);
    case 'add_members':
    case 'remove_members':
      return applyMembers(run, action);
    case 'deactivate':
    case 'delete':
      return applyRemoval(run, action);
  }
}

const giving: ReadonlySet<PlanActionKind> = new Set(['create', 'reactivate', 'change', 'rename']);

/**
 * Whether what failed before may be why somebody seems to be gone: an account whose making or renaming is not certain may be
 * that of a person who would be removed under another key. And where most fails, little is known.
 */
function hasFailedSoThatSomebodySeemsGone(run: ApplyRun): boolean {
  const before = [...run.outcomes.values()].filter(({ kind }) => giving.has(kind));
  const failed = before.filter(({ outcome }) => outcome === 'failed' || outcome === 'unknown');
  const isUncertain = failed.some(
    ({ kind, outcome, code = '' }) =>
      kind !== 'change' && (outcome === 'unknown' || code === 'conflict' || code === 'uniqueness'),
  );
  return isUncertain || (failed.length >= 3 && failed.length * 2 > before.length);
}
