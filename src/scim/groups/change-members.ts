import { InputError } from '../../errors/input-error.js';
import { ResponseError } from '../../errors/response-error.js';
import { isRecord } from '../../internal/is-record.js';
import type { RequestOptions } from '../../transport/transport.js';
import { readResource } from '../resource/get-resource.js';
import { patchOrPut } from '../resource/patch-resource.js';
import type { ResourceContext } from '../resource/resource-context.js';
import { shownMembers } from '../resource/shown-members.js';
import { readBack } from '../resource/write-resource.js';
import type { GroupMember } from '../schemas/group.js';
import type { PatchOperation } from '../schemas/patch-operation.js';
import { sharedOptions } from '../session.js';
import { inTurn } from '../turns.js';

/** A member to add: its id, or the whole entry. */
export type MemberInput = string | GroupMember;

/** What became of a change of members. */
export interface MembersResult {
  /** Ids that were sent to be added. */
  readonly added: readonly string[];
  /** Ids that were sent to be removed. */
  readonly removed: readonly string[];
  /** With `verify`: `false` where the server does not show the members, so that nothing could be compared. */
  readonly verified?: boolean | undefined;
  /** With `verify`: ids that the server did not add, without a word: those of users it does not know, for one. */
  readonly dropped?: readonly string[] | undefined;
  /** With `verify`: ids that are members still. */
  readonly remaining?: readonly string[] | undefined;
}

/** How members are changed. */
export interface MembersOptions extends RequestOptions {
  /** Read the group back afterwards and report who is not as asked. @default false */
  readonly verify?: boolean | undefined;
}

type Entry = GroupMember & { readonly value: string };

interface MembersChange {
  readonly add: readonly Entry[];
  readonly remove: readonly string[];
}

/** Adds and removes members in chunks, never two changes of one group at once. */
export function changeMembers(
  context: ResourceContext,
  groupId: string,
  { add = [], remove = [] }: { readonly add?: readonly MemberInput[]; readonly remove?: readonly string[] },
  options: MembersOptions = {},
): Promise<MembersResult> {
  const change: MembersChange = { add: toEntries(add), remove: [...new Set(remove)] };
  return alone(context, groupId, options, (how) => applyChange(context, groupId, change, how));
}

/** Makes these the members, and no others. */
export function setMembers(
  context: ResourceContext,
  groupId: string,
  members: readonly MemberInput[],
  options: MembersOptions = {},
): Promise<MembersResult> {
  const wanted = toEntries(members);
  return alone(context, groupId, options, async (how) => {
    const present = await memberIds(context, groupId, how);
    if (present !== undefined) {
      const ids = new Set(wanted.map(({ value }) => value));
      const add = wanted.filter(({ value }) => !present.has(value));
      return applyChange(context, groupId, { add, remove: [...present].filter((id) => !ids.has(id)) }, how);
    }
    // Not shown is not empty: only the server can tell who has to go.
    const chunk = context.session.profile.memberChangesPerRequest;
    const first = wanted.slice(0, chunk);
    await patchOrPut(context, groupId, [{ op: 'replace', path: 'members', value: first }], how);
    const result = await applyChange(context, groupId, { add: wanted.slice(chunk), remove: [] }, how);
    return { ...result, added: wanted.map(({ value }) => value) };
  });
}

function alone(
  { session }: ResourceContext,
  groupId: string,
  options: MembersOptions,
  work: (options: MembersOptions) => Promise<MembersResult>,
): Promise<MembersResult> {
  const how: MembersOptions = Object.assign(sharedOptions(session, options), { verify: options.verify });
  return inTurn(session.turns, `members of ${groupId}`, () => work(how), options.signal);
}

