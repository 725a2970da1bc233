import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { Mistake } from './mistake.js';
import { codeOf } from './output.js';

/** Reads a file that was named. @throws Mistake */
export async function readText(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).replace(/^\ufeff/, '');
  } catch (error) {
    const code = codeOf(error);
    if (code === undefined) throw error;
    throw new Mistake(`${path} cannot be read: ${code === 'ENOENT' ? 'there is no such file' : code}.`);
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
export async function writePrivately(path: string, text: string): Promise<void> {
  const aside = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(aside, 'wx', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    const code = codeOf(error);
    if (code === undefined) throw error;
    throw new Mistake(`${path} cannot be written: ${code}.`);
  }
}
