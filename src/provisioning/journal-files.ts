import { InputError } from '../errors/input-errors.js';
import { isRecord } from '../internal/json.js';
import { nodeBuiltin } from '../internal/node-builtin.js';

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

/** What is used of Node's file system. */
export interface NodeFiles {
  mkdir(path: string, options: { recursive: true; mode: number }): Promise<unknown>;
  open(path: string, flags: string, mode?: number): Promise<NodeFile>;
  readFile(path: string, encoding: 'utf8'): Promise<string>;
  readdir(path: string): Promise<string[]>;
  stat(path: string): Promise<{ readonly mtimeMs: number }>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
}

export interface NodeFile {
  stat(): Promise<{ readonly size: number }>;
  read(into: Uint8Array, offset: number, length: number, position: number): Promise<unknown>;
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
