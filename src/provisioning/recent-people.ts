import { isFailure } from '../errors/is-sdk-error.js';
import { eq, or } from '../scim/filter/build.js';
import { listResources } from '../scim/list.js';
import { InvalidRow, type ResourceContext } from '../scim/resource.js';
import type { Resource } from '../scim/schemas/common.js';
import type { RequestOptions } from '../transport/options.js';
import type { PlanAction } from './plan.js';

/** People who are read with one request: its URL stays below what servers take. */
const atOnce = 20;
/** For so long an answer is believed. */
const freshMs = 30_000;

/**
 * Reads people who are about to join groups, many with one request. Whom the answer does not show has to be read alone: a
 * server may read only some of the filter, or none of it.
 */
export class RecentPeople {
  readonly #context: ResourceContext;
  readonly #request: () => RequestOptions;
  /** Ids of all who join groups, in the order of the plan. */
  readonly #ids: readonly string[];
  readonly #places: ReadonlyMap<string, number>;
  readonly #answers = new Map<
    string,
    { readonly until: number; readonly found: Promise<ReadonlyMap<string, Resource>> }
  >();
  #isUseless = false;

  constructor(context: ResourceContext, actions: readonly PlanAction[], request: () => RequestOptions) {
    this.#context = context;
    this.#request = request;
    const joining = actions.flatMap((action) => (action.kind === 'add_members' ? action.members : []));
    this.#ids = [...new Set(joining.flatMap(({ id }) => (id === undefined ? [] : [id])))];
    this.#places = new Map(this.#ids.map((id, place) => [id, place]));
  }

  /** Somebody as the directory shows them by now; `undefined` where that has to be asked for. */
  async find(id: string): Promise<Resource | undefined> {
    const known = this.#answers.get(id);
    if (known !== undefined && known.until > this.#now()) return (await known.found).get(id);
    const place = this.#places.get(id);
    if (this.#isUseless || place === undefined) return undefined;
    const batch = this.#ids.slice(place, place + atOnce);
    // One request for one is the request that it would be without.
    if (batch.length === 1) return undefined;
    const answer = { until: this.#now() + freshMs, found: this.#ask(batch) };
    for (const one of batch) this.#answers.set(one, answer);
    return (await answer.found).get(id);
  }

  async #ask(batch: readonly string[]): Promise<ReadonlyMap<string, Resource>> {
    const filter = or(...batch.map((id) => eq('id', id)));
    try {
      const page = { startIndex: 1, count: batch.length };
      const { rows } = await listResources(this.#context, { filter }, page, this.#request());
      const asked = new Set(batch);
      const found = rows.flatMap((row) => (row instanceof InvalidRow || !asked.has(row.id) ? [] : [row]));
      this.#isUseless ||= found.length === 0;
      return new Map(found.map((row) => [row.id, row]));
    } catch (error) {
      // Whoever reads each of them is told what is wrong.
      if (!isFailure(error)) throw error;
      this.#isUseless = true;
      return new Map();
    }
  }

  #now(): number {
    return this.#context.server.transport.clock.now();
  }
}
