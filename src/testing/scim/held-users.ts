import type { Random } from '../core/random.js';
import type { ResourceData } from './resource-table.js';

/** A user that was refused for what it lacks, and is kept until that comes. */
export interface HeldUser {
  /** The id it will have. */
  readonly id: string;
  /** What was sent of it, as JSON. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/**
 * Rows in WorkOS's "Validating" hold: refused for a missing `userName` or e-mail address, in no list and in no group.
 * The corrected body, sent again, becomes the row that was held.
 */
export class HeldUsers {
  #users: readonly HeldUser[] = [];
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  list(): readonly HeldUser[] {
    return this.#users;
  }

  hold(attributes: ResourceData): void {
    const known = this.#users.find((user) => isSamePerson(user.attributes, attributes));
    const id = known?.id ?? this.#random.uuid();
    this.#users = [...this.#users.filter((user) => user !== known), { id, attributes }];
  }

  /** The id of the held row this user completes, which is then no longer held. */
  release(attributes: ResourceData): string | undefined {
    const known = this.#users.find((user) => isSamePerson(user.attributes, attributes));
    this.#users = this.#users.filter((user) => user !== known);
    return known?.id;
  }

  snapshot(): readonly HeldUser[] {
    return this.#users;
  }

  restore(snapshot: readonly HeldUser[]): void {
    this.#users = snapshot;
  }
}

function isSamePerson(one: ResourceData, other: ResourceData): boolean {
  return isSameText(one.externalId, other.externalId) || isSameText(one.userName, other.userName);
}

function isSameText(one: unknown, other: unknown): boolean {
  return (
    typeof one === 'string' && typeof other === 'string' && one !== '' && one.toLowerCase() === other.toLowerCase()
  );
}
