import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Every file below a directory, by its path. */
export async function filesBelow(directory: string): Promise<ReadonlyMap<string, Buffer>> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  return new Map(await Promise.all(files.sort().map(async (path) => [path, await readFile(path)] as const)));
}

/** The lines of a file of events, as a user would read it. */
export function linesOf(path: string, bytes: Buffer): string[] {
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
  if (text !== '' && !text.endsWith('\n')) throw new Error(`${path} ends in the middle of a line.`);
  return text.split('\n').slice(0, -1);
}

const eventFile = /\.ndjson(\.gz)?$/;

/** All that stands below a directory, with the paths. */
export async function textBelow(directory: string): Promise<string> {
  const texts = [...(await filesBelow(directory))].map(([path, bytes]) => {
    return `${path}\n${eventFile.test(path) ? linesOf(path, bytes).join('\n') : bytes}\n`;
  });
  return texts.join('');
}

/** All events below a directory, in the order of their files. */
export async function eventsBelow(directory: string): Promise<string[]> {
  const files = [...(await filesBelow(directory))];
  return files.flatMap(([path, bytes]) => (eventFile.test(path) ? linesOf(path, bytes) : []));
}
