import type { AuditLogFileList, ListedPartition } from './list.js';

/** The list of files, which is loaded when it is first iterated. */
export function laterFiles(lanes: readonly ListedPartition[]): AuditLogFileList {
  const load = async () => (await import('./list.js')).listFilesOf(lanes);
  return {
    async *[Symbol.asyncIterator]() {
      yield* await load();
    },
    pages: () => ({
      async *[Symbol.asyncIterator]() {
        yield* (await load()).pages();
      },
    }),
  };
}
