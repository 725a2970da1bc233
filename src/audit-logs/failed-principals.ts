import { InputError } from '../errors/input-errors.js';
import { isSdkError } from '../errors/is-sdk-error.js';
import { IncompleteListError, ResponseError } from '../errors/response-errors.js';
import { untilAnswered } from '../internal/callbacks.js';
import type { AuditLogPrincipal } from '../transport/principal.js';
import { tagPrincipal } from '../transport/principal-tag.js';
import type { LogSource } from './api.js';
import { AuditLogFileError } from './errors.js';
import type { AuditLogFilesQuery, FailedPrincipal } from './query.js';
import type { PartitionKey } from './reading/reading-plan.js';

/** Who is told, and by what the others are ended too. */
export interface ListingPlan extends Pick<AuditLogFilesQuery, 'onFailedPrincipal'> {
  readonly signals: readonly (AbortSignal | undefined)[];
}

interface FailedPrincipalsPlan extends Pick<AuditLogFilesQuery, 'onFailedPrincipal'> {
  readonly partitions: readonly PartitionKey[];
  readonly stats: { failedPrincipals: number };
  /** Whether the iteration was ended: what fails then fails for that. */
  readonly isOver: () => boolean;
  /** Calls a function of the caller's; what it rejects with ends the iteration. */
  readonly call: (tell: () => Promise<unknown>) => void;
}

interface Failure extends PartitionKey {
  readonly sign: string;
  /** All of them since it last recovered: one that fails in two ways in turn would be told of for ever. */
  readonly signs: ReadonlySet<string>;
  readonly error: unknown;
}

/** What is known of one principal. */
interface Standing {
  /** Those of its partitions whose list has neither answered nor failed yet. */
  readonly waiting: Set<PartitionKey>;
  untold: readonly Failure[];
  /** How much of it fails now. */
  failing: number;
}

/** What failed: the list of a partition, or all downloads while the list answers. */
type FailedRequests = 'list' | 'downloads';

/**
 * Keeps what fails for one principal from ending the iteration over the others, and tells of it: each partition once in each
 * way, until it has recovered; and those of one principal that fail alike from the beginning, together.
 */
