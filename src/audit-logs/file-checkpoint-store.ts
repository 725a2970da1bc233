import { InputError } from '../errors/input-errors.js';
import { CheckpointError } from '../errors/log-errors.js';
import { parseJson } from '../internal/json-limits.js';
import {
  nodeFiles as filesOfNode,
  flushDirectory,
  moveOver,
  type NodeFiles,
  unlessMissing,
  writeFlushed,
} from '../internal/node-files.js';
import { type AuditLogCheckpoint, readCheckpoint } from './checkpoint.js';

/** Keeps checkpoints between runs. Any Keyv store fits (Redis, Postgres, files), and so does a `Map` with promises. */
export interface CheckpointStore {
  /** `undefined` when there is none under this name. */
  get(key: string): Promise<AuditLogCheckpoint | undefined>;
  /** Resolves when the checkpoint is safe; rejects when it is not. (Keyv's own `set` resolves to false then.) */
  set(key: string, checkpoint: AuditLogCheckpoint): Promise<unknown>;
}

/**
 * Keeps each checkpoint in a file of its own in a directory, which is made when it is missing. For Node, Bun and Deno.
 *
 * A file is replaced in one step (written aside, flushed, renamed, the directory flushed): a crash or a power cut at any
 * moment leaves the old checkpoint or the new one. Let only one process at a time write the same key. A new file can be
 * read by its owner only (0600; Windows has no such modes: there the rights of the directory hold); one that is replaced keeps
 * its mode. macOS and Windows do not tell upper and lower case apart: let keys differ in more than that.
 *
 * @throws InputError for a directory that is not a text, at once; from `get` and `set` for a key that is none, and from `set`
 * for what is no checkpoint: the one that is there stays. CheckpointError from `get` when a file holds no checkpoint; the
 * file system's own errors.
 */
export function createFileCheckpointStore(directory: string): CheckpointStore {
  if (typeof directory !== 'string' || directory === '') {
    throw new InputError('`directory` must be the path of a directory.', {
      path: ['directory'],
      remedy: "Give a path, such as './checkpoints'.",
    });
  }
  // One write after the other: of two at once, the earlier could win.
  let writing: Promise<unknown> = Promise.resolve();
  return {
    async get(key) {
      const path = `${directory}/${fileNameOf(key)}`;
      const text = await unlessMissing(nodeFiles().readFile(path, 'utf8'));
      if (text === undefined) return undefined;
      try {
        return readCheckpoint(parse(text));
      } catch (error) {
        if (!(error instanceof CheckpointError)) throw error;
        const message = `${error.message} Its key is ${JSON.stringify(key)}, its file ${path}.`;
        throw new CheckpointError(error.code, message, { path: error.path });
      }
    },
    // Written down at once: the caller may go on changing it.
    async set(key, checkpoint) {
      const name = fileNameOf(key);
      const text = serialise(key, checkpoint);
      const write = () => replace(directory, name, text);
      const written = writing.then(write, write);
      writing = written;
      return written;
    },
  };
}

function parse(text: string): unknown {
  try {
    // An editor may have put a byte order mark in front.
    return parseJson(text.replace(/^\ufeff/, ''));
  } catch {
    throw new CheckpointError('invalid_checkpoint', 'The checkpoint cannot be used. Its file is not JSON.');
  }
}

/** What could not be read again would take the place of a checkpoint that can. */
function serialise(key: string, checkpoint: AuditLogCheckpoint): string {
  let problem = 'It must be JSON, without a BigInt and without a cycle.';
  try {
    const text = JSON.stringify(checkpoint) as string | undefined;
    if (text !== undefined) {
      readCheckpoint(parseJson(text));
      return text;
    }
  } catch (error) {
    if (error instanceof CheckpointError) problem = error.message;
  }
  throw new InputError(`What is to be kept under the key ${JSON.stringify(key)} is no checkpoint. ${problem}`, {
    path: ['checkpoint'],
    remedy: 'Give what `checkpoint()` returns, as it is. The checkpoint that is there was not replaced.',
  });
}

const longestWriteMs = 60_000;

async function replace(directory: string, name: string, text: string): Promise<void> {
  const files = nodeFiles();
  await files.mkdir(directory, { recursive: true });
  await removeLeftovers(files, directory, name);
  const path = `${directory}/${name}`;
  const aside = `${path}.${crypto.randomUUID()}.tmp`;
  try {
    await writeFlushed(files, aside, text);
    const replaced = await unlessMissing(files.stat(path));
    if (replaced !== undefined) await files.chmod(aside, replaced.mode & 0o777);
    await moveOver(files, aside, path);
  } catch (error) {
    // On a full disk every attempt would leave another one behind.
    await files.unlink(aside).catch(() => {});
    throw error;
  }
  await flushDirectory(files, directory);
}

// What a crash in the middle of writing has left behind, and not what another store is writing now.
async function removeLeftovers(files: NodeFiles, directory: string, name: string): Promise<void> {
  for (const other of await files.readdir(directory)) {
    if (!other.startsWith(`${name}.`) || !other.endsWith('.tmp')) continue;
    const path = `${directory}/${other}`;
    const stats = await unlessMissing(files.stat(path));
    if (stats !== undefined && Date.now() - stats.mtimeMs > longestWriteMs) await unlessMissing(files.unlink(path));
  }
}

// A key may hold what a file name may not, such as `/` or a leading dot.
function fileNameOf(key: string): string {
  try {
    if (typeof key === 'string') return `${fileSafe(encodeURIComponent(key))}.json`;
  } catch {
    // Half a character.
  }
  throw new InputError('The key of a checkpoint must be a text of whole characters.', {
    path: ['key'],
    remedy: "Give a name, such as 'auth'.",
  });
}

/** Windows takes no `*`, and keeps some names for devices, with any ending. */
function fileSafe(encoded: string): string {
  const name = encoded.replaceAll('.', '%2E').replaceAll('*', '%2A');
  const isDevice = /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(name);
  return isDevice ? `%${name.charCodeAt(0).toString(16)}${name.slice(1)}` : name;
}

function nodeFiles(): NodeFiles {
  const files = filesOfNode();
  if (files !== undefined) return files;
  throw new InputError('This runtime has no file system: it is not Node, Bun or Deno.', {
    remedy: 'Keep checkpoints in another store: any object with `get` and `set`.',
  });
}
