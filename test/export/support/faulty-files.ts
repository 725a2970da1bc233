import * as fs from 'node:fs/promises';
import type { NodeFile, NodeFiles } from '../../../src/internal/node-files.js';
import { openWait } from './open-wait.js';

/** What becomes of the operation with this number, counted from 1. */
export interface Fault {
  readonly at: number;
  /**
   * `crash`: the process is gone before it, `crashAfter`: once it is done, `tear`: halfway where it writes, else as `crash`.
   * `fail`: it fails, and all goes on. `stall`: it waits until it is let go.
   */
  readonly kind: 'crash' | 'crashAfter' | 'tear' | 'fail' | 'stall';
  /** @default 'ENOSPC' */
  readonly code?: string;
}

export interface FaultyFiles {
  readonly files: NodeFiles;
  /** Operations so far. */
  readonly count: number;
  /** Resolves when an operation stalls. */
  readonly stalled: Promise<void>;
  /** Resolves when the process is gone. */
  readonly crashed: Promise<void>;
  letGo(): void;
  /** What a process leaves open, its system closes. */
  closeAll(): Promise<void>;
}

/** The file system as one process sees it that dies, or is held up, at an operation. What died does nothing more. */
export function faultyFiles(faults: readonly Fault[]): FaultyFiles {
  let count = 0;
  let isDead = false;
  const stall = openWait();
  const letGo = openWait();
  const crash = openWait();
  const forever = new Promise<never>(() => {});

  const operation = async <T>(work: () => Promise<T>, tear?: () => Promise<unknown>): Promise<T> => {
    if (isDead) return forever;
    count += 1;
    const fault = faults.find(({ at }) => at === count);
    if (fault?.kind === 'fail') throw Object.assign(new Error('Failed.'), { code: fault.code ?? 'ENOSPC' });
    if (fault?.kind === 'stall') {
      stall.resolve();
      await letGo.promise;
    } else if (fault !== undefined) {
      isDead = true;
      if (fault.kind === 'crashAfter') await work().catch(() => {});
      if (fault.kind === 'tear') await tear?.();
      crash.resolve();
      return forever;
    }
    const result = await work();
    // Whatever ran beside it has ended with the process.
    return isDead ? forever : result;
  };

  const handles = new Set<fs.FileHandle>();
  const fileOf = (handle: fs.FileHandle): NodeFile => ({
    stat: () => operation(() => handle.stat()),
    read: (into, offset, length, position) => operation(() => handle.read(into, offset, length, position)),
    writev: (bytes, position) =>
      operation(
        () => handle.writev(bytes, position),
        () => {
          const whole = Buffer.concat(bytes);
          return handle.write(whole, 0, Math.floor(whole.length / 2), position);
        },
      ),
    truncate: (length) => operation(() => handle.truncate(length)),
    appendFile: (content) =>
      operation(
        () => handle.appendFile(content),
        () => handle.appendFile(content.slice(0, content.length / 2)),
      ),
    sync: () => operation(() => handle.sync()),
    datasync: () => operation(() => handle.datasync()),
    close: () =>
      operation(async () => {
        handles.delete(handle);
        await handle.close();
      }),
  });

  return {
    get count() {
      return count;
    },
    stalled: stall.promise,
    crashed: crash.promise,
    letGo: () => letGo.resolve(),
    async closeAll() {
      for (const handle of handles) await handle.close().catch(() => {});
    },
    files: {
      chmod: (path, mode) => operation(() => fs.chmod(path, mode)),
      copyFile: (from, to, mode) =>
        operation(
          () => fs.copyFile(from, to, mode),
          () => fs.writeFile(to, 'half'),
        ),
      link: (from, to) => operation(() => fs.link(from, to)),
      mkdir: (path, options) => operation(() => fs.mkdir(path, options)),
      open: (path, flags, mode) =>
        operation(async () => {
          const handle = await fs.open(path, flags, mode);
          handles.add(handle);
          return fileOf(handle);
        }),
      readFile: (path, encoding) => operation(() => fs.readFile(path, encoding)),
      readdir: (path) => operation(() => fs.readdir(path)),
      readlink: (path) => operation(() => fs.readlink(path)),
      realpath: (path) => operation(() => fs.realpath(path)),
      rename: (from, to) => operation(() => fs.rename(from, to)),
      stat: (path) => operation(() => fs.stat(path)),
      unlink: (path) => operation(() => fs.unlink(path)),
    },
  };
}
