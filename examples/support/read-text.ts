import { readFile } from 'node:fs/promises';
import { FileMistake } from './read-csv.ts';

/** Reads a file of text. What is not UTF-8 is refused: names would be written to the directory with other letters. */
export async function readText(path: string): Promise<string> {
  const bytes = await readFile(path).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const reason = error.code === 'ENOENT' ? 'file not found' : String(error.code);
    throw new FileMistake(`${path} cannot be read: ${reason}.`);
  });
  try {
    // UTF-16 has a zero in each letter of a heading.
    if (!bytes.includes(0)) return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Told below.
  }
  throw new FileMistake(`${path} is not UTF-8. Save it so: in Excel as "CSV UTF-8 (Comma delimited)".`);
}
