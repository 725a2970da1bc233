import type { AuditLogFileList, ListedLane } from './file-list.js';

/** The list of files, which is loaded when it is first iterated. */
export function laterFiles(lanes: readonly ListedLane[]): AuditLogFileList {
  const load = async () => (await import('./file-list.js')).listFilesOf(lanes);
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
