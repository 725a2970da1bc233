import type { Random } from '../core/random.js';
import type { EmulatorLogFile } from './log-file.js';

/** How long a signed URL lives. */
const lifetimeMs = 5 * 60_000;

/** The URLs that were handed out: each is good for one download. */
export class SignedUrls {
  readonly #grants = new Map<string, { readonly file: EmulatorLogFile; readonly expiresAt: number }>();
  readonly #random: Random;
  readonly #now: () => number;

  constructor(random: Random, now: () => number) {
    this.#random = random;
    this.#now = now;
  }

  /** A new URL on the storage origin. */
  sign(file: EmulatorLogFile, origin: string): string {
    const signature = this.#random.hex(64);
    const expiresAt = this.#now() + lifetimeMs;
    this.#forgetOld();
    this.#grants.set(signature, { file, expiresAt });
    return `${origin}/compliance-logs/${file.id}.jsonl?expires=${expiresAt}&sig=${signature}`;
  }

  /** The file behind a URL, once. */
  redeem(url: URL): EmulatorLogFile | 'expired' | 'unknown' {
    const signature = url.searchParams.get('sig') ?? '';
    const grant = this.#grants.get(signature);
    if (grant === undefined) return 'unknown';
    this.#grants.delete(signature);
    const expiresAt = Number(url.searchParams.get('expires'));
    if (this.#now() > Math.min(grant.expiresAt, expiresAt)) return 'expired';
    return grant.file;
  }

  // Oldest first: a Map keeps the order in which they were handed out.
  #forgetOld(): void {
    for (const [signature, { expiresAt }] of this.#grants) {
      if (expiresAt + lifetimeMs > this.#now()) return;
      this.#grants.delete(signature);
    }
  }

  clear(): void {
    this.#grants.clear();
  }
}
