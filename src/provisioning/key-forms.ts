import { coarseForm } from '../scim/proven-filters.js';

/** Desired users, by index: most have a key alone, and a list for each would be thousands. */
export type Alike = number | readonly number[];

export const none: readonly never[] = [];

/** Desired users by one of their keys: by what all values that are alike have in common. */
export class KeyForms {
  readonly #attribute: 'externalId' | 'userName';
  readonly #byForm = new Map<string, number | number[]>();

  constructor(attribute: 'externalId' | 'userName') {
    this.#attribute = attribute;
  }

  /** Takes note of a key, and gives the first who has one like it. */
  enter(value: string, index: number): number | undefined {
    const form = coarseForm(this.#attribute, value);
    const known = this.#byForm.get(form);
    if (known === undefined) this.#byForm.set(form, index);
    else if (typeof known === 'number') this.#byForm.set(form, [known, index]);
    else known.push(index);
    return typeof known === 'number' ? known : known?.[0];
  }

  /** Whose keys are like this one. */
  like(value: string): Alike {
    return value === '' ? none : (this.#byForm.get(coarseForm(this.#attribute, value)) ?? none);
  }

  /** Who may have this very key, where nobody else has one like it: less than all, at a fraction of the time. */
  guess(value: string): number | undefined {
    const index = this.#byForm.get(value);
    return typeof index === 'number' ? index : undefined;
  }
}

export function allOf(alike: Alike): readonly number[] {
  return typeof alike === 'number' ? [alike] : alike;
}
