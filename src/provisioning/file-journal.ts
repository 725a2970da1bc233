import { InputError } from '../errors/input-errors.js';
import { PlanError } from '../errors/plan-error.js';
import { isRecord } from '../internal/json.js';
import { parseJson } from '../internal/json-limits.js';
import { nodeBuiltin } from '../internal/node-builtin.js';
import type { JournalEntry, JournalLease, PlanJournal } from './journal.js';
import { hasEnded, holderIn, isOnSameMachine, type LockHolder, thisProcess } from './lock-holder.js';

/**
 * A journal in a file, for Node, Bun and Deno: one JSON text a line, appended and flushed to the disk before it counts. The
 * file is made when it is missing, its directory too, and only its owner can read it (0600): it holds personal data. A last
 * line that a crash has cut is read over.
 *
 * The lease is a file beside it, `<path>.lock-<number>`, which goes when work ends. That of a process that died is taken over:
 * at once on Linux by a process of the same machine and container, otherwise when it has expired, within a minute. Processes on several machines need one clock and one file system that makes a file once, which not
 * every network drive does: give such a fleet a journal in a database.
 *
 * @throws InputError for a path that is not a text; from its methods where the runtime has no file system. PlanError with
 * code `journal_unreadable` from `read`; the file system's own errors.
 * @example
 * ```ts
 * import type { ScimClient } from 'chatgpt-enterprise-sdk/scim';
 * import { applyPlan, type DirectoryPlan, fileJournal } from 'chatgpt-enterprise-sdk/provisioning';
 *
 * declare const [client, plan, approved]: [ScimClient<'provisioning' | 'deprovisioning'>, DirectoryPlan, string];
 * const journal = fileJournal(`./plans/${plan.hash}.journal`);
 * const result = await applyPlan(client, plan, { approve: approved, journal });
 * ```
 */
export function fileJournal(path: string): PlanJournal {
  if (typeof path !== 'string' || path === '') {
    throw new InputError('`path` must be the path of a file.', {
      path: ['path'],
      remedy: "Give a path, such as './plan.journal'.",
    });
  }
  const lock = new LockFiles(path);
  let working: Promise<unknown> = Promise.resolve();
  // One after the other: half of one entry must not stand in another.
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = working.then(work, work);
    working = done;
    return done;
  };
  return {
    async read() {
      const text = await unlessMissing(nodeFiles().readFile(path, 'utf8'));
      return text === undefined ? [] : entriesIn(text);
    },
    append: (entry, lease) =>
      inTurn(async () => {
        if (!(await lock.isInForce(lease))) return false;
        await appendLine(path, `${JSON.stringify(entry)}\n`);
        // Whoever took over before this was written may not have read it; after it, has.
        return lock.isInForce(lease);
      }),
    acquire: (request) => inTurn(() => lock.acquire(request)),
    renew: (lease) => inTurn(() => lock.renew(lease)),
    release: (lease) => inTurn(() => lock.release(lease)),
  };
}

/** A line that cannot be read may be the last one, or stand before the start of a run: a crash has cut it. */
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

