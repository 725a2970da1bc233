// How fast the emulator is: enough that a test suite spends its time on the code under test. Fails below its floor.
import { createEmulator, seedUsers } from 'chatgpt-enterprise-sdk/testing';

const floors = { readsPerSecond: 20_000, slowdownOfFilter: 3 };

function world(users: number) {
  const emulator = createEmulator({ world: 'empty', maxRecordedRequests: 100 });
  const ids = seedUsers(emulator, users);
  const { baseUrl, token } = emulator.scim;
  const init = { headers: { authorization: `Bearer ${token}` } };
  const get = async (path: string) => (await emulator.fetch(`${baseUrl}${path}`, init)).text();
  return { emulator, ids, get };
}

async function perSecond(count: number, run: (index: number) => Promise<unknown>): Promise<number> {
  const started = performance.now();
  for (let index = 0; index < count; index++) await run(index);
  return (count * 1000) / (performance.now() - started);
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;
}

const before = process.memoryUsage().heapUsed;
const startedAt = performance.now();
const large = world(100_000);
const seconds = (performance.now() - startedAt) / 1000;
globalThis.gc?.();
const megabytes = (process.memoryUsage().heapUsed - before) / 1e6;
const small = world(1_000);

const read = (index: number) => large.get(`/Users/${large.ids[(index * 7919) % large.ids.length]}`);
const lookUp = ({ emulator, get, ids }: typeof large, index: number) => {
  const user = emulator.store.users.get(ids[(index * 7919) % ids.length] ?? '');
  return get(`/Users?count=100&filter=${encodeURIComponent(`userName eq "${user?.userName}"`)}`);
};

await perSecond(20_000, read);
const reads: number[] = [];
const lookUps: number[] = [];
const lookUpsOfSmall: number[] = [];
const floor: number[] = [];
for (let round = 0; round < 5; round++) {
  floor.push(await perSecond(10_000, async () => (await answer(new Request('https://a.test/1'))).text()));
  reads.push(await perSecond(10_000, read));
  lookUps.push(await perSecond(3_000, (index) => lookUp(large, index)));
  lookUpsOfSmall.push(await perSecond(3_000, (index) => lookUp(small, index)));
}

// What a Request and a Response cost by themselves, with nothing between them.
async function answer(_request: Request): Promise<Response> {
  return new Response('{}', { headers: { 'content-type': 'application/json' } });
}

const slowdown = median(lookUpsOfSmall) / median(lookUps);
console.table({
  'a Request and a Response, nothing else': { 'per second': Math.round(median(floor)) },
  'GET /Users/{id} of 100,000': { 'per second': Math.round(median(reads)) },
  'userName eq, of 1,000': { 'per second': Math.round(median(lookUpsOfSmall)) },
  'userName eq, of 100,000': { 'per second': Math.round(median(lookUps)) },
});
console.log(`100,000 users: made in ${seconds.toFixed(2)} s, ${megabytes.toFixed(0)} MB`);
console.log(`the same filter among 100 times as many users: ${slowdown.toFixed(2)} times as slow`);

const isSlow = median(reads) < floors.readsPerSecond;
const isLinear = slowdown > floors.slowdownOfFilter;
if (isSlow) console.error(`GET /Users/{id}: below ${floors.readsPerSecond} a second`);
if (isLinear) console.error(`userName eq: the time grows with the directory`);
process.exitCode = isSlow || isLinear ? 1 : 0;
