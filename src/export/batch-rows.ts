import { searchable } from '../audit-logs/line-bytes.js';
import type { LineBatch } from '../audit-logs/reading/lines.js';
import { type Columns, LineRow } from './line-row.js';

const newline = 0x0a;

/**
 * Makes rows of batches, whose bytes stay as they are until the next but one is made: so that a batch is written while the next
 * one is read, from memory that its log file is read into. Two pieces of memory take turns, since new memory costs more than to
 * copy what is in it.
 */
export class BatchRows {
  readonly #decoder = new TextDecoder();
  #memory: Uint8Array = new Uint8Array(0);
  #other: Uint8Array = new Uint8Array(0);

  of({ lines, runs }: Pick<LineBatch<Columns>, 'lines' | 'runs'>): readonly LineRow[] {
    const length = runs.reduce((sum, { byteOffset, endOffset }) => sum + endOffset - byteOffset + 1, 0);
    const memory = this.#take(length);
    const rows: LineRow[] = [];
    let at = 0;
    for (const { bytes, byteOffset, first, count } of runs) {
      memory.set(bytes, at);
      // With the end that each line of a run has, several lines can be written as one.
      memory[at + bytes.length] = newline;
      for (const line of lines.slice(first, first + count)) {
        const start = at + line.byteOffset - byteOffset;
        rows.push(new LineRow(line, memory.subarray(start, at + line.endOffset - byteOffset), this.#decoder));
      }
      at += bytes.length + 1;
    }
    return rows;
  }

  #take(length: number): Uint8Array {
    const memory = this.#other.length >= length ? this.#other : searchable(new Uint8Array(length + (length >> 1)));
    [this.#memory, this.#other] = [memory, this.#memory];
    return memory;
  }
}
