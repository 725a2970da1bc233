import { InputError } from '../../errors/input-errors.js';
import { isFailure } from '../../errors/is-sdk-error.js';
import { ResponseError } from '../../errors/response-errors.js';
import { isPending, type WriteNotConfirmedError } from '../../errors/scim-errors.js';
import type { RequestOptions } from '../../transport/transport.js';
import { mayHaveActed } from '../resource/may-have-acted.js';
import { patchOrPut } from '../resource/patch-resource.js';
import type { ResourceContext } from '../resource/resource-context.js';
import { waitBeforeRepeat } from '../resource/wait-before-repeat.js';
import type { GroupMember } from '../schemas/group.js';
import type { PatchOperation } from '../schemas/patch-operation.js';
import { memberIds } from './member-ids.js';

/** A member with its id. */
export type Entry = GroupMember & { readonly value: string };

/** How one kind of change is written, and how it is known to be done. */
export interface ChangeKind<Item> {
  readonly operations: (items: readonly Item[]) => PatchOperation[];
  readonly idOf: (item: Item) => string;
  /** Whether to send it twice does no more than to send it once, on any server. */
  readonly safeToRepeat: boolean;
  readonly isDone: (item: Item, present: ReadonlySet<string>) => boolean;
}

export const addition: ChangeKind<Entry> = {
  operations: (entries) => [{ op: 'add', path: 'members', value: entries }],
  idOf: ({ value }) => value,
  // Some servers make two members of one who is added twice.
  safeToRepeat: false,
  isDone: ({ value }, present) => present.has(value),
};

export const removal: ChangeKind<string> = {
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
export async function sendMembers<Item>(
  context: ResourceContext,
  groupId: string,
  items: readonly Item[],
  kind: ChangeKind<Item>,
  options: RequestOptions,
  sent: string[],
): Promise<WriteNotConfirmedError | undefined> {
  const size = context.session.profile.memberChangesPerRequest;
  let pending: WriteNotConfirmedError | undefined;
  for (let at = 0; at < items.length; at += size) {
    const chunk = items.slice(at, at + size);
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
  attempt = 1,
): Promise<void> {
  const send = (part: readonly Item[]) => sendChunk(context, groupId, part, kind, options, attempt);
  try {
    await patchOrPut(context, groupId, kind.operations(items), options, { safeToRepeat: kind.safeToRepeat });
  } catch (error) {
    const isTooLarge = error instanceof InputError || (error instanceof ResponseError && error.status === 413);
    if (isTooLarge && items.length > 1) {
      const half = Math.ceil(items.length / 2);
      await send(items.slice(0, half));
      return send(items.slice(half));
    }
    const isOpen = mayHaveActed(error);
    const isObjection = error instanceof ResponseError && [400, 404, 409].includes(error.status);
    if (!isOpen && !isObjection) throw error;
    const { session } = context;
    const mayRepeat = isOpen && !kind.safeToRepeat && attempt <= (options.maxRetries ?? session.maxRetries);
    if (mayRepeat) await waitBeforeRepeat(session, attempt, options.signal);
    const left = await leftOf(context, groupId, items, kind, options).catch((failure: unknown) => {
      throw isFailure(failure) ? error : failure;
    });
    if (left.length === items.length && !mayRepeat) throw error;
    if (left.length > 0) return sendChunk(context, groupId, left, kind, options, attempt + 1);
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
