import { isSdkError } from '../errors/is-sdk-error.js';
import type { PlanError } from '../errors/plan-error.js';
import type { SdkError } from '../errors/sdk-error.js';
import { keyText } from '../scim/natural-keys.js';
import { isAlike } from '../scim/proven-filters.js';
import type { ResourceContext } from '../scim/resource.js';
import type { Resource } from '../scim/schemas/common.js';
import { isOutcomeUnknown } from '../scim/write/lost-answer.js';
import type { RequestOptions } from '../transport/options.js';
import { Absence } from './absence.js';
import { CircuitBreaker } from './circuit-breaker.js';
import { GroupSwaps } from './group-swaps.js';
import type { JournalIntent } from './journal.js';
import { followable, textOfDrift, textOfHeld } from './outcome-texts.js';
import { type Owners, readOwners } from './owners.js';
import type { DirectoryPlan, HeldReason, PlanAction, PlannedMember } from './plan.js';
import type { LeasedJournal } from './plan-lock.js';
import { type Protection, protectionOf } from './protect.js';
import { RecentPeople } from './recent-people.js';
import type { Recovery } from './recovery.js';
import { checkAge } from './refusals.js';
import { type ActionOutcome, isSettledWell, type OutcomeName, type StopReason } from './result.js';
import type { RosterPerson } from './roster-person.js';
import { type SharedReads, sharedGroups } from './shared-reads.js';

/** What a run is made of. */
export interface RunFacts {
  readonly plan: DirectoryPlan;
  readonly users: ResourceContext;
  readonly groups: ResourceContext;
  readonly journal: LeasedJournal;
  readonly recovery: Recovery;
  readonly people: Iterable<RosterPerson> | AsyncIterable<RosterPerson> | undefined;
  readonly maxAgeMinutes: number;
  readonly request: RequestOptions;
}

/** What an outcome has beside its name. */
export interface OutcomeFacts extends Pick<ActionOutcome, 'code' | 'message' | 'remedy' | 'members'> {
  /** Of what was created. */
  readonly id?: string | undefined;
  /** Digest of what was read back. */
  readonly seen?: string | undefined;
}

/** For so long a directory may not show what it has made: then nothing is made again. */
const longestLagMs = 30_000;

/** What all actions of one run share: what became of the others, the journal, and whether to stop. */
export class ApplyRun {
  readonly plan: DirectoryPlan;
  readonly users: ResourceContext;
  readonly groups: ResourceContext;
  readonly recovery: Recovery;
  readonly protection: Protection;
  /** Who has the keys of those to be created, and the new names, for many with one request. */
  readonly absence: Absence;
  /** Who joins groups, read many at once. */
  readonly recentPeople: RecentPeople;
  /** Groups that members are added to or removed from, read many at once where one page holds all. */
  readonly sharedGroups: SharedReads;
  /** Who changes from one group to another, and how far that is done. */
  readonly swaps: GroupSwaps;
  /** By action. */
  readonly outcomes = new Map<string, ActionOutcome>();
  readonly doubts: Set<string>;
  /** Whether the plan is so old that also those are looked at whom it created itself. */
  readonly isOld: boolean;
  stopped: StopReason | undefined;
  readonly #facts: RunFacts;
  readonly #breaker = new CircuitBreaker();
  readonly #createdPeople = new Map<string, string>();
  readonly #createdGroups = new Map<string, string>();
  readonly #driftedPeople = new Set<string>();
  readonly #inactivePeople = new Set<string>();
  readonly #renamedPeople = new Set<string>();
  /** By action: what was thrown last. */
  readonly #errors = new Map<string, SdkError>();
  /** Actions of which something may have been sent in this run. */
  readonly #begun = new Set<string>();
  readonly #idsBefore: ReadonlySet<string>;
  #hasWritten: boolean;
  #owners: Promise<Owners> | undefined;

  constructor(facts: RunFacts) {
    const { plan, users, groups, recovery, maxAgeMinutes } = facts;
    this.#facts = facts;
    this.plan = plan;
    this.users = users;
    this.groups = groups;
    this.recovery = recovery;
    this.protection = protectionOf(plan.policy, users.schema);
    this.doubts = new Set(recovery.doubts);
    this.#hasWritten = recovery.hasWritten;
    this.#idsBefore = idsIn(plan);
    this.swaps = new GroupSwaps(groups, plan.actions, recovery, () => this.request());
    const naming = plan.actions.flatMap((action) =>
      (action.kind === 'create' || action.kind === 'rename') && !recovery.receipts.has(action.id) ? [action] : [],
    );
    this.absence = new Absence(users, naming, () => this.request());
    this.recentPeople = new RecentPeople(users, plan.actions, () => this.request());
    this.sharedGroups = sharedGroups(groups, plan.actions, () => this.request());
    this.isOld = this.#now() - Date.parse(plan.readFrom) > maxAgeMinutes * 60_000;
  }

