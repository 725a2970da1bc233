import { checkOptions, checkText, type OptionNames } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { PlanError } from '../errors/plan-error.js';
import { isRecord } from '../internal/json.js';
import { parseJson } from '../internal/json-limits.js';
import {
  codeOf,
  directoryOf,
  flushDirectory,
  type NodeFile,
  type NodeFiles,
  unlessMissing,
} from '../internal/node-files.js';
import type { JournalEntry, JournalLease, PlanJournal } from './journal.js';
import { nodeFiles } from './journal-files.js';
import { LockFiles } from './lock-files.js';

/** How a journal is kept in a file. */
export interface FileJournalOptions {
  /**
   * Path of a lock that all plans for one directory share, such as `plans/<plan.connection.directory>`: of two that are applied
   * at once the second is refused (`journal_locked`). Its file is `<lock>.lock-<number>`, and the last one stays.
   * @default a lock for this journal alone, so that only one process applies this plan
   */
  readonly lock?: string | undefined;
}

const optionNames: OptionNames<FileJournalOptions> = { lock: true };

/**
 * A journal in a file, for Node, Bun and Deno: one JSON text a line, appended and flushed to the disk before it counts. The
 * file is made when it is missing, its directory too, and only its owner can read it (0600): it holds personal data. A last
 * line that a crash has cut is read over.
 *
 * The lease is a file beside it, `<path>.lock-<number>`, which goes when work ends; give `lock` where several plans may be
 * applied to one directory, as by a program that makes a plan each night. That of a process that died is taken over:
 * at once on Linux by a process of the same machine and container, otherwise when it has expired, within a minute. Processes on several machines need one clock and one file system that makes a file once, which not
 * every network drive does: give such a fleet a journal in a database.
 *
 * @throws InputError for a path that is not a text, or an option that there is not; from its methods where the runtime has no file system. PlanError with
 * code `journal_unreadable` from `read`; the file system's own errors.
 * @example
 * ```ts
 * import type { ScimClient } from 'chatgpt-enterprise-sdk/scim';
 * import { applyPlan, type DirectoryPlan, fileJournal } from 'chatgpt-enterprise-sdk/provisioning';
 *
 * declare const [client, plan, approved]: [ScimClient<'provisioning' | 'deprovisioning'>, DirectoryPlan, string];
 * const lock = `./plans/${plan.connection.directory}`;
 * const journal = fileJournal(`./plans/${plan.hash}.journal`, { lock });
 * const result = await applyPlan(client, plan, { approve: approved, journal });
 * ```
 */
export function fileJournal(path: string, options?: FileJournalOptions): PlanJournal {
  if (typeof path !== 'string' || path === '') {
    throw new InputError('`path` must be the path of a file.', {
      path: ['path'],
      remedy: "Give a path, such as './plan.journal'.",
    });
  }
  const { lock: shared } = checkOptions('fileJournal()', options, optionNames);
  if (shared !== undefined) checkText('lock', shared);
  if (shared === '') {
    throw new InputError('`lock` must be the path of a file.', {
      path: ['lock'],
      remedy: 'Leave it out, or give a path.',
    });
  }
  const lock = shared === undefined ? new LockFiles(path, () => lastFenceIn(path)) : new LockFiles(shared, undefined);
  let working: Promise<unknown> = Promise.resolve();
  // One after the other: half of one entry must not stand in another.
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = working.then(work, work);
    working = done;
    return done;
  };
  const waiting: Waiting[] = [];
  // What came while the disk was busy is flushed together.
  const flush = async () => {
    const group = waiting.splice(0);
    try {
      const mayBeWritten = await lock.inForceAmong(group);
      const written = group.filter(({ lease }) => mayBeWritten.has(lease));
      if (written.length > 0) await append(path, written.map(({ line }) => line).join(''));
      // Whoever took over before this was written may not have read it; after it, has.
      const isSafe = await lock.inForceAmong(written);
      for (const { lease, resolve } of group) resolve(isSafe.has(lease));
    } catch (error) {
      // What waits behind an entry that was not written is not written either.
      for (const { reject } of [...group, ...waiting.splice(0)]) reject(error);
    }
  };
  return {
    async read() {
      const text = await unlessMissing(nodeFiles().readFile(path, 'utf8'));
      return text === undefined ? [] : entriesIn(text);
    },
    async append(entry, lease) {
      const line = `${JSON.stringify(entry)}\n`;
      const isSafe = new Promise<boolean>((resolve, reject) => {
        waiting.push({ line, lease, resolve, reject });
      });
      // Waited for, so that what fails leads to whoever wrote.
      if (waiting.length === 1) await inTurn(flush);
      return await isSafe;
    },
    acquire: (request) => inTurn(() => lock.acquire(request)),
    renew: (lease) => inTurn(() => lock.renew(lease)),
    release: (lease) => inTurn(() => lock.release(lease)),
  };
}

