import type { Permission } from '../errors/input-errors.js';
import type { GrantedAccess } from '../scim/options.js';
import type { PatchOperation } from '../scim/schemas/common.js';
import { sha256 } from './canonical-json.js';
import type { PlanAction, PlanActionBase, PlanActionKind, PlanTarget } from './plan.js';
import { baselineOf } from './plan-hash.js';

/** An action before its id, its baseline and its permission are written down. */
export interface Draft {
  readonly action: ActionContent;
  readonly permission: readonly Permission[];
  readonly baselineOf?: object | undefined;
  readonly operations?: readonly PatchOperation[] | undefined;
  /** Ids of the accounts that lose something. */
  readonly removes: readonly string[];
  readonly sendsMail: boolean;
}

type ContentOf<Action> = Action extends PlanAction
  ? Omit<Action, Exclude<keyof PlanActionBase, 'why'> | 'baseline'>
  : never;
type ActionContent = ContentOf<PlanAction>;

export function draft(
  action: ActionContent,
  permission: readonly Permission[],
  facts: Partial<Omit<Draft, 'action' | 'permission'>> = {},
): Draft {
  return { action, permission, removes: [], sendsMail: false, ...facts };
}

/** In which order the kinds are done: first what gives, then what changes, then what takes away. */
export const kindOrder: readonly PlanActionKind[] = [
  'create',
  'reactivate',
  'change',
  'rename',
  'create_group',
  'add_members',
  'remove_members',
  'deactivate',
  'delete',
];

/** In the order of work, and the same whatever the order of the lists. */
export function inOrder<T extends { readonly kind: PlanActionKind; readonly target: PlanTarget }>(
  entries: readonly T[],
  tieBreak: (entry: T) => string = () => '',
): T[] {
  const keyOf = (entry: T): readonly (string | number)[] => [
    kindOrder.indexOf(entry.kind),
    entry.target.key,
    entry.target.id ?? '',
    tieBreak(entry),
  ];
  return entries
    .map((entry) => ({ entry, key: keyOf(entry) }))
    .sort((one, other) => compareKeys(one.key, other.key))
    .map(({ entry }) => entry);
}

function compareKeys(one: readonly (string | number)[], other: readonly (string | number)[]): number {
  for (const [index, part] of one.entries()) {
    const counterpart = other[index] ?? '';
    if (part !== counterpart) return part < counterpart ? -1 : 1;
  }
  return 0;
}

/** Writes the actions down. */
export async function actionsOf(drafts: readonly Draft[], access: GrantedAccess): Promise<readonly PlanAction[]> {
  const actions = await Promise.all(
    drafts.map(async ({ action, permission, baselineOf: resource, operations }): Promise<PlanAction> => {
      const isSwap = 'swap' in action && action.swap;
      const { kind, target } = action;
      const digest = await sha256(
        [kind, target.id ?? '', target.id === undefined ? target.key : '', isSwap].join('\n'),
      );
      const baseline = resource && (await baselineOf(resource, operations));
      const permitted = permission.every((one) => access[one]);
      // The parts are those of the kind: which of them there are, the draft's type has checked.
      return { id: digest.slice(0, 12), ...action, permission, permitted, ...(baseline && { baseline }) } as PlanAction;
    }),
  );
  return inOrder(actions, ({ id }) => id);
}