async function appendLine(path: string, line: string): Promise<void> {
  const files = nodeFiles();
  const file = await opened(files, path);
  try {
    const { size } = await file.stat();
    const isCut = size > 0 && (await lastByteOf(file, size)) !== newline;
    await file.appendFile(isCut ? `\n${line}` : line);
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

async function lastByteOf(file: NodeFile, size: number): Promise<number | undefined> {
  const last = new Uint8Array(1);
  await file.read(last, 0, 1, size - 1);
  return last[0];
}

/** A lock file that says nothing for longer is of somebody who died, and of whoever was only slow it is found to be lost. */
const longestMakingMs = 5_000;

/**
 * The lease: of the files `<path>.lock-<number>` that with the highest number. To take over is to make the next one, which
 * the file system lets one process do, and nobody has to remove anything first.
 */
class LockFiles {
  readonly #path: string;
  readonly #directory: string;
  readonly #prefix: string;

  constructor(path: string) {
    this.#path = path;
    this.#directory = directoryOf(path);
    this.#prefix = `${path.slice(path.search(/[^/\\]*$/))}.lock-`;
  }

  async isInForce({ owner, fence }: JournalLease): Promise<boolean> {
    const numbers = await this.#numbers();
    if (numbers.some((number) => number > fence) || !numbers.includes(fence)) return false;
    return (await this.#read(fence))?.owner === owner;
  }

  async acquire({ owner, now, expiresAt }: Parameters<PlanJournal['acquire']>[0]): Promise<JournalLease> {
    const files = nodeFiles();
    await files.mkdir(this.#directory, { recursive: true, mode: 0o700 });
    for (;;) {
      const numbers = await this.#numbers();
      const last = Math.max(0, ...numbers);
      const held = last === 0 ? undefined : await this.#read(last);
      // Another is making it at this moment, or died while it did.
      const ends = held?.expiresAt ?? (await this.#madeAt(last)) + longestMakingMs;
      const here = await thisProcess();
      if (last > 0 && ends > now && held?.owner !== owner && !(await hasEnded(held?.process, here))) {
        const isNear = held?.process !== undefined && isOnSameMachine(held.process, here);
        const holder = isNear ? { holder: `process ${held.process.pid} of this machine` } : {};
        return { owner: held?.owner ?? '', fence: last, expiresAt: ends, ...holder };
      }
      const lease: JournalLease = { owner, fence: 1 + Math.max(last, await this.#lastFence()), expiresAt };
      if (!(await this.#make(lease))) continue;
      for (const number of numbers) await unlessMissing(files.unlink(this.#fileOf(number)));
      if (held !== undefined) await unlessMissing(files.unlink(this.#asideOf(held)));
      return lease;
    }
  }

  async renew(lease: JournalLease): Promise<boolean> {
    if (!(await this.isInForce(lease))) return false;
    const files = nodeFiles();
    const aside = this.#asideOf(lease);
    const file = await files.open(aside, 'w', 0o600);
    await file.appendFile(await lockText(lease)).finally(() => file.close());
    await files.rename(aside, this.#fileOf(lease.fence));
    return this.isInForce(lease);
  }

  async release(lease: JournalLease): Promise<void> {
    if (await this.isInForce(lease)) await unlessMissing(nodeFiles().unlink(this.#fileOf(lease.fence)));
  }

  /** `false` where another was faster. */
  async #make(lease: JournalLease): Promise<boolean> {
    const text = await lockText(lease);
    try {
      const file = await nodeFiles().open(this.#fileOf(lease.fence), 'wx', 0o600);
      await file.appendFile(text).finally(() => file.close());
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    }
  }

  async #numbers(): Promise<readonly number[]> {
    const names = (await unlessMissing(nodeFiles().readdir(this.#directory))) ?? [];
    return names.flatMap((name) => {
      const number = name.startsWith(this.#prefix) ? name.slice(this.#prefix.length) : '';
      return /^\d+$/.test(number) ? [Number(number)] : [];
    });
  }

  async #read(fence: number): Promise<(JournalLease & { readonly process: LockHolder | undefined }) | undefined> {
    const text = await unlessMissing(nodeFiles().readFile(this.#fileOf(fence), 'utf8'));
    try {
      const value = text === undefined ? undefined : parseJson(text);
      const isLease = isRecord(value) && typeof value.owner === 'string' && typeof value.expiresAt === 'number';
      if (!isLease) return undefined;
      const { owner, expiresAt, process } = value;
      return { owner: String(owner), fence, expiresAt: Number(expiresAt), process: holderIn(process) };
    } catch {
      return undefined;
    }
  }

  async #madeAt(fence: number): Promise<number> {
    const stats = fence === 0 ? undefined : await unlessMissing(nodeFiles().stat(this.#fileOf(fence)));
    return stats?.mtimeMs ?? 0;
  }

  /** The highest number that the journal names: the files of leases that have ended are gone. */
  async #lastFence(): Promise<number> {
    const text = (await unlessMissing(nodeFiles().readFile(this.#path, 'utf8'))) ?? '';
    const fences = text.split('\n').map((line) => Number(entryIn(line)?.fence));
    return fences.reduce((most, fence) => (fence > most ? fence : most), 0);
  }

  #fileOf(fence: number): string {
    return `${this.#path}.lock-${fence}`;
  }

  #asideOf({ owner }: JournalLease): string {
    return `${this.#path}.${owner}.tmp`;
  }
}

async function lockText(lease: JournalLease): Promise<string> {
  return JSON.stringify({ ...lease, process: await thisProcess() });
}

function directoryOf(path: string): string {
  const end = path.search(/[^/\\]*$/);
  return end === 0 ? '.' : path.slice(0, end);
}

async function flushDirectory(files: NodeFiles, directory: string): Promise<void> {
  try {
    const directoryFile = await files.open(directory, 'r');
    await directoryFile.sync().finally(() => directoryFile.close());
  } catch {
    // Windows cannot open a directory, and does not need to.
  }
}

async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return isRecord(error) ? error.code : undefined;
}

/** What is used of Node's file system. */
interface NodeFiles {
  mkdir(path: string, options: { recursive: true; mode: number }): Promise<unknown>;
  open(path: string, flags: string, mode?: number): Promise<NodeFile>;
  readFile(path: string, encoding: 'utf8'): Promise<string>;
  readdir(path: string): Promise<string[]>;
  stat(path: string): Promise<{ readonly mtimeMs: number }>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
}

interface NodeFile {
  stat(): Promise<{ readonly size: number }>;
  read(into: Uint8Array, offset: number, length: number, position: number): Promise<unknown>;
  appendFile(text: string): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

function nodeFiles(): NodeFiles {
  const files = nodeBuiltin<{ readonly promises: NodeFiles }>('node:fs')?.promises;
  if (files !== undefined) return files;
  throw new InputError('This runtime has no file system: it is not Node, Bun or Deno.', {
    remedy: 'Keep the journal in another store: any object with the methods of `PlanJournal`.',
  });
}
