import { searchable } from '../audit-logs/line-bytes.js';
import type { LineBatch } from '../audit-logs/reading/lines.js';
import { type Columns, LineRow, type RowMemory } from './line-row.js';

const newline = 0x0a;

/**
 * Makes rows of batches, whose bytes stay as they are until the next but one is made: so that a batch is written while the next
 * one is read, from memory that its log file is read into. Two pieces of memory take turns, since new memory costs more than to
 * copy what is in it.
 */
export class BatchRows {
  #memory: RowMemory = noMemory();
  #other: RowMemory = noMemory();

  of({ lines, runs }: Pick<LineBatch<Columns>, 'lines' | 'runs'>): readonly LineRow[] {
    const length = runs.reduce((sum, { byteOffset, endOffset }) => sum + endOffset - byteOffset + 1, 0);
    const memory = this.#take(length);
    const { bytes: space } = memory;
    const rows: LineRow[] = [];
    let at = 0;
    for (const { bytes, byteOffset, first, count } of runs) {
      space.set(bytes, at);
      // With the end that each line of a run has, several lines can be written as one.
      space[at + bytes.length] = newline;
      for (const line of lines.slice(first, first + count)) {
        const start = at + line.byteOffset - byteOffset;
        rows.push(new LineRow(line, space.subarray(start, at + line.endOffset - byteOffset), memory));
      }
      at += bytes.length + 1;
    }
    return rows;
  }

  #take(length: number): RowMemory {
    const { bytes, decoder } = this.#other;
    this.#other.isReused = true;
    const isEnough = bytes.length >= length;
    const space = isEnough ? bytes : searchable(new Uint8Array(length + (length >> 1)));
    const memory = { bytes: space, decoder, isReused: false };
    [this.#memory, this.#other] = [memory, this.#memory];
    return memory;
  }
}

function noMemory(): RowMemory {
  return { bytes: new Uint8Array(0), decoder: new TextDecoder(), isReused: false };
}
