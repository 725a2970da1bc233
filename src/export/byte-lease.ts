import { checkList, read } from '../errors/check-options.js';
import { storeFailed } from '../errors/export-error.js';
import { InputError } from '../errors/input-errors.js';
import { isRecord } from '../internal/json.js';
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
    async write(rows, checkpoint) {
      checkByteRows(rows);
      return told(`Writing to ${where}`, () => lease.write(rows, checkpoint));
    },
    renew: () => told(`Renewing the lease in ${where}`, () => lease.renew()),
    release: () => told(`Giving back the lease in ${where}`, () => lease.release()),
  };
}

/** Of each, what is written as bytes needs: their texts are not made for it. */
function checkByteRows(rows: unknown): void {
  const wrong = read('`rows`', () => {
    checkList('rows', rows);
    return rows.findIndex((row) => !isByteRow(row));
  });
  if (wrong === -1) return;
  throw new InputError(`\`rows[${wrong}]\` is no event as sinks take it.`, { path: ['rows', wrong] });
}

function isByteRow(row: unknown): boolean {
  if (!isRecord(row)) return false;
  const { bytes, eventType, fileId, line, principal, timestamp } = row;
  const isNamed = typeof eventType === 'string' && typeof fileId === 'string' && Number.isSafeInteger(line);
  const isTimed = timestamp === undefined || typeof timestamp === 'string';
  return isNamed && isTimed && bytes instanceof Uint8Array && isRecord(principal) && typeof principal.id === 'string';
}
