import { InputError } from '../../errors/input-errors.js';
import { ResponseError } from '../../errors/response-errors.js';
import { isPending, type WriteNotConfirmedError } from '../../errors/scim-errors.js';
import type { RequestOptions } from '../../transport/options.js';
import { lookupBackoff } from '../../transport/retry.js';
import { chunksOf } from '../patch/chunk.js';
import { readResource } from '../read.js';
import { type MemberRef, type ShownMembers, shownIn, shownMembers } from '../read-members.js';
import { etagOf, type ResourceContext } from '../resource.js';
import type { PatchOperation, Resource } from '../schemas/common.js';
import type { GroupMember } from '../schemas/group.js';
import { patch } from './change.js';
import { isOutcomeUnknown, settle, type UncertainWrite } from './lost-answer.js';
import { unlikeWanted, type WantedMembers } from './verify.js';

/** A member as it is sent. */
export type MemberEntry = GroupMember & { readonly value: string };

interface ChangeKind<Item extends MemberRef> {
  readonly operations: (items: readonly Item[]) => PatchOperation[];
  /** Whether to send it twice does no more than to send it once, on any server. */
  readonly safeToRepeat: boolean;
  readonly wanted: (items: readonly Item[]) => WantedMembers;
}

export const addition: ChangeKind<MemberEntry> = {
  operations: (entries) => [{ op: 'add', path: 'members', value: entries }],
  // Some servers make two members of one who is added twice.
  safeToRepeat: false,
  wanted: (added) => ({ added, removed: [], kept: undefined }),
};

/** The type is said only where somebody of another type has the same id: not every server can filter by it. */
export function removalFrom(present: ShownMembers | undefined): ChangeKind<MemberRef> {
  const pathOf = ({ value, type }: MemberRef) => {
    const [id, kind] = [JSON.stringify(value), JSON.stringify(type)];
    const shown = present?.withId(value);
    const isShared = type && shown && shown.size > Number(shown.has(type.toLowerCase())) + Number(shown.has(''));
    return isShared ? `members[value eq ${id} and type eq ${kind}]` : `members[value eq ${id}]`;
  };
  return {
    operations: (refs) => refs.map((ref) => ({ op: 'remove', path: pathOf(ref) })),
    safeToRepeat: true,
    wanted: (removed) => ({ added: [], removed, kept: undefined }),
  };
}

/** Where a change is sent, and whether an answer showed that it was not made. */
interface Sending {
  readonly context: ResourceContext;
  readonly groupId: string;
  readonly options: RequestOptions;
  isContradicted: boolean;
  /** The group as the caller saw it. */
  readonly group?: Resource | undefined;
  /** Ids sent before: a later answer may show that they are not there after all. */
  readonly added: readonly string[];
}

/** Members may be added and removed at any version: whoever else was changed meanwhile is left alone. */
export async function versionNow(
  context: ResourceContext,
  groupId: string,
  options: RequestOptions,
): Promise<string | undefined> {
  return etagOf(await readResource(context, groupId, options));
}

/** Sends a change in requests of a size that the server takes, and notes whom it sent. Gives a 202, if there was one. */
export async function sendMembers<Item extends MemberRef>(
  sending: Sending,
  items: readonly Item[],
  kind: ChangeKind<Item>,
  sent: string[],
): Promise<WriteNotConfirmedError | undefined> {
  const size = sending.context.server.profile.memberChangesPerRequest;
  let pending: WriteNotConfirmedError | undefined;
  for (const chunk of chunksOf(items, size)) {
    try {
      await sendChunk(sending, chunk, kind);
    } catch (error) {
      if (!isPending(error)) throw error;
      // Accepted, not done yet: no reason to keep back the others.
      pending ??= error;
    }
    sent.push(...chunk.map(({ value }) => value));
  }
  return pending;
}

/**
 * Sends one request, or two halves where it is too large. If the server objects, or may have acted although it failed, the
 * group is looked at, and only what is left is sent again.
 */
async function sendChunk<Item extends MemberRef>(
  sending: Sending,
  items: readonly Item[],
  kind: ChangeKind<Item>,
): Promise<void> {
  const { context, groupId, options } = sending;
  const { server } = context;
  const { safeToRepeat } = kind;
  const repeats = options.maxRetries ?? server.maxRetries;
  let left = items;
  let mayRepeat = false;
  const leftIn = (shown: ShownMembers) => {
    const { dropped, remaining } = unlikeWanted(shown, kind.wanted(left));
    const unlike = new Set([...dropped, ...remaining]);
    return left.filter(({ value }) => unlike.has(value));
  };
  const change: UncertainWrite<unknown> = {
    send: async () => {
      const versionRead = () => versionNow(context, groupId, options);
      const group = await patch(context, groupId, kind.operations(left), options, {
        safeToRepeat,
        versionRead,
        isLookedUp: true,
        seen: sending.group,
      });
      const members = group?.members;
      const shown = Array.isArray(members) && members.length > 0 ? shownIn(members) : undefined;
      if (shown !== undefined && (leftIn(shown).length > 0 || isLost(sending.added, shown)))
        sending.isContradicted = true;
    },
    waitMs: (error, attempt) => {
      const isUnknown = isOutcomeUnknown(error);
      // A whole group that was put back is sent again only from here.
      const isSentOnce = !safeToRepeat || !server.knowledge.mayPatch(context.route, kind.operations(left));
      const isOvertaken = error instanceof ResponseError && error.status === 412;
      mayRepeat = ((isUnknown && isSentOnce) || isOvertaken) && attempt <= repeats;
      if (mayRepeat) return lookupBackoff(attempt, server.transport.random);
      const isObjection = error instanceof ResponseError && [400, 404, 409].includes(error.status);
      return isUnknown || isObjection ? 0 : undefined;
    },
    lookUp: async (error) => {
      const shown = await shownMembers(context, groupId, options);
      // Added twice, one may be two members.
      if (shown === undefined && isOutcomeUnknown(error) && !safeToRepeat) return 'failed';
      const before = left.length;
      if (shown !== undefined) left = leftIn(shown);
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
    await sendChunk(sending, left.slice(0, half), kind);
    await sendChunk(sending, left.slice(half), kind);
  }
}

function isLost(added: readonly string[], shown: ShownMembers): boolean {
  if (added.length === 0) return false;
  const ids = new Set(shown.all.map(({ value }) => value));
  return added.some((id) => !ids.has(id));
}
