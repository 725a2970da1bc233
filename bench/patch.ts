// Applying a PATCH with the input untouched, beside scim-patch with `mutateDocument: false`.
// Interleaved rounds, medians; trust ratios, not times.
import '../scripts/resolve-sources.ts';
import { scimPatch } from 'scim-patch';

const { applyPatch } = await import('../src/scim/patch/apply.ts');

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const meta = { resourceType: 'User', created: '2026-01-01T00:00:00Z', lastModified: '2026-01-15T12:00:00Z' };
const user = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE],
  id: '2819c223-7f76-453a-919d-413861904646',
  externalId: '701984',
  userName: 'mira.sol@north.example',
  displayName: 'Mira Sol',
  name: { givenName: 'Mira', familyName: 'Sol' },
  title: 'Tour Guide',
  active: true,
  emails: [
    { value: 'mira.sol@north.example', type: 'work', primary: true },
    { value: 'mira@example.org', type: 'home' },
  ],
  [ENTERPRISE]: { department: 'R&D', employeeNumber: '17', manager: { value: '26118915' } },
  meta,
};
const members = Array.from({ length: 10_000 }, (_, n) => ({ value: `user-${n}`, display: `User ${n}`, type: 'User' }));
const group = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
  id: 'e9e30dba-f08f-4109-8486-d5c6a331660a',
  displayName: 'Tour Guides',
  members,
  meta,
};

/** As it comes off the wire: texts put together in a program take longer to compare. */
const fromJson = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;
const emails = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ value: `mira.${n}@north.example`, type: `type-${n}` }));
const withEmails = (count: number) => ({ ...user, emails: emails(count) });
const users = new Map([10, 100].map((count) => [count, fromJson(withEmails(count))]));

interface Case {
  readonly what: string;
  readonly resource: object;
  readonly operations: readonly { op: string; path?: string; value?: unknown }[];
  readonly floor: number;
  /** The least work there is, a set and a copy of each member: so many times its time will do as well. */
  readonly byHand?: () => unknown;
}

const reversed = members.toReversed();

function replaceByHand(): unknown {
  const seen = new Set<string>();
  const kept: object[] = [];
  for (const member of reversed) if (seen.size !== seen.add(member.value).size) kept.push({ ...member });
  return { ...group, members: kept };
}

const onUser = (what: string, op: string, path: string | undefined, value?: unknown): Case => ({
  what,
  resource: user,
  operations: [{ op, ...(path === undefined ? {} : { path }), ...(value === undefined ? {} : { value }) }],
  floor: 6,
});
const onEmails = (count: number): Case[] => {
  const resource = users.get(count) ?? user;
  const filter = `emails[type eq "type-${count / 2}"]`;
  const changes: [string, Case['operations'][number]][] = [
    ['add one', { op: 'add', path: 'emails', value: [{ value: 'new@north.example', type: 'other' }] }],
    ['replace a sub-attribute by filter', { op: 'replace', path: `${filter}.value`, value: 'new@north.example' }],
    ['remove by filter', { op: 'remove', path: filter }],
    ['replace by two, without a path', { op: 'replace', value: { emails: emails(2) } }],
    ['replace by as many, without a path', { op: 'replace', value: { emails: emails(count).reverse() } }],
  ];
  return changes.map(([what, operation]) => ({
    what: `${count} e-mails: ${what}`,
    resource,
    operations: [fromJson(operation)],
    // All that there is given anew is checked value by value, and copied: the peer does neither.
    floor: what.includes('as many') ? 3.5 : 4,
  }));
};
const hundred = Array.from({ length: 100 }, (_, n) => n);
const adds = hundred.map((n) => ({ op: 'add', path: 'members', value: [{ value: `new-${n}` }] }));
const removes = hundred.map((n) => ({ op: 'remove', path: `members[value eq "user-${n * 97}"]` }));

