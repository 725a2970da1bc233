import { Callbacks } from '../../internal/callbacks.js';
import { compareDateTimes } from '../../internal/dates.js';
import { type List, listOf } from '../../transport/list.js';
import type { AuditLogPrincipal } from '../../transport/principal.js';
import type { AuditLogFileError } from '../errors.js';
import { FailedPrincipals, type ListingPlan } from '../failed-principals.js';
import { type ListPlan, listLogFiles, rowFailure } from './list.js';
import type { AuditLogFile, InvalidRow } from './log-file.js';

/** Some files of one event type of one workspace or organization, as the service listed them. */
export interface AuditLogFilePage {
  /** Whose files. */
  readonly principal: AuditLogPrincipal;
  /** The one type of event in them. */
  readonly eventType: string;
  /** Oldest first. Empty where the service had nothing new to say. */
  readonly files: readonly AuditLogFile[];
}

/** Log files, asked for when they are iterated; each `for await` begins anew. */
export interface AuditLogFileList extends List<AuditLogFile> {
  /** The same files in pages, event type after event type and workspace after workspace. */
  pages(): AsyncIterable<AuditLogFilePage>;
}

export interface ListedPartition {
  readonly principal: AuditLogPrincipal;
  readonly eventType: string;
  readonly plan: ListPlan;
}

/** The files of partitions whose requests end with a signal. */
export function listFilesOf(
  partitionsUntil: (signal: AbortSignal) => readonly ListedPartition[],
  { onFailedPrincipal, signals }: ListingPlan,
): AuditLogFileList {
  const open = (signal: AbortSignal) => {
    const partitions = partitionsUntil(signal);
    return { partitions, listing: new Listing(partitions, { onFailedPrincipal, signals: [signal] }) };
  };
  const files = listOf(async function* (signal) {
    const { partitions, listing } = open(signal);
    yield* oldestFirst(partitions.map((partition) => listing.pagesOf(partition)));
    await listing.end();
  }, signals);
  const pages = listOf(async function* (signal) {
    const { partitions, listing } = open(signal);
    for (const partition of partitions) {
      // One after the other: nothing is known of those to come.
      listing.startAll();
      yield* listing.pagesOf(partition);
    }
    await listing.end();
  }, signals);
  return { ...files, pages: () => pages };
}

/** One iteration: what fails for one principal, or is wrong with one row, does not keep the other files from being listed. */
class Listing {
  readonly #partitions: readonly ListedPartition[];
  readonly #failed: FailedPrincipals;
  readonly #callbacks: Callbacks;
  #thrown: { readonly error: unknown } | undefined;
  /** Only the first is thrown: an error for each of a hundred thousand rows would fill the memory. */
  #invalidRow: AuditLogFileError | undefined;

  constructor(partitions: readonly ListedPartition[], { onFailedPrincipal, signals }: ListingPlan) {
    this.#partitions = partitions;
    this.#callbacks = new Callbacks((error) => {
      this.#thrown ??= { error };
    }, signals);
    this.#failed = new FailedPrincipals({
      partitions,
      onFailedPrincipal,
      stats: { failedPrincipals: 0 },
      isOver: () => signals.some((signal) => signal?.aborted),
      call: (tell) => this.#callbacks.callInTurn(tell),
    });
  }

  startAll(): void {
    for (const partition of this.#partitions) this.#failed.begin(partition);
  }

  async *pagesOf(partition: ListedPartition): AsyncGenerator<AuditLogFilePage, void, undefined> {
    const { principal, eventType, plan } = partition;
    const onInvalidRow = (row: InvalidRow) => {
      this.#invalidRow ??= rowFailure(row, principal, eventType);
    };
    const ask: ListPlan['ask'] = async (range) => {
      const page = await this.#failed.noted(plan.ask(range));
      this.#failed.begin(partition);
      return page;
    };
    try {
      for await (const files of listLogFiles({ ...plan, ask, onInvalidRow })) {
        await this.#told();
        yield { principal, eventType, files: files.map((file) => ({ ...file, principal })) };
      }
    } catch (error) {
      if (!this.#failed.isOne(error)) throw error;
      this.#failed.report(partition, error);
      await this.#told();
    }
  }

  async end(): Promise<void> {
    await this.#told();
    this.#failed.throwIfAll();
    if (this.#invalidRow !== undefined) throw this.#invalidRow;
  }

  /** Waits for who is told. @throws What that rejects with. */
  async #told(): Promise<void> {
    await this.#callbacks.inTurn;
    if (this.#thrown !== undefined) throw this.#thrown.error;
  }
}

/** The files of a partition that were listed and not yet handed out. */
interface Queue {
  readonly pages: AsyncGenerator<AuditLogFilePage, void, undefined>;
  files: readonly AuditLogFile[];
  /** Where in them the next one is. */
  at: number;
  isAtEnd: boolean;
}

async function* oldestFirst(listings: readonly Queue['pages'][]): AsyncGenerator<AuditLogFile, void, undefined> {
  const queues = listings.map((pages): Queue => ({ pages, files: [], at: 0, isAtEnd: false }));
  for (;;) {
    await Promise.all(queues.map(fill));
    const [first] = queues
      .filter(({ files, at }) => at < files.length)
      .sort((one, other) => compareDateTimes(nextOf(one)?.end_time ?? '', nextOf(other)?.end_time ?? ''));
    const file = first && nextOf(first);
    if (first === undefined || file === undefined) return;
    first.at += 1;
    yield file;
  }
}

const nextOf = ({ files, at }: Queue): AuditLogFile | undefined => files[at];

async function fill(queue: Queue): Promise<void> {
  while (queue.at === queue.files.length && !queue.isAtEnd) {
    const { done, value } = await queue.pages.next();
    if (done) queue.isAtEnd = true;
    else Object.assign(queue, { files: value.files, at: 0 });
  }
}
