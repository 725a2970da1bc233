import { checkChoice, checkOptions } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { type Clock, systemClock } from '../internal/clock.js';
import { nodeFiles, unlessMissing } from '../internal/node-files.js';
import { told, toldLease } from './byte-lease.js';
import { commitDirectory } from './commit-files.js';
import { dayOf, isNameOfPlatform } from './event-place.js';
import { NdjsonLease, type NdjsonStore } from './ndjson-lease.js';
import { NdjsonUpkeep } from './ndjson-upkeep.js';
import { checkLease, type LogSink, readErasedUser, readPruneTime } from './sink.js';
import { type KeepsLine, linesFrom, linesNotBy } from './stored-lines.js';

export interface NdjsonSinkOptions {
  /**
   * What stands in one file: the events of a type and a day (UTC), `<workspace id>/AUTH_LOG/2026-11-30.ndjson`, or those of a log
   * file, `<workspace id>/AUTH_LOG/<log file>.ndjson`. Events that name no time stand in `undated-<day of writing>.ndjson`.
   * @default 'day'
   */
  readonly layout?: 'day' | 'file' | undefined;
  /**
   * `'gzip'`: the files end in `.ndjson.gz`. Each batch is a gzip member of its own, and members one behind the other are a
   * gzip file, which `zcat`, Node, Python and DuckDB read; what stops after the first member (as browsers do) does not. Larger
   * batches are compressed better. @default not compressed
   */
  readonly compress?: 'gzip' | undefined;
  readonly clock?: Clock | undefined;
}

/**
 * Audit logs as files, a line an event, byte by byte as the service wrote it. For Node, Bun and Deno. The directory is made
 * when it is missing; files and directories can be read by their owner only (0600, 0700). What stands in
 * the directory of a workspace stands in that of an organization too, `org-…`. Names are made safe: ids of workspaces and
 * organizations are written in small letters, what is unusual in a name as `%2f`, and capital letters in the id of a log file
 * are marked by a `~` and a number, as some systems see no difference.
 *
 * Events and checkpoint are written together: events are appended and flushed to the disk, and then a small file with a number
 * is made below `<workspace id>/.commits`, which says how far each file counts. Once `write` has resolved, a power cut loses
 * nothing. Whoever lost the lease finds the number taken, whatever the clocks say. The file system must have hard links (ext4,
 * XFS, Btrfs, APFS, NTFS and NFS have; FAT has not).
 *
 * Who reads the files while they are written sees events a moment before they count. After a crash the end of a file may hold
 * events, or half a line, that do not count: the next start replaces the file by one without them, and writes them again. So
 * read what is to be exact once the lease was given back, or up to the length in the last commit; a program that follows
 * a file must follow its name (`tail -F`).
 *
 * `erase` and `prune` write files anew beside an export that goes on, and need no lease; a file of which nothing is left is
 * removed. Ended halfway, they go on where they are called again.
 *
 * @throws InputError for a directory that is not a text, an unknown option, and where the runtime has no file system. From its
 * methods ExportError: `store_failed` (with `storeCode`, such as `ENOSPC`), `store_damaged`, `unknown_schema`, `lease_lost`.
 * @example
 * ```ts
 * import { ndjsonSink } from 'chatgpt-enterprise-sdk/export';
 *
 * const sink = ndjsonSink('./audit-logs', { compress: 'gzip' });
 * const { removed } = await sink.prune({ before: '2026-01-01' });
 * console.log(`${removed} events of last year removed`);
 * ```
 */
export function ndjsonSink(directory: string, options: NdjsonSinkOptions = {}): LogSink {
  if (typeof directory !== 'string' || directory === '') {
    throw new InputError('`directory` must be the path of a directory.', {
      path: ['directory'],
      remedy: "Give a path, such as './audit-logs'.",
    });
  }
  const given = checkOptions('ndjsonSink()', options, { layout: true, compress: true, clock: true });
  const { layout = 'day', compress, clock = systemClock } = given;
  checkChoice('layout', layout, ['day', 'file']);
  checkChoice('compress', compress, ['gzip', undefined]);
  const files = nodeFiles();
  if (files === undefined) {
    throw new InputError('This runtime has no file system: it is not Node, Bun or Deno.', {
      remedy: 'Use another sink, such as `objectSink`.',
    });
  }
  return ndjsonSinkOf({ files, directory, layout, compress, clock });
}

/** @internal */
export function ndjsonSinkOf(store: NdjsonStore): LogSink {
  const removeLines = async (keepsOf: (fileName: string, isOfPlatform: boolean) => KeepsLine | undefined) => {
    let removed = 0;
    for (const home of await homesIn(store)) {
      const isOfPlatform = isNameOfPlatform(home.slice(store.directory.length + 1));
      removed += await new NdjsonUpkeep(store.files, home).removeLines((name) => keepsOf(name, isOfPlatform));
    }
    return removed;
  };
  return {
    isUniqueByEventId: false,
    lease: async (key, ttlMs) => {
      checkLease(key, ttlMs);
      const lease = await told('Taking the lease in the directory', () => NdjsonLease.take(store, key, ttlMs));
      return lease && toldLease(lease, 'the directory');
    },
    async erase(person) {
      const keeps = linesNotBy(readErasedUser(checkOptions('erase()', person, { userId: true }).userId));
      return { erased: await told('Erasing in the directory', () => removeLines(() => keeps)) };
    },
    async prune(range) {
      const beforeMs = readPruneTime(checkOptions('prune()', range, { before: true }).before, store.clock.now());
      const keepsOf = (name: string, isOfPlatform: boolean) => keptOf(name, beforeMs, isOfPlatform);
      return { removed: await told('Pruning the directory', () => removeLines(keepsOf)) };
    },
  };
}

/** Of files whose names say that nothing in them is so old, nothing is read. */
function keptOf(fileName: string, beforeMs: number, isOfPlatform: boolean): KeepsLine | undefined {
  const [, undated, day] = /^(undated-)?(\d{4}-\d\d-\d\d)(?:-\d+)?\.ndjson/.exec(fileName) ?? [];
  const lastDay = dayOf(beforeMs);
  if (day !== undefined && (undated === undefined ? day > lastDay : day >= lastDay)) return undefined;
  return linesFrom(beforeMs, undated === undefined, isOfPlatform);
}

async function homesIn({ files, directory }: NdjsonStore): Promise<readonly string[]> {
  const homes: string[] = [];
  for (const name of (await unlessMissing(files.readdir(directory))) ?? []) {
    const home = `${directory}/${name}`;
    const hasCommits = await files.stat(`${home}/${commitDirectory}`).then(
      () => true,
      () => false,
    );
    if (hasCommits) homes.push(home);
  }
  return homes;
}
