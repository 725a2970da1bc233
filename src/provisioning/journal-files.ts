import { InputError } from '../errors/input-errors.js';
import { directoryOf, nodeFiles as filesOfNode, type NodeFiles, unlessMissing } from '../internal/node-files.js';

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

/** @throws InputError where the runtime has none. */
export function nodeFiles(): NodeFiles {
  const files = filesOfNode();
  if (files !== undefined) return files;
  throw new InputError('This runtime has no file system: it is not Node, Bun or Deno.', {
    remedy: 'Keep the journal in another store: any object with the methods of `PlanJournal`.',
  });
}
