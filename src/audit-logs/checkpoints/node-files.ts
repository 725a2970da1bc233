import { InputError } from '../../errors/input-errors.js';
import { nodeBuiltin } from '../node-builtin.js';

/** What is used of Node's file system. */
export interface NodeFiles {
  mkdir(path: string, options: { recursive: true }): Promise<unknown>;
  open(path: string, flags: string): Promise<NodeFile>;
  readFile(path: string, encoding: 'utf8'): Promise<string>;
  readdir(path: string): Promise<string[]>;
  stat(path: string): Promise<{ readonly mtimeMs: number }>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
}

interface NodeFile {
  writeFile(text: string): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Node's file system.
 *
 * @throws InputError where there is none.
 */
export function nodeFiles(): NodeFiles {
  const files = nodeBuiltin<{ readonly promises: NodeFiles }>('node:fs')?.promises;
  if (files !== undefined) return files;
  throw new InputError('There is no file system here: this is not Node, Bun or Deno.', {
    remedy: 'Keep checkpoints in another store: anything with `get` and `set`.',
  });
}
