import type { JournalEntry, JournalIntent } from './journal.js';
import type { PlanActionKind, PlannedMember, PlanTarget } from './plan.js';

/** Something that a plan has done, or may have done, by its journal. */
export interface Deed {
  readonly kind: PlanActionKind;
  readonly target: PlanTarget;
  /** Whether it was seen to be done; otherwise nobody knows. */
  readonly isDone: boolean;
  /** By path, what was there before. */
  readonly before: Readonly<Record<string, unknown>>;
  /** Of members: whose membership was changed. */
  readonly members: readonly PlannedMember[];
  /** Digest of what was read back. */
  readonly seen: string | undefined;
}

interface Story {
  readonly intents: JournalIntent[];
  /** The last word on it. */
  end: Extract<JournalEntry, { type: 'receipt' | 'failure' }> | undefined;
  /** Ids of members who were seen to be changed by any run. */
  readonly changed: Map<string, PlannedMember>;
}

/** What was done, in the order of its beginning. What was found to be so already, and what was refused, is none. */
export function deedsIn(entries: readonly JournalEntry[]): readonly Deed[] {
  const stories = new Map<string, Story>();
  for (const entry of entries) {
    if (entry.type === 'intent') {
      const story: Story = stories.get(entry.action) ?? { intents: [], end: undefined, changed: new Map() };
      stories.set(entry.action, story);
      story.intents.push(entry);
      story.end = undefined;
    } else if (entry.type === 'receipt' || entry.type === 'failure') {
      const story = stories.get(entry.action);
      if (story === undefined) continue;
      story.end = entry;
      for (const { id, key, outcome } of entry.members ?? []) {
        if (outcome === 'done' && id !== undefined) story.changed.set(id, { id, key });
      }
    }
  }
  return [...stories.values()].flatMap(deedsOf);
}

function deedsOf({ intents, end, changed }: Story): readonly Deed[] {
  const [first] = intents;
  if (first === undefined) return [];
  const { kind, before = {} } = first;
  const target = end?.target ?? first.target;
  const seen = end?.seen;
  const common = { kind, target, before, seen, members: [] };
  const isOpen = end === undefined || end.outcome === 'unknown';
  if (kind !== 'add_members' && kind !== 'remove_members') {
    if (isOpen) return [{ ...common, isDone: false }];
    return isDone(end) ? [{ ...common, isDone: true }] : [];
  }
  const open = unsettledOf(intents, end, changed);
  return [
    ...(changed.size === 0 ? [] : [{ ...common, isDone: true, members: [...changed.values()] }]),
    ...(open.length === 0 ? [] : [{ ...common, isDone: false, members: open }]),
  ];
}

/** Whether it is there by what was sent: what was refused, and is `already` so afterwards, somebody else has done. */
function isDone({ outcome }: NonNullable<Story['end']>): boolean {
  return outcome === 'done' || outcome === 'partial';
}

/** Members who were sent, and of whom nothing else is known. */
function unsettledOf(
  intents: readonly JournalIntent[],
  end: Story['end'],
  changed: ReadonlyMap<string, PlannedMember>,
): readonly PlannedMember[] {
  const known = new Map((end?.members ?? []).map(({ id, outcome }) => [id, outcome]));
  const sent = new Map(intents.flatMap(({ members = [] }) => members.map((member) => [member.id, member] as const)));
  return [...sent.values()].filter(({ id = '' }) => {
    const outcome = known.get(id);
    return !changed.has(id) && (outcome === undefined || outcome === 'unknown');
  });
}
