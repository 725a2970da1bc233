// Events a second of toOcsf and toEcs, beside mappings of the same records that are written by hand and give the same result
// (a test says so), and look at nothing that they were not written for. Interleaved rounds; the ratio is taken within a round,
// and its median is judged.
//   node bench/normalize.ts [rounds]
import '../scripts/resolve-sources.ts';
import { ecsByHand } from './normalize/ecs-by-hand.ts';
import { sampleRecords } from './normalize/records.ts';

const { toEcs } = await import('../src/normalize/ecs/to-ecs.ts');

type Mapping = (record: Readonly<Record<string, unknown>>) => unknown;

const rounds = Number(process.argv[2] ?? '31');
const least = 0.7;
/** So many times all samples, one after the other, each time. */
const repeats = 4_000;

const pairs: Readonly<Record<string, { readonly library: Mapping; readonly byHand: Mapping }>> = {
  // The samples are events; that they were read from JSON is all that the types do not know.
  toEcs: { library: (record) => toEcs(record as never), byHand: ecsByHand },
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

const rows = Object.entries(pairs).map(([name, { library, byHand }]) => {
  // Warm.
  for (const map of [library, byHand]) eventsPerSecond(map);
  const measured = Array.from({ length: rounds }, (_, round) => {
    // In turns, so that neither always comes after the other.
    if (round % 2 === 0) return { library: eventsPerSecond(library), byHand: eventsPerSecond(byHand) };
    const first = eventsPerSecond(byHand);
    return { library: eventsPerSecond(library), byHand: first };
  });
  return {
    mapping: name,
    'events a second': Math.round(median(measured.map((round) => round.library))),
    'by hand': Math.round(median(measured.map((round) => round.byHand))),
    'of that': Number(median(measured.map((round) => round.library / round.byHand)).toFixed(2)),
    'at least': least,
  };
});
console.log(`${sampleRecords.length} records, ${rounds} rounds of ${repeats} times each`);
console.table(rows);
if (last === undefined) throw new Error('Nothing was mapped.');
process.exitCode = rows.every((row) => row['of that'] >= least) ? 0 : 1;
