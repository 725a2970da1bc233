import { ExportError } from '../errors/export-error.js';
import { isRecord } from '../internal/json.js';
import { parseJson } from '../internal/json-limits.js';
import {
  codeOf,
  flushDirectory,
  moveOver,
  type NodeFiles,
  unlessMissing,
  writeFlushed,
} from '../internal/node-files.js';

const schema = 1;

const closed = '{}';

/** What is true of the files of one key once a commit is made. Paths are those below the directory of the key. */
export interface CommitContent {
  readonly fence: number;
  /** Who holds the lease. */
  readonly owner: string;
  /** When the lease ends, in milliseconds since the epoch; 0 once it is given back. */
  readonly expiresAtMs: number;
  /** For how long it was taken, in milliseconds. */
  readonly ttlMs: number;
  /** As JSON. */
  readonly checkpoint: string | undefined;
  /** The files that the holder may have open, and how many bytes of each count. Of all others, every byte does. */
  readonly open: Readonly<Record<string, number>>;
  /** What takes the place of a file: to be done before the next commit, by whoever makes it. */
  readonly moves: readonly { readonly from: string; readonly to: string }[];
  /** Files that go, by whom. While a name stands here nobody makes it again: one who is late may still remove it. */
  readonly gone: Readonly<Record<string, string>>;
}

export interface Commit extends CommitContent {
  readonly number: number;
  readonly id: string;
}

export const noCommit: CommitContent = {
  fence: 0,
  owner: '',
  expiresAtMs: 0,
  ttlMs: 0,
  checkpoint: undefined,
  open: {},
  moves: [],
  gone: {},
};

/** Where commits and what is made aside are kept, below the directory of a key. Readers of events leave it alone. */
export const commitDirectory = '.commits';

/**
 * The commits of one key: files with numbers, of which the highest is in force. To commit is to make the next one, which the
 * file system lets one process do: whoever is late finds that the number is taken, whatever the clocks say.
 */
export class CommitFiles {
  readonly directory: string;
  readonly #files: NodeFiles;
  readonly #home: string;
  #numbers: number[] = [];

  /** `home` is the directory of the key. */
  constructor(files: NodeFiles, home: string) {
    this.#files = files;
    this.#home = home;
    this.directory = `${home}/${commitDirectory}`;
  }

