/** Hands out the starts that a rate limit allows, one after the other. */
export interface Slots {
  /** Waits for the next one. Rejects when it is given up. */
  take(): Promise<void>;
  /** Nobody needs the one that is waited for any more: lets it go, and leaves no timer behind. */
  giveUp(): void;
}
