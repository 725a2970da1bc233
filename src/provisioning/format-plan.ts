import { checkObject, checkOptions, type OptionNames, read } from '../errors/check-options.js';
import type { DirectoryPlan, HeldAction, PlanAction, PlanActionKind, PlanBrake, PlannedMember } from './plan.js';

/** How a plan is printed. */
export interface FormatPlanOptions {
  /** Colours for a terminal: give `process.stdout.isTTY`. @default false */
  readonly color?: boolean | undefined;
}

const optionNames: OptionNames<FormatPlanOptions> = { color: true };

type Paint = (text: string, colour: 'green' | 'red' | 'yellow' | 'bold') => string;

const codes = { green: 32, red: 31, yellow: 33, bold: 1 } as const;

/**
 * A plan for people, like a diff: first how many of what, then the limits that it goes beyond, one line for each change (`+`
 * gives, `-` takes away, `~` changes, `!` is held, `?` is not permitted), and what to know. It names people: it is for a
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
  const paint: Paint = (text, colour) => (color ? `\u001b[${codes[colour]}m${text}\u001b[0m` : text);
  const sections = [
    [...headOf(plan, paint)],
    plan.brakes.flatMap((brake) => brakeLines(brake, paint)),
    plan.actions.flatMap((action) => actionLines(action, paint)),
    plan.held.flatMap((held) => heldLines(held, paint)),
    plan.notes.map(({ message }) => `Note: ${message}`),
    [`Hash: ${plan.hash}`],
  ];
  return sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
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

function* headOf(plan: DirectoryPlan, paint: Paint): Generator<string, void> {
  const { totals, notPermitted, held, actions } = plan;
  const counts = Object.entries(totals.actions)
    .filter(([, count]) => count > 0)
    // The keys are those of the counts.
    .map(([kind, count]) => `${count} ${verbs[kind as PlanActionKind]}`);
  const what = actions.length === 0 ? 'Nothing to do.' : `${actionsText(actions.length)}: ${counts.join(', ')}.`;
  yield paint(what, 'bold');
  const groups = totals.desiredGroups > 0 ? `, ${totals.desiredGroups} groups` : '';
  yield `${totals.desiredUsers} users${groups} desired; ${totals.liveUsers} users in the directory, ${totals.activeManaged} of them active and managed; ${totals.unchangedUsers} as they should be.`;
  yield `${totals.removals} people lose something. ${totals.mails} invitations are mailed. ${held.length} held.`;
  if (notPermitted.count > 0) {
    const boxes = notPermitted.missing.map((one) => (one === 'provisioning' ? '"Provisioning"' : '"Deprovisioning"'));
    yield `${actionsText(notPermitted.count)} not permitted: ${boxes.join(' and ')} not ticked in the connection form.`;
  }
  if (plan.unmanaged !== undefined && plan.unmanaged.count > 0) {
    yield `${plan.unmanaged.count} members of the workspace are not in the directory: remove these by hand, where they should go.`;
  }
  yield `Read from ${plan.readFrom} to ${plan.readTo}, from ${plan.connection.host}.`;
}

const actionsText = (count: number) => (count === 1 ? '1 action' : `${count} actions`);

function brakeLines({ name, limit, found, message, remedy }: PlanBrake, paint: Paint): string[] {
  return [
    paint(`STOP ${name}: ${numberText(found)}, and the limit is ${numberText(limit)}. ${message}`, 'red'),
    `  ${remedy}`,
  ];
}

/** A share as percent. */
function numberText(value: number): string {
  return Number.isInteger(value) ? String(value) : `${Math.round(value * 1_000) / 10} %`;
}

function actionLines(action: PlanAction, paint: Paint): string[] {
  const [sign, colour] = signOf(action);
  const whole = `${sign} ${verbs[action.kind]} ${shown(action.target.key)}${detailsOf(action)}`;
  if (action.permitted) return [paint(whole, colour)];
  return [paint(`? ${whole} (not permitted)`, 'yellow')];
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

function heldLines({ kind, target, members, reason, ids = [], remedy }: HeldAction, paint: Paint): string[] {
  const who = members === undefined ? '' : `: ${membersText(members)}`;
  const which = ids.length === 0 ? '' : `, ${ids.length === 1 ? 'account' : 'accounts'} ${ids.map(shown).join(', ')}`;
  return [paint(`! held: ${verbs[kind]} ${shown(target.key)}${who} (${reason})${which}`, 'yellow'), `  ${remedy}`];
}

const mostNamed = 5;

function membersText(members: readonly PlannedMember[]): string {
  const names = members.slice(0, mostNamed).map(({ key }) => shown(key));
  const others = members.length - names.length;
  return `${names.join(', ')}${others > 0 ? ` and ${others} more` : ''}`;
}

/** On one line, and without what a terminal would obey. */
function shown(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '\u00b7');
}
