// How many requests each kind of change takes, on a directory in memory: these are counted, and not timed.
import { applyPlan, type DesiredUser, memoryJournal, planDirectory } from 'chatgpt-enterprise-sdk/provisioning';
import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
import { createEmulator } from 'chatgpt-enterprise-sdk/testing';

const each = 12;
const numbers = Array.from({ length: each }, (_none, number) => number);
const keyOf = (number: number) => `hr-${number}`;

function person(number: number, more: Partial<DesiredUser> = {}): DesiredUser {
  const mail = `person-${number}@north.example`;
  return { userName: mail, externalId: keyOf(number), title: 'Old', emails: [{ value: mail, primary: true }], ...more };
}

/** Members are numbers of people. */
type Groups = readonly (readonly [name: string, members: readonly number[]])[];

interface Kind {
  readonly name: string;
  /** What is there, beside those who stay. */
  readonly there?: readonly { readonly userName: string }[];
  readonly groups?: Groups;
  readonly wanted?: readonly DesiredUser[];
  readonly wantedGroups?: Groups;
  readonly removal?: 'delete';
}

const people = numbers.map((number) => person(number));
/** By them it is seen what filters the directory takes. */
const staying = numbers.map((number) => person(1_000 + number));
/** One that shows a member: else none is believed to be empty. */
const shown = ['Shown', [0]] as const;
const groupsWith = (membersOf: (number: number) => readonly number[]): Groups => [
  shown,
  ...numbers.map((number) => [`Team ${number}`, membersOf(number)] as const),
];

const kinds: readonly Kind[] = [
  { name: 'create', wanted: people },
  { name: 'reactivate', there: people.map((one) => ({ ...one, active: false })), wanted: people },
  { name: 'change', there: people, wanted: numbers.map((number) => person(number, { title: 'New' })) },
  {
    name: 'rename',
    there: people,
    wanted: numbers.map((number) => person(number, { userName: `renamed-${number}@north.example` })),
  },
  { name: 'deactivate', there: people },
  { name: 'delete', there: people, removal: 'delete' },
  {
    name: 'make a group with one member',
    there: people,
    groups: [shown],
    wanted: people,
    wantedGroups: groupsWith((number) => [number]),
  },
  {
    name: 'add one member to a group',
    there: people,
    groups: groupsWith(() => []),
    wanted: people,
    wantedGroups: groupsWith((number) => [number]),
  },
  {
    name: 'remove one member from a group',
    there: people,
    groups: groupsWith((number) => [number]),
    wanted: people,
    wantedGroups: groupsWith(() => []),
  },
  {
    name: 'change from one group to another',
    there: people,
    groups: groupsWith((number) => [number]),
    wanted: people,
    wantedGroups: groupsWith((number) => [(number + 1) % each]),
  },
];

/** Requests for each action, by kind, in the order of the table. */
export async function requestsByKind(mode: 'workos' | 'rfc'): Promise<ReadonlyMap<string, number>> {
  const costs = new Map<string, number>();
  for (const kind of kinds) costs.set(kind.name, await requestsOf(mode, kind));
  return costs;
}

async function requestsOf(mode: 'workos' | 'rfc', kind: Kind): Promise<number> {
  const { name, there = [], groups = [], wanted = [], wantedGroups = [], removal = 'deactivate' } = kind;
  const emulator = createEmulator({ world: 'empty', scim: { mode } });
  const ids = [...there, ...staying].map((user) => emulator.store.users.add({ active: true, ...user }));
  for (const [displayName, members] of groups) {
    emulator.store.groups.add({ displayName, members: members.map((number) => ({ value: ids[number] ?? '' })) });
  }
  const { baseUrl, token } = emulator.scim;
  let requests = 0;
  const client = new ScimClient({
    baseUrl,
    token,
    profile: mode,
    rateLimit: false,
    access: { provisioning: true, deprovisioning: true },
    fetch: (input, init) => {
      requests += 1;
      return emulator.fetch(input, init);
    },
  });
  const desired = {
    users: [...wanted, ...staying],
    groups: wantedGroups.map(([displayName, members]) => ({ displayName, members: members.map(keyOf) })),
  };
  const limits = { removals: 1_000, removalShare: 1, membersPerGroup: 1_000, minDesiredShare: 0 };
  const plan = await planDirectory(client, desired, { removal, limits, ownersUnknown: 'allow' });
  requests = 0;
  const { finished, totals } = await applyPlan(client, plan, { approve: plan.hash, journal: memoryJournal() });
  if (!finished || plan.actions.length < each) throw new Error(`${name}: ${JSON.stringify([plan.totals, totals])}`);
  return requests / plan.actions.length;
}
