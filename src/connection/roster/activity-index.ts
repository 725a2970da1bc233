import { compareDateTimes } from '../../internal/dates.js';
import { isRecord } from '../../internal/json.js';
import { readAddress } from './addresses.js';
import type { LastActivity } from './person.js';

/** The newest event of each person, by the id of the workspace's user and by address. */
export class ActivityIndex {
  /** Whether something of the logs could not be read. */
  isIncomplete = false;
  readonly #newest = new Map<string, LastActivity>();

  add(event: { readonly type: string; readonly timestamp: string; readonly actor?: unknown }): void {
    const { type: eventType, timestamp: at, actor } = event;
    if (typeof at !== 'string' || !isRecord(actor)) return;
    const { user_id: userId, user_email: email } = actor;
    if (typeof userId === 'string') this.#keep(userId, { at, eventType });
    const address = readAddress(email)?.key;
    if (address !== undefined) this.#keep(address, { at, eventType });
  }

  newestOf(keys: Iterable<string>): LastActivity | undefined {
    let newest: LastActivity | undefined;
    for (const key of keys) newest = later(newest, this.#newest.get(key));
    return newest;
  }

  #keep(key: string, activity: LastActivity): void {
    const newest = later(this.#newest.get(key), activity);
    if (newest === activity) this.#newest.set(key, activity);
  }
}

function later(one: LastActivity | undefined, other: LastActivity | undefined): LastActivity | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  // Offsets and precisions differ between events; the text decides only between spellings of one time.
  const difference = compareDateTimes(other.at, one.at);
  return difference > 0 || (difference === 0 && other.at > one.at) ? other : one;
}
