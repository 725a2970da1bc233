import { Directory, type DirectorySnapshot } from './directory.js';

/** Shows the directory as it was a while ago, as a read replica that lags behind does. */
export class StaleView {
  readonly #live: Directory;
  readonly #now: () => number;
  readonly #lagMs: number;
  #writes: readonly { readonly at: number; readonly before: DirectorySnapshot }[] = [];

  constructor(live: Directory, now: () => number, lagMs: number) {
    this.#live = live;
    this.#now = now;
    this.#lagMs = lagMs;
  }

  /** To be called before each write. */
  beforeWrite(): void {
    if (this.#lagMs > 0) this.#writes = [...this.#recent(), { at: this.#now(), before: this.#live.snapshot() }];
  }

  /** What a read sees now. */
  read(): Directory {
    const [oldest] = this.#recent();
    if (oldest === undefined) return this.#live;
    const past = new Directory(this.#now, () => '');
    past.restore(oldest.before);
    return past;
  }

  #recent() {
    return this.#writes.filter(({ at }) => at > this.#now() - this.#lagMs);
  }
}