export class FailedPrincipals {
  readonly #plan: FailedPrincipalsPlan;
  /** What requests failed with, to be told from what a function of the caller's throws. */
  readonly #ofRequests = new WeakSet<object>();
  readonly #failing: Readonly<Record<FailedRequests, Map<PartitionKey, Failure>>> = {
    list: new Map(),
    downloads: new Map(),
  };
  readonly #standings = new Map<PartitionKey, Standing>();

  constructor(plan: FailedPrincipalsPlan) {
    this.#plan = plan;
    if (!this.goesOn) return;
    const byName = new Map<string, Standing>();
    for (const partition of plan.partitions) {
      const { type, id } = partition.principal;
      const name = `${type} ${id.toLowerCase()}`;
      const standing = byName.get(name) ?? { waiting: new Set(), untold: [], failing: 0 };
      standing.waiting.add(partition);
      byName.set(name, standing);
      this.#standings.set(partition, standing);
    }
  }

  /** Whether the others are read on when one fails. */
  get goesOn(): boolean {
    return typeof this.#plan.onFailedPrincipal === 'function';
  }

  /** The same logs, of which what the requests fail with is known. */
  watch(logs: LogSource): LogSource {
    if (!this.goesOn) return logs;
    return {
      route: logs.route,
      list: (...given) => this.noted(logs.list(...given)),
      download: (...given) => this.noted(logs.download(...given)),
    };
  }

  /** A request, of which what it fails with is known. */
  noted<Answer>(request: Promise<Answer>): Promise<Answer> {
    if (!this.goesOn) return request;
    return request.catch((error: unknown) => {
      throw error instanceof AuditLogFileError || isAboutTheCall(error) ? error : this.ofRequest(error);
    });
  }

  /** Whether a failure is that of one principal, and no more than that. */
  isOne(error: unknown): error is object {
    if (!this.goesOn || this.#plan.isOver() || typeof error !== 'object' || error === null) return false;
    return this.#ofRequests.has(error) || error instanceof IncompleteListError;
  }

  /** Takes note that this is what a request failed with. */
  ofRequest(error: unknown): object {
    const failure = typeof error === 'object' && error !== null ? error : asError(error);
    this.#ofRequests.add(failure);
    return failure;
  }

  /** Tells of it, as soon as it is known what the principal's other lists answer. */
  report(partition: PartitionKey, error: object, of: FailedRequests = 'list'): void {
    const { principal, eventType } = partition;
    const sign = signOf(error);
    const isKnown = Object.values(this.#failing).some((failing) => failing.get(partition)?.signs.has(sign));
    const before = this.#failing[of].get(partition);
    if (before === undefined) this.#count(partition, 1);
    const failure = { principal, eventType, sign, signs: new Set(before?.signs).add(sign), error };
    this.#failing[of].set(partition, failure);
    const standing = this.#standings.get(partition);
    if (!isKnown && standing !== undefined) standing.untold = [...standing.untold, failure];
    this.begin(partition);
  }

  /** The list of a partition has answered, or cannot for now. */
  begin(partition: PartitionKey): void {
    const standing = this.#standings.get(partition);
    standing?.waiting.delete(partition);
    if (standing === undefined || standing.waiting.size > 0) return;
    const { untold } = standing;
    standing.untold = [];
    this.#tell(untold);
  }

  recover(partition: PartitionKey, of: FailedRequests = 'list'): void {
    if (this.#failing[of].delete(partition)) this.#count(partition, -1);
  }

  /** @throws What failed first, where nothing was read to its end. */
  throwIfAll(): void {
    const failures = this.#plan.partitions.map((one) => this.#failing.list.get(one));
    const [first] = this.#failing.list.values();
    if (first !== undefined && failures.every((failure) => failure !== undefined)) throw first.error;
  }

  #count(partition: PartitionKey, change: 1 | -1): void {
    const standing = this.#standings.get(partition);
    if (standing === undefined) return;
    const failedBefore = standing.failing > 0;
    standing.failing += change;
    this.#plan.stats.failedPrincipals += Number(standing.failing > 0) - Number(failedBefore);
  }

  #tell(untold: readonly Failure[]): void {
    const { call, onFailedPrincipal } = this.#plan;
    const alike = new Map<string, Failure[]>();
    for (const failure of untold) alike.set(failure.sign, [...(alike.get(failure.sign) ?? []), failure]);
    for (const failures of alike.values()) {
      const [first] = failures;
      if (first === undefined || typeof onFailedPrincipal !== 'function') continue;
      const eventTypes = [...new Set(failures.map(({ eventType }) => eventType))];
      // What throws at once ends the iteration as what rejects does, and never the reading of another partition.
      call(async () => onFailedPrincipal(failedPrincipal(first.principal, first.error, eventTypes)));
    }
  }
}

/**
 * Does something for each principal, all at once. Those of which it fails are told and left out of what is returned.
 *
 * @throws What failed first, where it did for all of them.
 */
export async function forEachPrincipal<Of extends Pick<FailedPrincipal, 'principal' | 'eventTypes'>, Result>(
  all: readonly Of[],
  work: (one: Of) => Promise<Result>,
  { onFailedPrincipal, signals }: ListingPlan,
): Promise<readonly Result[]> {
  const failures: unknown[] = [];
  const results = all.map(async (one) => {
    try {
      return [await work(one)];
    } catch (error) {
      const isOver = signals.some((signal) => signal?.aborted);
      if (typeof onFailedPrincipal !== 'function' || isOver || isAboutTheCall(error)) throw error;
      failures.push(error);
      await untilAnswered(onFailedPrincipal(failedPrincipal(one.principal, error, one.eventTypes)), signals);
      return [];
    }
  });
  const done = (await Promise.all(results)).flat();
  if (done.length === 0 && failures.length > 0) throw failures[0];
  return done;
}

/** What a caller is told of a principal that failed. */
function failedPrincipal(
  principal: AuditLogPrincipal,
  error: unknown,
  eventTypes?: readonly string[],
): FailedPrincipal {
  tagPrincipal(error, principal);
  return { principal: { ...principal }, ...(eventTypes && { eventTypes }), error: asError(error) };
}

/** Whether a request fails for what the caller asked for, whomever it is asked of. A key is one principal's. */
export function isAboutTheCall(error: unknown): boolean {
  return error instanceof InputError && !['apiKey', 'platform'].includes(String(error.path[0]));
}

function asError(error: unknown): Error {
  return error instanceof Error
    ? error
    : new Error('What gives the key threw something else than an Error.', { cause: error });
}

/** By what two failures are alike. */
function signOf(error: object): string {
  const status = error instanceof ResponseError ? error.status : undefined;
  const { name } = error as { readonly name?: unknown };
  return [name, isSdkError(error) ? error.code : '', status].join(' ');
}
