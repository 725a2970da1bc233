import { checkList, checkText, type OptionNames } from '../../errors/check-options.js';
import { InputError } from '../../errors/input-errors.js';
import { isSdkError } from '../../errors/is-sdk-error.js';
import { ResponseError } from '../../errors/response-errors.js';
import { isRecord } from '../../internal/json.js';
import { createPrivateTag } from '../../internal/private-tag.js';
import { type RequestOptions, requestOptionNames } from '../../transport/options.js';
import {
  isUser,
  type MemberRef,
  type MembersResult,
  nobodyAmong,
  type ShownMembers,
  shownMembers,
} from '../read-members.js';
import type { ResourceContext } from '../resource.js';
import type { GroupMember } from '../schemas/group.js';
import { withLock } from '../server.js';
import { patch } from './change.js';
import { addition, type MemberEntry, removalFrom, sendMembers, versionNow } from './send-members.js';
import { compareMembers, type WantedMembers } from './verify.js';

/** A member to add: its id, or the whole entry. */
export type MemberInput = string | GroupMember;

/** Members of a group that the server was asked to add and to remove. */
export type MembersSent = Pick<MembersResult, 'added' | 'removed'>;

const sentTag = /* @__PURE__ */ createPrivateTag<MembersSent>();

/**
 * Tells which members were sent before `addMembers`, `removeMembers` or `setMembers` failed; `undefined` for any other
 * error. Repeating the call is safe all the same. The ids are not in the error itself, since it may be logged.
 */
export function membersSentOf(error: unknown): MembersSent | undefined {
  return typeof error === 'object' && error !== null ? sentTag.get(error) : undefined;
}

/** How members are changed. */
export interface MembersOptions extends RequestOptions {
  /** Read the group back afterwards and report who is not as asked. @default false */
  readonly verify?: boolean | undefined;
}

export const membersOptionNames: OptionNames<MembersOptions> = { ...requestOptionNames, verify: true };

export function changeMembers(
  context: ResourceContext,
  groupId: string,
  add: readonly MemberInput[],
  remove: readonly string[],
  options: MembersOptions = {},
): Promise<MembersResult> {
  const given = [toEntries(add), toEntries(remove)] as const;
  if (given.every((entries) => entries.length === 0)) return Promise.resolve({ added: [], removed: [] });
  return alone(context, groupId, options, async (requestOptions) => {
    // Who is a member already is not sent: some servers make two of one, as when a call is repeated.
    const present = await presentMembers(context, groupId, requestOptions);
    const toAdd = await asMeant(context, given[0], present, requestOptions);
    const toRemove = await asMeant(context, given[1], present, requestOptions);
    const asked = idsOf([...toAdd, ...toRemove]);
    const shown = present?.finder(asked);
    const isPresent = (entry: MemberEntry) => shown?.has(entry) === true;
    const nobody = await nobodyOf(context, [...toAdd, ...toRemove], isPresent, requestOptions);
    const isSomebody = ({ value }: MemberEntry) => !nobody.has(value);
    const added = toAdd.filter(isSomebody);
    const removed = toRemove.filter(isSomebody);
    const named = new Set([...toAdd, ...toRemove].flatMap((entry) => shown?.find(entry) ?? []));
    const change: Change = {
      present,
      add: added.filter((entry) => !isPresent(entry)),
      // A server may show only the first hundreds: to be removed are also those that it does not show.
      remove: removed,
      already: [
        ...added.filter(isPresent),
        ...removed.filter((entry) => present !== undefined && !isPresent(entry)),
      ].map(({ value }) => value),
      notFound: [...nobody],
      wanted: { added, removed, kept: present?.all.filter((ref) => !named.has(ref)) },
    };
    return applyChange(context, groupId, change, requestOptions);
  });
}

export function setMembers(
  context: ResourceContext,
  groupId: string,
  members: readonly MemberInput[],
  options: MembersOptions = {},
): Promise<MembersResult> {
  const given = toEntries(members);
  return alone(context, groupId, options, async (requestOptions) => {
    const present = await shownMembers(context, groupId, requestOptions);
    const entries = await asMeant(context, given, present, requestOptions);
    const asked = idsOf(entries);
    const shown = present?.finder(asked);
    const isPresent = (entry: MemberEntry) => shown?.has(entry) === true;
    const nobody = await nobodyOf(context, entries, isPresent, requestOptions);
    const wanted = entries.filter(({ value }) => !nobody.has(value));
    // Whoever names people, and nobody who is there, does not mean to empty the group: it may be addresses in place of ids.
    if (entries.length > 0 && wanted.length === 0) {
      const remaining = present?.all.map(({ value }) => value);
      const verified = requestOptions.verify === true ? { verified: present !== undefined } : {};
      return { added: [], removed: [], notFound: [...nobody], ...verified, ...(remaining && { remaining }) };
    }
    const facts = {
      present,
      already: [],
      notFound: [...nobody],
      wanted: { added: wanted, removed: 'others', kept: undefined },
    } as const;
    if (present !== undefined) {
      const stay = new Set(wanted.flatMap((entry) => shown?.find(entry) ?? []));
      const add = wanted.filter((entry) => !isPresent(entry));
      const remove = present.all.filter((ref) => !stay.has(ref));
      return applyChange(context, groupId, { ...facts, add, remove }, requestOptions);
    }
    // Not shown is not empty: only the server can tell who has to go.
    const chunk = context.server.profile.memberChangesPerRequest;
    const first = wanted.slice(0, chunk);
    const versionRead = () => versionNow(context, groupId, requestOptions);
    await patch(context, groupId, [{ op: 'replace', path: 'members', value: first }], requestOptions, { versionRead });
    const rest = { ...facts, add: wanted.slice(chunk), remove: [] };
    return applyChange(
      context,
      groupId,
      rest,
      requestOptions,
      first.map(({ value }) => value),
    );
  });
}

