import { systemClock } from './clock.js';
import { isRecord } from './json.js';
import { nodeBuiltin } from './node-builtin.js';

/** What is used of Node's file system, as Node, Bun and Deno have it. */
export interface NodeFiles {
  chmod(path: string, mode: number): Promise<void>;
  copyFile(from: string, to: string, mode?: number): Promise<void>;
  link(from: string, to: string): Promise<void>;
  mkdir(path: string, options: { recursive: true; mode?: number }): Promise<unknown>;
  open(path: string, flags: string | number, mode?: number): Promise<NodeFile>;
  readFile(path: string, encoding: 'utf8'): Promise<string>;
  readdir(path: string): Promise<string[]>;
  readlink(path: string): Promise<string>;
  realpath(path: string): Promise<string>;
  rename(from: string, to: string): Promise<void>;
  stat(path: string): Promise<NodeFileStats>;
  unlink(path: string): Promise<void>;
}

export interface NodeFileStats {
  readonly ino: number;
  readonly mode: number;
  readonly mtimeMs: number;
  readonly size: number;
}

export interface NodeFile {
  stat(): Promise<NodeFileStats>;
  read(into: Uint8Array, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
  writev(bytes: readonly Uint8Array[], position: number): Promise<{ readonly bytesWritten: number }>;
  truncate(length: number): Promise<void>;
  /** Behind what is there. */
  appendFile(content: string | Uint8Array): Promise<void>;
  /** To the disk: content, and what is known about it. */
  sync(): Promise<void>;
  /** To the disk: content, and its length. */
  datasync(): Promise<void>;
  close(): Promise<void>;
}

/** `undefined` where the runtime has none. */
export function nodeFiles(): NodeFiles | undefined {
  return nodeBuiltin<{ readonly promises: NodeFiles }>('node:fs')?.promises;
}

/** The directory that a file is in. */
export function directoryOf(path: string): string {
  const end = path.search(/[^/\\]*$/);
  return end === 0 ? '.' : path.slice(0, end);
}

/** `undefined` where there is no such file. */
export async function unlessMissing<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** The file system's own code, such as `EEXIST`. */
export function codeOf(error: unknown): unknown {
  return isRecord(error) ? error.code : undefined;
}

/** Makes a file that is on the disk when this resolves, and only its owner can read. Its name is on the disk later. */
export async function writeFlushed(
  files: NodeFiles,
  path: string,
  content: string | Uint8Array,
  flags = 'w',
): Promise<void> {
  const file = await files.open(path, flags, 0o600);
  try {
    await file.appendFile(content);
    // Else the name could reach the disk before the content does.
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Puts the names in a directory on the disk. */
export async function flushDirectory(files: NodeFiles, directory: string): Promise<void> {
  try {
    const opened = await files.open(directory, 'r');
    await opened.sync().finally(() => opened.close());
  } catch {
    // Windows cannot open a directory, and does not need to.
  }
}

/** What Windows says of a file that somebody else has open, or that a scanner looks at: it passes. */
const heldCodes: readonly unknown[] = ['EPERM', 'EACCES', 'EBUSY'];
const waitsForHolderMs = [10, 20, 40, 80, 150, 300, 400];

/** Puts a file in the place of another in one step, also where that is being read: then it is tried for a second. */
export async function moveOver(files: NodeFiles, from: string, to: string): Promise<void> {
  for (const waitMs of waitsForHolderMs) {
    try {
      return await files.rename(from, to);
    } catch (error) {
      if (!heldCodes.includes(codeOf(error))) throw error;
    }
    await systemClock.sleep(waitMs);
  }
  return files.rename(from, to);
}
