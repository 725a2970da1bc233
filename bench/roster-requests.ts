// How close a roster of 20,000 people, with what each cost in 30 days, comes to what its requests alone take, 8 at a time, and how much
// memory its process has. A second process answers over HTTP, 20 ms away, with what the emulator answered once. The floor, in a third,
// takes the same answers by bare `fetch`, and parses them. The two take turns.
//
// The limit of memory is about the same program in a container of 250 MiB, measured as its most resident memory, all rounds together: its
// heap, its buffers and Node's own code, which is more than a container counts. Node sets the limits of its heap by the memory it finds, and
// `asInContainer` is what Node 24 sets in a cgroup of 250 MiB: `heap_size_limit` of `v8.getHeapStatistics()` is 259 MiB both ways, which
// is more than there is, so that nothing but the need of the program keeps it below. Where memory is plenty (24 GiB), new objects may take
// 192 MiB before any is collected: what is resident then tells how lazy the collector may be, of the floor as well. It stands
// beside it, and has no limit: that would be one of V8's, and met by a flag.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import type { Taken } from './roster-requests/read.ts';
import type { Recorded } from './roster-requests/serve.ts';

const slowdown = 1.3;
const mostMebibytes = 250;
const asInContainer = ['--max-old-space-size=256', '--max-semi-space-size=1'];
const rounds = Number(process.argv[2] ?? 5);

const server = fork(new URL('./roster-requests/serve.ts', import.meta.url));
// What the other processes send is theirs to describe.
const [recorded] = (await once(server, 'message')) as [Recorded];
const given = JSON.stringify(recorded);
const openSide = (name: 'floor' | 'roster', flags: readonly string[] = []) => {
  const execArgv = [...process.execArgv, ...flags];
  const side = fork(new URL('./roster-requests/read.ts', import.meta.url), [name, given], { execArgv });
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
const contained = openSide('roster', asInContainer);
for (let round = 0; round < rounds; round++) await contained.read();
for (const one of [server, floor.side, roster.side, contained.side]) one.kill();

const ratio = roster.median('ms') / floor.median('ms');
console.table({
  requests: recorded.urls.length,
  'rows of COSTS': recorded.rows,
  'ms of the requests alone': floor.median('ms'),
  'ms of the roster': roster.median('ms'),
  'of the processor, ms of the requests alone': floor.median('cpuMs'),
  'of the processor, ms of the roster': roster.median('cpuMs'),
  'times the floor': Number(ratio.toFixed(2)),
  [`MiB at most, the roster, as in a container of ${mostMebibytes}`]: contained.most('mostMebibytes'),
  'MiB at most where memory is plenty, the roster': roster.most('mostMebibytes'),
  'MiB at most where memory is plenty, the requests alone': floor.most('mostMebibytes'),
  'MiB of the heap that are held': roster.most('heldMebibytes'),
  'programs that want a processor': Number((loadavg()[0] ?? 0).toFixed(1)),
});
const isRight = [...floor.taken, ...roster.taken, ...contained.taken].every((one) => one.isRight);
if (!isRight) console.error('What was read is not what it should be.');
const isSmall = contained.most('mostMebibytes') <= mostMebibytes;
process.exitCode = isRight && ratio <= slowdown && isSmall ? 0 : 1;
