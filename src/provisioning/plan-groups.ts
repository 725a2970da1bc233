import type { DesiredGroup } from './desired.js';
import { type Draft, draft } from './draft.js';
import { heldGroupRemedies, heldRemedies } from './held.js';
import { GroupIndex } from './match-groups.js';
import { type Membership, MembershipPlan } from './memberships.js';
import type { PersonRefs } from './person-refs.js';
import type { HeldAction, PlanNote, PlannedMember, PlanTarget } from './plan.js';
import type { PlanContext } from './plan-users.js';
import type { LiveGroup, LiveGroups } from './read-directory.js';

export interface GroupsPlan {
  readonly drafts: readonly Draft[];
  readonly held: readonly HeldAction[];
  readonly notes: readonly PlanNote[];
}

/** What is to be done with the groups that are desired, and with who is in them. */
export function planGroups(
  wanted: readonly DesiredGroup[],
  { groups, showsMembers, isIncomplete }: LiveGroups,
  refs: PersonRefs,
  { policy, people }: Pick<PlanContext, 'policy' | 'people'>,
): GroupsPlan {
  const index = new GroupIndex(wanted);
  for (const group of groups) index.add(group);
  const drafts: Draft[] = [];
  const held: HeldAction[] = [];
  const memberships = new MembershipPlan();
  let strangers = 0;
  let hidden = 0;

  for (const [position, group] of wanted.entries()) {
    const match = index.matchOf(position);
    const key = group.displayName;
    if (match.kind === 'held') {
      const { reason, ids } = match;
      const remedy = heldGroupRemedies[reason] ?? heldRemedies[reason];
      held.push({ kind: 'add_members', target: { key }, reason, ids, remedy });
      continue;
    }
    if (match.kind === 'nobody' && isIncomplete) {
      held.push({
        kind: 'create_group',
        target: { key },
        reason: 'list_incomplete',
        remedy: heldRemedies.list_incomplete,
      });
      continue;
    }
    const row = match.kind === 'group' ? match.live.row : undefined;
    const target: PlanTarget = row === undefined ? { key } : { id: row.id, key };
    if (match.kind === 'group' && match.isRenamed) {
      held.push({ kind: 'rename', target, reason: 'group_renamed', remedy: heldRemedies.group_renamed });
    }
    if (row === undefined) {
      const after = { displayName: key, ...(group.externalId === undefined ? {} : { externalId: group.externalId }) };
      drafts.push(
        draft({ kind: 'create_group', target, after, why: 'The directory has no such group.' }, ['provisioning']),
      );
    }
    const shown = match.kind === 'group' ? shownBy(match.live, people.membersByGroup, showsMembers) : new Set<string>();
    if (row !== undefined && shown !== undefined && refs.areExactly(shown, group.members)) continue;
    const { known, created, unknown, waiting } = refs.resolve(group.members);
    for (const [reason, members] of [['member_unknown', unknown] as const, ...waiting]) {
      if (members.length === 0) continue;
      held.push({ kind: 'add_members', target, members, reason, remedy: heldRemedies[reason] });
    }
    const isHidden = shown === undefined;
    if (isHidden) hidden += 1;
    if (isHidden && policy.hiddenMembers === 'hold') {
      const add = [...membersOf(known), ...created];
      if (add.length > 0) memberships.group({ target, row, shown, add, remove: [], isHeld: 'members_hidden' });
      continue;
    }
    if (created.length === 0 && shown !== undefined && isSame(shown, known)) continue;
    const present = new Set<string>();
    const remove: Membership[] = [];
    for (const id of shown ?? []) {
      const live = refs.liveOf(id);
      if (live === undefined) strangers += 1;
      else present.add(live.id);
      const isSurplus = live !== undefined && policy.membership === 'exact' && !known.has(live.id);
      if (isSurplus && refs.isGoverned(live)) {
        const reason = refs.holdOf(live) ?? (isIncomplete ? 'list_incomplete' : undefined);
        remove.push({ id: live.id, key: live.key, reason });
      }
    }
    const add = [...membersOf(known).filter(({ id }) => !present.has(id)), ...created];
    memberships.group({ target, row, shown, add, remove });
  }
  memberships.settle();
  drafts.push(...memberships.drafts());
  held.push(...memberships.held());
  return { drafts, held, notes: notesOf(strangers, hidden) };
}

/**
 * Who is in a group: as it shows, else as its members tell. A group that shows nobody is empty only where another shows
 * somebody; `undefined` where that is not known.
 */
function shownBy(
  { row, members }: LiveGroup,
  membersByGroup: ReadonlyMap<string, readonly string[]> | undefined,
  showsMembers: boolean,
): ReadonlySet<string> | undefined {
  if (members !== undefined) return members;
  if (membersByGroup !== undefined) return new Set(membersByGroup.get(row.id));
  return showsMembers ? new Set() : undefined;
}

function isSame(shown: ReadonlySet<string>, known: ReadonlyMap<string, string>): boolean {
  if (shown.size !== known.size) return false;
  for (const id of shown) if (!known.has(id)) return false;
  return true;
}

function membersOf(known: ReadonlyMap<string, string>): readonly (PlannedMember & { readonly id: string })[] {
  return Array.from(known, ([id, key]) => ({ id, key }));
}

function notesOf(strangers: number, hidden: number): readonly PlanNote[] {
  const notes: PlanNote[] = [];
  if (strangers > 0) {
    const message = `${strangers} memberships are of ids that the list of users does not show: they are left alone.`;
    notes.push({ code: 'members_unknown_to_directory', message });
  }
  if (hidden > 0) {
    const message = `${hidden} groups do not show who is in them: nobody is removed from these.`;
    notes.push({ code: 'members_hidden', message });
  }
  return notes;
}
