import { isSdkError } from '../errors/is-sdk-error.js';
import { isEmpty } from '../internal/json.js';
import { chunksOf } from '../scim/patch/chunk.js';
import { readIfThere } from '../scim/read.js';
import { readMembers, type ShownMembers, shownIn } from '../scim/read-members.js';
import type { Resource } from '../scim/schemas/common.js';
import { readAttribute } from '../scim/schemas/names.js';
import { withLock } from '../scim/server.js';
import { isOutcomeUnknown } from '../scim/write/lost-answer.js';
import { addition, removalFrom, sendMembers } from '../scim/write/send-members.js';
import { compareMembers, unlikeWanted, type WantedMembers } from '../scim/write/verify.js';
import type { RequestOptions } from '../transport/options.js';
import type { ApplyRun, Settled } from './apply-run.js';
import { inTurns } from './in-turns.js';
import type { MembersAction, PlannedMember } from './plan.js';
import { baselineOf } from './plan-hash.js';
import type { MemberOutcome, OutcomeName } from './result.js';

/** Adds members to a group that is as planned for, or removes those whom nothing protects; in chunks, read back once. */
export async function applyMembers(run: ApplyRun, action: MembersAction): Promise<Settled> {
  const groupId = run.groupId(action);
  if (groupId === undefined) return run.heldBack(action, 'not_created');
  const work = () => run.sharedGroups.within(() => new MembersWork(run, action, groupId).do());
  return withLock(run.groups.server.locks, [`members of ${groupId}`], work, run.signal);
}

/** A member with the id that is sent. */
interface Due {
  readonly member: PlannedMember;
  readonly id: string;
}

class MembersWork {
  readonly #run: ApplyRun;
  readonly #action: MembersAction;
  readonly #groupId: string;
  readonly #isAddition: boolean;
  readonly #outcomes = new Map<PlannedMember, MemberOutcome>();
  /** Ids of those who told to be in the group, where it does not tell. */
  readonly #tellThemselves = new Set<string>();
  /** Whether others went, who were in the group and should have stayed. */
  #hasLostOthers = false;
  #error: unknown;
  #seen: string | undefined;

  constructor(run: ApplyRun, action: MembersAction, groupId: string) {
    this.#run = run;
    this.#action = action;
    this.#groupId = groupId;
    this.#isAddition = action.kind === 'add_members';
  }

