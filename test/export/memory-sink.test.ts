import { memorySink } from '../../src/export/memory-sink.js';
import { createFakeClock } from '../support/fake-clock.js';
import { testSink } from './support/sink-contract.js';

testSink(
  'memory',
  async () => {
    const clock = createFakeClock(Date.UTC(2026, 10, 20));
    const sink = memorySink({ clock });
    return {
      open: () => sink,
      raws: async () => sink.events.map(({ raw }) => raw),
      everything: async () => JSON.stringify(sink.events),
      now: () => clock.now(),
      passTime: (ms) => clock.advance(ms),
    };
  },
  // As JavaScript would call it.
  { openWithUnknownOption: () => memorySink({ clocks: 1 } as never) },
);
