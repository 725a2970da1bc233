import type { AuditLogCheckpoint } from '../audit-logs/checkpoint.js';
import { ExportError } from '../errors/export-error.js';
import type { Clock } from '../internal/clock.js';
import { parseJson } from '../internal/json-limits.js';
import { type NodeFiles, unlessMissing, writeFlushed } from '../internal/node-files.js';
import { type Commit, type CommitContent, CommitFiles, commitDirectory, noCommit } from './commit-files.js';
import { DataFiles, filesAtOnce } from './data-files.js';
import { joined } from './event-lines.js';
import { keyName, placedEvents } from './event-place.js';
import type { EventRow } from './event-row.js';
import { gzipped } from './gzip.js';
import { checkpointText, hasExpired, leaseLost, type SinkLease } from './sink.js';

/** A directory of events, and how they are kept in it. */
export interface NdjsonStore {
  readonly files: NodeFiles;
  readonly directory: string;
  readonly layout: 'day' | 'file';
  readonly compress: 'gzip' | undefined;
  readonly clock: Clock;
}

/** The directory of a key. */
export function homeOf({ directory }: NdjsonStore, key: string): string {
  return `${directory}/${keyName(key)}`;
}

/** What one write adds to one file. */
type Addition = readonly [path: string, parts: readonly Uint8Array[]];

/** The lease of one key of a directory. */
export class NdjsonLease implements SinkLease {
  readonly key: string;
  readonly fence: number;
  readonly #store: NdjsonStore;
  readonly #ttlMs: number;
  readonly #commits: CommitFiles;
  readonly #data: DataFiles;
  #commit: Commit;
  /** Whether a commit failed of which it is not known that it was not made. */
  #isUnsure = false;
  #isOver = false;
  #working: Promise<unknown> = Promise.resolve();

