import {
  codeOf,
  flushDirectory,
  moveOver,
  type NodeFile,
  type NodeFiles,
  unlessMissing,
} from '../internal/node-files.js';
import { type Commit, type CommitContent, CommitFiles, commitDirectory } from './commit-files.js';
import { joined } from './event-lines.js';
import { gunzippedParts, gzipped } from './gzip.js';
import { type KeepsLine, keptLines, type LineCounts } from './stored-lines.js';

const readBytes = 1_048_576;

/**
 * Takes lines out of the files of one key, beside whoever holds its lease and without taking that: the holder finds the
 * commit of this one when it makes its next, and writes again what it had appended to a file that was replaced.
 */
export class NdjsonUpkeep {
  readonly #files: NodeFiles;
  readonly #home: string;
  readonly #commits: CommitFiles;
  readonly #id = crypto.randomUUID();

  /** `home` is the directory of the key. */
  constructor(files: NodeFiles, home: string) {
    this.#files = files;
    this.#home = home;
    this.#commits = new CommitFiles(files, home);
  }

  /** How many lines went. `keepsOf` says which lines stay of a file; `undefined`: all. */
  async removeLines(keepsOf: (fileName: string) => KeepsLine | undefined): Promise<number> {
    let removed = 0;
    for (const path of await this.#paths('')) {
      const keeps = keepsOf(path.slice(path.lastIndexOf('/') + 1));
      if (keeps !== undefined) removed += await this.#removeFrom(path, keeps);
    }
    await this.#freeNames();
    return removed;
  }

