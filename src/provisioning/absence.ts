import { isFailure } from '../errors/is-sdk-error.js';
import { eq, or } from '../scim/filter/build.js';
import { compileFilter } from '../scim/filter/match.js';
import { listResources } from '../scim/list.js';
import { keyText } from '../scim/natural-keys.js';
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

/** Two accounts that are there: the filter must show one by its `userName`, and the other by its `externalId`. */
interface Witnesses {
  readonly byName: Resource;
  readonly byId: Resource;
}

/** What gives an account keys that nobody may have yet. */
export type Naming = CreateAction | ChangeAction;

/** An answer: whom it shows to be absent, and until when that counts. */
interface Answer {
  readonly absent: ReadonlySet<Naming>;
  readonly until: number;
}

/**
 * Shows for several creations and renames with one request that nobody has their keys by now. The filter asks for accounts that are
 * there, too, last of all: a server that reads only some of it, or none of it, does not show them, and then nothing is
 * believed. What is not shown to be absent has to be looked for by itself.
 */
export class Absence {
  readonly #context: ResourceContext;
  readonly #request: () => RequestOptions;
  readonly #creations: readonly Naming[];
  readonly #answers = new Map<Naming, Promise<Answer | undefined>>();
  #witnesses: Promise<Witnesses | undefined> | undefined;
  #isUseless = false;

  constructor(context: ResourceContext, creations: readonly Naming[], request: () => RequestOptions) {
    this.#context = context;
    this.#creations = creations;
    this.#request = request;
  }

  async isAbsent(creation: Naming): Promise<boolean> {
    const asked = this.#answers.get(creation);
    // Between here and the next question nothing may be waited for: others ask at the same time.
    const known = asked && (await asked);
    if (known !== undefined && known.until > this.#now()) return known.absent.has(creation);
    if (this.#isUseless) return false;
    const from = this.#creations.indexOf(creation);
    const batch = from < 0 ? [creation] : this.#creations.slice(from, from + atOnce);
    const asking = this.#ask(batch);
    for (const one of batch) this.#answers.set(one, asking);
    return (await asking)?.absent.has(creation) === true;
  }

  async #ask(batch: readonly Naming[]): Promise<Answer | undefined> {
    try {
      this.#witnesses ??= this.#findWitnesses();
      const witnesses = await this.#witnesses;
      const absent = witnesses && (await this.#absentAmong(batch, witnesses));
      if (absent !== undefined) return { absent, until: this.#now() + freshMs };
    } catch (error) {
      // Whoever looks for each of them is told what is wrong.
      if (!isFailure(error)) throw error;
    }
    this.#isUseless = true;
    return undefined;
  }

  async #findWitnesses(): Promise<Witnesses | undefined> {
    const { rows } = await listResources(this.#context, {}, { startIndex: 1, count: rowsLookedAt }, this.#request());
    const whole = rows.filter((row) => !(row instanceof InvalidRow) && keyText(row, 'userName') !== '');
    // Some servers put a domain before each name: what is asked for is not what is stored.
    const isPrefixed = (row: Resource) => {
      const name = keyText(row, 'userName');
      return coarseForm('userName', name) !== coarseForm('externalId', name);
    };
    if (whole.some(isPrefixed)) return undefined;
    const byId = whole.find((row) => keyText(row, 'externalId') !== '');
    const byName = whole.find((row) => row.id !== byId?.id);
    return byId && byName && { byId, byName };
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
    const isLike = (row: Resource, after: Naming['after']) =>
      (['userName', 'externalId'] as const).some((attribute) => {
        const wanted = keyText(after, attribute);
        return wanted !== '' && isAlike(attribute, row[attribute], wanted);
      });
    return new Set(provable.filter(({ after }) => !found.some((row) => isLike(row, after))));
  }

  #now(): number {
    return this.#context.server.transport.clock.now();
  }
}