const cases: Case[] = [
  onUser('replace active', 'replace', 'active', false),
  onUser('replace name.givenName', 'replace', 'name.givenName', 'X'),
  onUser('replace emails[type eq "work"].value', 'replace', 'emails[type eq "work"].value', 'new@north.example'),
  onUser('replace …:User:department', 'replace', `${ENTERPRISE}:department`, 'Ops'),
  onUser('replace two attributes without a path', 'replace', undefined, { displayName: 'M', active: false }),
  onUser('add nickName', 'add', 'nickName', 'M'),
  onUser('add emails', 'add', 'emails', [{ value: 'third@example.com', type: 'other' }]),
  onUser('remove title', 'remove', 'title'),
  onUser('remove emails[type eq "home"]', 'remove', 'emails[type eq "home"]'),
  ...onEmails(10),
  ...onEmails(100),
  {
    what: '10,000 members: rename the group',
    resource: group,
    operations: [{ op: 'replace', path: 'displayName', value: 'G' }],
    floor: 6,
  },
  { what: '10,000 members: add one', resource: group, operations: adds.slice(0, 1), floor: 10 },
  { what: '10,000 members: remove one by filter', resource: group, operations: removes.slice(50, 51), floor: 10 },
  { what: '10,000 members: 100 adds', resource: group, operations: adds, floor: 50 },
  { what: '10,000 members: 100 removes', resource: group, operations: removes, floor: 50 },
  {
    what: '10,000 members: replace all',
    resource: group,
    operations: [{ op: 'replace', path: 'members', value: reversed }],
    floor: 4,
    byHand: replaceByHand,
  },
];

function time(run: () => unknown, repeats: number): number {
  const start = performance.now();
  for (let repeat = 0; repeat < repeats; repeat += 1) run();
  return ((performance.now() - start) * 1000) / repeats;
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const applyOurs = ({ resource, operations }: Case) => applyPatch(resource, operations);
const applyTheirs = ({ resource, operations }: Case) =>
  scimPatch(resource as Parameters<typeof scimPatch>[0], operations as never, { mutateDocument: false });

// All of it first, so that no case pays for the compilation of code it shares with another.
for (const each of cases.filter(({ resource }) => resource !== group)) {
  time(() => applyOurs(each), 20_000);
  time(() => applyTheirs(each), 5_000);
}

const times = cases.map((each) => ({ each, mine: [] as number[], peers: [] as number[], hands: [] as number[] }));

function measure(isChosen: (each: Case) => boolean, rounds: number, ours: number, theirs: number): void {
  for (let round = 0; round < rounds; round += 1) {
    for (const { each, mine, peers, hands } of times.filter((row) => isChosen(row.each))) {
      mine.push(time(() => applyOurs(each), ours));
      peers.push(time(() => applyTheirs(each), theirs));
      if (each.byHand !== undefined) hands.push(time(each.byHand, ours));
    }
  }
}

// Short enough not to be interrupted, most of them, so that the median is their own time. The large group goes last:
// what a clone of it leaves behind is swept up in whatever runs next.
measure(({ resource }) => resource !== group, 101, 1_000, 300);
measure(({ resource }) => resource === group, 9, 5, 1);

const MOST_BY_HAND = 1.5;
const failures: string[] = [];
const rows = times.map(({ each: { what, floor }, mine, peers, hands }) => {
  const ratio = median(peers) / median(mine);
  const byHand = hands.length === 0 ? undefined : median(mine) / median(hands);
  const isNearHand = byHand !== undefined && byHand <= MOST_BY_HAND;
  if (ratio < floor && !isNearHand) failures.push(`${what}: ${ratio.toFixed(1)} times, and the floor is ${floor}`);
  return {
    what,
    'µs here': Number(median(mine).toFixed(2)),
    'µs scim-patch': Number(median(peers).toFixed(2)),
    'times faster': Number(ratio.toFixed(1)),
    floor,
    // Whichever is easier.
    ...(byHand === undefined ? {} : { 'or times by hand': Number(byHand.toFixed(2)), 'at most': MOST_BY_HAND }),
  };
});
console.table(rows);

for (const failure of failures) console.error(failure);
process.exitCode = failures.length === 0 ? 0 : 1;
