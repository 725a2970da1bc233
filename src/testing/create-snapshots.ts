import type { Emulator, EmulatorSnapshot } from './emulator.js';

/** A part of the world that can be kept and brought back. */
interface Keepable {
  snapshot(): unknown;
  /** Takes what its own `snapshot` gave. */
  restore(kept: never): void;
}

/** Something that only makes sense within one world: cursors, signed URLs, counts. */
interface Passing {
  clear(): void;
}

/** Keeps and brings back all parts of the world together. */
export function createSnapshots(
  parts: Readonly<Record<string, Keepable>>,
  passing: readonly Passing[],
): Pick<Emulator, 'snapshot' | 'restore'> {
  return {
    snapshot: () => {
      const kept = Object.entries(parts).map(([name, part]) => [name, part.snapshot()] as const);
      // Opaque on purpose: what is inside is nobody's business.
      return Object.fromEntries(kept) as unknown as EmulatorSnapshot;
    },
    restore: (snapshot) => {
      // Each part gets back what it gave under its own name.
      const kept = snapshot as unknown as Readonly<Record<string, never>>;
      for (const [name, part] of Object.entries(parts)) part.restore(kept[name] as never);
      for (const part of passing) part.clear();
    },
  };
}
