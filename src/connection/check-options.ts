import { InputError } from '../errors/input-errors.js';
import { isRecord } from '../internal/json.js';

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

/** Finds the known key that was probably meant, where one is near enough. */
export function nearestKey(key: string, known: readonly string[]): string | undefined {
  const wanted = simplify(key);
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of known) {
    const name = simplify(candidate);
    // A name with letters left out, such as `token` or `orgId`, says more than a count of letters.
    const isShortened = wanted.length >= 4 && isSubsequence(wanted, name);
    const distance = name === wanted ? -1 : isShortened ? 0 : editDistance(wanted, name, bestDistance);
    if (distance >= bestDistance) continue;
    best = candidate;
    bestDistance = distance;
  }
  return best;
}

function simplify(key: string): string {
  return key
    .slice(0, 64)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

function isSubsequence(short: string, long: string): boolean {
  let next = 0;
  for (const letter of long) if (letter === short[next]) next++;
  return next === short.length;
}

/** How many letters must be put in, taken out or replaced (Levenshtein), or `limit` if it is at least that. */
function editDistance(from: string, to: string, limit: number): number {
  if (Math.abs(from.length - to.length) >= limit) return limit;
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? limit;
}
