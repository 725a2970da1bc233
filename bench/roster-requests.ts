// How close a roster of 20,000 people, with what each cost in 30 days, comes to what its requests alone take, 8 at a time, and how much
// memory its process has. A second process answers over HTTP, 20 ms away, with what the emulator answered once. The floor, in a third,
// takes the same answers by bare `fetch`, and parses them. The two take turns.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import type { Taken } from './roster-requests/read.ts';
import type { Recorded } from './roster-requests/serve.ts';

const slowdown = 1.3;
const mostMebibytes = 250;
const rounds = Number(process.argv[2] ?? 5);

const server = fork(new URL('./roster-requests/serve.ts', import.meta.url));
// What the other processes send is theirs to describe.
const [recorded] = (await once(server, 'message')) as [Recorded];
const given = JSON.stringify(recorded);
const openSide = (name: 'floor' | 'roster') => {
  const side = fork(new URL('./roster-requests/read.ts', import.meta.url), [name, given]);
  const taken: Taken[] = [];
  const read = async () => {
    side.send('read');
    const [answer] = (await once(side, 'message')) as [Taken];
    taken.push(answer);
  };
  const median = (of: 'ms' | 'cpuMs') =>
    Math.round(taken.map((one) => one[of]).toSorted((one, other) => one - other)[taken.length >> 1] ?? 0);
  const most = (of: 'mostMebibytes' | 'heldMebibytes') => Math.max(...taken.map((one) => one[of]));
  return { side, taken, read, median, most };
};

const floor = openSide('floor');
const roster = openSide('roster');
for (let round = 0; round < rounds; round++) {
  await floor.read();
  await roster.read();
}
for (const one of [server, floor.side, roster.side]) one.kill();

const ratio = roster.median('ms') / floor.median('ms');
console.table({
  requests: recorded.urls.length,
  'rows of COSTS': recorded.rows,
  'ms of the requests alone': floor.median('ms'),
  'ms of the roster': roster.median('ms'),
  'of the processor, ms of the requests alone': floor.median('cpuMs'),
  'of the processor, ms of the roster': roster.median('cpuMs'),
  'times the floor': Number(ratio.toFixed(2)),
  'MiB at most, the requests alone': floor.most('mostMebibytes'),
  'MiB at most, the roster': roster.most('mostMebibytes'),
  'MiB of the heap that are held': roster.most('heldMebibytes'),
  'programs that want a processor': Number((loadavg()[0] ?? 0).toFixed(1)),
});
const isRight = [...floor.taken, ...roster.taken].every((one) => one.isRight);
if (!isRight) console.error('What was read is not what it should be.');
process.exitCode = isRight && ratio <= slowdown && roster.most('mostMebibytes') <= mostMebibytes ? 0 : 1;
