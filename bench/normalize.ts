// Events a second of toOcsf and toEcs, beside mappings by hand that give the same result for the same records (a test says so).
// The peers look at nothing that they were not written for; the library also looks for addresses and content in all else, and
// takes no value of another type. Processor time, so that what else the machine does counts for neither. Interleaved rounds;
// ratios are taken within a round, and their medians are judged.
//   node bench/normalize.ts [rounds]
import '../scripts/resolve-sources.ts';
import { ecsByHand } from './normalize/ecs-by-hand.ts';
import { ocsfByHand } from './normalize/ocsf-by-hand.ts';
import { sampleRecords } from './normalize/records.ts';

const { toEcs } = await import('../src/normalize/ecs/to-ecs.ts');
const { toOcsf } = await import('../src/normalize/ocsf/to-ocsf.ts');

type Mapping = (record: Readonly<Record<string, unknown>>) => unknown;
const ways = ['library', 'byHand'] as const;

const rounds = Number(process.argv[2] ?? '31');
const least = 0.7;
/** So many times all samples, one after the other, each time. */
const repeats = 2_000;

// The samples are events; that they were read from JSON is all that the types do not know.
const mappings: Readonly<Record<string, Readonly<Record<(typeof ways)[number], Mapping>>>> = {
  toOcsf: { library: (record) => toOcsf(record as never), byHand: ocsfByHand },
  toEcs: { library: (record) => toEcs(record as never), byHand: ecsByHand },
};

/** Kept, so that nothing that was made can be left undone. */
let last: unknown;

function eventsPerSecond(map: Mapping): number {
  const before = process.cpuUsage();
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    for (const record of sampleRecords) last = map(record);
  }
  const { user, system } = process.cpuUsage(before);
  return (repeats * sampleRecords.length * 1_000_000) / (user + system);
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

const rows = Object.entries(mappings).map(([name, mapping]) => {
  // Warm.
  for (const way of ways) eventsPerSecond(mapping[way]);
  const measured = Array.from({ length: rounds }, (_, round) => {
    const perSecond = { library: 0, byHand: 0 };
    // In turns, so that none always comes after the other.
    for (const way of round % 2 === 0 ? ways : ways.toReversed()) perSecond[way] = eventsPerSecond(mapping[way]);
    return perSecond;
  });
  const ratio = Number(median(measured.map(({ library, byHand }) => library / byHand)).toFixed(2));
  return {
    mapping: name,
    'events a second': Math.round(median(measured.map(({ library }) => library))),
    'by hand': Math.round(median(measured.map(({ byHand }) => byHand))),
    'of that': ratio,
    'at least': least,
    verdict: ratio >= least ? 'ABOVE' : 'below',
  };
});
console.log(`${sampleRecords.length} records, ${rounds} rounds of ${repeats} times each`);
console.table(rows);
if (last === undefined) throw new Error('Nothing was mapped.');
process.exitCode = rows.every((row) => row.verdict === 'ABOVE') ? 0 : 1;