  async do(): Promise<Settled> {
    const [run, action] = [this.#run, this.#action];
    const loss = run.recovery.losses.get(action.id);
    if (loss !== undefined) {
      // More would go with each request, and nothing here tells that they are back.
      run.stop(membersLost);
      return run.outcomeOf(action, 'partial', {
        ...membersLost,
        ...(loss.members && { members: loss.members }),
        id: this.#groupId,
      });
    }
    let wasSent = run.mayBeSent(action);
    try {
      const options = run.request();
      const group =
        (await run.sharedGroups.find(this.#groupId)) ?? (await readIfThere(run.groups, this.#groupId, options));
      if (group === undefined) return run.drifted(action, 'not_found');
      this.#seen = await baselineOf(group);
      if (action.baseline !== undefined && this.#seen !== action.baseline) return run.drifted(action);
      // One that was created a moment ago shows nobody, and that is known to be so.
      const isNew = isEmpty(group.members) && run.groups.server.knowledge.emptyGroups.has(group.id);
      const members = isNew ? [] : await readMembers(run.groups, group, options);
      const shown = members && shownIn(members);
      const left = this.#withoutThoseWhoAre(this.#known(), shown);
      const due = await this.#withoutThoseWhoMayNot(left, shown === undefined);
      wasSent ||= due.length > 0;
      if (due.length > 0) await this.#change(due, shown, group);
    } catch (error) {
      const { outcome } = run.outcomeOfError(action, error, wasSent);
      this.#error = error;
      // Of some it was known before what becomes of them.
      for (const member of action.members) {
        if (!this.#outcomes.has(member)) this.#set(member, outcome.outcome, outcome.code);
      }
    }
    return this.#settled();
  }

  #known(): Due[] {
    const run = this.#run;
    return this.#action.members.flatMap((member) => {
      const id = run.personId(member);
      if (id === undefined) this.#set(member, 'held_back', 'not_created');
      else if (run.hasDrifted(id)) this.#set(member, 'drifted', 'changed_since', id);
      else if (this.#isAddition && run.isInactive(id)) this.#set(member, 'held_back', 'not_reactivated', id);
      else if (!this.#isAddition && this.#action.swap && !run.swaps.isAdded(id))
        this.#set(member, 'held_back', 'swap_not_added', id);
      else return [{ member, id }];
      return [];
    });
  }

  #withoutThoseWhoAre(due: readonly Due[], shown: ShownMembers | undefined): readonly Due[] {
    if (shown === undefined) return due;
    const { has } = shown.finder(new Set(due.map(({ id }) => id)));
    const sent = new Set(
      (this.#run.recovery.open.get(this.#action.id) ?? []).flatMap(({ members = [] }) => members.map(({ id }) => id)),
    );
    return due.filter(({ member, id }) => {
      const isAsWanted = has({ value: id }) === this.#isAddition;
      if (isAsWanted) this.#set(member, sent.has(id) ? 'done' : 'already', undefined, id);
      return !isAsWanted;
    });
  }

  /**
   * Looks at the people themselves: whoever has become somebody else, or is no longer active, joins nothing; and whom
   * something protects by now, loses nothing. Those who join are read many at once, where nothing else has to be known.
   */
  async #withoutThoseWhoMayNot(due: readonly Due[], isHidden: boolean): Promise<readonly Due[]> {
    const [run, isAddition] = [this.#run, this.#isAddition];
    const isLoss = !isAddition || this.#action.swap;
    const options = run.request();
    const left = new Set<Due>();
    await inTurns(due, readAtOnce, async (one) => {
      const { member, id } = one;
      const isPlain = !isLoss && !isHidden;
      // Whom this plan created a moment ago was read back then.
      if (isPlain && member.id === undefined && !run.isOld) return void left.add(one);
      const recent = isPlain ? await run.recentPeople.find(id) : undefined;
      const person = recent ?? (await readIfThere(run.users, id, options));
      if (person === undefined) return this.#set(member, 'drifted', 'not_found', id);
      // Whoever was created a moment ago is whoever was created.
      const isSame = member.id === undefined || run.isStill(member.key, person);
      if (!isSame || (isAddition && person.active === false)) return this.#set(member, 'drifted', 'changed_since', id);
      const isIn = isHidden && tellsGroup(person, this.#groupId);
      if (isIn && isAddition) return this.#set(member, 'already', undefined, id);
      const hold = isLoss ? await run.removalHoldOf(person) : undefined;
      if (hold !== undefined) return this.#set(member, 'held_back', hold, id);
      const isHalf = isAddition && this.#action.swap && !(await run.swaps.canLeave(id));
      if (isHalf) return this.#set(member, 'held_back', 'swap_not_possible', id);
      left.add(one);
      if (isIn) this.#tellThemselves.add(id);
    });
    return due.filter((one) => left.has(one));
  }

  /** Of a group that does not show who is in it: whether the person tells that it was done. */
  async #isTold({ id }: Due): Promise<boolean> {
    // Somebody who has never told to be in the group does not tell that it is over.
    if (!this.#isAddition && !this.#tellThemselves.has(id)) return false;
    const person = await readIfThere(this.#run.users, id, this.#run.request()).catch((error: unknown) => {
      // What cannot be read tells nothing.
      this.#run.outcomeOfError(this.#action, error, true);
      return undefined;
    });
    return person !== undefined && tellsGroup(person, this.#groupId) === this.#isAddition;
  }

  async #change(due: readonly Due[], shown: ShownMembers | undefined, group: Resource): Promise<void> {
    const [run, action, isAddition] = [this.#run, this.#action, this.#isAddition];
    const { groups } = run;
    const options = run.request();
    const refs = due.map(({ id }) => ({ value: id }));
    const errors = new Map<Due, unknown>();
    const sending = { context: groups, groupId: this.#groupId, options, group, isContradicted: false, added: [] };
    let hasFailed = false;
    for (const chunk of chunksOf(due, groups.server.profile.memberChangesPerRequest)) {
      // Whatever refused one refuses the next ones.
      if (hasFailed && run.stopped !== undefined) {
        for (const one of chunk) this.#set(one.member, 'not_reached', undefined, one.id);
        continue;
      }
      const members = chunk.map(({ member, id }) => ({ ...member, id }));
      await run.intend(action, { members, swap: action.swap }, this.#groupId);
      try {
        const values = chunk.map(({ id }) => ({ value: id }));
        const pending = isAddition
          ? await sendMembers(sending, values, addition, [])
          : await sendMembers(sending, values, removalFrom(shown), []);
        if (pending !== undefined) throw pending;
      } catch (error) {
        // Not of this action alone: an abort, a lost lock.
        run.outcomeOfError(action, error, true);
        this.#error ??= error;
        hasFailed = true;
        for (const one of chunk) errors.set(one, error);
      }
    }
    const asked = new Set(refs.map(({ value }) => value));
    const named = new Set(shown === undefined ? [] : refs.flatMap(shown.finder(asked).find));
    const wanted = {
      added: isAddition ? refs : [],
      removed: isAddition ? [] : refs,
      kept: shown?.all.filter((ref) => !named.has(ref)),
    };
    const read = await this.#compare(wanted, options).catch((error: unknown) => {
      run.outcomeOfError(action, error, true);
      this.#error ??= error;
      return { verified: false, dropped: [], remaining: [] };
    });
    const { verified, dropped = [], remaining = [] } = read;
    const unlike = new Set(isAddition ? dropped : remaining);
    await inTurns(due, readAtOnce, async (one) => {
      const { member, id } = one;
      if (this.#outcomes.has(member)) return;
      const error = errors.get(one);
      const code = isSdkError(error) ? error.code : undefined;
      const mayArrive = isOutcomeUnknown(error) || code === 'write_pending';
      const ifNot = mayArrive ? 'unknown' : 'failed';
      if (verified === true && unlike.has(id)) this.#set(member, ifNot, code ?? 'not_applied', id);
      else if (verified === true || (await this.#isTold(one))) this.#set(member, 'done', undefined, id);
      else this.#set(member, error === undefined ? 'unknown' : ifNot, code ?? 'members_hidden', id);
    });
    if (dropped.some((id) => !asked.has(id))) {
      this.#hasLostOthers = true;
      run.stop(membersLost);
    }
  }

  /** Reads back who is in the group: with others, where all of it is as wanted there, else alone, and more than once. */
  async #compare(wanted: WantedMembers, options: RequestOptions): ReturnType<typeof compareMembers> {
    const { groups, sharedGroups } = this.#run;
    const row = await sharedGroups.find(this.#groupId);
    const shown = row && Array.isArray(row.members) ? shownIn(row.members) : undefined;
    if (shown !== undefined) {
      const { dropped, remaining } = unlikeWanted(shown, wanted);
      if (dropped.length === 0 && remaining.length === 0) return { verified: true, dropped, remaining };
    }
    return compareMembers(groups, this.#groupId, wanted, options);
  }

  #set(member: PlannedMember, outcome: OutcomeName, code?: string, id = member.id): void {
    const { key } = member;
    this.#outcomes.set(member, { ...(id === undefined ? {} : { id }), key, outcome, ...(code && { code }) });
  }

  #members(): readonly MemberOutcome[] {
    return this.#action.members.map((member) => this.#outcomes.get(member) ?? { ...member, outcome: 'not_reached' });
  }

  #settled(): Settled {
    const members = this.#members();
    const [id, seen] = [this.#groupId, this.#seen];
    if (this.#hasLostOthers) return this.#run.outcomeOf(this.#action, 'partial', { ...membersLost, members, id, seen });
    const names = new Set(members.map(({ outcome }) => outcome));
    const [first] = names;
    const isWell = [...names].every((name) => name === 'done' || name === 'already');
    const hasSome = names.has('done') || names.has('already') || names.has('partial');
    const others = members.filter(({ outcome }) => outcome !== 'done' && outcome !== 'already');
    const outcome = isWell
      ? names.has('done')
        ? 'done'
        : 'already'
      : hasSome
        ? 'partial'
        : names.size === 1 && first !== undefined
          ? first
          : 'failed';
    const code = others.find((member) => member.code !== undefined)?.code;
    const remedy = isSdkError(this.#error) ? this.#error.remedy : undefined;
    return this.#run.outcomeOf(this.#action, outcome, {
      members,
      id,
      seen,
      ...(isWell
        ? {}
        : {
            ...(code && { code }),
            message: messageOf(others.length, members.length, code),
            remedy:
              remedy ?? 'Look at what `members` says of each. Then start again with the same journal, or plan again.',
          }),
    });
  }
}

const readAtOnce = 4;

/** Whether a user names a group among theirs. */
function tellsGroup({ groups }: Resource, groupId: string): boolean {
  if (!Array.isArray(groups)) return false;
  return groups.some((one) => readAttribute(one, 'value') === groupId && readAttribute(one, 'type') !== 'indirect');
}

const membersLost = {
  code: 'members_lost',
  message: 'A group showed fewer members after some were added or removed: others are missing who were there before.',
  remedy:
    'Look at the group, and who else may have changed it. If the server replaces the members where one is added, report it, and change members by hand.',
} as const;

function messageOf(left: number, all: number, code: string | undefined): string {
  if (code === 'members_hidden')
    return `${left} of ${all} memberships were sent, and the group does not show who is in it.`;
  return `${left} of ${all} memberships are not as planned.`;
}