/** An entry that is not written yet. */
interface Waiting {
  readonly line: string;
  readonly lease: JournalLease;
  readonly resolve: (isSafe: boolean) => void;
  readonly reject: (error: unknown) => void;
}

/** A line that cannot be read may be the last one, or stand before the start of a run: a crash, or a full disk, has cut it. */
function entriesIn(text: string): readonly JournalEntry[] {
  const entries: JournalEntry[] = [];
  let cutAt: number | undefined;
  for (const [index, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const entry = entryIn(line);
    if (cutAt !== undefined && entry?.type !== 'start') throw unreadable(cutAt);
    cutAt = entry === undefined ? index : undefined;
    if (entry !== undefined) entries.push(entry);
  }
  return entries;
}

function entryIn(line: string): JournalEntry | undefined {
  try {
    const value = parseJson(line);
    // Who wrote it, is this module: what each type holds is looked at where it is used.
    return isRecord(value) && typeof value.type === 'string' ? (value as unknown as JournalEntry) : undefined;
  } catch {
    return undefined;
  }
}

function unreadable(index: number): PlanError {
  return new PlanError('journal_unreadable', `Line ${index + 1} of the journal cannot be read.`);
}

async function append(path: string, lines: string): Promise<void> {
  const files = nodeFiles();
  const file = await opened(files, path);
  try {
    const { size } = await file.stat();
    const tail = await tailOf(file, size);
    const isWhole = tail.length === 0 || entryIn(new TextDecoder().decode(tail)) !== undefined;
    // Half a line was never safe, and nothing was sent for it. A whole one counts, and has only lost its end.
    if (!isWhole) await file.truncate(size - tail.length);
    await file.appendFile(isWhole && tail.length > 0 ? `\n${lines}` : lines);
    await file.sync();
    if (size === 0) await flushDirectory(files, directoryOf(path));
  } finally {
    await file.close();
  }
}

async function opened(files: NodeFiles, path: string): Promise<NodeFile> {
  try {
    return await files.open(path, 'a+', 0o600);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    await files.mkdir(directoryOf(path), { recursive: true, mode: 0o700 });
    return files.open(path, 'a+', 0o600);
  }
}

const newline = 10;

const tailStep = 4_096;

/** What stands behind the last end of a line. */
async function tailOf(file: NodeFile, size: number): Promise<Uint8Array> {
  for (let length = Math.min(1, size); ; length = Math.min(size, length + tailStep)) {
    const tail = new Uint8Array(length);
    for (let filled = 0; filled < length; ) {
      const { bytesRead } = await file.read(tail, filled, length - filled, size - length + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    const end = tail.lastIndexOf(newline);
    if (end >= 0 || length === size) return tail.subarray(end + 1);
  }
}

/** The highest number of a lease that the journal names. */
async function lastFenceIn(path: string): Promise<number> {
  const text = (await unlessMissing(nodeFiles().readFile(path, 'utf8'))) ?? '';
  const fences = text.split('\n').map((line) => Number(entryIn(line)?.fence));
  return fences.reduce((most, fence) => (fence > most ? fence : most), 0);
}
