// How close a walk through 20,000 users comes to what the round trips alone cost, and that it keeps nothing but ids.
// Fails below its floors.
import '../scripts/resolve-sources.ts';

const { ScimClient } = await import('../src/scim/client.js');

const users = 20_000;
const perPage = 100;
const latencyMs = 20;
const rounds = 3;
const floors = { sequentialToRoundTrips: 1.2, prefetchSpeedup: 5.5, bytesPerUser: 200 };

/** A page as a server sends it, made once: the benchmark measures the client. */
function page(startIndex: number, count: number, total: number): string {
  const size = Math.max(0, Math.min(count, total - startIndex + 1));
  const rows = Array.from({ length: size }, (_, offset) => {
    const name = `person.${startIndex + offset}`;
    return {
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
      id: `directory_user_${String(startIndex + offset).padStart(20, '0')}`,
      userName: `${name}@north.example`,
      name: { givenName: 'Person', familyName: name },
      emails: [{ value: `${name}@north.example`, type: 'work', primary: true }],
      active: true,
      meta: { resourceType: 'User', created: '2026-01-01T00:00:00Z' },
    };
  });
  return JSON.stringify({ totalResults: total, startIndex, itemsPerPage: size, Resources: rows });
}

// For the round trips alone, and for a walk whose pages overlap by a row.
const pages = new Map<string, string>();
for (const step of [perPage, perPage - 1]) {
  for (let startIndex = 1; startIndex <= users; startIndex += step) {
    pages.set(String(startIndex), page(startIndex, perPage, users));
  }
}

/** A server 20 ms away. */
const distantFetch = (async (url: string) => {
  const body = pages.get(new URL(url).searchParams.get('startIndex') ?? '');
  await new Promise((resolve) => setTimeout(resolve, latencyMs));
  return new Response(body, { headers: { 'content-type': 'application/scim+json' } });
}) as typeof fetch;

const baseUrl = 'https://scim.example/v2';
const client = new ScimClient({ baseUrl, token: 'token', rateLimit: false, fetch: distantFetch });

async function timeOf(run: () => Promise<number>): Promise<number> {
  const started = performance.now();
  const seen = await run();
  if (seen !== users) throw new Error(`Walked through ${seen} of ${users} users.`);
  return performance.now() - started;
}

async function walk(prefetch: number): Promise<number> {
  let seen = 0;
  for await (const { userName } of client.users.iterate({ count: perPage, prefetch })) if (userName) seen += 1;
  return seen;
}

async function roundTrips(): Promise<number> {
  let seen = 0;
  for (let startIndex = 1; startIndex <= users; startIndex += perPage) {
    const response = await distantFetch(`${baseUrl}/Users?startIndex=${startIndex}&count=${perPage}`);
    seen += ((await response.json()) as { Resources: unknown[] }).Resources.length;
  }
  return seen;
}

const median = (values: readonly number[]) =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

await walk(8);
const times = { floor: [] as number[], sequential: [] as number[], prefetched: [] as number[] };
for (let round = 0; round < rounds; round += 1) {
  times.floor.push(await timeOf(roundTrips));
  times.sequential.push(await timeOf(() => walk(1)));
  times.prefetched.push(await timeOf(() => walk(8)));
}

/** Bytes held while a walk of this size is at its end. */
async function heldAfter(total: number): Promise<number> {
  const inProcess = new ScimClient({
    baseUrl,
    token: 'token',
    rateLimit: false,
    fetch: (async (url: string) => {
      const startIndex = Number(new URL(url).searchParams.get('startIndex'));
      return new Response(page(startIndex, perPage, total));
    }) as typeof fetch,
  });
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  let held = 0;
  for await (const { nextCursor } of inProcess.users.iterate({ count: perPage }).pages()) {
    if (nextCursor !== undefined) continue;
    globalThis.gc?.();
    held = process.memoryUsage().heapUsed - before;
  }
  return held;
}
await heldAfter(2_000);
const bytesPerUser = ((await heldAfter(100_000)) - (await heldAfter(20_000))) / 80_000;

const floor = median(times.floor);
const sequential = median(times.sequential);
const prefetched = median(times.prefetched);
console.table({
  'the round trips alone': { ms: Math.round(floor), ratio: '1' },
  'iterate()': { ms: Math.round(sequential), ratio: (sequential / floor).toFixed(2) },
  'iterate({ prefetch: 8 })': {
    ms: Math.round(prefetched),
    ratio: `${(sequential / prefetched).toFixed(2)} times faster`,
  },
});
console.log(
  `Held for each user at the end of a walk: ${Math.round(bytesPerUser)} bytes, the id and its place in a set.`,
);

const isAbove =
  sequential / floor <= floors.sequentialToRoundTrips &&
  sequential / prefetched >= floors.prefetchSpeedup &&
  bytesPerUser <= floors.bytesPerUser;
process.exitCode = isAbove ? 0 : 1;
