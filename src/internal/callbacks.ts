import { untilAborted } from './abort.js';

type Signals = readonly (AbortSignal | undefined)[];

/**
 * Waits for what the caller's functions return, or takes note of it. One that rejects ends the iteration, as one that throws
 * does: nobody else would take notice of the promise, and Node would end the process. One that never answers holds up no
 * abort.
 */
export class Callbacks {
  readonly #onFailure: (error: unknown) => void;
  readonly #signals: Signals;
  readonly #running = new Set<Promise<void>>();
  #last: Promise<void> | undefined;

  constructor(onFailure: (error: unknown) => void, signals: Signals = []) {
    this.#onFailure = onFailure;
    this.#signals = signals;
  }

  /** The call that others wait for, while there is one. It never rejects. */
  get inTurn(): Promise<void> | undefined {
    return this.#last;
  }

  /** Calls when every earlier one is done. An abort ends the wait, and rejects as the function would. */
  callInTurn(call: () => unknown): Promise<void> | undefined {
    return this.#queue(call, this.#signals);
  }

  /** The same for what saves: it is waited for after an abort too, as what is saved next must come behind it. */
  saveInTurn(save: () => unknown): Promise<void> | undefined {
    return this.#queue(save, []);
  }

  #queue(call: () => unknown, signals: Signals): Promise<void> | undefined {
    const before = this.#last;
    const answer = before === undefined ? call() : before.then(call);
    if (!isPromise(answer)) return undefined;
    // The earlier ones too: an abort ends one wait, and not those in front of it.
    const done = Promise.all([before, this.#note(untilAnswered(answer, signals))]).then(() => {
      if (this.#last === done) this.#last = undefined;
    });
    this.#last = done;
    return done;
  }

  /** Takes note of what a function returned for which nothing waits. */
  note(answer: unknown): void {
    if (!isPromise(answer)) return;
    const running = this.#note(answer).then(() => void this.#running.delete(running));
    this.#running.add(running);
  }

  /** Waits for all of them. @throws The reason of a signal that aborts first. */
  async allDone(): Promise<void> {
    await this.#last;
    await untilAborted(Promise.all(this.#running), ...this.#signals);
  }

  async #note(answer: unknown): Promise<void> {
    try {
      await answer;
    } catch (error) {
      this.#onFailure(error);
    }
  }
}

export function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { readonly then?: unknown } | null | undefined)?.then === 'function';
}

/** For what a function of the caller's returned where nothing can wait for it, and nobody can be told that it failed. */
export function letGo(answer: unknown): void {
  if (isPromise(answer)) answer.then(undefined, () => {});
}

/** What to await of what a function of the caller's returned: an abort ends the wait, whatever becomes of the promise. */
export function untilAnswered(answer: unknown, signals: Signals): unknown {
  return isPromise(answer) ? untilAborted(Promise.resolve(answer), ...signals) : answer;
}
