import { type Sample, type Way, ways } from './ways.ts';

/** Everything measured once. */
export interface Round {
  readonly samples: ReadonlyMap<Way, Sample>;
  /** The checked reader over a quarter of the body. */
  readonly quarter: Sample;
}

/** Prints what the rounds found, and says whether every floor holds. */
export function report(megabytes: number, rounds: readonly Round[]): boolean {
  const median = (of: (round: Round) => number) =>
    rounds.map(of).sort((a, b) => a - b)[Math.floor(rounds.length / 2)] ?? Number.NaN;
  const ratio = (of: (round: Round) => number) => Number(median(of).toFixed(2));

  const rows = Object.keys(ways).map((name) => {
    const of = (round: Round) => sampleOf(round, name as Way);
    return {
      way: name,
      ms: Math.round(median((round) => of(round).ms)),
      'of floor': ratio((round) => of(round).ms / floorMs(round)),
      'peak RSS MiB': Math.round(median((round) => of(round).rssMiB)),
      'of draining': ratio((round) => of(round).rssMiB / drain(round).rssMiB),
    };
  });
  console.log(`${megabytes} MB, ${rounds.length} rounds`);
  console.table(rows);

  const floors = [
    {
      what: 'time without a check, of the floor',
      is: ratio((round) => sampleOf(round, 'reader').ms / floorMs(round)),
      atMost: 1.15,
    },
    {
      what: 'time with the default check, of the floor',
      is: ratio((round) => checked(round).ms / floorMs(round)),
      atMost: 1.25,
    },
    {
      what: 'time with the default check, of the fastest peer',
      is: ratio((round) => checked(round).ms / fastestPeerMs(round)),
      atMost: 1,
    },
    { what: 'peak RSS, of draining', is: ratio((round) => checked(round).rssMiB / drain(round).rssMiB), atMost: 1.2 },
    {
      what: 'peak RSS, of the same over a quarter of the size',
      is: ratio((round) => checked(round).rssMiB / round.quarter.rssMiB),
      atMost: 1.2,
    },
  ].map((floor) => ({ ...floor, holds: floor.is <= floor.atMost }));
  console.table(floors);
  return floors.every(({ holds }) => holds);
}

function sampleOf({ samples }: Round, way: Way): Sample {
  const sample = samples.get(way);
  if (sample === undefined) throw new Error(`${way} was not measured`);
  return sample;
}

const drain = (round: Round) => sampleOf(round, 'drain only');
const checked = (round: Round) => sampleOf(round, 'reader and envelope check');
const floorMs = (round: Round) => drain(round).ms + sampleOf(round, 'decode and parse only').ms;
const fastestPeerMs = (round: Round) =>
  Math.min(...(['stream-json', 'ndjson', 'split2'] as const).map((way) => sampleOf(round, way).ms));