async function applyChange(
  context: ResourceContext,
  groupId: string,
  { add, remove }: MembersChange,
  options: MembersOptions,
): Promise<MembersResult> {
  const size = context.session.profile.memberChangesPerRequest;
  for (let at = 0; at < add.length; at += size) {
    await sendChunk(context, groupId, add.slice(at, at + size), addition, options);
  }
  for (let at = 0; at < remove.length; at += size) {
    await sendChunk(context, groupId, remove.slice(at, at + size), removal, options);
  }
  const result: MembersResult = { added: add.map(({ value }) => value), removed: remove };
  return options.verify === true ? { ...result, ...(await compare(context, groupId, result, options)) } : result;
}

/** How one kind of change is written, and how it is known to be done. */
interface ChangeKind<Item> {
  readonly operations: (items: readonly Item[]) => PatchOperation[];
  readonly isDone: (item: Item, present: ReadonlySet<string>) => boolean;
}

const addition: ChangeKind<Entry> = {
  operations: (entries) => [{ op: 'add', path: 'members', value: entries }],
  isDone: ({ value }, present) => present.has(value),
};

const removal: ChangeKind<string> = {
  operations: (ids) => ids.map((id) => ({ op: 'remove', path: `members[value eq ${JSON.stringify(id)}]` })),
  isDone: (id, present) => !present.has(id),
};

/** Sends one request, or two halves where it is too large, and leaves out what is done where the server objects to that. */
async function sendChunk<Item>(
  context: ResourceContext,
  groupId: string,
  items: readonly Item[],
  kind: ChangeKind<Item>,
  options: MembersOptions,
): Promise<void> {
  const send = (part: readonly Item[]) => sendChunk(context, groupId, part, kind, options);
  try {
    // Members are a set: the same change made twice is made once.
    await patchOrPut(context, groupId, kind.operations(items), options, { safeToRepeat: true });
  } catch (error) {
    const isTooLarge = error instanceof InputError || (error instanceof ResponseError && error.status === 413);
    if (isTooLarge && items.length > 1) {
      const half = Math.ceil(items.length / 2);
      await send(items.slice(0, half));
      return send(items.slice(half));
    }
    if (!(error instanceof ResponseError) || ![400, 404, 409, 500].includes(error.status)) throw error;
    const present = await memberIds(context, groupId, options);
    const left = items.filter((item) => !kind.isDone(item, present ?? new Set()));
    if (present === undefined || left.length === items.length) throw error;
    if (left.length > 0) await send(left);
  }
}

async function compare(
  context: ResourceContext,
  groupId: string,
  { added, removed }: MembersResult,
  options: MembersOptions,
): Promise<Pick<MembersResult, 'verified' | 'dropped' | 'remaining'>> {
  const look = async () => {
    const present = await memberIds(context, groupId, options);
    return (
      present && {
        dropped: added.filter((id) => !present.has(id)),
        remaining: removed.filter((id) => present.has(id)),
      }
    );
  };
  const isDone = (found: Awaited<ReturnType<typeof look>>) => !(found?.dropped.length || found?.remaining.length);
  const found = await readBack(context, look, isDone, options);
  return found === undefined ? { verified: false } : { verified: true, ...found };
}

/** The ids of the members; `undefined` where the server does not show them. */
async function memberIds(
  context: ResourceContext,
  groupId: string,
  options: MembersOptions,
): Promise<ReadonlySet<string> | undefined> {
  const members = await shownMembers(context, await readResource(context, groupId, options), options);
  return (
    members &&
    new Set(members.flatMap((member) => (isRecord(member) && typeof member.value === 'string' ? [member.value] : [])))
  );
}

function toEntries(members: readonly MemberInput[]): readonly Entry[] {
  const entries = new Map<string, Entry>();
  members.forEach((member, index) => {
    const entry = typeof member === 'string' ? { value: member } : member;
    if (typeof entry.value !== 'string' || entry.value === '') {
      throw new InputError('A member has no id.', { path: [index, 'value'], remedy: 'Give the `id` of the user.' });
    }
    entries.set(entry.value, { ...entry, value: entry.value });
  });
  return [...entries.values()];
}
