import { isRecord } from '../../internal/json.js';
import { add, type Left, pathOf, type Sieve } from '../sensitive.js';
import type { OcsfNamed } from './objects.js';
import type { Plan, PlannedThing, Tree } from './plan.js';
import type { Fields } from './rule.js';

type Values = Readonly<Record<string, unknown>>;

/**
 * What a record has where a rule looks. What is taken from it has a place of its own in the event; all else goes back to what is
 * left of the record, so that nothing is lost. What is of another type than it should be, or may not be told, is not taken.
 */
export class Finds {
  readonly plan: Plan;
  readonly #sieve: Sieve;
  readonly #found: unknown[];

  constructor(plan: Plan, sieve: Sieve) {
    this.plan = plan;
    this.#sieve = sieve;
    this.#found = plan.nothing.slice();
  }

  /** Finds what the plan has a place for. Gives back what of it has none and may be told. */
  walk(values: Values, tree: Tree, path?: string): Left {
    let left: Left;
    for (const field in values) left = this.give(left, field, values[field], tree, path);
    return left;
  }

  /** The same with one more field of it. */
  give(left: Left, field: string, value: unknown, tree: Tree, path?: string): Left {
    const place = tree.placeOf(field);
    if (typeof place === 'number') {
      this.#found[place] = value;
      return left;
    }
    if (typeof place === 'string') return add(left, field, this.#sieve.siftAs(place, value, field, path));
    if (!isRecord(value)) return add(left, field, this.#sieve.sift(value, field, path));
    return add(left, field, this.walk(this.#sieve.own(value), place, pathOf(path, field)));
  }

  /** What is left, with what was found and not taken. `path` is that of the object that was walked. */
  putBack(left: Left, path?: string): Left {
    const found = this.#found;
    let whole = left;
    for (let slot = 0; slot < found.length; slot += 1) {
      const value = found[slot];
      if (value !== undefined) whole = this.#return(whole, this.plan.paths[slot] as readonly string[], value, path);
    }
    return whole;
  }

  #return(left: Left, names: readonly string[], value: unknown, path: string | undefined): Left {
    const [field = '', ...inner] = names;
    if (inner.length === 0) return add(left, field, this.#sieve.sift(value, field, path));
    // What was walked is a copy.
    return add(left, field, this.#return(left?.[field] as Left, inner, value, pathOf(path, field)));
  }

  /** Takes a text that is not empty and may be told. */
  text(fields: Fields | undefined): string | undefined {
    return fields === undefined ? undefined : this.first(this.plan.slotsOf(fields));
  }

  /** The first that is one. */
  first(slots: readonly number[]): string | undefined {
    const found = this.#found;
    for (const slot of slots) {
      const value = found[slot];
      if (value === undefined || !this.#sieve.tells(value)) continue;
      found[slot] = undefined;
      return value;
    }
    return undefined;
  }

  /** Takes a text that is known: it is no address. */
  repeats(slots: readonly number[], text: string): void {
    for (const slot of slots) if (this.#found[slot] === text) this.#found[slot] = undefined;
  }

  /** Takes an address of a person, where those may be told. */
  email(fields: Fields | undefined): string | undefined {
    return this.#sieve.included.emails ? this.text(fields) : undefined;
  }

  /** Takes a text, or each of a list of texts; how many there are where they may not be told or are no texts. */
  texts(fields: Fields | undefined, mayTell = true): readonly string[] | number {
    if (fields === undefined) return 0;
    let count = 0;
    for (const slot of this.plan.slotsOf(fields)) {
      const found = this.#texts(slot, mayTell);
      if (typeof found !== 'number') return found;
      count ||= found;
    }
    return count;
  }

  #texts(slot: number, mayTell: boolean): readonly string[] | number {
    const value = this.#found[slot];
    const isList = Array.isArray(value);
    const texts: readonly unknown[] = isList ? value : typeof value === 'string' && value !== '' ? [value] : [];
    if (texts.length === 0) return 0;
    if (!(mayTell && texts.every((text) => this.#sieve.tells(text)))) return texts.length;
    this.#found[slot] = undefined;
    return texts as readonly string[];
  }

  /** Each of a list of addresses of people, or how many there are. */
  emails(fields: Fields | undefined): readonly string[] | number {
    return this.texts(fields, this.#sieve.included.emails);
  }

  /** Takes the id and the name of a thing, as far as it has them. */
  named({ uid, name }: PlannedThing): OcsfNamed | undefined {
    return namedBy(this.first(uid), this.first(name));
  }

  /** Takes the id and the name of each object in a list, where it is one of objects. */
  namedEach(field: string): readonly (OcsfNamed | undefined)[] {
    const [slot = -1] = this.plan.slotsOf(field);
    const list = this.#found[slot];
    if (!(Array.isArray(list) && list.every(isRecord))) return [];
    let left: Left;
    const things = list.map((item, index) => {
      const { id, name, ...rest } = this.#sieve.own(item);
      const others: Record<string, unknown> = rest;
      const uid = this.#sieve.tells(id) ? id : undefined;
      const called = this.#sieve.tells(name) ? name : undefined;
      if (uid === undefined && id !== undefined) others.id = id;
      if (called === undefined && name !== undefined) others.name = name;
      if (Object.keys(others).length > 0) left = add(left, `${index}`, others);
      return namedBy(uid, called);
    });
    this.#found[slot] = left;
    return things;
  }
}

/** A thing by its id and its name, as far as it has them. */
export function namedBy(uid: string | undefined, name: string | undefined): OcsfNamed | undefined {
  if (uid === undefined) return name === undefined ? undefined : { name };
  return name === undefined ? { uid } : { uid, name };
}
