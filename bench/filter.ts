// Reading a filter and asking it of resources, beside scim2-parse-filter, over thirty filters as clients send them; and
// how time grows with length. Interleaved rounds, medians; trust ratios, not times.
import '../scripts/resolve-sources.ts';
import { filter as peerMatcher, parse as peerParse } from 'scim2-parse-filter';

const { parseFilter } = await import('../src/scim/filter/parse.ts');
const { compileFilter } = await import('../src/scim/filter/match.ts');

const FLOORS = { parse: 4, match: 5, growth: 2.5 };
const ROUNDS = 101;

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const corpus = [
  'userName eq "bjensen"',
  'userName eq "mira.sol@north.example"',
  'externalId eq "701984"',
  'id eq "2819c223-7f76-453a-919d-413861904646"',
  'active eq true',
  'title pr',
  'name.familyName co "O\'Malley"',
  'userName sw "J"',
  'displayName eq "Engineering"',
  'emails.value eq "mira.sol@north.example"',
  'emails[type eq "work"]',
  'emails[type eq "work" and value eq "mira.sol@north.example"]',
  'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]',
  'members[value eq "2819c223-7f76-453a-919d-413861904646"]',
  'members.value eq "2819c223-7f76-453a-919d-413861904646"',
  'meta.lastModified gt "2011-05-13T04:42:34Z"',
  'meta.lastModified ge "2026-01-01T00:00:00Z" and meta.lastModified lt "2026-02-01T00:00:00Z"',
  'meta.resourceType eq "User"',
  'schemas eq "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"',
  'title pr and userType eq "Employee"',
  'title pr or userType eq "Intern"',
  'userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")',
  'userType ne "Employee" and not (emails co "example.com" or emails.value co "example.org")',
  'userType eq "Employee" and (emails.type eq "work")',
  `${ENTERPRISE}:department eq "R&D"`,
  `${ENTERPRISE}:manager.value eq "26118915-6090-4610-87e4-49d8ca9f808d"`,
  `${ENTERPRISE}:employeeNumber pr and active eq true`,
  'userName eq "a@example.com" or userName eq "b@example.com" or userName eq "c@example.com"',
  'active eq true and (userType eq "Employee" or userType eq "Contractor") and not (title co "Intern")',
  'displayName co "caf\\u00e9 \\"north\\""',
];

const users = [
  {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:User', ENTERPRISE],
    id: '2819c223-7f76-453a-919d-413861904646',
    externalId: '701984',
    userName: 'mira.sol@north.example',
    displayName: 'Mira Sol',
    name: { givenName: 'Mira', familyName: 'Sol' },
    userType: 'Employee',
    title: 'Tour Guide',
    active: true,
    emails: [
      { value: 'mira.sol@north.example', type: 'work', primary: true },
      { value: 'mira@example.org', type: 'home' },
    ],
    ims: [{ value: 'mira@foo.com', type: 'xmpp' }],
    [ENTERPRISE]: { department: 'R&D', employeeNumber: '17', manager: { value: '26118915' } },
    meta: { resourceType: 'User', created: '2026-01-01T00:00:00Z', lastModified: '2026-01-15T12:00:00Z' },
  },
  { id: '902c246b', userName: 'bare', active: false, meta: { resourceType: 'User' } },
];

const peerTests = corpus.map((text) => peerMatcher(peerParse(text)));
const tests = corpus.map((text) => compileFilter(text));

let matched = 0;

const subjects = {
  parse: {
    ours: () => {
      for (const text of corpus) parseFilter(text);
    },
    theirs: () => {
      for (const text of corpus) peerParse(text);
    },
  },
  match: {
    ours: () => {
      for (const test of tests) for (const user of users) if (test(user)) matched += 1;
    },
    theirs: () => {
      for (const test of peerTests) for (const user of users) if (test(user)) matched += 1;
    },
  },
};

function time(run: () => unknown, repeats: number): number {
  const start = performance.now();
  for (let repeat = 0; repeat < repeats; repeat += 1) run();
  return ((performance.now() - start) * 1e6) / repeats;
}

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

// All of it first, so that no round pays for compilation.
for (const { ours, theirs } of Object.values(subjects)) {
  time(ours, 2_000);
  time(theirs, 500);
}

const failures: string[] = [];
const rows = Object.entries(subjects).map(([name, { ours, theirs }]) => {
  const mine: number[] = [];
  const peers: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    mine.push(time(ours, 100));
    peers.push(time(theirs, 20));
  }
  const calls = name === 'parse' ? corpus.length : corpus.length * users.length;
  const floor = name === 'parse' ? FLOORS.parse : FLOORS.match;
  const ratio = median(peers) / median(mine);
  if (ratio < floor) failures.push(`${name}: ${ratio.toFixed(1)} times, and the floor is ${floor}`);
  return {
    what: name,
    'ns here': Math.round(median(mine) / calls),
    'ns scim2-parse-filter': Math.round(median(peers) / calls),
    'times faster': Number(ratio.toFixed(1)),
    floor,
  };
});
console.table(rows);
if (matched === 0) failures.push('nothing matched, so that nothing was measured');

const terms = (count: number) => Array.from({ length: count }, (_, n) => `a${n} eq "x${n}"`).join(' and ');
const groups = (count: number) => Array.from({ length: count }, (_, n) => `(a${n} pr or b eq "${n}")`).join(' and ');
const inputs: Record<string, (half: boolean) => string> = {
  '10,000 terms': (half) => terms(half ? 5_000 : 10_000),
  '10,000 terms in groups of two': (half) => groups(half ? 2_500 : 5_000),
  '100,000 characters of text': (half) => `a eq "${'x'.repeat(half ? 50_000 : 100_000)}"`,
  '100,000 characters of escapes': (half) => `a eq "${'\\n'.repeat(half ? 25_000 : 50_000)}"`,
  '100,000 characters, refused at the end': (half) => `${terms(half ? 2_500 : 5_000)} and a is "x"`,
};

function attempt(text: string): void {
  try {
    compileFilter(parseFilter(text));
  } catch {
    // A refusal takes its time, too.
  }
}

console.table(
  Object.entries(inputs).map(([what, make]) => {
    const [small, large] = [make(true), make(false)];
    time(() => attempt(large), 25);
    time(() => attempt(small), 25);
    const halves: number[] = [];
    const wholes: number[] = [];
    for (let round = 0; round < 41; round += 1) {
      halves.push(time(() => attempt(small), 2));
      wholes.push(time(() => attempt(large), 2));
    }
    const growth = median(wholes) / median(halves);
    if (growth >= FLOORS.growth) failures.push(`${what}: ${growth.toFixed(2)} times the time for twice the input`);
    return {
      what,
      ms: Number((median(wholes) / 1e6).toFixed(2)),
      'for twice the input': Number(growth.toFixed(2)),
      ceiling: FLOORS.growth,
    };
  }),
);

for (const failure of failures) console.error(failure);
process.exitCode = failures.length === 0 ? 0 : 1;
