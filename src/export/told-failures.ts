import { storeFailed } from '../errors/export-error.js';
import type { SinkLease } from './sink.js';

/** What a store throws may name whatever it likes: what is told is its code. */
export async function told<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw storeFailed(what, error);
  }
}

/** A lease as it is handed out. `where` is such as `the directory`. */
export function toldLease(lease: SinkLease, where: string): SinkLease {
  return {
    key: lease.key,
    fence: lease.fence,
    checkpoint: () => told(`Reading the checkpoint in ${where}`, () => lease.checkpoint()),
    write: (rows, checkpoint) => told(`Writing to ${where}`, () => lease.write(rows, checkpoint)),
    renew: () => told(`Renewing the lease in ${where}`, () => lease.renew()),
    release: () => told(`Giving back the lease in ${where}`, () => lease.release()),
  };
}
