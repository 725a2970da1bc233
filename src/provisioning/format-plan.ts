import { checkObject, checkOptions, type OptionNames, read } from '../errors/check-options.js';
import { unicodePattern } from '../internal/words.js';
import { amountText } from './brake-texts.js';
import type {
  DirectoryPlan,
  HeldAction,
  PlanAction,
  PlanActionKind,
  PlanBrake,
  PlannedMember,
  PlanTarget,
} from './plan.js';

/** How a plan is printed. */
export interface FormatPlanOptions {
  /** Colours for a terminal: give `process.stdout.isTTY`. @default false */
  readonly color?: boolean | undefined;
}

const optionNames: OptionNames<FormatPlanOptions> = { color: true };

const codes = { green: 32, red: 31, yellow: 33, bold: 1 } as const;

interface Line {
  readonly text: string;
  readonly colour?: keyof typeof codes | undefined;
}

/**
 * A plan for people, like a diff: first how many of what, then the limits that it goes beyond, one line for each change (`+`
 * gives, `-` takes away, `~` changes, `!` is held, or gone and still a member, `?` is not permitted, `=` is on no list and
 * stays), and what to know. It names people: it is for a
 * terminal, not for a log.
 *
 * @example
 * ```ts
 * import { type DirectoryPlan, formatPlan } from 'chatgpt-enterprise-sdk/provisioning';
 *
 * declare const plan: DirectoryPlan;
 * console.log(formatPlan(plan, { color: process.stdout.isTTY }));
 * ```
 */
export function formatPlan(plan: DirectoryPlan, options?: FormatPlanOptions): string {
  checkObject('plan', plan);
  const { color = false } = checkOptions('formatPlan()', options, optionNames);
  return read('The plan', () => formatted(plan, color));
}

function formatted(plan: DirectoryPlan, color: boolean): string {
  const sections: readonly (readonly Line[])[] = [
    [...headOf(plan)],
    plan.brakes.flatMap(brakeLines),
    plan.actions.map(actionLine),
    heldLines(plan.held),
    (plan.stillMembers ?? []).map((target) => ({
      text: `! still a member: ${named(target)}`,
      colour: 'yellow' as const,
    })),
    (plan.meantToStay ?? []).map(({ target, reason }) => ({ text: `= stays: ${named(target)} (${reason})` })),
    plan.notes.map(({ message }) => ({ text: `Note: ${message}` })),
    [{ text: `Hash: ${plan.hash}` }],
  ];
  const printed = ({ text, colour }: Line) => {
    // Whatever of it a plan file holds: what a terminal would obey comes from here alone.
    const plain = shown(text);
    return color && colour !== undefined ? `\u001b[${codes[colour]}m${plain}\u001b[0m` : plain;
  };
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map(printed).join('\n'))
    .join('\n\n');
}

const verbs: Readonly<Record<PlanActionKind, string>> = {
  create: 'create',
  reactivate: 'reactivate',
  change: 'change',
  rename: 'rename',
  create_group: 'create group',
  add_members: 'add to group',
  remove_members: 'remove from group',
  deactivate: 'deactivate',
  delete: 'delete',
};

function* headOf(plan: DirectoryPlan): Generator<Line, void> {
  const { totals, notPermitted, held, actions, brakes, policy } = plan;
  const counts = Object.entries(totals.actions)
    .filter(([, count]) => count > 0)
    // The keys are those of the counts.
    .map(([kind, count]) => `${count} ${verbs[kind as PlanActionKind]}`);
  const what = actions.length === 0 ? 'Nothing to do.' : `${actionsText(actions.length)}: ${counts.join(', ')}.`;
  yield { text: what, colour: 'bold' };
  const groups = totals.desiredGroups > 0 ? `, ${totals.desiredGroups} groups` : '';
  yield {
    text: `${totals.desiredUsers} users${groups} desired; ${totals.liveUsers} users in the directory, ${totals.activeManaged} of them active and managed; ${totals.unchangedUsers} as they should be.`,
  };
  yield {
    text: `People who lose something: ${totals.removals}. Invitations that are mailed: ${totals.mails}. Held: ${held.length}.`,
  };
  if (brakes.length > 0) {
    const given = actions.filter(({ permission, permitted }) => permitted && !permission.includes('deprovisioning'));
    const isGiven = policy.onBrake === 'additions-only';
    const done = `${actionsText(given.length)} that only give${given.length === 1 ? 's' : ''}`;
    const text = isGiven
      ? `A limit stops all that takes something away. ${done} will be done, by \`onBrake: 'additions-only'\`.`
      : 'A limit stops the whole plan: nothing will be done.';
    yield { text, colour: 'red' };
  }
  if (notPermitted.count > 0) {
    const boxes = notPermitted.missing.map((one) => (one === 'provisioning' ? '"Provisioning"' : '"Deprovisioning"'));
    yield {
      text: `${actionsText(notPermitted.count)} not permitted: ${boxes.join(' and ')} not ticked in the connection form.`,
    };
  }
  if (plan.unmanaged !== undefined && plan.unmanaged.count > 0) {
    yield {
      text: `${plan.unmanaged.count} members of the workspace are not in the directory: remove these by hand, where they should go.`,
    };
  }
  const { workspaceIds, madeBy } = plan;
  const where =
    workspaceIds === undefined
      ? 'Of which workspace is not known: `people` tells it.'
      : `Workspace ${workspaceIds.join(', ')}.`;
  const who = madeBy === undefined ? '' : ` Made by ${madeBy}.`;
  yield { text: `Read from ${plan.readFrom} to ${plan.readTo}, from ${plan.connection.host}. ${where}${who}` };
}

