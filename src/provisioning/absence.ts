import { isFailure } from '../errors/is-sdk-error.js';
import { eq, or } from '../scim/filter/build.js';
import { compileFilter } from '../scim/filter/match.js';
import { iterateResources } from '../scim/iterate.js';
import { listResources } from '../scim/list.js';
import { keyText, naturalKeysOf } from '../scim/natural-keys.js';
import { canProve, coarseForm, inOtherCase, isAlike } from '../scim/proven-filters.js';
import { InvalidRow, type ResourceContext } from '../scim/resource.js';
import type { Resource } from '../scim/schemas/common.js';
import type { RequestOptions } from '../transport/options.js';
import type { ChangeAction, CreateAction } from './plan.js';

/** Creations that are looked for with one request: its URL stays below what servers take. */
const atOnce = 8;
/** For so long an answer is believed. */
const freshMs = 30_000;
/** Hardly more than the two that must be there. */
const rowsExpected = 50;
/** Rows of which two are taken for witnesses. */
const rowsLookedAt = 10;

/** Pages under way at once, where all accounts are walked through. */
const pagesAtOnce = 4;

/** Two accounts that are there: the filter must show one by its `userName`, and the other by its `externalId`. */
interface Witnesses {
  readonly byName: Resource;
  readonly byId: Resource;
  /** How many accounts there are, by what the server says. */
  readonly total: number;
}

/** What gives an account keys that nobody may have yet. */
export type Naming = CreateAction | ChangeAction;

/** An answer: whom it shows to be absent, and until when that counts. */
interface Answer {
  readonly absent: ReadonlySet<Naming>;
  readonly until: number;
}

/**
 * Shows for several creations and renames at once that nobody has their keys by now. One filter for all of them asks for
 * accounts that are there, too, last of all: a server that reads only some of it, or none of it, does not show them, and then
 * nothing of it is believed. There all accounts are walked through, where that takes fewer requests than to look for each.
 * What is not shown to be absent has to be looked for by itself.
 */
export class Absence {
  readonly #context: ResourceContext;
  readonly #request: () => RequestOptions;
  readonly #creations: readonly Naming[];
  readonly #answers = new Map<Naming, Promise<Answer | undefined>>();
  #witnesses: Promise<Witnesses | undefined> | undefined;
  /** Whether the server does not answer for several with one filter. */
  #isOneByOne = false;
  #isUseless = false;

  constructor(context: ResourceContext, creations: readonly Naming[], request: () => RequestOptions) {
    this.#context = context;
    this.#creations = creations;
    this.#request = request;
  }

