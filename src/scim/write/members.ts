import { InputError } from '../../errors/input-errors.js';
import { isSdkError } from '../../errors/is-sdk-error.js';
import { ResponseError } from '../../errors/response-errors.js';
import { isPending, type WriteNotConfirmedError } from '../../errors/scim-errors.js';
import type { RequestOptions } from '../../transport/options.js';
import { lookupBackoff } from '../../transport/retry.js';
import { chunksOf } from '../patch/chunk.js';
import { type MembersResult, memberIds } from '../read-members.js';
import type { ResourceContext } from '../resource.js';
import type { PatchOperation } from '../schemas/common.js';
import type { GroupMember } from '../schemas/group.js';
import { patch } from './change.js';
import { isOutcomeUnknown, settle, type UncertainWrite } from './lost-answer.js';
import { compareMembers } from './verify.js';

/** A member to add: its id, or the whole entry. */
export type MemberInput = string | GroupMember;

/** Members of a group that were sent to the server. */
export interface MembersSent {
  /** Ids of members that the server was asked to add. */
  readonly added: readonly string[];
  /** Ids of members that the server was asked to remove. */
  readonly removed: readonly string[];
}

const sentBefore = new WeakMap<object, MembersSent>();

/**
 * Tells which members were sent before a change of a group's members failed; `undefined` for an error of anything else. To
 * repeat the call is safe all the same. The ids are not in the error itself: it may be logged.
 *
 * @example
 * ```ts
 * import { membersSentOf, type ScimClient } from 'chatgpt-enterprise-sdk/scim';
 *
 * async function add(client: ScimClient<'provisioning'>, groupId: string, userIds: readonly string[]): Promise<void> {
 *   try {
 *     await client.groups.addMembers(groupId, userIds);
 *   } catch (error) {
 *     console.error(`Sent before it failed: ${membersSentOf(error)?.added.length ?? 0}`);
 *     throw error;
 *   }
 * }
 * ```
 */
export function membersSentOf(error: unknown): MembersSent | undefined {
  return typeof error === 'object' && error !== null ? sentBefore.get(error) : undefined;
}

/** How members are changed. */
export interface MembersOptions extends RequestOptions {
  /** Read the group back afterwards and report who is not as asked. @default false */
  readonly verify?: boolean | undefined;
}

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
  return alone(context, groupId, options, (requestOptions) => applyChange(context, groupId, change, requestOptions));
}

/** Makes these the members, and no others. */
export function setMembers(
  context: ResourceContext,
  groupId: string,
  members: readonly MemberInput[],
  options: MembersOptions = {},
): Promise<MembersResult> {
  const wanted = toEntries(members);
  return alone(context, groupId, options, async (requestOptions) => {
    const present = await memberIds(context, groupId, requestOptions);
    if (present !== undefined) {
      const ids = new Set(wanted.map(({ value }) => value));
      const add = wanted.filter(({ value }) => !present.has(value));
      return applyChange(context, groupId, { add, remove: [...present].filter((id) => !ids.has(id)) }, requestOptions);
    }
    // Not shown is not empty: only the server can tell who has to go.
    const chunk = context.server.profile.memberChangesPerRequest;
    const first = wanted.slice(0, chunk);
    await patch(context, groupId, [{ op: 'replace', path: 'members', value: first }], requestOptions);
    const result = await applyChange(context, groupId, { add: wanted.slice(chunk), remove: [] }, requestOptions);
    return { ...result, added: wanted.map(({ value }) => value) };
  });
}

function alone(
  { server }: ResourceContext,
  groupId: string,
  options: MembersOptions,
  work: (options: MembersOptions) => Promise<MembersResult>,
): Promise<MembersResult> {
  const requestOptions: MembersOptions = Object.assign(server.sharedOptions(options), { verify: options.verify });
  return server.withLock(`members of ${groupId}`, () => work(requestOptions), options.signal);
}

async function applyChange(
  context: ResourceContext,
  groupId: string,
  { add, remove }: MembersChange,
  options: MembersOptions,
): Promise<MembersResult> {
  const added: string[] = [];
  const removed: string[] = [];
  const willTell = options.verify !== true || remove.length === 0 || context.server.knowledge.showsMembers;
  // Who is shown now tells afterwards that nobody is left, where nobody is shown.
  if (!willTell) await memberIds(context, groupId, options);
  try {
    const pendingAddition = await sendMembers(context, groupId, add, addition, options, added);
    const pendingRemoval = await sendMembers(context, groupId, remove, removal, options, removed);
    const pending = pendingAddition ?? pendingRemoval;
    if (pending !== undefined) throw pending;
  } catch (error) {
    if (isSdkError(error)) sentBefore.set(error, { added, removed });
    throw error;
  }
  const result: MembersResult = { added, removed };
  return options.verify === true ? { ...result, ...(await compareMembers(context, groupId, result, options)) } : result;
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

/** A member with its id. */
type Entry = GroupMember & { readonly value: string };

/** How one kind of change is written, and how it is known to be done. */
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

/**
 * Sends a change in requests of a size that the server takes, and takes note of whom it sent.
 *
 * @returns the answer by which the server put off a part of it.
 */
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
      // Accepted and not done yet: no reason to keep back the others.
      pending ??= error;
    }
    sent.push(...chunk.map(kind.idOf));
  }
  return pending;
}

/**
 * Sends one request, or two halves where it is too large. Where the server objects, or may have acted although it failed,
 * the group is looked at, and only what is left is sent again.
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
  const change: UncertainWrite<unknown> = {
    send: () => patch(context, groupId, kind.operations(left), options, { safeToRepeat }),
    waitMs: (error, attempt) => {
      const isUnknown = isOutcomeUnknown(error);
      mayRepeat = isUnknown && !safeToRepeat && attempt <= repeats;
      if (mayRepeat) return lookupBackoff(attempt, server.transport.random);
      const isObjection = error instanceof ResponseError && [400, 404, 409].includes(error.status);
      return isUnknown || isObjection ? 0 : undefined;
    },
    lookUp: async () => {
      const undone = await leftOf(context, groupId, left, kind, options);
      if (undone.length === left.length && !mayRepeat) return 'failed';
      left = undone;
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

/** What is not done yet: all, where the server does not show the members. */
async function leftOf<Item>(
  context: ResourceContext,
  groupId: string,
  items: readonly Item[],
  kind: ChangeKind<Item>,
  options: RequestOptions,
): Promise<readonly Item[]> {
  const present = await memberIds(context, groupId, options);
  return present === undefined ? items : items.filter((item) => !kind.isDone(item, present));
}
