// zod/mini beside classic zod: bytes of a first schema, and the time to check one SCIM user.
// The record behind docs/decisions/0003-zod-mini-inside.md. Interleaved rounds, medians; trust ratios, not times.
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import * as classic from 'zod';
import * as mini from 'zod/mini';

const user = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  id: '2819c223-7f76-453a-919d-413861904646',
  userName: 'bjensen@example.com',
  name: { formatted: 'Ms. Barbara J Jensen', familyName: 'Jensen', givenName: 'Barbara' },
  active: true,
  emails: [
    { value: 'bjensen@example.com', type: 'work', primary: true },
    { value: 'babs@example.org', type: 'home' },
  ],
  groups: [{ value: 'e9e30dba-f08f-4109-8486-d5c6a331660a', display: 'Tour Guides' }],
  meta: { resourceType: 'User', created: '2010-01-23T04:56:22Z', version: 'W/"a330bc54f0671c9"' },
  'urn:example:unknown': { kept: true },
};

const miniText = () => mini.nullish(mini.string());
const miniUser = mini.looseObject({
  schemas: mini.optional(mini.array(mini.string())),
  id: mini.string(),
  userName: miniText(),
  name: mini.optional(mini.looseObject({ formatted: miniText(), familyName: miniText(), givenName: miniText() })),
  active: mini.optional(mini.boolean()),
  emails: mini.optional(
    mini.array(mini.looseObject({ value: miniText(), type: miniText(), primary: mini.optional(mini.boolean()) })),
  ),
  groups: mini.optional(mini.array(mini.looseObject({ value: miniText(), display: miniText() }))),
  meta: mini.optional(mini.looseObject({ resourceType: miniText(), created: miniText(), version: miniText() })),
});
const classicText = () => classic.string().nullish();
const classicUser = classic.looseObject({
  schemas: classic.array(classic.string()).optional(),
  id: classic.string(),
  userName: classicText(),
  name: classic
    .looseObject({ formatted: classicText(), familyName: classicText(), givenName: classicText() })
    .optional(),
  active: classic.boolean().optional(),
  emails: classic
    .array(classic.looseObject({ value: classicText(), type: classicText(), primary: classic.boolean().optional() }))
    .optional(),
  groups: classic.array(classic.looseObject({ value: classicText(), display: classicText() })).optional(),
  meta: classic.looseObject({ resourceType: classicText(), created: classicText(), version: classicText() }).optional(),
});

/** The same check by hand, as a floor. */
function isUser(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { id, userName, active, emails, groups } = value as Record<string, unknown>;
  const isObject = (item: unknown) => typeof item === 'object' && item !== null;
  return (
    typeof id === 'string' &&
    (userName == null || typeof userName === 'string') &&
    (active === undefined || typeof active === 'boolean') &&
    (emails === undefined || (Array.isArray(emails) && emails.every(isObject))) &&
    (groups === undefined || (Array.isArray(groups) && groups.every(isObject)))
  );
}

const text = JSON.stringify(user);
const subjects: Record<string, () => unknown> = {
  'JSON.parse of the user': () => JSON.parse(text),
  'a guard by hand': () => isUser(user),
  'zod/mini': () => miniUser.safeParse(user).success || fail(),
  zod: () => classicUser.safeParse(user).success || fail(),
};

function fail(): never {
  throw new Error('The user does not fit the schema');
}

const perRound = 5_000;
const rounds = 15;
const times = new Map<string, number[]>(Object.keys(subjects).map((name) => [name, []]));
for (let round = 0; round < rounds + 3; round += 1) {
  for (const [name, run] of Object.entries(subjects)) {
    const start = performance.now();
    for (let index = 0; index < perRound; index += 1) run();
    if (round >= 3) times.get(name)?.push(((performance.now() - start) * 1e6) / perRound);
  }
}

const median = (values: readonly number[]) =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
console.table(Object.fromEntries([...times].map(([name, all]) => [name, { 'ns per user': Math.round(median(all)) }])));

async function gzippedKb(contents: string): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: 'esm',
    write: false,
  });
  return gzipSync(outputFiles[0]?.contents ?? '').byteLength / 1000;
}

const sizes = {
  'zod/mini, a first object': await gzippedKb(
    "import * as z from 'zod/mini'; console.log(z.looseObject({ id: z.string() }).parse({}));",
  ),
  'zod, a first object': await gzippedKb(
    "import * as z from 'zod'; console.log(z.looseObject({ id: z.string() }).parse({}));",
  ),
  'zod by `import { z }`': await gzippedKb(
    "import { z } from 'zod'; console.log(z.looseObject({ id: z.string() }).parse({}));",
  ),
};
console.table(
  Object.fromEntries(Object.entries(sizes).map(([name, kb]) => [name, { 'kB gzipped': Number(kb.toFixed(1)) }])),
);
process.exitCode = sizes['zod/mini, a first object'] < sizes['zod, a first object'] / 2 ? 0 : 1;
