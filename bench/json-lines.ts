// One body of JSON Lines over loopback, read record by record: beside the floor, which is draining the body plus decoding
// and parsing its lines, each alone, and beside peers. Every measurement is a process of its own and rounds are
// interleaved; ratios are taken within a round, and the medians are printed and judged.
//   node bench/json-lines.ts [--megabytes 200] [--rounds 5]
import '../scripts/resolve-sources.ts';
import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { type Round, report } from './json-lines/report.ts';
import { serveRecords } from './json-lines/serve-records.ts';
import { isWay, type Sample, type Way, ways } from './json-lines/ways.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    megabytes: { type: 'string', default: process.env.BENCH_MEGABYTES ?? '200' },
    rounds: { type: 'string', default: process.env.BENCH_ROUNDS ?? '5' },
  },
});
const program = fileURLToPath(import.meta.url);
const [role, way = '', url = ''] = positionals;

if (role === 'serve') serveRecords();
else if (role === 'measure' && isWay(way)) console.log(JSON.stringify(await ways[way](url)));
else process.exitCode = (await compare(Number(values.megabytes), Number(values.rounds))) ? 0 : 1;

async function compare(megabytes: number, count: number): Promise<boolean> {
  const server = fork(program, ['serve']);
  const [port] = (await once(server, 'message')) as [number];
  const address = (size: number) => `http://127.0.0.1:${port}/?megabytes=${size}`;
  try {
    // So that the server has made its bodies before anything is measured.
    for (const size of [megabytes, megabytes / 4]) await fetch(address(size), { method: 'HEAD' });
    const rounds: Round[] = [];
    for (let index = 0; index < count; index += 1) {
      const samples = new Map<Way, Sample>();
      for (const name of Object.keys(ways).filter(isWay)) samples.set(name, await measure(name, address(megabytes)));
      rounds.push({ samples, quarter: await measure('reader and envelope check', address(megabytes / 4)) });
    }
    return report(megabytes, rounds);
  } finally {
    server.kill();
  }
}

/** One measurement in a process of its own, so that neither memory nor compiled code is inherited. */
async function measure(name: Way, from: string): Promise<Sample> {
  const { stdout } = await promisify(execFile)(process.execPath, [program, 'measure', name, from]);
  return JSON.parse(stdout) as Sample;
}
