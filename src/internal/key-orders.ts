/** An order of keys, and what was made of it. */
interface Known<Made> {
  readonly keys: readonly string[];
  readonly made: Made;
}

/** Of objects with so many keys, orders that are kept. */
const mostOrders = 8;
/** Objects with more keys are no entries of a list. */
const mostKeys = 64;

/**
 * Keeps what is made of the keys of an object: the entries of a list have the same ones in one order, and comparing them
 * takes a fraction of looking at each.
 */
export class KeyOrders<Made> {
  readonly #make: (keys: readonly string[]) => Made;
  /** By the number of keys. */
  readonly #known: Known<Made>[][] = [];

  constructor(make: (keys: readonly string[]) => Made) {
    this.#make = make;
  }

  of(object: object): Made {
    const keys = Object.keys(object);
    if (keys.length > mostKeys) return this.#make(keys);
    let known = this.#known[keys.length];
    if (known === undefined) {
      known = [];
      this.#known[keys.length] = known;
    }
    for (const one of known) if (isSame(keys, one.keys)) return one.made;
    const made = this.#make(keys);
    if (known.length < mostOrders) known.push({ keys, made });
    return made;
  }
}

function isSame(keys: readonly string[], others: readonly string[]): boolean {
  for (let index = 0; index < keys.length; index += 1) if (keys[index] !== others[index]) return false;
  return true;
}
