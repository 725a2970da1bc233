import { availableParallelism, loadavg } from 'node:os';
import type { Sample } from './reading.ts';
import type { Store } from './ways.ts';

/** Everything measured once; what was left out is not there. */
export interface Round {
  readonly reading: Sample;
  readonly stores: ReadonlyMap<Store, StoreSamples>;
}

export interface StoreSamples {
  readonly ours: Sample;
  readonly floor: Sample;
  readonly peer?: Sample;
}

/** Prints what the rounds found, and says whether every floor holds. */
export function report(megabytes: number, rounds: readonly Round[], stores: readonly Store[]): boolean {
  const median = (of: (round: Round) => number) =>
    rounds.map(of).sort((one, other) => one - other)[Math.floor(rounds.length / 2)] ?? Number.NaN;
  const all = (of: (round: Round) => number) => rounds.map((round) => of(round).toFixed(2)).join(' ');
  const ratio = (of: (round: Round) => number) => Number(median(of).toFixed(2));
  const [ms, cpuMs] = [({ ms }: Sample) => ms, ({ cpuMs }: Sample) => cpuMs];
  const noSample: Sample = { ms: Number.NaN, cpuMs: Number.NaN, events: Number.NaN };

  const times: Record<string, string | number>[] = [];
  const add = (way: string, of: (round: Round) => Sample) =>
    times.push({
      way,
      ms: Math.round(median((round) => ms(of(round)))),
      'CPU ms': Math.round(median((round) => cpuMs(of(round)))),
      'each round, s': rounds.map((round) => (ms(of(round)) / 1_000).toFixed(1)).join(' '),
    });
  add('events() alone', ({ reading }) => reading);

  const floors = stores.map((store) => {
    const { name, peerName, mostOfFloor, leastTimesFaster } = store;
    const of = (round: Round): StoreSamples => {
      const samples = round.stores.get(store);
      if (samples === undefined) throw new Error(`${name} was not measured`);
      return samples;
    };
    const ofFloor = (measure: (sample: Sample) => number) => (round: Round) =>
      measure(of(round).ours) / (measure(round.reading) + measure(of(round).floor));
    const ofPeer = (measure: (sample: Sample) => number) => (round: Round) =>
      measure(of(round).peer ?? noSample) / measure(of(round).ours);
    add(`${name}: exportLogs`, (round) => of(round).ours);
    add(`${name}: the same from memory`, (round) => of(round).floor);
    const hasPeer = rounds.every((round) => of(round).peer !== undefined);
    if (hasPeer) add(`${name}: ${peerName}`, (round) => of(round).peer ?? noSample);
    const isAbove = ratio(ofFloor(ms)) > mostOfFloor;
    const isSlow = hasPeer && ratio(ofPeer(ms)) < leastTimesFaster;
    return {
      store: name,
      'of the floor': ratio(ofFloor(ms)),
      'at most': mostOfFloor,
      'each round': all(ofFloor(ms)),
      'by CPU time': ratio(ofFloor(cpuMs)),
      'times faster': ratio(ofPeer(ms)),
      'at least': leastTimesFaster,
      'than, by CPU time': ratio(ofPeer(cpuMs)),
      '': isAbove ? 'ABOVE the floor' : isSlow ? 'SLOWER than asked for' : '',
    };
  });
  console.log(`${megabytes} MB, ${rounds.length} rounds; the floor is events() alone plus the same from memory`);
  const load = loadavg()
    .map((one) => one.toFixed(1))
    .join(', ');
  console.log(`${availableParallelism()} cores; load in the last 1, 5 and 15 minutes: ${load}`);
  console.table(times);
  console.table(floors);
  return floors.every((floor) => floor[''] === '');
}
