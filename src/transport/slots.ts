/** Hands out the starts that a rate limit allows, one after the other. */
export interface Slots {
  /** Waits for the next one. False when that was given up. */
  take(): Promise<boolean>;
  /** Nobody needs the one that is waited for any more: lets it go, and leaves no timer behind. */
  giveUp(): void;
}
