import type { Random } from '../core/random.js';

/** The bearer tokens of the directory. WorkOS keeps two, so that one can be replaced without an outage. */
export class ScimTokens {
  #tokens: readonly string[] = [];
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** Makes a token; of more than two the oldest is refused from now on. */
  create(): string {
    const token = `se_${this.#random.text(48)}`;
    this.#tokens = [...this.#tokens, token].slice(-2);
    return token;
  }

  /** The token is refused with 401 from now on. */
  revoke(token: string): void {
    this.#tokens = this.#tokens.filter((known) => known !== token);
  }

  has(token: string): boolean {
    return this.#tokens.includes(token);
  }

  snapshot(): readonly string[] {
    return this.#tokens;
  }

  restore(snapshot: readonly string[]): void {
    this.#tokens = snapshot;
  }
}
