// Events a second of toOcsf and toEcs, beside mappings by hand that give the same result for the same records (a test says so).
// Judged by the careful one, which promises what the library promises: no address and no content that was not asked for,
// wherever it stands, and in ECS no value of another type than its field takes. Shown beside it is the careless one, which
// looks at nothing that it was not written for: what these promises cost. Interleaved rounds; ratios are taken within a round,
// and their medians are judged.
//   node bench/normalize.ts [rounds]
import '../scripts/resolve-sources.ts';
import { ecsByHand } from './normalize/ecs-by-hand.ts';
import { ecsByHandCarefully } from './normalize/ecs-by-hand-careful.ts';
import { ocsfByHand } from './normalize/ocsf-by-hand.ts';
import { ocsfByHandCarefully } from './normalize/ocsf-by-hand-careful.ts';
import { sampleRecords } from './normalize/records.ts';

const { toEcs } = await import('../src/normalize/ecs/to-ecs.ts');
const { toOcsf } = await import('../src/normalize/ocsf/to-ocsf.ts');

type Mapping = (record: Readonly<Record<string, unknown>>) => unknown;
const ways = ['library', 'careful', 'careless'] as const;

const rounds = Number(process.argv[2] ?? '31');
const least = 0.7;
/** So many times all samples, one after the other, each time. */
const repeats = 2_000;

// The samples are events; that they were read from JSON is all that the types do not know.
const mappings: Readonly<Record<string, Readonly<Record<(typeof ways)[number], Mapping>>>> = {
  toOcsf: { library: (record) => toOcsf(record as never), careful: ocsfByHandCarefully, careless: ocsfByHand },
  toEcs: { library: (record) => toEcs(record as never), careful: ecsByHandCarefully, careless: ecsByHand },
};

/** Kept, so that nothing that was made can be left undone. */
let last: unknown;

function eventsPerSecond(map: Mapping): number {
  const start = performance.now();
  for (let repeat = 0; repeat < repeats; repeat += 1) {
    for (const record of sampleRecords) last = map(record);
  }
  return (repeats * sampleRecords.length * 1_000) / (performance.now() - start);
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? Number.NaN;
}

const rows = Object.entries(mappings).map(([name, mapping]) => {
  // Warm.
  for (const way of ways) eventsPerSecond(mapping[way]);
  const measured = Array.from({ length: rounds }, (_, round) => {
    const perSecond = { library: 0, careful: 0, careless: 0 };
    // In turns, so that none always comes after the same one.
    for (let turn = 0; turn < ways.length; turn += 1) {
      const way = ways[(round + turn) % ways.length] ?? 'library';
      perSecond[way] = eventsPerSecond(mapping[way]);
    }
    return perSecond;
  });
  const ratioTo = (way: 'careful' | 'careless') =>
    Number(median(measured.map((round) => round.library / round[way])).toFixed(2));
  return {
    mapping: name,
    'events a second': Math.round(median(measured.map(({ library }) => library))),
    'by hand': Math.round(median(measured.map(({ careful }) => careful))),
    'of that': ratioTo('careful'),
    'at least': least,
    'of a careless one': ratioTo('careless'),
  };
});
console.log(`${sampleRecords.length} records, ${rounds} rounds of ${repeats} times each`);
console.table(rows);
if (last === undefined) throw new Error('Nothing was mapped.');
process.exitCode = rows.every((row) => row['of that'] >= least) ? 0 : 1;
