import { tracedFromHere } from '../errors/sdk-error.js';
import { type AbortScope, openAbortScope } from '../internal/abort.js';
import { iterateResources } from '../scim/iterate.js';
import type { ResourcePage } from '../scim/list.js';
import type { ResourceContext } from '../scim/resource.js';
import type { Resource } from '../scim/schemas/common.js';
import type { RequestOptions } from '../transport/options.js';

type Pages = AsyncIterator<ResourcePage<Resource>>;

/**
 * The list of users, walked through once. Its first pages can be asked for before anybody reads them, so that they come while
 * something else is made ready.
 */
export class UserPages {
  isIncomplete = false;
  readonly #context: ResourceContext;
  readonly #prefetch: number;
  readonly #request: RequestOptions;
  readonly #controller = new AbortController();
  #scope: AbortScope | undefined;
  #pages: Pages | undefined;
  #early: Promise<IteratorResult<ResourcePage<Resource>>>[] = [];

  constructor(context: ResourceContext, prefetch: number, request: RequestOptions) {
    this.#context = context;
    this.#prefetch = prefetch;
    this.#request = request;
  }

  /** Asks for the first ones. By two pages a walk learns where the others are, and asks for some of them by itself. */
  begin(): void {
    if (this.#pages !== undefined) return;
    const pages = this.#open();
    this.#early = [pages.next(), pages.next()];
    // Nobody may come to read them.
    for (const page of this.#early) page.catch(() => {});
  }

  /** The rows of each page. */
  async *[Symbol.asyncIterator](): AsyncGenerator<readonly Resource[], void> {
    const pages = this.#open();
    try {
      for (;;) {
        const result = await (this.#nextEarly() ?? pages.next());
        if (result.done === true) return;
        yield result.value.items;
      }
    } finally {
      this.stop();
    }
  }

  /** Ends what is under way. */
  stop(): void {
    this.#controller.abort();
    this.#scope?.end();
    void this.#pages?.return?.().catch(() => {});
  }

  #open(): Pages {
    if (this.#pages !== undefined) return this.#pages;
    const { signal } = this.#request;
    this.#scope = openAbortScope([signal, this.#controller.signal]);
    const query = {
      prefetch: this.#prefetch,
      onIncomplete: () => {
        this.isIncomplete = true;
      },
    };
    const request = { ...this.#request, signal: this.#scope.signal };
    this.#pages = iterateResources(this.#context, query, request).pages()[Symbol.asyncIterator]();
    return this.#pages;
  }

  async #readEarly(page: Promise<IteratorResult<ResourcePage<Resource>>>) {
    try {
      return await page;
    } catch (failure) {
      throw tracedFromHere(failure);
    }
  }

  #nextEarly() {
    const page = this.#early.shift();
    return page && this.#readEarly(page);
  }
}
