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

interface Case {
  readonly what: string;
  readonly resource: object;
  readonly operations: readonly { op: string; path?: string; value?: unknown }[];
  readonly floor: number;
}

const onUser = (what: string, op: string, path: string | undefined, value?: unknown): Case => ({
  what,
  resource: user,
  operations: [{ op, ...(path === undefined ? {} : { path }), ...(value === undefined ? {} : { value }) }],
  floor: 6,
});
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
for (const each of cases.filter(({ resource }) => resource === user)) {
  time(() => applyOurs(each), 20_000);
  time(() => applyTheirs(each), 5_000);
}

const times = cases.map((each) => ({ each, mine: [] as number[], peers: [] as number[] }));

function measure(isChosen: (each: Case) => boolean, rounds: number, ours: number, theirs: number): void {
  for (let round = 0; round < rounds; round += 1) {
    for (const { each, mine, peers } of times.filter((row) => isChosen(row.each))) {
      mine.push(time(() => applyOurs(each), ours));
      peers.push(time(() => applyTheirs(each), theirs));
    }
  }
}

// Short enough not to be interrupted, most of them, so that the median is their own time. The large group goes last:
// what a clone of it leaves behind is swept up in whatever runs next.
measure(({ resource }) => resource === user, 101, 1_000, 300);
measure(({ resource }) => resource === group, 9, 5, 1);

const failures: string[] = [];
const rows = times.map(({ each: { what, floor }, mine, peers }) => {
  const ratio = median(peers) / median(mine);
  if (ratio < floor) failures.push(`${what}: ${ratio.toFixed(1)} times, and the floor is ${floor}`);
  return {
    what,
    'µs here': Number(median(mine).toFixed(2)),
    'µs scim-patch': Number(median(peers).toFixed(2)),
    'times faster': Number(ratio.toFixed(1)),
    floor,
  };
});
console.table(rows);

for (const failure of failures) console.error(failure);
process.exitCode = failures.length === 0 ? 0 : 1;
