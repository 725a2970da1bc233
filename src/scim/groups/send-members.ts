import { InputError } from '../../errors/input-error.js';
import { PendingWriteError } from '../../errors/pending-write-error.js';
import { ResponseError } from '../../errors/response-error.js';
import type { RequestOptions } from '../../transport/transport.js';
import { patchOrPut } from '../resource/patch-resource.js';
import type { ResourceContext } from '../resource/resource-context.js';
import type { GroupMember } from '../schemas/group.js';
import type { PatchOperation } from '../schemas/patch-operation.js';
import { memberIds } from './member-ids.js';

/** A member with its id. */
export type Entry = GroupMember & { readonly value: string };

/** How one kind of change is written, and how it is known to be done. */
export interface ChangeKind<Item> {
  readonly operations: (items: readonly Item[]) => PatchOperation[];
  readonly idOf: (item: Item) => string;
  readonly isDone: (item: Item, present: ReadonlySet<string>) => boolean;
}

export const addition: ChangeKind<Entry> = {
  operations: (entries) => [{ op: 'add', path: 'members', value: entries }],
  idOf: ({ value }) => value,
  isDone: ({ value }, present) => present.has(value),
};

export const removal: ChangeKind<string> = {
  operations: (ids) => ids.map((id) => ({ op: 'remove', path: `members[value eq ${JSON.stringify(id)}]` })),
  idOf: (id) => id,
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
): Promise<PendingWriteError | undefined> {
  const size = context.session.profile.memberChangesPerRequest;
  let pending: PendingWriteError | undefined;
  for (let at = 0; at < items.length; at += size) {
    const chunk = items.slice(at, at + size);
    try {
      await sendChunk(context, groupId, chunk, kind, options);
    } catch (error) {
      if (!(error instanceof PendingWriteError)) throw error;
      // Accepted and not done yet: no reason to keep back the others.
      pending ??= error;
    }
    sent.push(...chunk.map(kind.idOf));
  }
  return pending;
}

/** Sends one request, or two halves where it is too large, and leaves out what is done where the server objects to that. */
async function sendChunk<Item>(
  context: ResourceContext,
  groupId: string,
  items: readonly Item[],
  kind: ChangeKind<Item>,
  options: RequestOptions,
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
