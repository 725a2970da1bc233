import { readIfThere } from '../scim/read.js';
import type { ResourceContext } from '../scim/resource.js';
import type { RequestOptions } from '../transport/options.js';
import type { MembersAction, PlanAction } from './plan.js';
import { baselineOf } from './plan-hash.js';
import type { Recovery } from './recovery.js';

/** Who changes from one group to another: both halves are done, or neither is. */
export class GroupSwaps {
  readonly #groups: ResourceContext;
  readonly #request: () => RequestOptions;
  /** By the id of whoever changes groups: the actions that add them. */
  readonly #additions = new Map<string, string[]>();
  /** By the same: the actions that remove them, and are not finished. */
  readonly #removals = new Map<string, MembersAction[]>();
  /** By the id of a person: the actions of which it is certain that they added them. */
  readonly #addedTo = new Map<string, Set<string>>();
  /** By the action that removes members: whether its group is as planned. */
  readonly #sources = new Map<string, Promise<boolean>>();

  constructor(
    groups: ResourceContext,
    actions: readonly PlanAction[],
    recovery: Recovery,
    request: () => RequestOptions,
  ) {
    this.#groups = groups;
    this.#request = request;
    for (const action of actions) {
      if (!('members' in action) || !action.swap) continue;
      for (const { id } of action.members) {
        if (id === undefined) continue;
        if (action.kind === 'add_members') listAt(this.#additions, id).push(action.id);
        else if (!recovery.receipts.has(action.id)) listAt(this.#removals, id).push(action);
      }
    }
  }

  /** Takes note of somebody whom an action is known to have added. */
  noteAdded(id: string, action: string): void {
    this.#addedTo.set(id, (this.#addedTo.get(id) ?? new Set()).add(action));
  }

  /** Whether the other half is known to be done: somebody was added. */
  isAdded(id: string): boolean {
    const done = this.#addedTo.get(id);
    return (this.#additions.get(id) ?? []).every((action) => done?.has(action) === true);
  }

  /** Whether the groups that somebody would leave for another are as planned: else neither half is sent. */
  async canLeave(id: string): Promise<boolean> {
    for (const action of this.#removals.get(id) ?? []) {
      const known = this.#sources.get(action.id) ?? this.#isAsPlanned(action);
      this.#sources.set(action.id, known);
      if (!(await known)) return false;
    }
    return true;
  }

  async #isAsPlanned({ target: { id }, baseline }: MembersAction): Promise<boolean> {
    const group = id === undefined ? undefined : await readIfThere(this.#groups, id, this.#request());
    return group !== undefined && (await baselineOf(group)) === baseline;
  }
}

function listAt<T>(lists: Map<string, T[]>, id: string): T[] {
  const list = lists.get(id) ?? [];
  lists.set(id, list);
  return list;
}
