import { compareDateTimes } from '../../internal/dates.js';
import type { AuditLogFileError } from '../errors.js';
import type { AuditLogPrincipal } from '../principal.js';
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
export interface AuditLogFileList extends AsyncIterable<AuditLogFile> {
  /** The same files in pages, event type after event type and workspace after workspace. */
  pages(): AsyncIterable<AuditLogFilePage>;
}

export interface ListedPartition {
  readonly principal: AuditLogPrincipal;
  readonly eventType: string;
  readonly plan: ListPlan;
}

export function listFilesOf(partitions: readonly ListedPartition[]): AuditLogFileList {
  return {
    async *[Symbol.asyncIterator]() {
      const failures: AuditLogFileError[] = [];
      yield* oldestFirst(partitions.map((partition) => pagesOf(partition, failures)));
      throwFirst(failures);
    },
    pages: () => ({
      async *[Symbol.asyncIterator]() {
        const failures: AuditLogFileError[] = [];
        for (const partition of partitions) yield* pagesOf(partition, failures);
        throwFirst(failures);
      },
    }),
  };
}

async function* pagesOf(
  { principal, eventType, plan }: ListedPartition,
  failures: AuditLogFileError[],
): AsyncGenerator<AuditLogFilePage, void, undefined> {
  const onInvalidRow = (row: InvalidRow) => failures.push(rowFailure(row, principal, eventType));
  for await (const files of listLogFiles({ ...plan, onInvalidRow })) {
    yield { principal, eventType, files: files.map((file) => ({ ...file, principal })) };
  }
}

/** A row that cannot be read does not keep the other files from being listed. */
function throwFirst([first]: readonly AuditLogFileError[]): void {
  if (first !== undefined) throw first;
}

/** The files of a partition that were listed and not yet handed out. */
interface Queue {
  readonly pages: AsyncGenerator<AuditLogFilePage, void, undefined>;
  files: readonly AuditLogFile[];
  isAtEnd: boolean;
}

async function* oldestFirst(listings: readonly Queue['pages'][]): AsyncGenerator<AuditLogFile, void, undefined> {
  const queues = listings.map((pages): Queue => ({ pages, files: [], isAtEnd: false }));
  for (;;) {
    await Promise.all(queues.map(fill));
    const [first] = queues
      .filter(({ files }) => files.length > 0)
      .sort((one, other) => compareDateTimes(one.files[0]?.end_time ?? '', other.files[0]?.end_time ?? ''));
    const [file, ...others] = first?.files ?? [];
    if (first === undefined || file === undefined) return;
    first.files = others;
    yield file;
  }
}

async function fill(queue: Queue): Promise<void> {
  while (queue.files.length === 0 && !queue.isAtEnd) {
    const { done, value } = await queue.pages.next();
    if (done) queue.isAtEnd = true;
    else queue.files = value.files;
  }
}
