import { Mistake } from './mistake.js';

/** Standard output. */
export class Output {
  readonly #stream: NodeJS.WriteStream;
  readonly #signal: AbortSignal;

  constructor(stream: NodeJS.WriteStream, signal: AbortSignal) {
    this.#stream = stream;
    this.#signal = signal;
    // Each write is told of its own failure.
    stream.on('error', () => {});
  }

  /** Whether a person looks at it, and not a program. */
  get isTerminal(): boolean {
    return this.#stream.isTTY === true;
  }

  /** Whether it shows colours, as far as `NO_COLOR`, `FORCE_COLOR` and `TERM` tell. */
  get hasColors(): boolean {
    return this.isTerminal && this.#stream.hasColors();
  }

  /**
   * Writes a text, and resolves when it was taken over: `false` where nobody reads any more, as behind `| head`. What is left to
   * be written is then of no use.
   *
   * @throws Mistake where it cannot be written, such as to a full disk; the reason of the signal.
   */
  async write(text: string): Promise<boolean> {
    if (text === '') return true;
    this.#signal.throwIfAborted();
    let abort = () => {};
    try {
      return await new Promise<boolean>((resolve, reject) => {
        abort = () => reject(this.#signal.reason);
        this.#signal.addEventListener('abort', abort, { once: true });
        this.#stream.write(text, (error) => {
          if (error === undefined || error === null) resolve(true);
          else if (readerIsGone(error)) resolve(false);
          else reject(new Mistake(`Standard output cannot be written: ${codeOf(error) ?? error.message}.`));
        });
      });
    } finally {
      this.#signal.removeEventListener('abort', abort);
    }
  }

  /** A text for people, and its end of line. */
  print(text: string): Promise<boolean> {
    return this.write(`${text}\n`);
  }

  /** One JSON text a line. */
  json(value: unknown): Promise<boolean> {
    return this.write(`${JSON.stringify(value)}\n`);
  }

  /**
   * Writes what comes one by one: as lines of JSON, many at a time; for a person as a table, at the end. Where nobody reads any
   * more, it ends.
   */
  async list<Item>(items: AsyncIterable<Item>, isTable: boolean, table: TableOf<Item>): Promise<void> {
    const rows: (readonly Cell[])[] = [];
    let text = '';
    for await (const item of items) {
      if (isTable) rows.push(table.cellsOf(item));
      else text += `${JSON.stringify(item)}\n`;
      if (text.length < longestText) continue;
      if (!(await this.write(text))) return;
      text = '';
    }
    if (isTable) await this.print(formatTable(table.headings, rows));
    else await this.write(text);
  }
}

const longestText = 32_768;

/** What a table shows of each item. */
export interface TableOf<Item> {
  readonly headings: readonly string[];
  readonly cellsOf: (item: Item) => readonly Cell[];
}

export type Cell = string | number | boolean | null | undefined;

function readerIsGone(error: Error): boolean {
  // The second write behind the one that failed finds the stream destroyed. Windows says `EOF`.
  return ['EPIPE', 'EOF', 'ERR_STREAM_DESTROYED'].includes(codeOf(error) ?? '');
}

/** The code that the system gave a failure. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Lines up rows under their headings. */
export function formatTable(headings: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const texts = [headings, ...rows].map((row) => row.map((cell) => onOneLine(String(cell ?? ''))));
  const widths = headings.map((_, column) => Math.max(...texts.map((row) => row[column]?.length ?? 0)));
  return texts
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/**
 * Names come from a server: a line break or an escape sequence in one must not change what the rest looks like, and two that
 * differ must not look alike. Only what joins letters, as some scripts and emoji need it, is left.
 */
function onOneLine(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/gu, '\ufffd');
}

/** Standard error. */
export class Progress {
  readonly #stream: NodeJS.WriteStream;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
    // Nothing depends on it.
    stream.on('error', () => {});
  }

  /** Shows how far something has come: one line that is written over, on a terminal only. */
  show(text: string): void {
    if (this.#stream.isTTY !== true) return;
    this.#stream.write(`\r\u001b[2K${text.slice(0, (this.#stream.columns || 80) - 1)}`);
  }

  /** Takes the line away again. */
  end(): void {
    if (this.#stream.isTTY === true) this.#stream.write('\r\u001b[2K');
  }

  /** Something to know, wherever it is read. */
  note(text: string): void {
    this.end();
    this.#stream.write(`${text}\n`);
  }
}

/** A number with its noun: `1 file`, `2 files`. */
export function countOf(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
