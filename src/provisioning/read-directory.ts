import type { IncompleteListError } from '../errors/response-errors.js';
import { isEmpty, isRecord } from '../internal/json.js';
import { iterateResources } from '../scim/iterate.js';
import { keyText } from '../scim/natural-keys.js';
import { memberRefs, readMembers } from '../scim/read-members.js';
import type { ResourceContext } from '../scim/resource.js';
import type { Resource } from '../scim/schemas/common.js';
import { readAttribute } from '../scim/schemas/names.js';
import { isServiceAccount } from '../scim/schemas/service-account.js';
import type { RequestOptions } from '../transport/options.js';
import type { WantedUser } from './desired.js';
import { changeOf, type UserChange } from './diff-user.js';
import { isNamedBy } from './key-creator.js';
import { type LiveUser, PeopleIndex } from './match-people.js';
import type { ResolvedPolicy } from './policy.js';
import { protectionOf } from './protect.js';
import type { UserPages } from './user-pages.js';

/** How the directory is read. */
export interface ReadOptions {
  readonly policy: ResolvedPolicy;
  readonly prefetch: number;
  readonly request: RequestOptions;
  /** Told the rows of each page of users, while others are on their way. */
  readonly onPage: (rows: number) => void;
}

/** The users of the directory, each compared as it came. */
export interface LivePeople {
  readonly index: PeopleIndex;
  readonly byId: ReadonlyMap<string, LiveUser>;
  /** By id, what would have to change of those who are not as they should be. */
  readonly changes: ReadonlyMap<string, UserChange>;
  /** By the id of a group, who is in it as users tell; `undefined` where none tells. */
  readonly membersByGroup: ReadonlyMap<string, readonly string[]> | undefined;
  /** Names of desired attributes of which no user has a value. */
  readonly unseen: ReadonlySet<string>;
  /** Whether `protect.keyCreator` names somebody active, or anybody by the id. */
  readonly hasKeyCreator: boolean;
  readonly isIncomplete: boolean;
}

/** A group of the directory. */
export interface LiveGroup {
  readonly row: Resource;
  /** Ids of its members, without groups; `undefined` where the server may hide some. */
  readonly members: ReadonlySet<string> | undefined;
}

/** Walks through the users once. Of one who is as wanted, no more than the keys is kept. */
export async function readPeople(
  context: ResourceContext,
  pages: UserPages,
  wanted: readonly WantedUser[],
  { policy, onPage }: ReadOptions,
  wantsGroups: boolean,
): Promise<LivePeople> {
  const index = new PeopleIndex(wanted, policy.key);
  const protection = protectionOf(policy, context.schema);
  const byId = new Map<string, LiveUser>();
  const changes = new Map<string, UserChange>();
  const membersByGroup = new Map<string, string[]>();
  const unseen = new Set<string>();
  for (const { attributes } of wanted) for (const name of Object.keys(attributes)) unseen.add(name);
  const keyNames = [...policy.key, 'userName'];
  let hasKeyCreator = false;
  for await (const rows of pages) {
    for (const row of rows) {
      // A key of somebody inactive would be dead: that this program runs says that it is another's. An id is whose it is.
      const isKnown = row.active !== false || row.id === policy.protect.keyCreator;
      hasKeyCreator ||= isKnown && isNamedBy(policy.protect.keyCreator, row);
      for (const name of unseen) if (!isEmpty(readAttribute(row, name))) unseen.delete(name);
      if (wantsGroups) noteGroups(row, membersByGroup);
      const claims = index.claimsOf(row);
      const claimant = claims.byExternalId ?? claims.byName;
      const claimed = claimant === undefined ? undefined : wanted[claimant];
      const change = claimed && changeOf(row, claimed, context.schema, policy.ignoreAttributes);
      const isKept = change !== undefined || claimed === undefined;
      const live: LiveUser = {
        id: row.id,
        key: keyOf(row, keyNames),
        isActive: row.active !== false,
        isServiceAccount: isServiceAccount({ userType: row.userType }),
        isManaged: protection.isManaged(row),
        protectedBy: protection.reasonFor(row),
        row: isKept ? row : undefined,
        isClaimed: false,
        isSettled: false,
        isStaying: false,
      };
      byId.set(row.id, live);
      if (change !== undefined) changes.set(row.id, change);
      index.add(live, row, claims);
    }
    onPage(rows.length);
  }
  return {
    index,
    byId,
    changes,
    membersByGroup: membersByGroup.size === 0 ? undefined : membersByGroup,
    unseen,
    hasKeyCreator,
    isIncomplete: pages.isIncomplete,
  };
}

function keyOf(row: Resource, names: readonly string[]): string {
  for (const attribute of names) {
    const text = keyText(row, attribute);
    if (text !== '') return text;
  }
  return row.id;
}

/** A user may say what groups they are in, where a group does not say who is in it. */
function noteGroups(row: Resource, membersByGroup: Map<string, string[]>): void {
  if (!Array.isArray(row.groups)) return;
  for (const group of row.groups) {
    // In the spelling of the schema since the row was read.
    const { value: id, type } = isRecord(group) ? group : {};
    if (typeof id !== 'string' || type === 'indirect') continue;
    const members = membersByGroup.get(id);
    if (members === undefined) membersByGroup.set(id, [row.id]);
    else members.push(row.id);
  }
}

/** The groups of the directory that are wanted, and who is in them. */
export interface LiveGroups {
  readonly groups: readonly LiveGroup[];
  /** Groups in the directory, wanted or not. */
  readonly count: number;
  /** Whether some group was seen to show a member. */
  readonly showsMembers: boolean;
  readonly isIncomplete: boolean;
}

/** Walks through the groups once, with one more read of each wanted one that shows nobody in the list. */
export async function readGroups(
  context: ResourceContext,
  isWanted: (row: Resource) => boolean,
  { prefetch, request }: ReadOptions,
): Promise<LiveGroups> {
  let verdict: IncompleteListError | undefined;
  const onIncomplete = (error: IncompleteListError) => {
    verdict = error;
  };
  const groups: LiveGroup[] = [];
  const hiding: Resource[] = [];
  let count = 0;
  let showsMembers = false;
  const take = async (row: Resource) => {
    const members = await readMembers(context, row, request);
    showsMembers ||= members !== undefined && members.length > 0;
    groups.push({ row: withoutMembers(row), members: peopleIn(members) });
  };
  for await (const { items } of iterateResources(context, { prefetch, onIncomplete }, request).pages()) {
    count += items.length;
    for (const row of items) {
      const isShown = Array.isArray(row.members) && row.members.length > 0;
      showsMembers ||= isShown;
      if (!isWanted(row)) continue;
      // Of one that shows its members nothing more is read.
      if (isShown) await take(row);
      else hiding.push(row);
    }
  }
  let next = 0;
  const takeNext = async () => {
    for (let row = hiding[next++]; row !== undefined; row = hiding[next++]) await take(row);
  };
  await Promise.all(Array.from({ length: Math.min(prefetch, hiding.length) }, takeNext));
  return { groups, count, showsMembers, isIncomplete: verdict !== undefined };
}

function withoutMembers({ members: _members, ...row }: Resource): Resource {
  return row;
}

function peopleIn(members: readonly unknown[] | undefined): ReadonlySet<string> | undefined {
  const refs = members && memberRefs(members);
  if (refs === undefined) return undefined;
  const ids = new Set<string>();
  for (const { value, type } of refs) if (type?.toLowerCase() !== 'group') ids.add(value);
  return ids;
}