  /** For the requests of one action, which share a limit of time. */
  request(): RequestOptions {
    return this.users.server.sharedOptions(this.#facts.request);
  }

  get signal(): AbortSignal | undefined {
    return this.#facts.request.signal;
  }

  /** Writes down what is about to be sent. @throws PlanError where the plan is too old by now, or the lock was lost. */
  async intend(action: PlanAction, facts: Pick<JournalIntent, 'before' | 'after' | 'members' | 'swap'>, id?: string) {
    const { plan, maxAgeMinutes, journal } = this.#facts;
    if (!this.#hasWritten) checkAge(plan, this.#now(), maxAgeMinutes);
    this.#hasWritten = true;
    const { kind } = action;
    const target = id === undefined ? action.target : { ...action.target, id };
    await journal.append({ type: 'intent', action: action.id, kind, target, ...facts });
    this.#begun.add(action.id);
  }

  /** Takes note of an action that an earlier run may have sent, and which is looked into now. */
  async doubt({ id }: PlanAction): Promise<void> {
    if (this.doubts.has(id)) return;
    this.doubts.add(id);
    await this.#facts.journal.append({ type: 'doubt', action: id });
  }

  /** Whether an earlier run may have sent it. */
  mayBeSent({ id }: PlanAction): boolean {
    return this.recovery.open.has(id);
  }

  /** Whether it was sent so short a time ago that what it made may not be shown yet. */
  isSentJustNow({ id }: PlanAction): boolean {
    const sent = (this.recovery.open.get(id) ?? []).map(({ at }) => Date.parse(at));
    // One whose time cannot be read was sent at some time before.
    return sent.some((at) => Math.abs(this.#now() - at) < longestLagMs);
  }

  /** Whether it may have been sent: by this run, or by an earlier one that did not tell. */
  isBegun(action: PlanAction): boolean {
    return this.#begun.has(action.id) || this.mayBeSent(action);
  }

  /** What was thrown, of an action that was not done. */
  errorOf(outcome: ActionOutcome): SdkError | undefined {
    return isSettledWell(outcome) ? undefined : this.#errors.get(outcome.id);
  }

  outcomeOf(action: PlanAction, outcome: OutcomeName, facts: OutcomeFacts = {}): Settled {
    const { id, seen, ...others } = facts;
    const target = id === undefined ? action.target : { ...action.target, id };
    return { seen, outcome: { id: action.id, kind: action.kind, target, outcome, ...others } };
  }

  /** What became of an action that failed. @throws What is no failure of this action alone: an abort, a lost lock. */
  outcomeOfError(action: PlanAction, error: unknown, wasSent: boolean): Settled {
    this.signal?.throwIfAborted();
    if (!isSdkError(error) || isSdkError(error, 'PlanError')) throw error;
    this.#errors.set(action.id, error);
    const { code, message } = error;
    const remedy = followable(error.remedy);
    if (isSdkError(error, 'AccessDeniedError'))
      return this.outcomeOf(action, 'not_permitted', { code, message, remedy });
    this.stop(this.#breaker.noteFailure(error));
    const isOpen = isOutcomeUnknown(error) || code === 'write_pending' || code === 'connection_closed';
    return this.outcomeOf(action, wasSent && isOpen ? 'unknown' : 'failed', { code, message, remedy });
  }

  /** What became of an action that was answered, and could not be read back. @throws As {@link outcomeOfError}. */
  unseen(action: PlanAction, error: unknown, id?: string): Settled {
    const { outcome } = this.outcomeOfError(action, error, true);
    const { code, message, remedy } = outcome;
    return this.outcomeOf(action, 'unknown', { code, message, remedy, id });
  }

  drifted(action: PlanAction, code = 'changed_since'): Settled {
    return this.outcomeOf(action, 'drifted', { code, ...textOfDrift(code) });
  }

  heldBack(action: PlanAction, code: string, remedy?: string): Settled {
    return this.outcomeOf(action, 'held_back', { code, ...textOfHeld(code), ...(remedy !== undefined && { remedy }) });
  }

  /** Stops before the next action, for the first reason. */
  stop(reason: StopReason | undefined): void {
    this.stopped ??= reason;
  }

  /** Keeps what became of an action, for the others, the journal and the result. */
  async settle(action: PlanAction, { outcome, seen }: Settled, isNew = true): Promise<ActionOutcome> {
    const { id, kind, target, members, code } = outcome;
    this.outcomes.set(id, outcome);
    const isWell = isSettledWell(outcome);
    const isThere = (isWell || outcome.outcome === 'partial') && target.id !== undefined;
    if (isThere && kind === 'create') this.#createdPeople.set(target.key, target.id);
    if (isThere && kind === 'create_group') this.#createdGroups.set(target.key, target.id);
    if (kind === 'reactivate' && !isWell && target.id !== undefined) this.#inactivePeople.add(target.id);
    if (kind === 'rename' && target.id !== undefined) this.#renamedPeople.add(target.id);
    if (outcome.outcome === 'drifted' && target.id !== undefined && !('members' in action)) {
      this.#driftedPeople.add(target.id);
    }
    for (const member of kind === 'add_members' ? (members ?? []) : []) {
      if (member.id !== undefined && isSettledWell(member)) this.swaps.noteAdded(member.id, id);
    }
    if (isWell) this.#breaker.noteSuccess();
    if (!isNew) return outcome;
    const common = { action: id, kind, target, ...(members && { members }), ...(seen && { seen }) };
    const { journal } = this.#facts;
    const { outcome: name } = outcome;
    if (name === 'done' || name === 'already') await journal.append({ type: 'receipt', outcome: name, ...common });
    else if (name !== 'not_reached' && name !== 'not_permitted') {
      await journal.append({ type: 'failure', outcome: name, ...common, ...(code === undefined ? {} : { code }) });
    }
    return outcome;
  }

  /** The id of a person, or of one whom this plan created. */
  personId({ id, key }: PlannedMember): string | undefined {
    return id ?? this.#createdPeople.get(key);
  }

  /** Whether the plan names something by this id: nothing that it creates can have it. */
  wasThereBefore(id: string): boolean {
    return this.#idsBefore.has(id);
  }

  groupId({ target: { id, key } }: PlanAction): string | undefined {
    return id ?? this.#createdGroups.get(key);
  }

  hasDrifted(id: string): boolean {
    return this.#driftedPeople.has(id);
  }

  /** Whether somebody should be active by now, and is not known to be. */
  isInactive(id: string): boolean {
    return this.#inactivePeople.has(id);
  }

  /** Whether an account still has the key that the plan names it by. */
  isStill(key: string, user: Resource): boolean {
    if (key === user.id || key === keyText(user, 'externalId') || this.#renamedPeople.has(user.id)) return true;
    return isAlike('userName', keyText(user, 'userName'), key);
  }

  /** Why somebody may not lose anything now, by the directory as it is and the roster as it was given. */
  async removalHoldOf(user: Resource): Promise<HeldReason | undefined> {
    const reason = this.protection.reasonFor(user);
    if (reason !== undefined) return reason;
    if (!this.protection.isManaged(user)) return 'not_managed';
    const { people, request } = this.#facts;
    if (people === undefined) return undefined;
    // Read once, when the first removal is due.
    this.#owners ??= readOwners(people, request.signal);
    const owned = (await this.#owners).reasonFor(user.id);
    return owned === 'owners_unknown' && this.plan.policy.ownersUnknown === 'allow' ? undefined : owned;
  }

  #now(): number {
    return this.users.server.transport.clock.now();
  }
}

function idsIn({ actions, held }: DirectoryPlan): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const one of [...actions, ...held]) {
    const members = 'members' in one ? (one.members ?? []) : [];
    for (const { id } of [one.target, ...members]) if (id !== undefined) ids.add(id);
    for (const id of 'ids' in one ? (one.ids ?? []) : []) ids.add(id);
  }
  return ids;
}

/** An outcome, and what the journal keeps beside it. */
export interface Settled {
  readonly outcome: ActionOutcome;
  readonly seen?: string | undefined;
}

/** The reason that stands in a result for a lock that was lost. */
export function stopReasonOf({ code, message, remedy = '' }: PlanError): StopReason {
  return { code, message, remedy };
}
