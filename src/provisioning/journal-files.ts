import { InputError } from '../errors/input-errors.js';
import { isRecord } from '../internal/json.js';
import { nodeBuiltin } from '../internal/node-builtin.js';

/** The directory that a file is in. */
export function directoryOf(path: string): string {
  const end = path.search(/[^/\\]*$/);
  return end === 0 ? '.' : path.slice(0, end);
}

/**
 * The path without links: a file that two paths lead to is one. Of a file that is missing, in the directory that is meant,
 * which is made when it is missing.
 */
export async function realPathOf(path: string): Promise<string> {
  const files = nodeFiles();
  const known = await unlessMissing(files.realpath(path));
  if (known !== undefined) return known;
  const directory = directoryOf(path);
  await files.mkdir(directory, { recursive: true, mode: 0o700 });
  // A link to a file that is missing leads to where that will be.
  const link = await files.readlink(path).catch(() => undefined);
  if (link !== undefined) return realPathOf(/^([/\\]|[A-Za-z]:)/.test(link) ? link : `${directory}/${link}`);
  return `${await files.realpath(directory)}/${path.slice(path.search(/[^/\\]*$/))}`;
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

/** What is used of Node's file system. */
export interface NodeFiles {
  mkdir(path: string, options: { recursive: true; mode: number }): Promise<unknown>;
  open(path: string, flags: string, mode?: number): Promise<NodeFile>;
  readFile(path: string, encoding: 'utf8'): Promise<string>;
  readdir(path: string): Promise<string[]>;
  stat(path: string): Promise<{ readonly mtimeMs: number }>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  realpath(path: string): Promise<string>;
  readlink(path: string): Promise<string>;
}

export interface NodeFile {
  stat(): Promise<{ readonly size: number }>;
  read(into: Uint8Array, offset: number, length: number, position: number): Promise<{ readonly bytesRead: number }>;
  truncate(length: number): Promise<void>;
  appendFile(text: string): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** @throws InputError where the runtime has none. */
export function nodeFiles(): NodeFiles {
  const files = nodeBuiltin<{ readonly promises: NodeFiles }>('node:fs')?.promises;
  if (files !== undefined) return files;
  throw new InputError('This runtime has no file system: it is not Node, Bun or Deno.', {
    remedy: 'Keep the journal in another store: any object with the methods of `PlanJournal`.',
  });
}