const idsOf = (refs: readonly MemberRef[]): ReadonlySet<string> => new Set(refs.map(({ value }) => value));

/**
 * With the type, where an id names a group that is a member and a user who is not: who gives an id alone means the user. A
 * group that is a member is left as it was named.
 */
function asMeant(
  context: ResourceContext,
  entries: readonly MemberEntry[],
  present: ShownMembers | undefined,
  options: RequestOptions,
): Promise<readonly MemberEntry[]> {
  return Promise.all(
    entries.map(async (entry) => {
      const namesakes = present?.withId(entry.value);
      if (entry.type || !namesakes?.has('group')) return entry;
      const isMeant = namesakes.size > 1 || (await isUser(context, entry.value, options));
      return isMeant ? { ...entry, type: 'User' } : entry;
    }),
  );
}

/** Who is a member, where the server can be asked. */
async function presentMembers(
  context: ResourceContext,
  groupId: string,
  options: RequestOptions,
): Promise<ShownMembers | undefined> {
  try {
    return await shownMembers(context, groupId, options);
  } catch (error) {
    const isUnreadable = error instanceof ResponseError && [403, 405, 501].includes(error.status);
    if (!isUnreadable) throw error;
    return undefined;
  }
}

/** Which ids name nobody, of those that the group does not show: to accept them is all that some servers do. */
function nobodyOf(
  context: ResourceContext,
  entries: readonly MemberEntry[],
  isPresent: (entry: MemberEntry) => boolean,
  options: RequestOptions,
): Promise<ReadonlySet<string>> {
  const doubtful = entries.filter((entry) => !isPresent(entry)).map(({ value }) => value);
  return nobodyAmong(context, doubtful, options);
}

function alone(
  { server }: ResourceContext,
  groupId: string,
  options: MembersOptions,
  work: (options: MembersOptions) => Promise<MembersResult>,
): Promise<MembersResult> {
  checkText('id', groupId);
  const requestOptions: MembersOptions = Object.assign(server.sharedOptions(options), { verify: options.verify });
  return withLock(server.locks, [`members of ${groupId}`], () => work(requestOptions), options.signal);
}

/** A change of members, and what there is to say of it beforehand. */
interface Change {
  /** The members before, where they are shown. */
  readonly present: ShownMembers | undefined;
  readonly add: readonly MemberEntry[];
  readonly remove: readonly MemberRef[];
  readonly already: readonly string[];
  readonly notFound: readonly string[];
  readonly wanted: WantedMembers;
}

async function applyChange(
  context: ResourceContext,
  groupId: string,
  { present, add, remove, already, notFound, wanted }: Change,
  options: MembersOptions,
  sent: readonly string[] = [],
): Promise<MembersResult> {
  const added: string[] = [...sent];
  const removed: string[] = [];
  const sending = { context, groupId, options, isContradicted: false, added };
  try {
    const pendingAddition = await sendMembers(sending, add, addition, added);
    const pendingRemoval = await sendMembers(sending, remove, removalFrom(present), removed);
    const pending = pendingAddition ?? pendingRemoval;
    if (pending !== undefined) throw pending;
  } catch (error) {
    if (isSdkError(error)) sentTag.set(error, { added, removed });
    throw error;
  }
  // What an answer shows may be as it was before; what it says nothing against is believed.
  const mustLook = options.verify === true || sending.isContradicted;
  const compared = mustLook ? await compareMembers(context, groupId, wanted, options) : undefined;
  const notSo = new Set([...(compared?.dropped ?? []), ...(compared?.remaining ?? [])]);
  const unchanged = already.filter((id) => !notSo.has(id));
  const untouched = new Set(already);
  const changed = (ids: readonly string[]) => ids.filter((id) => !notSo.has(id) && !untouched.has(id));
  return {
    added: changed(added),
    removed: changed(removed),
    ...(unchanged.length > 0 && { already: unchanged }),
    ...(notFound.length > 0 && { notFound }),
    ...compared,
  };
}

function toEntries(members: readonly MemberInput[]): readonly MemberEntry[] {
  checkList('members', members);
  const entries = new Map<string, MemberEntry>();
  members.forEach((member, index) => {
    const entry: unknown = typeof member === 'string' ? { value: member } : member;
    if (!isRecord(entry) || typeof entry.value !== 'string' || entry.value === '') {
      throw new InputError('Every member must have an id.', {
        path: [index, 'value'],
        remedy: 'Pass `user.id` for each user, and not the user.',
      });
    }
    entries.set(entry.value, { ...entry, value: entry.value });
  });
  return [...entries.values()];
}
