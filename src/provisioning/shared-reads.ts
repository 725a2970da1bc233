import { isFailure } from '../errors/is-sdk-error.js';
import { yieldToEventLoop } from '../internal/clock.js';
import { listResources } from '../scim/list.js';
import { InvalidRow, type ResourceContext } from '../scim/resource.js';
import type { Resource } from '../scim/schemas/common.js';
import type { RequestOptions } from '../transport/options.js';
import type { PlanAction } from './plan.js';

/** Changes of groups from which on a page of all groups is worth its size. */
const leastChanges = 8;
/** Members in a page that is read again and again. */
const mostMembers = 10_000;

/** Gives the rows of one page; `undefined` where that does not serve those who ask. */
type ReadPage = () => Promise<readonly Resource[] | undefined>;

interface Question {
  readonly id: string;
  readonly answer: (row: Resource | undefined) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Reads resources for pieces of work that go on beside each other: once all of them wait for one, a page of the list shows
 * them with one request, which was sent after each had asked. Whom the page does not show has to be read alone.
 */
export class SharedReads {
  readonly #readPage: ReadPage;
  #atWork = 0;
  #questions: Question[] = [];
  #isUseless: boolean;

  constructor(readPage: ReadPage, isUsed: boolean) {
    this.#readPage = readPage;
    this.#isUseless = !isUsed;
  }

  /** Does a piece of work that may ask, and for which the others wait. It must not wait for one of them. */
  async within<T>(work: () => Promise<T>): Promise<T> {
    this.#atWork += 1;
    try {
      // Others begin at the same time.
      if (!this.#isUseless) await yieldToEventLoop();
      return await work();
    } finally {
      this.#atWork -= 1;
      this.#askOnceAllWait();
    }
  }

  /** A resource as the directory shows it from now on; `undefined` where it has to be read alone. */
  find(id: string): Promise<Resource | undefined> {
    if (this.#isUseless) return Promise.resolve(undefined);
    return new Promise((answer, fail) => {
      this.#questions.push({ id, answer, fail });
      this.#askOnceAllWait();
    });
  }

  #askOnceAllWait(): void {
    const questions = this.#questions;
    if (questions.length === 0 || questions.length < this.#atWork) return;
    this.#questions = [];
    void this.#answer(questions);
  }

  async #answer(questions: readonly Question[]): Promise<void> {
    try {
      // One request for one is the request that it would be without.
      const rows = questions.length === 1 || this.#isUseless ? [] : await this.#rows();
      const shown = new Map(rows.map((row) => [row.id, row]));
      this.#isUseless ||= questions.length > 1 && !questions.some(({ id }) => shown.has(id));
      for (const { id, answer } of questions) answer(shown.get(id));
    } catch (error) {
      for (const { fail } of questions) fail(error);
    }
  }

  async #rows(): Promise<readonly Resource[]> {
    try {
      return (await this.#readPage()) ?? [];
    } catch (error) {
      // Whoever reads each of them is told what is wrong.
      if (!isFailure(error)) throw error;
      return [];
    }
  }
}

/** Groups that are about to change, or have: where a plan changes many, and one page shows all there are. */
export function sharedGroups(
  context: ResourceContext,
  actions: readonly PlanAction[],
  request: () => RequestOptions,
): SharedReads {
  const membersOf = ({ members }: Resource) => (Array.isArray(members) ? members.length : 0);
  const readPage = async () => {
    const page = { startIndex: 1, count: context.server.profile.pageSize };
    const { rows, totalResults = 0, nextCursor } = await listResources(context, {}, page, request());
    const members = rows.reduce((sum, row) => sum + membersOf(row), 0);
    if (nextCursor !== undefined || totalResults > rows.length || members > mostMembers) return undefined;
    // One that shows nobody may show somebody where it is read alone.
    return rows.filter((row) => !(row instanceof InvalidRow) && membersOf(row) > 0);
  };
  return new SharedReads(readPage, actions.filter((action) => 'members' in action).length >= leastChanges);
}
