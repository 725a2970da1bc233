// Memory of a roster of 100,000 people in one workspace and 5,000 groups: `node --expose-gc bench/roster.ts [people]`.
// What is held is measured by the heap after a collection: before reading, at the first person, and at the last.
// How fast one is, and how much memory its process takes: roster-requests.ts.
import '../scripts/resolve-sources.ts';

const { connect, parseConnectionConfig } = await import('../src/index.js');
const { createEmulator, personOf, seedGroups, seedUsers } = await import('../src/testing/index.js');

const people = Number(process.argv[2] ?? 100_000);
// With the users of the directory that wait, of which there are 10,000 at most.
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
process.exitCode = isSmall ? 0 : 1;