  /** `undefined` while another holds it. */
  static async take(store: NdjsonStore, key: string, ttlMs: number): Promise<NdjsonLease | undefined> {
    const { files, clock } = store;
    const commits = new CommitFiles(files, homeOf(store, key));
    await files.mkdir(commits.directory, { recursive: true, mode: 0o700 });
    const last = await commits.latest();
    if (last !== undefined && !hasExpired(last, clock.now())) return undefined;
    if (last !== undefined) await commits.settle(last);
    const content: CommitContent = {
      ...(last ?? noCommit),
      fence: (last?.fence ?? 0) + 1,
      owner: crypto.randomUUID(),
      expiresAtMs: clock.now() + ttlMs,
      ttlMs,
      moves: [],
    };
    const commit = await commits.add(last, content, crypto.randomUUID());
    if (commit === undefined) return undefined;
    const lease = new NdjsonLease(store, key, ttlMs, commits, commit);
    try {
      await lease.#until(() => lease.#recover());
    } catch (error) {
      // Whoever mends it need not wait until the lease has ended.
      await lease.#commitNext({ expiresAtMs: 0, open: lease.#commit.open }).catch(() => {});
      throw error;
    }
    await commits.removeLeftovers(lease.#commit).catch(() => {});
    return lease;
  }

  private constructor(store: NdjsonStore, key: string, ttlMs: number, commits: CommitFiles, commit: Commit) {
    this.key = key;
    this.fence = commit.fence;
    this.#store = store;
    this.#ttlMs = ttlMs;
    this.#commits = commits;
    this.#commit = commit;
    this.#data = new DataFiles(store.files, homeOf(store, key));
  }

  checkpoint(): Promise<unknown> {
    return this.#inTurn(async () => {
      await this.#until(() => this.#commits.isLatest(this.#commit));
      const { checkpoint } = this.#commit;
      return checkpoint === undefined ? undefined : parseJson(checkpoint);
    });
  }

  write(rows: readonly EventRow[], checkpoint: AuditLogCheckpoint): Promise<{ readonly added: number }> {
    return this.#inTurn(async () => {
      const text = checkpointText(checkpoint);
      const additions = await this.#additionsOf(rows);
      await this.#until(() => this.#write(additions, text));
      return { added: rows.length };
    });
  }

  async renew(): Promise<void> {
    await this.#inTurn(() => this.#until(() => this.#commitNext({})));
  }

  async release(): Promise<void> {
    await this.#inTurn(async () => {
      if (this.#isOver) return;
      try {
        await this.#until(async () => {
          await this.#cleanUp();
          return this.#commitNext({ expiresAtMs: 0, open: this.#data.lengths() });
        });
      } catch (error) {
        if (!(error instanceof ExportError && error.code === 'lease_lost')) throw error;
      } finally {
        this.#isOver = true;
        await this.#data.close();
      }
    });
  }

  /** Does what fails only when somebody else has committed, until nobody has. */
  async #until(attempt: () => Promise<boolean>): Promise<void> {
    if (this.#isOver) throw leaseLost(this.key);
    if (this.#isUnsure) await this.#makeSure();
    while (!(await attempt())) await this.#catchUp();
  }

  /** After a commit of others: who erases or prunes commits too, and leaves the lease to its holder. */
  async #catchUp(): Promise<void> {
    const latest = await this.#commits.latest();
    if (latest?.owner !== this.#commit.owner) return this.#end();
    await this.#commits.settle(latest);
    await this.#data.reset(latest.open);
    this.#commit = latest;
  }

  async #makeSure(): Promise<void> {
    // What is known to this lease would otherwise be older than what was written under it.
    if ((await this.#commits.latest())?.id !== this.#commit.id) return this.#end();
    this.#isUnsure = false;
  }

  async #end(): Promise<never> {
    this.#isOver = true;
    await this.#data.close();
    throw leaseLost(this.key);
  }

  async #commitNext(changes: Partial<CommitContent>): Promise<boolean> {
    const { number: _number, id: _id, ...content } = this.#commit;
    const expiresAtMs = this.#store.clock.now() + this.#ttlMs;
    const next = { ...content, expiresAtMs, moves: [], open: this.#data.lengths(), ...changes };
    await this.#commits.settle(this.#commit);
    this.#isUnsure = true;
    const made = await this.#commits.add(this.#commit, next, crypto.randomUUID());
    this.#isUnsure = false;
    if (made !== undefined) this.#commit = made;
    return made !== undefined;
  }

  /**
   * Whoever had the lease before may still write to what it had open: into files that nobody reads any more. A copy of what
   * counts takes their places.
   */
  async #recover(): Promise<boolean> {
    const { open } = this.#commit;
    if (Object.keys(open).length === 0) return true;
    const moves: { from: string; to: string }[] = [];
    for (const [path, length] of Object.entries(open)) {
      const aside = await this.#copyAside(path, length);
      if (aside !== undefined) moves.push({ from: `${commitDirectory}/${aside.split('/').at(-1)}`, to: path });
    }
    if (!(await this.#commitNext({ open: {}, moves }))) return false;
    await this.#commits.settle(this.#commit);
    return true;
  }

  async #copyAside(path: string, length: number): Promise<string | undefined> {
    const { files } = this.#store;
    const whole = `${homeOf(this.#store, this.key)}/${path}`;
    const size = (await unlessMissing(files.stat(whole)))?.size;
    if ((size ?? 0) < length) {
      throw new ExportError('store_damaged', `${whole} is shorter than what was written to it, or is missing.`);
    }
    if (size === undefined) return undefined;
    const aside = this.#commits.asideOf(this.#commit);
    if (length === 0) {
      await writeFlushed(files, aside, await this.#nothing(path));
      return aside;
    }
    // 2: as a clone, where the file system has such.
    await files.copyFile(whole, aside, 2);
    const copy = await files.open(aside, 'r+');
    try {
      await copy.truncate(length);
      await copy.sync();
    } finally {
      await copy.close();
    }
    return aside;
  }

  /** An empty file is no gzip file. */
  async #nothing(path: string): Promise<Uint8Array> {
    const nothing = new Uint8Array(0);
    return path.endsWith('.gz') ? gzipped(nothing) : nothing;
  }

  /** `false` where somebody else has committed; what was written then counts for nothing. */
  async #write(additions: readonly Addition[], checkpoint: string): Promise<boolean> {
    const placed = additions.map(([path, parts]): Addition => [this.#freeName(path), parts]);
    if (!(await this.#announce(placed))) return false;
    for (let start = 0; start < placed.length; start += filesAtOnce) {
      if (!(await this.#append(placed.slice(start, start + filesAtOnce)))) return false;
    }
    await this.#data.flushNames();
    const lengths = placed.map(([path, parts]) => [path, this.#data.get(path).length + lengthOf(parts)] as const);
    const open = { ...this.#data.lengths(), ...Object.fromEntries(lengths) };
    if (!(await this.#commitNext({ open, checkpoint }))) return false;
    for (const [path, length] of lengths) Object.assign(this.#data.get(path), { length, isDirty: false });
    await this.#data.closeIdle();
    return true;
  }

  /** A file is named in a commit before it is opened: so that whoever takes over knows all that may still be written to. */
  async #announce(additions: readonly Addition[]): Promise<boolean> {
    const isNew = (path: string) => !(Object.hasOwn(this.#commit.open, path) && this.#data.has(path));
    if (!additions.some(([path]) => isNew(path))) return true;
    const open: Record<string, number> = {};
    for (const [path] of additions) {
      open[path] = isNew(path) ? await this.#data.sizeOf(path) : this.#data.get(path).length;
    }
    if (!(await this.#commitNext({ open: { ...this.#data.lengths(), ...open } }))) return false;
    for (const [path, length] of Object.entries(open)) this.#data.get(path).length = length;
    return true;
  }

  async #append(additions: readonly Addition[]): Promise<boolean> {
    const unopened = additions.filter(([path]) => this.#data.get(path).handle === undefined);
    for (const [path] of unopened) await this.#data.open(path);
    // Opened before somebody took over, it is what they copied; opened after, it may be theirs.
    if (unopened.length > 0 && !(await this.#commits.isLatest(this.#commit))) return false;
    for (const [path] of additions) this.#data.touch(path);
    const written = await Promise.allSettled(additions.map(([path, parts]) => this.#data.write(path, parts)));
    const failure = written.find((one) => one.status === 'rejected');
    if (failure !== undefined) throw failure.reason;
    if (additions.length === filesAtOnce) for (const [path] of additions) await this.#data.closeOne(path);
    return true;
  }

  /** What a write that failed has left behind the bytes that count. */
  async #cleanUp(): Promise<void> {
    const dirty = this.#data.dirtyPaths();
    try {
      if (dirty.length > 0) for (const path of dirty) await this.#append([[path, []]]);
    } catch {
      // Then the next holder copies what counts, as after a crash.
    }
    const left = this.#data.dirtyPaths().map((path) => [path, this.#data.get(path).length]);
    await this.#data.reset(Object.fromEntries(left));
    for (const [path] of left) this.#data.get(String(path)).isDirty = true;
  }

  async #additionsOf(rows: readonly EventRow[]): Promise<readonly Addition[]> {
    const { layout, compress, clock } = this.#store;
    const places = placedEvents(rows, this.key, clock.now(), layout);
    const additions = [...places].map(async ([place, { lines }]): Promise<Addition> => {
      const [path, parts] = [`${place}.ndjson`, lines.take()];
      return compress === undefined ? [path, parts] : [`${path}.gz`, [await gzipped(joined(parts))]];
    });
    return Promise.all(additions);
  }

  /** Not that of a file that was removed: somebody who is late may remove it again. */
  #freeName(path: string): string {
    const { gone } = this.#commit;
    const [stem, ending] = [path.replace(/\.ndjson(\.gz)?$/, ''), /\.ndjson(\.gz)?$/.exec(path)?.[0] ?? ''];
    let free = path;
    for (let count = 2; Object.hasOwn(gone, free); count += 1) free = `${stem}-${count}${ending}`;
    return free;
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#working.then(work, work);
    this.#working = done;
    return done;
  }
}

function lengthOf(parts: readonly Uint8Array[]): number {
  return parts.reduce((length, part) => length + part.length, 0);
}