const actionsText = (count: number) => (count === 1 ? '1 action' : `${count} actions`);

function brakeLines({ name, limit, found, message, remedy }: PlanBrake): Line[] {
  const text = `STOP ${name}: ${amountText(name, found)}, and the limit is ${amountText(name, limit)}. ${message}`;
  return [{ text, colour: 'red' }, { text: `  ${remedy}` }];
}

function actionLine(action: PlanAction): Line {
  const [sign, colour] = signOf(action);
  const text = `${sign} ${verbs[action.kind]} ${named(action.target)}${detailsOf(action)}`;
  return action.permitted ? { text, colour } : { text: `? ${text} (not permitted)`, colour: 'yellow' };
}

/** The key, and who that is. */
function named({ key, name }: PlanTarget): string {
  return name === undefined ? key : `${key}, ${name}`;
}

function signOf({ kind }: PlanAction): ['+', 'green'] | ['-', 'red'] | ['~', 'yellow'] {
  switch (kind) {
    case 'create':
    case 'reactivate':
    case 'create_group':
    case 'add_members':
      return ['+', 'green'];
    case 'remove_members':
    case 'deactivate':
    case 'delete':
      return ['-', 'red'];
    default:
      return ['~', 'yellow'];
  }
}

function detailsOf(action: PlanAction): string {
  switch (action.kind) {
    case 'create': {
      const names = ['userName', 'displayName'].flatMap((path) => {
        const value = action.after[path];
        return value === undefined || value === action.target.key ? [] : [`${path}: ${shown(value)}`];
      });
      return names.length === 0 ? '' : ` { ${names.join(', ')} }`;
    }
    case 'reactivate':
    case 'change':
    case 'rename': {
      const changes = action.operations.map(({ path = '' }) => {
        const [before, after] = [action.before[path], action.after[path]];
        return before === undefined && after === undefined ? path : `${path}: ${shown(before)} -> ${shown(after)}`;
      });
      return ` { ${changes.join(', ')} }`;
    }
    case 'add_members':
    case 'remove_members':
      return `: ${membersText(action.members)}${action.swap ? ' (change of group)' : ''}`;
    default:
      return '';
  }
}

function heldLines(held: readonly HeldAction[]): Line[] {
  /** Two entries of one person would be two lines that say the same. */
  const counts = new Map<string, { readonly remedy: string; count: number }>();
  for (const { kind, target, members, reason, ids = [], remedy } of held) {
    const who = members === undefined ? '' : `: ${membersText(members)}`;
    const which = ids.length === 0 ? '' : `, ${ids.length === 1 ? 'account' : 'accounts'} ${ids.join(', ')}`;
    const text = `! held: ${verbs[kind]} ${named(target)}${who} (${reason})${which}`;
    const known = counts.get(text);
    if (known === undefined) counts.set(text, { remedy, count: 1 });
    else known.count += 1;
  }
  return [...counts].flatMap(([text, { remedy, count }]) => [
    { text: count === 1 ? text : `${text}, ${count} times`, colour: 'yellow' as const },
    { text: `  ${remedy}` },
  ]);
}

function membersText(members: readonly PlannedMember[]): string {
  return members.map(({ key }) => key).join(', ');
}

/** On one line, and without what a terminal would obey. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replace(unicodePattern('[\\p{Cc}\\p{Cf}\\u2028\\u2029]'), '\u00b7');
}