  async isAbsent(creation: Naming): Promise<boolean> {
    let asked: Promise<Answer | undefined> | undefined;
    // While one answer was waited for, another may have been asked for. Between the last and the next question nothing is.
    for (let next = this.#answers.get(creation); next !== asked; next = this.#answers.get(creation)) {
      asked = next;
      const known = await asked;
      if (known !== undefined && known.until > this.#now()) return known.absent.has(creation);
    }
    if (this.#isUseless) return false;
    const from = this.#creations.indexOf(creation);
    const left = from < 0 ? [creation] : this.#creations.slice(from);
    const batch = left.slice(0, atOnce);
    // A walk answers for all, also for those before it, who may be asking at this moment.
    const answer = this.#isOneByOne
      ? await this.#ask(this.#creations, () => this.#walkFor(left))
      : await this.#ask(batch, () => this.#filterFor(batch));
    return answer === undefined ? this.isAbsent(creation) : answer.absent.has(creation);
  }

  /** What was asked counts from the beginning: nobody knows when each row was looked up. */
  #ask(batch: readonly Naming[], look: () => Promise<ReadonlySet<Naming> | undefined>): Promise<Answer | undefined> {
    const until = this.#now() + freshMs;
    const asking = look().then((absent) => absent && { absent, until });
    for (const one of batch) this.#answers.set(one, asking);
    return asking;
  }

  async #filterFor(batch: readonly Naming[]): Promise<ReadonlySet<Naming> | undefined> {
    this.#witnesses ??= this.#unlessFailure(() => this.#findWitnesses());
    const witnesses = await this.#witnesses;
    const absent = witnesses && (await this.#unlessFailure(() => this.#absentAmong(batch, witnesses)));
    if (absent === undefined) this.#isOneByOne = true;
    return absent;
  }

  async #walkFor(left: readonly Naming[]): Promise<ReadonlySet<Naming> | undefined> {
    const begun = this.#now();
    const witnesses = await this.#witnesses;
    const lookups = left.flatMap(({ after }) => naturalKeysOf(this.#context, after)).length;
    const { total = Infinity } = witnesses ?? {};
    // Pages overlap by a row, and one more shows that nothing lies behind them.
    const pages = Math.ceil(total / (this.#context.server.profile.pageSize - 1)) + 1;
    const walk = () => this.#absentFromAll(this.#creations, total);
    const absent = pages < lookups ? await this.#unlessFailure(walk) : undefined;
    // What is hardly believed any more once it is there would be asked for again and again.
    this.#isUseless ||= absent === undefined || this.#now() - begun > freshMs / 2;
    return absent;
  }

  /** Whoever looks for each of them is told what is wrong. */
  async #unlessFailure<T>(look: () => Promise<T>): Promise<T | undefined> {
    try {
      return await look();
    } catch (error) {
      if (!isFailure(error)) throw error;
      return undefined;
    }
  }

  async #findWitnesses(): Promise<Witnesses | undefined> {
    const page = { startIndex: 1, count: rowsLookedAt };
    const { rows, totalResults = Infinity } = await listResources(this.#context, {}, page, this.#request());
    const whole = rows.filter((row) => !(row instanceof InvalidRow) && keyText(row, 'userName') !== '');
    if (whole.some(isPrefixed)) return undefined;
    const byId = whole.find((row) => keyText(row, 'externalId') !== '');
    const byName = whole.find((row) => row.id !== byId?.id);
    return byId && byName && { byId, byName, total: totalResults };
  }

  /** Who of them nobody is; `undefined` where the answer proves nothing. */
  async #absentAmong(batch: readonly Naming[], { byName, byId }: Witnesses): Promise<ReadonlySet<Naming> | undefined> {
    const [name, id] = [keyText(byName, 'userName'), keyText(byId, 'externalId')];
    const provable = batch.filter(({ after }) => {
      const wantedId = keyText(after, 'externalId');
      return canProve(name, keyText(after, 'userName'), false) && (wantedId === '' || canProve(id, wantedId, true));
    });
    const keys = provable.flatMap(({ after }) => {
      const externalId = keyText(after, 'externalId');
      return [eq('userName', keyText(after, 'userName')), ...(externalId === '' ? [] : [eq('externalId', externalId)])];
    });
    if (keys.length === 0) return new Set();
    const filter = or(...keys, eq('userName', inOtherCase(name)), eq('externalId', id));
    const matches = compileFilter(filter, { schema: this.#context.schema });
    const page = { startIndex: 1, count: rowsExpected };
    const {
      rows: found,
      totalResults = 0,
      nextCursor,
    } = await listResources(this.#context, { filter }, page, this.#request());
    // One that ignores the filter shows everybody; what is not on the page is not known to be absent.
    const isWhole = totalResults <= found.length && found.length < rowsExpected && nextCursor === undefined;
    if (!isWhole || found.some((row) => row instanceof InvalidRow || !matches(row))) return undefined;
    const ids = new Set(found.map((row) => row.id));
    if (!ids.has(byName.id) || !ids.has(byId.id)) return undefined;
    return new Set(provable.filter(({ after }) => !found.some((row) => isLike(row, after))));
  }

  /**
   * Who of them nobody is among all there are; `undefined` where not every account tells its name, or fewer came than there were:
   * pages that leave some out may agree with one another.
   */
  async #absentFromAll(creations: readonly Naming[], total: number): Promise<ReadonlySet<Naming> | undefined> {
    const byForm = new Map<string, Naming[]>();
    for (const one of creations) {
      for (const [attribute, value] of naturalKeysOf(this.#context, one.after)) {
        const form = formOf(attribute, value);
        byForm.set(form, [...(byForm.get(form) ?? []), one]);
      }
    }
    const absent = new Set(creations);
    let count = 0;
    const pages = iterateResources(this.#context, { prefetch: pagesAtOnce }, this.#request()).pages();
    // A list that is not whole is an error at its end.
    for await (const { items, invalidRows } of pages) {
      if (invalidRows !== undefined) return undefined;
      count += items.length;
      for (const row of items) {
        if (keyText(row, 'userName') === '' || isPrefixed(row)) return undefined;
        for (const [attribute, value] of naturalKeysOf(this.#context, row)) {
          for (const one of byForm.get(formOf(attribute, value)) ?? []) absent.delete(one);
        }
      }
    }
    return count < total ? undefined : absent;
  }

  #now(): number {
    return this.#context.server.transport.clock.now();
  }
}

/** The same for all spellings in which a server may store a key. */
function formOf(attribute: string, value: string): string {
  return `${attribute} ${coarseForm(attribute, value)}`;
}

function isLike(row: Resource, after: Naming['after']): boolean {
  return (['userName', 'externalId'] as const).some((attribute) => {
    const wanted = keyText(after, attribute);
    return wanted !== '' && isAlike(attribute, row[attribute], wanted);
  });
}

/** Some servers put a domain before each name: what is asked for is not what is stored. */
function isPrefixed(row: Resource): boolean {
  const name = keyText(row, 'userName');
  return coarseForm('userName', name) !== coarseForm('externalId', name);
}
