import type { LastActivity } from './person.js';

/** As much of an event as says who did something when. */
interface ActivityEvent {
  readonly type: string;
  readonly timestamp: string;
  readonly actor?: unknown;
}

/** The newest event of each person, by the id of the workspace's user and by address. */
export class ActivityIndex {
  readonly #newest = new Map<string, LastActivity>();

  add(event: ActivityEvent): void {
    const { type: eventType, timestamp: at } = event;
    if (typeof at !== 'string' || typeof event.actor !== 'object' || event.actor === null) return;
    const { user_id: userId, user_email: email } = event.actor as { user_id?: unknown; user_email?: unknown };
    if (typeof userId === 'string') this.#keep(userId, { at, eventType });
    if (typeof email === 'string') this.#keep(email.toLowerCase(), { at, eventType });
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
  // Offsets and precisions differ between events; the text decides only where the clocks read the same.
  const difference = Date.parse(other.at) - Date.parse(one.at);
  return difference > 0 || (difference === 0 && other.at > one.at) ? other : one;
}
