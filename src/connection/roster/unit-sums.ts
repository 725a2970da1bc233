import { addDecimals, type Decimal, digitsAtScale, zero } from '../../internal/decimal.js';

const firstCapacity = 1_024;
/** Of a finer fraction, a number would be full too soon: it is added apart, and the others stay as they are. */
const finestScale = 12;

/**
 * Sums of amounts of one unit, of each user by a number, exactly. There are tens of thousands of users and millions of amounts: all
 * are whole numbers of the finest fraction that came, in one array; what is beyond 2^53 of them is kept apart.
 */
export class UnitSums {
  #scale = 0;
  /** `NaN` where nothing was added, or what was is kept apart. */
  #digits: Float64Array = new Float64Array(firstCapacity).fill(Number.NaN);
  readonly #apart = new Map<number, Decimal>();

  add(user: number, value: Decimal): void {
    if (user >= this.#digits.length) this.#grow(user);
    if (value.scale > this.#scale && value.scale <= finestScale) this.#refine(value.scale);
    const more = value.scale > this.#scale ? undefined : digitsAtScale(value, this.#scale);
    const known = this.#digits[user] ?? Number.NaN;
    const sum = more === undefined || Number.isNaN(known) ? more : known + more;
    if (sum !== undefined && Number.isSafeInteger(sum) && !this.#apart.has(user)) this.#digits[user] = sum;
    else this.#keepApart(user, addDecimals(this.of(user) ?? zero, value));
  }

  /** What one user has of the unit; `undefined` where nothing was added, which is not zero. */
  of(user: number): Decimal | undefined {
    const digits = this.#digits[user] ?? Number.NaN;
    return Number.isNaN(digits) ? this.#apart.get(user) : { digits, scale: this.#scale };
  }

  #keepApart(user: number, sum: Decimal): void {
    this.#apart.set(user, sum);
    this.#digits[user] = Number.NaN;
  }

  #refine(scale: number): void {
    for (let user = 0; user < this.#digits.length; user++) {
      const sum = this.of(user);
      if (sum === undefined || this.#apart.has(user)) continue;
      const finer = digitsAtScale(sum, scale);
      if (finer === undefined) this.#keepApart(user, sum);
      else this.#digits[user] = finer;
    }
    this.#scale = scale;
  }

  #grow(user: number): void {
    const before = this.#digits;
    this.#digits = new Float64Array(Math.max(before.length * 2, user + 1)).fill(Number.NaN);
    this.#digits.set(before);
  }
}
