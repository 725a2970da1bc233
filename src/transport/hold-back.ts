/**
 * Until when nobody may start, because a server said so. One object for several transports is how those of one client
 * keep together to a `Retry-After` that one of them was given.
 */
export interface HoldBack {
  untilMs: number;
}

/** Nobody is held back yet. */
export function createHoldBack(): HoldBack {
  return { untilMs: 0 };
}
