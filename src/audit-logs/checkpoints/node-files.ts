import { InputError } from '../../errors/input-error.js';

/** What is used of Node's file system. */
export interface NodeFiles {
  mkdir(path: string, options: { recursive: true }): Promise<unknown>;
  open(path: string, flags: string): Promise<NodeFile>;
  readFile(path: string, encoding: 'utf8'): Promise<string>;
  readdir(path: string): Promise<string[]>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
}

interface NodeFile {
  writeFile(text: string): Promise<void>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

interface NodeProcess {
  readonly pid: number;
  readonly getBuiltinModule?: (name: string) => { readonly promises: NodeFiles } | undefined;
}

/**
 * Node's file system, without an import that other runtimes would stumble over.
 *
 * @throws InputError where there is none.
 */
export function nodeFiles(): { readonly files: NodeFiles; readonly pid: number } {
  const { process } = globalThis as { readonly process?: NodeProcess };
  const files = process?.getBuiltinModule?.('node:fs')?.promises;
  if (process !== undefined && files !== undefined) return { files, pid: process.pid };
  throw new InputError('There is no file system here: this is not Node, Bun or Deno.', {
    remedy: 'Keep checkpoints in another store: anything with `get` and `set`.',
  });
}
