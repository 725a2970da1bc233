import { compareDateTimes } from '../../internal/dates.js';
import { type List, listOf } from '../../transport/list.js';
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
export interface AuditLogFileList extends List<AuditLogFile> {
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
    ...listOf(async function* () {
      const failures: AuditLogFileError[] = [];
      yield* oldestFirst(partitions.map((partition) => pagesOf(partition, failures)));
      throwFirst(failures);
    }),
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
  // Only the first is thrown: an error for each of a hundred thousand rows would fill the memory.
  const onInvalidRow = (row: InvalidRow) => {
    if (failures.length === 0) failures.push(rowFailure(row, principal, eventType));
  };
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
