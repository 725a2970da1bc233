import type { Callbacks } from '../../internal/callbacks.js';
import type { AuditLogCheckpoint } from '../checkpoint.js';

interface HandOverPlan {
  /** Takes note of what was delivered. What it returns writes that down, whenever it is called. */
  readonly snapshot: () => () => AuditLogCheckpoint;
  readonly onCaughtUp: ((checkpoint: AuditLogCheckpoint) => unknown) | undefined;
  readonly callbacks: Callbacks;
  /** Of the iteration, once it has begun. */
  readonly signal: () => AbortSignal;
}

/** What the caller has, and may not be done with: nothing of it is saved by the caller's `onCaughtUp` before. */
export class HandOver {
  readonly #plan: HandOverPlan;
  #isOut = false;
  #isFilling = false;
  #hasCaughtUp = false;
  #handedOut: () => AuditLogCheckpoint;

  constructor(plan: HandOverPlan) {
    this.#plan = plan;
    this.#handedOut = plan.snapshot();
  }

  /** What the caller was given. What a batch holds that still fills is not in it. */
  checkpoint(): AuditLogCheckpoint {
    return (this.#isFilling ? this.#handedOut : this.#plan.snapshot())();
  }

  get isAborted(): boolean {
    return this.#plan.signal().aborted;
  }

  /** A batch begins to fill: what it holds is the caller's once it is given. */
  hold(): void {
    this.#isOut = true;
    this.#isFilling = true;
  }

  /** The batch that was filling is given to the caller. Returns what writes down how far it goes. */
  giveBatch(): () => AuditLogCheckpoint {
    this.#isFilling = false;
    this.#handedOut = this.#plan.snapshot();
    return this.#handedOut;
  }

  /** The caller is given something. */
  give(): void {
    this.#isOut = true;
  }

  /**
   * The caller asks for more, and so is done with what it was given. Returns what is to be waited for before it is given
   * more. @throws The reason of the caller's signal.
   */
  goOn(): Promise<void> | undefined {
    this.#isOut = false;
    this.#plan.signal().throwIfAborted();
    if (this.#hasCaughtUp) this.#tellCaughtUp();
    return this.#plan.callbacks.inTurn;
  }

  /** Waits for what the caller is to be done with before it is given more. @throws The reason of the caller's signal. */
  async settled(): Promise<void> {
    const { callbacks, signal } = this.#plan;
    while (callbacks.inTurn !== undefined) await callbacks.inTurn;
    signal().throwIfAborted();
  }

  /** A list was read to its end, and all of it delivered. */
  catchUp(): void {
    this.#hasCaughtUp = true;
    if (!this.#isOut) this.#tellCaughtUp();
  }

  /** Only while nothing is with the caller: what it is not done with would count as delivered. */
  #tellCaughtUp(): void {
    this.#hasCaughtUp = false;
    const { onCaughtUp, callbacks, signal } = this.#plan;
    if (onCaughtUp === undefined || signal().aborted) return;
    const checkpoint = this.checkpoint();
    callbacks.saveInTurn(() => onCaughtUp(checkpoint));
  }
}
