import {
  codeOf,
  directoryOf,
  flushDirectory,
  type NodeFile,
  type NodeFiles,
  unlessMissing,
} from '../internal/node-files.js';

/** So many stay open from one batch to the next; systems allow a process at least 256. */
const mostKeptOpen = 32;

/** So many are written at once. */
export const filesAtOnce = 64;

/** A file that events are appended to. */
export interface DataFile {
  /** Bytes that count. */
  length: number;
  handle: NodeFile | undefined;
  /** Whether there may be bytes behind those that count. */
  isDirty: boolean;
}

/** The files that one holder of a lease may have open, by their paths below the directory of the key. */
export class DataFiles {
  readonly #files: NodeFiles;
  readonly #home: string;
  readonly #byPath = new Map<string, DataFile>();
  readonly #newIn = new Set<string>();

  constructor(files: NodeFiles, home: string) {
    this.#files = files;
    this.#home = home;
  }

  /** As a commit has them. Those that are not dirty and have no handle cannot be written to, and need not be named. */
  lengths(): Record<string, number> {
    const named = [...this.#byPath].filter(([, file]) => file.isDirty || file.handle !== undefined);
    return Object.fromEntries(named.map(([path, { length }]) => [path, length]));
  }

  /** Forgets all but what a commit names; others may have put new files in the places of those. */
  async reset(open: Readonly<Record<string, number>>): Promise<void> {
    const dirty = new Set([...this.#byPath].filter(([, file]) => file.isDirty).map(([path]) => path));
    await this.close();
    for (const [path, length] of Object.entries(open)) {
      this.#byPath.set(path, { length, handle: undefined, isDirty: dirty.has(path) });
    }
  }

  has(path: string): boolean {
    return this.#byPath.has(path);
  }

  get(path: string): DataFile {
    let file = this.#byPath.get(path);
    if (file === undefined) {
      file = { length: 0, handle: undefined, isDirty: false };
      this.#byPath.set(path, file);
    }
    return file;
  }

  dirtyPaths(): readonly string[] {
    return [...this.#byPath].filter(([, file]) => file.isDirty).map(([path]) => path);
  }

  /** Bytes of a file that everybody has closed. */
  async sizeOf(path: string): Promise<number> {
    return (await unlessMissing(this.#files.stat(`${this.#home}/${path}`)))?.size ?? 0;
  }

  /** Makes it where it is missing. */
  async open(path: string): Promise<void> {
    const file = this.get(path);
    const whole = `${this.#home}/${path}`;
    for (let tries = 0; file.handle === undefined; tries += 1) {
      try {
        file.handle = await this.#files.open(whole, 'r+');
      } catch (error) {
        if (codeOf(error) !== 'ENOENT') throw error;
        await this.#make(whole, tries);
      }
    }
  }

  /** Behind the bytes that count; to the disk when this resolves. */
  async write(path: string, parts: readonly Uint8Array[]): Promise<void> {
    const file = this.get(path);
    const { handle, length } = file;
    if (handle === undefined) throw new Error('A file that is not open is written to.');
    if (file.isDirty) await handle.truncate(length);
    file.isDirty = parts.length > 0;
    let [at, rest] = [length, parts];
    while (rest.length > 0) {
      const { bytesWritten } = await handle.writev(rest, at);
      at += bytesWritten;
      rest = behind(rest, bytesWritten);
    }
    await handle.datasync();
  }

  /** The names of files that were made. */
  async flushNames(): Promise<void> {
    for (const directory of this.#newIn) await flushDirectory(this.#files, directory);
    this.#newIn.clear();
  }

  async closeOne(path: string): Promise<void> {
    const file = this.get(path);
    const { handle } = file;
    file.handle = undefined;
    await handle?.close();
  }

  /** All but those that were written to last. */
  async closeIdle(): Promise<void> {
    const idle = [...this.#byPath].slice(0, -mostKeptOpen);
    for (const [path, file] of idle) {
      await this.closeOne(path);
      if (!file.isDirty) this.#byPath.delete(path);
    }
  }

  /** It is among those that were written to last. */
  touch(path: string): void {
    const file = this.get(path);
    this.#byPath.delete(path);
    this.#byPath.set(path, file);
  }

  async close(): Promise<void> {
    for (const path of this.#byPath.keys()) await this.closeOne(path).catch(() => {});
    this.#byPath.clear();
  }

  async #make(path: string, tries: number): Promise<void> {
    const directory = directoryOf(path);
    try {
      const made = await this.#files.open(path, 'wx+', 0o600);
      await made.close();
      this.#newIn.add(directory);
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return;
      if (codeOf(error) !== 'ENOENT' || tries > 0) throw error;
      await this.#files.mkdir(directory, { recursive: true, mode: 0o700 });
      for (const above of [directory, `${directory}/..`, `${directory}/../..`]) this.#newIn.add(above);
    }
  }
}

function behind(parts: readonly Uint8Array[], written: number): readonly Uint8Array[] {
  let rest = written;
  const index = parts.findIndex((part) => {
    if (part.length > rest) return true;
    rest -= part.length;
    return false;
  });
  if (index < 0) return [];
  return parts.slice(index).map((part, place) => (place === 0 ? part.subarray(rest) : part));
}