  async #paths(below: string): Promise<readonly string[]> {
    const paths: string[] = [];
    for (const name of (await this.#files.readdir(`${this.#home}/${below}`)).sort()) {
      if (/\.ndjson(\.gz)?$/.test(name)) paths.push(`${below}${name}`);
      // Two levels: an event type, or a principal and an event type.
      else if (name !== commitDirectory && below.split('/').length <= 2) {
        paths.push(...(await unlessDirectory(this.#paths(`${below}${name}/`))));
      }
    }
    return paths;
  }

  async #removeFrom(path: string, keeps: KeepsLine): Promise<number> {
    for (;;) {
      const base = await this.#latest();
      const file = await unlessMissing(this.#files.open(`${this.#home}/${path}`, 'r'));
      if (file === undefined || base === undefined) return 0;
      try {
        const removed = Object.hasOwn(base.gone, path)
          ? await this.#removeForgotten(base, path, file)
          : await this.#rewrite(base, path, file, keeps);
        if (removed !== undefined) return removed;
      } finally {
        await file.close();
      }
    }
  }

  /** `undefined` where others have changed too much meanwhile. */
  async #rewrite(start: Commit, path: string, file: NodeFile, keeps: KeepsLine): Promise<number | undefined> {
    let base = start;
    const { ino, size } = await file.stat();
    // Whatever was appended since then may not count.
    if (!(await this.#commits.isLatest(base))) return undefined;
    let length = lengthIn(base, path) ?? size;
    if (!(await this.#hasAny(path, file, length, keeps))) return 0;
    let aside = this.#commits.asideOf(base);
    const counts = { kept: 0, removed: 0 };
    const copy = await this.#files.open(aside, 'wx', 0o600);
    let mayBeMeant = false;
    try {
      let [read, written] = [0, 0];
      for (;;) {
        written += await this.#copy(path, file, [read, length], keeps, counts, copy);
        read = length;
        const from = `${commitDirectory}/${aside.slice(aside.lastIndexOf('/') + 1)}`;
        const isEmpty = counts.kept === 0;
        const change = isEmpty ? withoutFile(base, path, this.#id) : withFile(base, path, from, written);
        mayBeMeant = true;
        const commit = await this.#commits.add(base, change, crypto.randomUUID());
        mayBeMeant = commit !== undefined;
        if (commit !== undefined) {
          await (isEmpty ? this.#unlink(path) : this.#commits.settle(commit));
          mayBeMeant = !isEmpty;
          return counts.removed;
        }
        const next = await this.#unchanged(path, ino, read);
        if (next === undefined) return undefined;
        const rebased = this.#commits.asideOf(next.base);
        if ((await unlessMissing(moveOver(this.#files, aside, rebased).then(() => true))) === undefined)
          return undefined;
        [base, length, aside] = [next.base, next.length, rebased];
      }
    } finally {
      await copy.close();
      // What a commit names must not go before it has taken its place.
      if (!mayBeMeant) await this.#files.unlink(aside).catch(() => {});
    }
  }

  /** What holds now, where it is the same file and has at most grown. */
  async #unchanged(path: string, ino: number, read: number): Promise<{ base: Commit; length: number } | undefined> {
    for (;;) {
      const base = await this.#latest();
      const stats = await unlessMissing(this.#files.stat(`${this.#home}/${path}`));
      if (base === undefined || stats?.ino !== ino || Object.hasOwn(base.gone, path)) return undefined;
      const length = lengthIn(base, path) ?? stats.size;
      if (length < read) return undefined;
      if (await this.#commits.isLatest(base)) return { base, length };
    }
  }

  /** Somebody died between deciding that it goes and removing it. From now on, its name is never free again. */
  async #removeForgotten(base: Commit, path: string, file: NodeFile): Promise<number | undefined> {
    const counts = { kept: 0, removed: 0 };
    for await (const _none of keptLines(this.#parts(path, file, [0, (await file.stat()).size]), () => false, counts));
    const change = { ...base, moves: [], gone: { ...base.gone, [path]: '' } };
    if ((await this.#commits.add(base, change, crypto.randomUUID())) === undefined) return undefined;
    await this.#unlink(path);
    return counts.removed;
  }

  async #unlink(path: string): Promise<void> {
    await unlessMissing(this.#files.unlink(`${this.#home}/${path}`));
    await flushDirectory(this.#files, `${this.#home}/${path.slice(0, path.lastIndexOf('/'))}`);
  }

  /** What this one has removed, it does not remove once more: others may use the names again. */
  async #freeNames(): Promise<void> {
    for (;;) {
      const base = await this.#latest();
      if (base === undefined || !Object.values(base.gone).includes(this.#id)) return;
      const gone = Object.fromEntries(Object.entries(base.gone).filter(([, by]) => by !== this.#id));
      if (await this.#commits.add(base, { ...base, moves: [], gone }, crypto.randomUUID())) return;
    }
  }

  async #latest(): Promise<Commit | undefined> {
    const latest = await this.#commits.latest();
    if (latest !== undefined) await this.#commits.settle(latest);
    return latest;
  }

  async #hasAny(path: string, file: NodeFile, length: number, keeps: KeepsLine): Promise<boolean> {
    const counts = { kept: 0, removed: 0 };
    for await (const _run of keptLines(this.#parts(path, file, [0, length]), keeps, counts))
      if (counts.removed > 0) break;
    return counts.removed > 0;
  }

  /** How many bytes were written. */
  async #copy(
    path: string,
    file: NodeFile,
    range: readonly [from: number, to: number],
    keeps: KeepsLine,
    counts: LineCounts,
    copy: NodeFile,
  ): Promise<number> {
    let [written, gathered, runs] = [0, 0, [] as Uint8Array[]];
    const flush = async () => {
      const bytes = path.endsWith('.gz') ? await gzipped(joined(runs)) : joined(runs);
      [gathered, runs] = [0, []];
      await copy.appendFile(bytes);
      written += bytes.length;
    };
    for await (const run of keptLines(this.#parts(path, file, range), keeps, counts)) {
      // Not by `slice`, which gives a view where it is Node's Buffer.
      runs.push(new Uint8Array(run));
      gathered += run.length;
      if (gathered >= readBytes) await flush();
    }
    if (gathered > 0) await flush();
    await copy.sync();
    return written;
  }

  #parts(path: string, file: NodeFile, range: readonly [from: number, to: number]): AsyncIterable<Uint8Array> {
    return path.endsWith('.gz') ? gunzippedParts(partsOf(file, range)) : partsOf(file, range);
  }
}

async function* partsOf(file: NodeFile, [from, to]: readonly [from: number, to: number]): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(Math.min(readBytes, to - from));
  for (let at = from; at < to; ) {
    const { bytesRead } = await file.read(buffer, 0, Math.min(buffer.length, to - at), at);
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

function lengthIn({ open }: Commit, path: string): number | undefined {
  return Object.hasOwn(open, path) ? open[path] : undefined;
}

function withFile(base: Commit, path: string, from: string, length: number): CommitContent {
  const open = Object.hasOwn(base.open, path) ? { ...base.open, [path]: length } : base.open;
  return { ...base, open, moves: [{ from, to: path }] };
}

function withoutFile(base: Commit, path: string, by: string): CommitContent {
  const { [path]: _gone, ...open } = base.open;
  return { ...base, open, moves: [], gone: { ...base.gone, [path]: by } };
}

async function unlessDirectory(work: Promise<readonly string[]>): Promise<readonly string[]> {
  try {
    return await work;
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR' || codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}
