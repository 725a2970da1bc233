import type { BrakeName, PlanBrake } from './plan.js';

const raise = 'look at the plan, and approve a higher limit for its hash';

export const brakeTexts: Readonly<Record<BrakeName, { readonly message: string; readonly remedy: string }>> = {
  removals: {
    message: 'More people would be deactivated, deleted or lose a group than the limit lets through.',
    remedy: `Find out why so many go at once. If that is right, ${raise} (\`removals\`).`,
  },
  removal_share: {
    message:
      'A larger share of the active people would be deactivated, deleted or lose a group than the limit lets through.',
    remedy: `Find out why so many go at once. If that is right, ${raise} (\`removalShare\`).`,
  },
  members_per_group: {
    message: 'A group would lose more members than the limit lets through.',
    remedy: `Compare the group with its source. If that is right, ${raise} (\`membersPerGroup\`).`,
  },
  empty_desired: {
    message: 'The desired state has no users. That is a failed export, and no order to remove everybody.',
    remedy: 'Repair the source, and plan again. No limit can be raised for this.',
  },
  desired_share: {
    message: 'The desired state has so few people that it was more likely cut short.',
    remedy: `Compare its length with the source. If that is right, ${raise} (\`minDesiredShare\`).`,
  },
  incomplete_list: {
    message: 'The directory could not be read whole: every removal and every creation is held.',
    remedy: 'Plan again. If it stays so, ask whoever runs the directory. No limit can be raised for this.',
  },
};

/** The limits that can be raised, as options. */
const optionsOf = {
  removals: 'removals',
  removal_share: 'removalShare',
  members_per_group: 'membersPerGroup',
  desired_share: 'minDesiredShare',
} as const;

type Raisable = keyof typeof optionsOf;

function isRaisable(name: BrakeName): name is Raisable {
  return Object.hasOwn(optionsOf, name);
}

/** Such as `removals (40, and the limit is 10)`. */
export function brakeText({ name, limit, found }: PlanBrake): string {
  if (!isRaisable(name)) return `${name} (${name === 'empty_desired' ? 'nobody is desired' : `${found} not whole`})`;
  return `${name} (${amountText(name, found)}, and the limit is ${amountText(name, limit)})`;
}

/** A number of people, members or lists; a share as percent. */
export function amountText(name: BrakeName, amount: number): string {
  const isShare = name === 'removal_share' || name === 'desired_share';
  return isShare ? `${Math.round(amount * 10_000) / 100} %` : String(amount);
}

/** What to do about all brakes of a plan: the limits to approve, those that were approved among them, or why none can be. */
export function releaseText(brakes: readonly PlanBrake[]): string {
  const final = brakes.filter(({ name }) => !isRaisable(name));
  if (final.length > 0) return final.map(({ name }) => brakeTexts[name].remedy).join(' ');
  const limits = brakes.flatMap(({ name, found }) =>
    isRaisable(name) ? [`${optionsOf[name]}: ${leastOf(name, found)}`] : [],
  );
  return `Find out why the plan goes beyond the limit. If that is right, approve for its hash \`limits: { plan: '…', ${limits.join(', ')} }\`, or set \`onBrake: 'additions-only'\` in the policy and plan again.`;
}

/** A limit that lets through what was found, with few digits. */
function leastOf(name: Raisable, found: number): number {
  if (name === 'desired_share') return Math.floor(found * 10_000) / 10_000;
  return name === 'removal_share' ? Math.min(1, Math.ceil(found * 10_000) / 10_000) : found;
}