  /** @throws ExportError `store_damaged`, `unknown_schema` */
  async latest(): Promise<Commit | undefined> {
    for (;;) {
      const names = (await unlessMissing(this.#files.readdir(this.directory))) ?? [];
      this.#numbers = names.flatMap((name) => numberIn(name) ?? []).sort((a, b) => a - b);
      const last = this.#numbers.at(-1);
      if (last === undefined) return undefined;
      const commit = await this.#read(last);
      if (commit !== undefined) return commit;
      // It was the last one when the directory was read, and others have followed since.
    }
  }

  /**
   * Whether nobody has committed since. First the next one, then this: they are removed in the order of their numbers, so
   * where this one stands the next one was not removed before.
   */
  async isLatest(commit: Commit): Promise<boolean> {
    const next = await unlessMissing(this.#files.stat(this.#pathOf(commit.number + 1)));
    return next === undefined && (await this.#isThere(commit));
  }

  /** `undefined` where somebody else has committed since `previous`. */
  async add(previous: Commit | undefined, content: CommitContent, id: string): Promise<Commit | undefined> {
    const number = (previous?.number ?? 0) + 1;
    const commit: Commit = { ...content, number, id };
    const aside = this.asideOf(previous);
    try {
      await writeFlushed(this.#files, aside, textOf(commit), 'wx');
      if (!(await this.#link(aside, commit))) return undefined;
    } finally {
      await this.#files.unlink(aside).catch(() => {});
    }
    if (previous !== undefined && !(await this.#isThere(previous))) {
      // So many have committed since that the number was free again.
      await this.#files.unlink(this.#pathOf(number)).catch(() => {});
      return undefined;
    }
    await flushDirectory(this.#files, this.directory);
    this.#numbers.push(number);
    await this.#removeOld(number);
    return commit;
  }

  /** A new path for what is made aside; good for the commit that follows `previous`, and for no later one. */
  asideOf(previous: Commit | undefined): string {
    return `${this.directory}/${previous?.number ?? 0}-${crypto.randomUUID()}.tmp`;
  }

  /** What takes the place of a file does. Doing it twice, or late, does no harm: what was moved is not there any more. */
  async settle({ moves }: Commit): Promise<void> {
    for (const { from, to } of moves) {
      await unlessMissing(moveOver(this.#files, `${this.#home}/${from}`, `${this.#home}/${to}`));
    }
    const directories = new Set(moves.map(({ to }) => to.replace(/[^/]*$/, '')));
    for (const directory of directories) await flushDirectory(this.#files, `${this.#home}/${directory}`);
  }

  /** What was made aside for commits that are past, and was never used. */
  async removeLeftovers({ number }: Commit): Promise<void> {
    for (const name of await this.#files.readdir(this.directory)) {
      const base = name.endsWith('.tmp') ? Number(name.split('-')[0]) : Number.NaN;
      if (base < number) await unlessMissing(this.#files.unlink(`${this.directory}/${name}`));
    }
  }

  async #link(aside: string, { number, id }: Commit): Promise<boolean> {
    try {
      await this.#files.link(aside, this.#pathOf(number));
      return true;
    } catch (error) {
      // A file server may have done it and lost its answer.
      if ((await this.#read(number))?.id === id) return true;
      // Without what was made aside, somebody who took over has tidied up.
      if (codeOf(error) === 'EEXIST' || codeOf(error) === 'ENOENT') return false;
      throw error;
    }
  }

  async #read(number: number): Promise<Commit | undefined> {
    const text = await unlessMissing(this.#files.readFile(this.#pathOf(number), 'utf8'));
    return text === undefined ? undefined : readCommit(text, number, this.#pathOf(number));
  }

  /** Two stay. What cannot be removed now is tried again at the next start. */
  async #removeOld(last: number): Promise<void> {
    try {
      for (const number of this.#numbers.filter((one) => one < last - 1)) {
        if (number === 1) await this.#closeFirst();
        else await unlessMissing(this.#files.unlink(this.#pathOf(number)));
      }
      this.#numbers = this.#numbers.filter((one) => one >= last - 1);
    } catch {
      // In order, or not at all.
    }
  }

  /** The first number stays taken for good: nothing before it could tell somebody who is late that it was taken once. */
  async #closeFirst(): Promise<void> {
    const path = this.#pathOf(1);
    if ((await unlessMissing(this.#files.readFile(path, 'utf8'))) === closed) return;
    const aside = this.asideOf(undefined);
    await writeFlushed(this.#files, aside, closed, 'wx');
    await moveOver(this.#files, aside, path);
  }

  /** By its id: its number may be another's, for a moment. */
  async #isThere({ number, id }: Commit): Promise<boolean> {
    const file = await unlessMissing(this.#files.open(this.#pathOf(number), 'r'));
    if (file === undefined) return false;
    const wanted = new TextEncoder().encode(beginningOf(id));
    const found = new Uint8Array(wanted.length);
    try {
      // Not all of it: a checkpoint may be long.
      await file.read(found, 0, found.length, 0);
    } finally {
      await file.close();
    }
    return found.every((byte, index) => byte === wanted[index]);
  }

  #pathOf(number: number): string {
    return `${this.directory}/${String(number).padStart(12, '0')}.json`;
  }
}

function numberIn(name: string): number | undefined {
  return /^\d{12,15}\.json$/.test(name) ? Number(name.slice(0, -5)) : undefined;
}

function beginningOf(id: string): string {
  return `{"schema":${schema},"id":"${id}",`;
}

function textOf({ checkpoint, id, ...rest }: Commit): string {
  const head = beginningOf(id) + JSON.stringify(rest).slice(1);
  return checkpoint === undefined ? head : `${head.slice(0, -1)},"checkpoint":${checkpoint}}`;
}

function readCommit(text: string, number: number, path: string): Commit {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch {
    // Said below.
  }
  const { schema: found, checkpoint, ...rest } = isRecord(value) ? value : {};
  if (typeof found === 'number' && found > schema) {
    throw new ExportError(
      'unknown_schema',
      `${path} was written by a newer version of this library: it has schema ${found}, known is ${schema}.`,
    );
  }
  if (found === schema && rest.number === number && isCommit(rest)) {
    return { ...rest, checkpoint: checkpoint === undefined ? undefined : JSON.stringify(checkpoint) };
  }
  throw new ExportError('store_damaged', `${path} is no commit: it cannot be told how far the files beside it go.`);
}

function isCommit(
  value: Readonly<Record<string, unknown>>,
): value is Record<string, unknown> & Omit<Commit, 'checkpoint'> {
  const { id, fence, owner, expiresAtMs, ttlMs, open, moves, gone } = value;
  const hasTime = typeof expiresAtMs === 'number' && typeof ttlMs === 'number';
  const hasLease = typeof fence === 'number' && typeof owner === 'string' && hasTime;
  const hasFiles =
    isRecord(open) && Object.entries(open).every(([path, length]) => isInside(path) && Number.isSafeInteger(length));
  const hasMoves =
    Array.isArray(moves) && moves.every((one) => isRecord(one) && isInside(one.from) && isInside(one.to));
  const hasGone = isRecord(gone) && Object.keys(gone).every(isInside);
  return hasLease && hasFiles && hasMoves && hasGone && typeof id === 'string';
}

/** A path of an edited commit must not lead elsewhere. */
function isInside(path: unknown): boolean {
  return typeof path === 'string' && !path.split(/[/\\]/).includes('..');
}
