/**
 * Waits for what the caller's functions return, or takes note of it. One that rejects ends the iteration, as one that throws
 * does: nobody else would take notice of the promise, and Node would end the process.
 */
export class Callbacks {
  readonly #onFailure: (error: unknown) => void;
  readonly #running = new Set<Promise<void>>();
  #last: Promise<void> | undefined;

  constructor(onFailure: (error: unknown) => void) {
    this.#onFailure = onFailure;
  }

  /** The call that others wait for, while there is one. It never rejects. */
  get inTurn(): Promise<void> | undefined {
    return this.#last;
  }

  /** Calls when every earlier one is done: what they save must be saved in this order. */
  callInTurn(call: () => unknown): Promise<void> | undefined {
    const answer = this.#last === undefined ? call() : this.#last.then(call);
    if (!isPromise(answer)) return undefined;
    const done = this.#note(answer).then(() => {
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

  /** Waits for all of them. */
  async allDone(): Promise<void> {
    await this.#last;
    await Promise.all(this.#running);
  }

  async #note(answer: PromiseLike<unknown>): Promise<void> {
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
