/** The known word that was probably meant, where one is near enough. */
export function nearestWord(given: string, known: readonly string[]): string | undefined {
  const wanted = simplify(given);
  let nearest: string | undefined;
  let least = Math.max(2, Math.floor(wanted.length / 3)) + 1;
  for (const word of known) {
    const distance = distanceOf(wanted, simplify(word));
    if (distance >= least) continue;
    nearest = word;
    least = distance;
  }
  return nearest;
}

/**
 * The known word of which this is a slip: its case, its `_`, the last letter, two letters that changed places, or `edits`
 * letters of a long one. One letter of a short one makes another word, as does a digit.
 */
export function slipOf(given: string, known: readonly string[], edits: 1 | 2 = 1): string | undefined {
  const wanted = simplify(given);
  return known.find((word) => isSlip(wanted, simplify(word), edits));
}

/** The known word that is at most one letter away, or two that changed places: also a short one, where few are known. */
export function nearMissOf(given: string, known: readonly string[]): string | undefined {
  return known.find((word) => editsBetween(simplify(given), simplify(word)) < 2);
}

function isSlip(given: string, word: string, edits: 1 | 2): boolean {
  if (given === word) return true;
  if (given.length < 4 || Math.abs(given.length - word.length) > edits) return false;
  if (given.replace(/\D/g, '') !== word.replace(/\D/g, '')) return false;
  if (`${word}s` === given || word.slice(0, -1) === given) return true;
  const distance = editsBetween(given, word);
  if (distance === 1 && given.length === word.length && isSwapped(given, word)) return true;
  if (given[0] !== word[0]) return false;
  // What only goes on behind a word is a name that was made of it.
  return distance === 1 ? given.length > 6 : distance <= edits && given.length > 7 && !given.startsWith(word);
}

function simplify(word: string): string {
  return word
    .slice(0, 64)
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

/** How many letters differ; less for a word with letters left out. */
function distanceOf(from: string, to: string): number {
  if (from === to) return -1;
  // `token` or `orgId` says more than a count of letters.
  if (from.length >= 4 && isShortened(from, to)) return 0;
  return editsBetween(from, to);
}

/** The Damerau-Levenshtein distance, of which no letter is edited twice: two that changed places are one edit. */
function editsBetween(from: string, to: string): number {
  let before: readonly number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const swapped = isSwap ? (before[j - 2] ?? 0) + 1 : Infinity;
      next.push(Math.min(replaced, swapped, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    before = row;
    row = next;
  }
  return row[to.length] ?? 0;
}

/** Whether words at a distance of one edit have the same letters. */
function isSwapped(one: string, other: string): boolean {
  return [...one].sort().join() === [...other].sort().join();
}

function isShortened(short: string, long: string): boolean {
  let next = 0;
  for (const letter of long) if (letter === short[next]) next += 1;
  return next === short.length;
}
