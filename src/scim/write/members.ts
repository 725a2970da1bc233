import type { OptionNames } from '../../errors/check-options.js';
import { InputError } from '../../errors/input-errors.js';
import { isSdkError } from '../../errors/is-sdk-error.js';
import { ResponseError } from '../../errors/response-errors.js';
import { isPending, type WriteNotConfirmedError } from '../../errors/scim-errors.js';
import { createPrivateTag } from '../../internal/private-tag.js';
import { type RequestOptions, requestOptionNames } from '../../transport/options.js';
import { lookupBackoff } from '../../transport/retry.js';
import { chunksOf } from '../patch/chunk.js';
import { readResource } from '../read.js';
import { type MembersResult, memberIds, nobodyAmong } from '../read-members.js';
import { etagOf, type ResourceContext } from '../resource.js';
import type { PatchOperation } from '../schemas/common.js';
import type { GroupMember } from '../schemas/group.js';
import { withLock } from '../server.js';
import { patch } from './change.js';
import { isOutcomeUnknown, settle, type UncertainWrite } from './lost-answer.js';
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
  { add = [], remove = [] }: { readonly add?: readonly MemberInput[]; readonly remove?: readonly string[] },
  options: MembersOptions = {},
): Promise<MembersResult> {
  const entries = toEntries(add);
  const ids = toEntries(remove).map(({ value }) => value);
  if (entries.length === 0 && ids.length === 0) return Promise.resolve({ added: [], removed: [] });
  return alone(context, groupId, options, async (requestOptions) => {
    // Who is a member already is not sent: some servers make two of one, as when a call is repeated.
    const present = await presentMembers(context, groupId, requestOptions);
    const nobody = await nobodyOf(context, entries, ids, present, requestOptions);
    const isPresent = (id: string) => present?.has(id) === true;
    const known = ids.filter((id) => !nobody.has(id));
    const change: Change = {
      add: entries.filter(({ value }) => !nobody.has(value) && !isPresent(value)),
      // A server may show only the first hundreds: to be removed are also those that it does not show.
      remove: known,
      already: [
        ...entries.map(({ value }) => value).filter(isPresent),
        ...known.filter((id) => present !== undefined && !isPresent(id)),
      ],
      notFound: [...nobody],
      wanted: { added: entries.map(({ value }) => value).filter((id) => !nobody.has(id)), removed: known },
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
  const entries = toEntries(members);
  return alone(context, groupId, options, async (requestOptions) => {
    const present = await memberIds(context, groupId, requestOptions);
    const nobody = await nobodyOf(context, entries, [], present, requestOptions);
    const wanted = entries.filter(({ value }) => !nobody.has(value));
    const ids = new Set(wanted.map(({ value }) => value));
    const change = { already: [], notFound: [...nobody], wanted: { added: [...ids], removed: 'others' } } as const;
    if (present !== undefined) {
      const add = wanted.filter(({ value }) => !present.has(value));
      const remove = [...present].filter((id) => !ids.has(id));
      return applyChange(context, groupId, { ...change, add, remove }, requestOptions);
    }
    // Not shown is not empty: only the server can tell who has to go.
    const chunk = context.server.profile.memberChangesPerRequest;
    const first = wanted.slice(0, chunk);
    const versionRead = () => versionNow(context, groupId, requestOptions);
    await patch(context, groupId, [{ op: 'replace', path: 'members', value: first }], requestOptions, { versionRead });
    const rest = { ...change, add: wanted.slice(chunk), remove: [] };
    return applyChange(context, groupId, rest, requestOptions, [...ids].slice(0, chunk));
  });
}

/** Members may be added and removed at any version: whoever else was changed meanwhile is left alone. */
async function versionNow(
  context: ResourceContext,
  groupId: string,
  options: MembersOptions,
): Promise<string | undefined> {
  return etagOf(await readResource(context, groupId, options));
}

/** Who is a member, where the server can be asked. */
async function presentMembers(
  context: ResourceContext,
  groupId: string,
  options: RequestOptions,
): Promise<ReadonlySet<string> | undefined> {
  try {
    return await memberIds(context, groupId, options);
  } catch (error) {
    const isUnreadable = error instanceof ResponseError && [403, 405, 501].includes(error.status);
    if (!isUnreadable) throw error;
    return undefined;
  }
}

/** Which ids name nobody, of those that the group does not show: to accept them is all that some servers do. */
function nobodyOf(
  context: ResourceContext,
  add: readonly Entry[],
  remove: readonly string[],
  present: ReadonlySet<string> | undefined,
  options: RequestOptions,
): Promise<ReadonlySet<string>> {
  const ids = [...add.map(({ value }) => value), ...remove];
  const doubtful = ids.filter((id) => present?.has(id) !== true);
  return nobodyAmong(context, doubtful, options);
}

function alone(
  { server }: ResourceContext,
  groupId: string,
  options: MembersOptions,
  work: (options: MembersOptions) => Promise<MembersResult>,
): Promise<MembersResult> {
  const requestOptions: MembersOptions = Object.assign(server.sharedOptions(options), { verify: options.verify });
  return withLock(server.locks, `members of ${groupId}`, () => work(requestOptions), options.signal);
}

/** A change of members, and what there is to say of it beforehand. */
interface Change {
  readonly add: readonly Entry[];
  readonly remove: readonly string[];
  readonly already: readonly string[];
  readonly notFound: readonly string[];
  readonly wanted: WantedMembers;
}

async function applyChange(
  context: ResourceContext,
  groupId: string,
  { add, remove, already, notFound, wanted }: Change,
  options: MembersOptions,
  sent: readonly string[] = [],
): Promise<MembersResult> {
  const added: string[] = [...sent];
  const removed: string[] = [];
  try {
    const pendingAddition = await sendMembers(context, groupId, add, addition, options, added);
    const pendingRemoval = await sendMembers(context, groupId, remove, removal, options, removed);
    const pending = pendingAddition ?? pendingRemoval;
    if (pending !== undefined) throw pending;
  } catch (error) {
    if (isSdkError(error)) sentTag.set(error, { added, removed });
    throw error;
  }
  const compared = options.verify === true ? await compareMembers(context, groupId, wanted, options) : undefined;
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

function toEntries(members: readonly MemberInput[]): readonly Entry[] {
  const entries = new Map<string, Entry>();
  members.forEach((member, index) => {
    const entry = typeof member === 'string' ? { value: member } : member;
    if (typeof entry.value !== 'string' || entry.value === '') {
      throw new InputError('Every member must have an id.', {
        path: [index, 'value'],
        remedy: 'Pass the `id` of the user.',
      });
    }
    entries.set(entry.value, { ...entry, value: entry.value });
  });
  return [...entries.values()];
}

type Entry = GroupMember & { readonly value: string };

interface ChangeKind<Item> {
  readonly operations: (items: readonly Item[]) => PatchOperation[];
  readonly idOf: (item: Item) => string;
  /** Whether to send it twice does no more than to send it once, on any server. */
  readonly safeToRepeat: boolean;
  readonly isDone: (item: Item, present: ReadonlySet<string>) => boolean;
}

const addition: ChangeKind<Entry> = {
  operations: (entries) => [{ op: 'add', path: 'members', value: entries }],
  idOf: ({ value }) => value,
  // Some servers make two members of one who is added twice.
  safeToRepeat: false,
  isDone: ({ value }, present) => present.has(value),
};

const removal: ChangeKind<string> = {
  operations: (ids) => ids.map((id) => ({ op: 'remove', path: `members[value eq ${JSON.stringify(id)}]` })),
  idOf: (id) => id,
  safeToRepeat: true,
  isDone: (id, present) => !present.has(id),
};

/** Sends a change in requests of a size that the server takes, and notes whom it sent. Gives a 202, if there was one. */
async function sendMembers<Item>(
  context: ResourceContext,
  groupId: string,
  items: readonly Item[],
  kind: ChangeKind<Item>,
  options: RequestOptions,
  sent: string[],
): Promise<WriteNotConfirmedError | undefined> {
  const size = context.server.profile.memberChangesPerRequest;
  let pending: WriteNotConfirmedError | undefined;
  for (const chunk of chunksOf(items, size)) {
    try {
      await sendChunk(context, groupId, chunk, kind, options);
    } catch (error) {
      if (!isPending(error)) throw error;
      // Accepted, not done yet: no reason to keep back the others.
      pending ??= error;
    }
    sent.push(...chunk.map(kind.idOf));
  }
  return pending;
}

/**
 * Sends one request, or two halves where it is too large. If the server objects, or may have acted although it failed, the
 * group is looked at, and only what is left is sent again.
 */
async function sendChunk<Item>(
  context: ResourceContext,
  groupId: string,
  items: readonly Item[],
  kind: ChangeKind<Item>,
  options: RequestOptions,
): Promise<void> {
  const { server } = context;
  const { safeToRepeat } = kind;
  const repeats = options.maxRetries ?? server.maxRetries;
  let left = items;
  let mayRepeat = false;
  /** What is not done yet: all, where the server does not show the members. */
  const undone = async () => {
    const present = await memberIds(context, groupId, options);
    return present === undefined ? left : left.filter((item) => !kind.isDone(item, present));
  };
  const change: UncertainWrite<unknown> = {
    send: () => {
      const versionRead = () => versionNow(context, groupId, options);
      return patch(context, groupId, kind.operations(left), options, { safeToRepeat, versionRead });
    },
    waitMs: (error, attempt) => {
      const isUnknown = isOutcomeUnknown(error);
      const isOvertaken = error instanceof ResponseError && error.status === 412;
      mayRepeat = ((isUnknown && !safeToRepeat) || isOvertaken) && attempt <= repeats;
      if (mayRepeat) return lookupBackoff(attempt, server.transport.random);
      const isObjection = error instanceof ResponseError && [400, 404, 409].includes(error.status);
      return isUnknown || isObjection ? 0 : undefined;
    },
    lookUp: async () => {
      const before = left.length;
      left = await undone();
      if (left.length === before && !mayRepeat) return 'failed';
      return left.length === 0 ? { done: undefined } : 'send';
    },
  };
  try {
    await settle(server, change, options.signal);
  } catch (error) {
    const isTooLarge = error instanceof InputError || (error instanceof ResponseError && error.status === 413);
    if (!isTooLarge || left.length === 1) throw error;
    const half = Math.ceil(left.length / 2);
    await sendChunk(context, groupId, left.slice(0, half), kind, options);
    await sendChunk(context, groupId, left.slice(half), kind, options);
  }
}
