import type { LogSink, SinkLease } from '../../../src/export/sink.js';
import { leaseLost } from '../../../src/export/sink.js';
import type { Clock } from '../../../src/internal/clock.js';

/**
 * A sink under the rules of every sink that keeps of an event one bit: whether it is there. Ten thousand workspaces have
 * seventeen million events in a day.
 */
export class CountingSink implements LogSink {
  readonly isUniqueByEventId = true;
  readonly counts = { added: 0, repeated: 0, takenOver: 0, refused: 0, held: 0 };
  readonly #clock: Clock;
  readonly #files: number;
  readonly #onAdded: (workspace: number, type: number, number: number, nowMs: number) => void;
  readonly #keys = new Map<string, KeyState>();

  /** For so many files of each of three types, each of at most eight events. */
  constructor(
    clock: Clock,
    files: number,
    onAdded: (workspace: number, type: number, number: number, nowMs: number) => void,
  ) {
    this.#clock = clock;
    this.#files = files;
    this.#onAdded = onAdded;
  }

  async lease(key: string, ttlMs: number): Promise<SinkLease | undefined> {
    const nowMs = this.#clock.now();
    const state = this.#keys.get(key) ?? this.#newKey();
    this.#keys.set(key, state);
    if (state.expiresAtMs > nowMs) {
      this.counts.held += 1;
      return undefined;
    }
    if (state.expiresAtMs > 0) this.counts.takenOver += 1;
    state.fence += 1;
    state.expiresAtMs = nowMs + ttlMs;
    return this.#open(key, state, state.fence, ttlMs);
  }

  erase = async () => ({ erased: 0 });
  prune = async () => ({ removed: 0 });

  #newKey(): KeyState {
    return { fence: 0, expiresAtMs: 0, checkpoint: undefined, seen: new Uint8Array(3 * this.#files) };
  }

  #open(key: string, state: KeyState, fence: number, ttlMs: number): SinkLease {
    const check = () => {
      if (state.fence === fence) return;
      this.counts.refused += 1;
      throw leaseLost(key);
    };
    return {
      key,
      fence,
      checkpoint: async () => {
        check();
        return state.checkpoint === undefined ? undefined : JSON.parse(state.checkpoint);
      },
      write: async (rows, checkpoint) => {
        check();
        const nowMs = this.#clock.now();
        let added = 0;
        for (const { eventId } of rows) {
          const [workspace = 0, type = 0, number = 0, event = 0] = eventId.split('_').slice(1).map(Number);
          const at = type * this.#files + number;
          const bit = 1 << event;
          if (((state.seen[at] ?? 0) & bit) !== 0) continue;
          state.seen[at] = (state.seen[at] ?? 0) | bit;
          added += 1;
          this.#onAdded(workspace, type, number, nowMs);
        }
        this.counts.added += added;
        this.counts.repeated += rows.length - added;
        state.checkpoint = JSON.stringify(checkpoint);
        state.expiresAtMs = nowMs + ttlMs;
        return { added };
      },
      renew: async () => {
        check();
        state.expiresAtMs = this.#clock.now() + ttlMs;
      },
      release: async () => {
        if (state.fence === fence) state.expiresAtMs = 0;
      },
    };
  }
}

interface KeyState {
  fence: number;
  expiresAtMs: number;
  checkpoint: string | undefined;
  /** A bit for each event of each file. */
  readonly seen: Uint8Array;
}
