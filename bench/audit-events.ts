// 200 MB of log files read event by event by the client: listed, downloaded, verified by their hash, parsed; with nothing
// checked, and with the default check, de-duplication and checkpoints; beside the floor, which is draining the same files
// one by one plus hashing them plus decoding and parsing their lines, each alone. Every measurement is a process of its own
// and rounds are interleaved; ratios are taken within a round, and their medians are judged.
//   node bench/audit-events.ts [--megabytes 200] [--rounds 5]
import '../scripts/resolve-sources.ts';
import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { serveLogs } from './audit-events/serve-logs.ts';
import { isWay, type Sample, type Way, ways } from './audit-events/ways.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { megabytes: { type: 'string', default: '200' }, rounds: { type: 'string', default: '5' } },
});
const program = fileURLToPath(import.meta.url);
const [role, way = '', url = ''] = positionals;
const files = Number(values.megabytes) / 10;
const checked = 'client, by default, with a checkpoint every 500 events' satisfies Way;
const floors = { 'client, nothing checked': 1.15, [checked]: 1.25 };
/** The quarter holds the same few files at a time. */
const mostOfQuarter = 1.25;

if (role === 'serve') serveLogs(files);
else if (role === 'measure' && isWay(way)) console.log(JSON.stringify(await ways[way](url)));
else process.exitCode = (await compare(Number(values.rounds))) ? 0 : 1;

async function compare(count: number): Promise<boolean> {
  const server = fork(program, ['serve', '--megabytes', values.megabytes]);
  const [port] = (await once(server, 'message')) as [number];
  const rounds: { samples: Map<Way, Sample>; quarter: Sample }[] = [];
  try {
    for (let index = 0; index < count; index += 1) {
      const samples = new Map<Way, Sample>();
      for (const name of Object.keys(ways).filter(isWay)) samples.set(name, await measure(name, port, files));
      rounds.push({ samples, quarter: await measure(checked, port, files / 4) });
    }
  } finally {
    server.kill();
  }
  return report(rounds);
}

/** One measurement in a process of its own, so that neither memory nor compiled code is inherited. */
async function measure(name: Way, port: number, count: number): Promise<Sample> {
  const address = `http://127.0.0.1:${port}/${count}`;
  const { stdout } = await promisify(execFile)(process.execPath, [program, 'measure', name, address]);
  return JSON.parse(stdout) as Sample;
}

function report(rounds: readonly { samples: ReadonlyMap<Way, Sample>; quarter: Sample }[]): boolean {
  const median = (of: (round: (typeof rounds)[number]) => number) =>
    rounds.map(of).toSorted((one, other) => one - other)[Math.floor(rounds.length / 2)] ?? Number.NaN;
  type Round = (typeof rounds)[number];
  const sampleOf = ({ samples }: Round, way: Way) => samples.get(way) ?? { ms: Number.NaN, rssMiB: Number.NaN };
  const parts = ['drain only', 'hash only', 'decode and parse only'] as const;
  const floorMs = (round: Round) => parts.reduce((sum, way) => sum + sampleOf(round, way).ms, 0);
  const rows = Object.keys(ways)
    .filter(isWay)
    .map((way) => ({
      way,
      ms: Math.round(median((round) => sampleOf(round, way).ms)),
      'of the floor': Number(median((round) => sampleOf(round, way).ms / floorMs(round)).toFixed(2)),
      'at most': way in floors ? floors[way as keyof typeof floors] : undefined,
      'peak RSS MiB': Math.round(median((round) => sampleOf(round, way).rssMiB)),
    }));
  const ofQuarter = median(({ samples, quarter }) => (samples.get(checked)?.rssMiB ?? Number.NaN) / quarter.rssMiB);
  console.log(`${values.megabytes} MB, ${rounds.length} rounds`);
  console.table(rows);
  console.log(`Peak RSS of that over a quarter of the files: ${ofQuarter.toFixed(2)} (at most ${mostOfQuarter})`);
  return rows.every((row) => !(row['of the floor'] > (row['at most'] ?? Infinity))) && ofQuarter <= mostOfQuarter;
}
