import { randomUUID } from 'node:crypto';
import { promises } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { directoryOf, flushDirectory, moveOver, type NodeFiles, writeFlushed } from '../internal/node-files.js';
import { Mistake } from './mistake.js';
import { codeOf } from './output.js';

/** Reads a file that was named. @throws Mistake */
export async function readText(path: string): Promise<string> {
  try {
    return decode(path, await readFile(path));
  } catch (error) {
    const code = codeOf(error);
    if (error instanceof Mistake || code === undefined) throw error;
    throw new Mistake(`${path} cannot be read: ${code === 'ENOENT' ? 'there is no such file' : code}.`);
  }
}

/** Where it is not UTF-8, a name would be written to the directory with other letters than it has. @throws Mistake */
function decode(path: string, bytes: Uint8Array): string {
  const [first = 0, second = 0] = bytes;
  const hasMarkOfUtf16 = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (hasMarkOfUtf16 || bytes.includes(0)) throw new Mistake(`${path} is UTF-16, or no text at all. ${saveAsUtf8}`);
  try {
    return strictly(bytes);
  } catch {
    throw new Mistake(
      `${path}: line ${firstLineThatFails(bytes)} is not UTF-8, and names would come out wrong. ${saveAsUtf8}`,
    );
  }
}

const saveAsUtf8 = 'Save it as UTF-8: in Excel "CSV UTF-8 (Comma delimited)", elsewhere the encoding UTF-8.';

/** Without the mark that may stand at the beginning. @throws TypeError */
const strictly = (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

function firstLineThatFails(bytes: Uint8Array): number {
  for (let line = 1, start = 0; ; line += 1) {
    const end = bytes.indexOf(0x0a, start);
    try {
      strictly(bytes.subarray(start, end === -1 ? bytes.length : end));
    } catch {
      return line;
    }
    if (end === -1) return line;
    start = end + 1;
  }
}

/** Reads a file of JSON that was named. @throws Mistake, in which nothing of the file is repeated */
export async function readJson(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return JSON.parse(text);
  } catch {
    throw new Mistake(`${path} is not JSON.`);
  }
}

/** Writes a file that only its owner can read, or replaces it in one step. */
export async function writePrivately(path: string, text: string, files: NodeFiles = promises): Promise<void> {
  const aside = `${path}.${randomUUID()}.tmp`;
  try {
    await writeFlushed(files, aside, text, 'wx');
    await moveOver(files, aside, path);
    await flushDirectory(files, directoryOf(path));
  } catch (error) {
    await rm(aside, { force: true });
    const code = codeOf(error);
    if (code === undefined) throw error;
    throw new Mistake(`${path} cannot be written: ${code}.`);
  }
}
