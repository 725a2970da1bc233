// Memory of a roster of 100,000 people in one workspace and 5,000 groups: `node --expose-gc bench/roster.ts [people]`.
// What is held is measured by the heap after a collection: before reading, at the first person, and at the last.
// And how close a roster of 20,000 people, by an Admin key, 20 ms away, comes to what its requests alone take, 8 at a time.
import '../scripts/resolve-sources.ts';

const { connect, parseConnectionConfig } = await import('../src/index.js');
const { createEmulator, personOf, seedGroups, seedUsers } = await import('../src/testing/index.js');

const people = Number(process.argv[2] ?? 100_000);
// With the users of the directory that wait, of which there are 25,000 at most.
const mostHeldBytes = 1_400;
const mostGrowthBytes = 400;
const { gc } = globalThis;
if (gc === undefined) throw new Error('Run with --expose-gc.');

const emulator = createEmulator({ world: 'empty' });
const workspaceId = '11111111-1111-4111-8111-111111111111';
const members = Array.from({ length: people }, (_none, number) => {
  const { email, givenName, familyName, userId } = personOf(number);
  const name = `${givenName} ${familyName}`;
  return { id: userId, email, name, created_at: 1_760_000_000 + number, role: 'standard-user', status: 'active' };
});
emulator.store.workspaces.add(
  { id: workspaceId, name: 'Bench', organizationId: emulator.compliance.organizationId },
  members,
);
const memberIds = seedUsers(emulator, people);
seedGroups(emulator, people / 20, { memberIds, membersPerGroup: 20 });

const config = parseConnectionConfig(emulator.connectionConfig({ workspaceIds: workspaceId }));
await using connection = connect(config, {
  fetch: emulator.fetch,
  scim: { rateLimit: false },
  auditLogs: { rateLimit: false },
});

const heap = () => {
  gc();
  return process.memoryUsage().heapUsed;
};
const before = heap();
const startMs = performance.now();
let atFirst = 0;
let firstMs = 0;
let count = 0;
let joined = 0;
for await (const person of connection.roster()) {
  if (count++ === 0) {
    firstMs = performance.now() - startMs;
    atFirst = heap();
  }
  if (person.source === 'both') joined++;
  if (count === people) break;
}
const atLast = heap();
const perPerson = (bytes: number) => Math.round(bytes / people);

console.table({
  'people joined': joined,
  'bytes held a person at the first': perPerson(atFirst - before),
  'bytes more a person at the last': perPerson(atLast - atFirst),
  'ms to the first': Math.round(firstMs),
  'people a second after it': Math.round(people / ((performance.now() - startMs - firstMs) / 1_000)),
});
const isSmall =
  joined === people && perPerson(atFirst - before) <= mostHeldBytes && perPerson(atLast - atFirst) <= mostGrowthBytes;

// Floors of the second part.
const slowdown = 1.3;
const mostMebibytes = 250;
const rounds = 3;
const atATime = 8;
const latencyMs = 20;

/** What the emulator answers to a roster of 20,000 people, by URL: recorded once, as the benchmark measures the library. */
async function record(): Promise<{
  readonly open: (fetch: typeof globalThis.fetch) => typeof connection;
  readonly answers: Map<string, string>;
}> {
  const world = createEmulator({ world: 'empty', admin: { quirks: { staleMembersMs: 0 } } });
  world.store.workspaces.add(
    { id: workspaceId, name: 'Bench', organizationId: world.compliance.organizationId },
    members.slice(0, 20_000),
  );
  const ids = seedUsers(world, 20_000);
  seedGroups(world, 1_000, { memberIds: ids, membersPerGroup: 20 });
  const form = parseConnectionConfig(
    world.connectionConfig({
      workspaceIds: workspaceId,
      complianceApiKey: world.compliance.keys.create({ workspaceId }),
    }),
  );
  const open = (fetch: typeof globalThis.fetch) =>
    connect(form, { fetch, scim: { rateLimit: false }, auditLogs: { rateLimit: false } });
  const answers = new Map<string, string>();
  const recording: typeof globalThis.fetch = async (input, init) => {
    const response = await world.fetch(input, init);
    answers.set(urlOf(input), await response.clone().text());
    return response;
  };
  for await (const _ of open(recording).roster());
  return { open, answers };
}

function urlOf(input: RequestInfo | URL): string {
  return input instanceof Request ? input.url : String(input);
}

async function bench(): Promise<boolean> {
  const { open, answers } = await record();
  const distantFetch: typeof globalThis.fetch = async (input) => {
    const body = answers.get(urlOf(input));
    await new Promise((resolve) => setTimeout(resolve, latencyMs));
    return new Response(body, {
      status: body === undefined ? 404 : 200,
      headers: { 'content-type': 'application/json' },
    });
  };
  const floorOf = async () => {
    const urls = [...answers.keys()];
    const lane = async () => {
      for (let url = urls.pop(); url !== undefined; url = urls.pop()) await (await distantFetch(url)).json();
    };
    await Promise.all(Array.from({ length: atATime }, lane));
  };
  let active = 0;
  const rosterOf = async () => {
    for await (const {
      status,
      workspaces: [account],
    } of open(distantFetch).roster())
      if (status === 'active' && account?.listedBy === 'admin' && account.seatType !== undefined) active++;
  };
  const timeOf = async (run: () => Promise<void>) => {
    const started = performance.now();
    await run();
    return performance.now() - started;
  };
  const median = (values: readonly number[]) => values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;
  await rosterOf();
  active = 0;
  const startHeap = heap();
  let peak = 0;
  const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().heapUsed - startHeap)), 10);
  const floors: number[] = [];
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    floors.push(await timeOf(floorOf));
    times.push(await timeOf(rosterOf));
  }
  clearInterval(watch);
  const ratio = median(times) / median(floors);
  const mebibytes = peak / 2 ** 20;
  console.table({
    requests: answers.size,
    'ms of the requests alone': Math.round(median(floors)),
    'ms of the roster': Math.round(median(times)),
    'times the floor': Number(ratio.toFixed(2)),
    'MiB at most': Math.round(mebibytes),
  });
  return active === 20_000 * rounds && ratio <= slowdown && mebibytes <= mostMebibytes;
}

const isFast = await bench();
process.exitCode = isSmall && isFast ? 0 : 1;
