import type { AuditLogEventsQuery } from '../audit-logs/query.js';

type OnFailedPrincipal = AuditLogEventsQuery['onFailedPrincipal'];

/**
 * What the caller was told of, to be known when it is thrown. Each principal is read by itself here: what fails for it is thrown
 * as what fails for everything, though the others are to be read on.
 */
export class ToldFailures {
  readonly onFailedPrincipal: OnFailedPrincipal;
  readonly #told: Error[] = [];
  /** The caller's function has thrown, which ends the work: it may have thrown the very error that it was told. */
  #isRefused = false;

  constructor(tell: OnFailedPrincipal) {
    this.onFailedPrincipal =
      typeof tell !== 'function'
        ? tell
        : async (failed) => {
            this.#told.push(failed.error);
            try {
              await tell(failed);
            } catch (error) {
              this.#isRefused = true;
              throw error;
            }
          };
  }

  has(error: unknown): boolean {
    return !this.#isRefused && this.#told.some((told) => told === error || told.cause === error);
  }
}
