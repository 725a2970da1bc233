import type { EventRow } from './event-row.js';

const newline = 0x0a;

/** Shorter runs are put together: a system call for each would take longer. */
const leastRun = 16_384;

const blockBytes = 262_144;

/**
 * The lines of some events, as a list of bytes to be written one behind the other. Events that stand one behind the other in
 * memory, as they stood in their log file, are not copied: a run of them is one view.
 */
export class EventLines {
  #parts: Uint8Array[] = [];
  #block = new Uint8Array(0);
  #blockStart = 0;
  #blockEnd = 0;
  #run: Run | undefined;

  add({ bytes }: EventRow): void {
    const { buffer, byteOffset, length } = bytes;
    const run = this.#run;
    const isSameMemory = run?.whole.buffer === buffer;
    if (isSameMemory && run.end + 1 === byteOffset && run.whole[run.end] === newline) {
      run.end += 1 + length;
      return;
    }
    this.#endRun();
    const whole = isSameMemory ? run.whole : new Uint8Array(buffer);
    this.#run = { whole, start: byteOffset, end: byteOffset + length };
  }

  /** Views that are good as long as those of the events are. */
  take(): readonly Uint8Array[] {
    this.#endRun();
    this.#endBlock();
    const parts = this.#parts;
    this.#parts = [];
    this.#block = new Uint8Array(0);
    [this.#blockStart, this.#blockEnd] = [0, 0];
    return parts;
  }

  #endRun(): void {
    const run = this.#run;
    if (run === undefined) return;
    this.#run = undefined;
    const hasEnd = run.whole[run.end] === newline;
    const bytes = run.whole.subarray(run.start, hasEnd ? run.end + 1 : run.end);
    if (bytes.length >= leastRun) {
      this.#endBlock();
      this.#parts.push(bytes);
    } else this.#copy(bytes);
    if (!hasEnd) this.#copy(newlineBytes);
  }

  #copy(bytes: Uint8Array): void {
    if (this.#blockEnd + bytes.length > this.#block.length) {
      this.#endBlock();
      this.#block = new Uint8Array(blockBytes);
      [this.#blockStart, this.#blockEnd] = [0, 0];
    }
    this.#block.set(bytes, this.#blockEnd);
    this.#blockEnd += bytes.length;
  }

  #endBlock(): void {
    if (this.#blockEnd > this.#blockStart) this.#parts.push(this.#block.subarray(this.#blockStart, this.#blockEnd));
    this.#blockStart = this.#blockEnd;
  }
}

const newlineBytes = new Uint8Array([newline]);

/** Events that stand one behind the other. */
interface Run {
  readonly whole: Uint8Array;
  readonly start: number;
  end: number;
}

export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
