import { InputError } from '../errors/input-errors.js';
import { isRecord } from '../internal/is-record.js';
import { nearestKey } from './config/nearest-key.js';

/**
 * Refuses what is no option: a `fecth` that is passed over would send a test to the real service.
 *
 * @throws InputError
 */
export function checkOptions(of: string, options: unknown, names: string): void {
  if (!isRecord(options)) {
    throw new InputError(`The options of ${of} are not an object.`, { remedy: 'Give an object, or leave them out.' });
  }
  for (const key of Object.keys(options)) checkWord(`an option of ${of}`, key, names, []);
}

/**
 * Refuses a word that is none of these, and names the one that was probably meant.
 *
 * @throws InputError
 */
export function checkWord(what: string, given: unknown, names: string, under: readonly (string | number)[]): void {
  const known = names.split(' ');
  if (known.includes(given as string)) return;
  const word = String(given).slice(0, 40);
  const meant = nearestKey(word, known);
  throw new InputError(`\`${word}\` is not ${what}.`, {
    path: under.length > 0 ? under : [word],
    remedy: meant === undefined ? `There are: ${known.join(', ')}.` : `Write \`${meant}\`.`,
  });
}
