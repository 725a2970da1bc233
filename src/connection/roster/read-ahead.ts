/**
 * Reads pages while nobody takes them yet, until so many rows wait, so that two lists are read at the same time. Of each row that is
 * kept what `keep` makes of it.
 */
export class ReadAhead<Sent, Row = Sent> {
  readonly #waiting: (readonly Row[])[] = [];
  readonly #most: number;
  readonly #signal: AbortSignal;
  #rows = 0;
  #state: 'reading' | 'ended' | { readonly error: unknown } = 'reading';
  #isClosed = false;
  #onRoom: (() => void) | undefined;
  #onPage: (() => void) | undefined;

  constructor(
    pages: AsyncIterable<{ readonly items: readonly Sent[] }>,
    keep: (row: Sent) => Row,
    most: number,
    signal: AbortSignal,
  ) {
    this.#most = most;
    this.#signal = signal;
    // It keeps what fails for whoever takes the pages.
    void this.#read(pages, keep);
  }

  /** The pages, in turn. @throws What reading them failed with, after the pages before it. */
  async *pages(): AsyncGenerator<readonly Row[], void, undefined> {
    for (;;) {
      // What was read before an abort is not handed out after it.
      this.#signal.throwIfAborted();
      const page = this.#waiting.shift();
      if (page !== undefined) {
        this.#rows -= page.length;
        this.#onRoom?.();
        yield page;
      } else if (this.#state === 'reading') {
        await new Promise<void>((resolve) => {
          this.#onPage = resolve;
        });
      } else if (this.#state === 'ended') return;
      else throw this.#state.error;
    }
  }

  /** Nobody will take any more. What is under way is the caller's to abort. */
  close(): void {
    this.#isClosed = true;
    this.#onRoom?.();
  }

  async #read(pages: AsyncIterable<{ readonly items: readonly Sent[] }>, keep: (row: Sent) => Row): Promise<void> {
    try {
      for await (const { items } of pages) {
        this.#waiting.push(items.map(keep));
        this.#rows += items.length;
        this.#onPage?.();
        while (this.#rows >= this.#most && !this.#isClosed) {
          await new Promise<void>((resolve) => {
            this.#onRoom = resolve;
          });
        }
        if (this.#isClosed) break;
      }
      this.#state = 'ended';
    } catch (error) {
      this.#state = { error };
    }
    this.#onPage?.();
  }
}
