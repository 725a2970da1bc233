import { instantOf } from '../instant.js';
import type { AuditLogPrincipal } from '../principal.js';
import type { AuditLogFile } from './audit-log-file.js';
import { type ListPlan, listLogFiles } from './list-log-files.js';

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
  /**
   * The same files in pages, event type after event type and workspace after workspace.
   *
   * @throws While iterating: ResponseError, ConnectionError, ResponseValidationError, IncompleteListError; or the signal's own
   * reason.
   * @example
   * ```ts
   * import { AuditLogClient } from 'chatgpt-enterprise-sdk/audit-logs';
   *
   * const client = new AuditLogClient({ apiKey: 'sk-admin-…', workspaceIds: '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11' });
   * for await (const page of client.files({ eventTypes: ['AUTH_LOG'] }).pages()) {
   *   console.log(page.principal.id, page.eventType, page.files.length);
   * }
   * ```
   */
  pages(): AsyncIterable<AuditLogFilePage>;
}

/** One event type of one principal, and how its files are listed. */
export interface ListedLane {
  readonly principal: AuditLogPrincipal;
  readonly eventType: string;
  readonly plan: ListPlan;
}

export function listFilesOf(lanes: readonly ListedLane[]): AuditLogFileList {
  return {
    [Symbol.asyncIterator]: () => oldestFirst(lanes.map(pagesOf)),
    pages: () => ({
      async *[Symbol.asyncIterator]() {
        for (const lane of lanes) yield* pagesOf(lane);
      },
    }),
  };
}

async function* pagesOf({ principal, eventType, plan }: ListedLane): AsyncGenerator<AuditLogFilePage, void, undefined> {
  for await (const files of listLogFiles(plan)) {
    yield { principal, eventType, files: files.map((file) => ({ ...file, principal })) };
  }
}

async function* oldestFirst(
  lanes: readonly AsyncGenerator<AuditLogFilePage, void, undefined>[],
): AsyncGenerator<AuditLogFile, void, undefined> {
  const heads = lanes.map((lane) => ({ lane, files: [] as readonly AuditLogFile[], at: 0 }));
  const waiting = new Set(heads);
  const ready = new Set<(typeof heads)[number]>();
  for (;;) {
    await Promise.all([...waiting].map(refill));
    waiting.clear();
    const [first] = [...ready].sort((one, other) => compare(one.files[one.at], other.files[other.at]));
    const file = first?.files[first.at];
    if (first === undefined || file === undefined) return;
    yield file;
    first.at++;
    if (first.at === first.files.length) waiting.add(first);
  }

  async function refill(head: (typeof heads)[number]): Promise<void> {
    ready.delete(head);
    for (;;) {
      const { done, value } = await head.lane.next();
      if (done) return;
      if (value.files.length === 0) continue;
      head.files = value.files;
      head.at = 0;
      ready.add(head);
      return;
    }
  }
}

function compare(one: AuditLogFile | undefined, other: AuditLogFile | undefined): number {
  const difference = instantOf(one?.end_time ?? '') - instantOf(other?.end_time ?? '');
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}
