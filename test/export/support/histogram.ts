/** Values by their steps: of millions, as few as are different. */
export class Histogram {
  readonly #step: number;
  readonly #counts = new Map<number, number>();
  #count = 0;
  most = 0;

  constructor(step: number) {
    this.#step = step;
  }

  add(value: number): void {
    const at = Math.floor(value / this.#step);
    this.#counts.set(at, (this.#counts.get(at) ?? 0) + 1);
    this.#count += 1;
    this.most = Math.max(this.most, value);
  }

  /** The value below which this part of all are. */
  at(part: number): number {
    let below = 0;
    for (const [at, count] of [...this.#counts].sort(([one], [other]) => one - other)) {
      below += count;
      if (below >= part * this.#count) return (at + 1) * this.#step;
    }
    return 0;
  }

  summary() {
    return { p50: this.at(0.5), p99: this.at(0.99), most: this.most };
  }
}
