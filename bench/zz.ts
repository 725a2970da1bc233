import '../scripts/resolve-sources.ts';
import { isDeepStrictEqual } from 'node:util';
import { ocsfByHand } from './normalize/ocsf-by-hand.ts';
import { sampleRecords } from './normalize/records.ts';

const { toOcsf } = await import('../src/normalize/ocsf/to-ocsf.ts');
for (const r of sampleRecords) {
  const a = toOcsf(r as never),
    b = ocsfByHand(r);
  if (!isDeepStrictEqual(JSON.parse(JSON.stringify(a)), JSON.parse(JSON.stringify(b))))
    console.log('DIFF', JSON.stringify(a), '\n', JSON.stringify(b));
}
let last: unknown;
const run = (f: (r: never) => unknown) => {
  const s = performance.now();
  for (let i = 0; i < 8000; i++) for (const r of sampleRecords) last = f(r as never);
  return (64000 * 1000) / (performance.now() - s);
};
run(toOcsf as never);
run(ocsfByHand as never);
const ratios: number[] = [];
let x = 0,
  y = 0;
for (let i = 0; i < 15; i++) {
  x = run(toOcsf as never);
  y = run(ocsfByHand as never);
  ratios.push(x / y);
}
ratios.sort();
console.log(Math.round(x), Math.round(y), ratios[7]?.toFixed(2), last === undefined);
