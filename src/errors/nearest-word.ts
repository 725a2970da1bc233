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
 * The known word of which this is a slip: its case, its `_`, the last letter, two letters that changed places, or one letter
 * of a long one. One letter of a short one makes another word, as does a digit.
 */
export function slipOf(given: string, known: readonly string[]): string | undefined {
  const wanted = simplify(given);
  return known.find((word) => isSlip(wanted, simplify(word)));
}

/**
 * The known word that is at most one letter away: one is missing, too many or another one, or two changed places. Short
 * words are too near to each other to tell, and a digit makes another word.
 */
export function nearMissOf(given: string, known: readonly string[]): string | undefined {
  const wanted = given.toLowerCase();
  return known.find((word) => {
    if (Math.abs(word.length - wanted.length) > 1 || !/\w{4}/.test(word)) return false;
    return digitsOf(wanted) === digitsOf(word) && isWithinOneEdit(wanted, word.toLowerCase());
  });
}

/** The known URN that is at most two letters away, and as many in length at most. */
export function nearestUrn(given: string, known: readonly string[]): string | undefined {
  const wanted = given.toLowerCase();
  return known.find((urn) => {
    const meant = urn.toLowerCase();
    if (Math.abs(wanted.length - meant.length) > 2 || digitsOf(wanted) !== digitsOf(meant)) return false;
    return editsBetween(...whatDiffers(wanted, meant)) <= 2;
  });
}

function isSlip(given: string, word: string): boolean {
  if (given === word) return true;
  if (given.length < 4 || digitsOf(given) !== digitsOf(word) || !isWithinOneEdit(given, word)) return false;
  const isSwapped = whatDiffers(given, word)[0].length === 2;
  const isLast = `${word}s` === given || word.slice(0, -1) === given;
  return isSwapped || isLast || (given[0] === word[0] && given.length > 6);
}

const digitsOf = (word: string): string => word.replace(/\D/g, '');

function isWithinOneEdit(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  const [given, meant] = whatDiffers(one, other);
  return given.length <= 1 ? meant.length <= 1 : given.length === 2 && given === [...meant].reverse().join('');
}

/** Both without what they begin and end with alike. */
function whatDiffers(one: string, other: string): [one: string, other: string] {
  const most = Math.min(one.length, other.length);
  let start = 0;
  while (start < most && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < most - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  return [one.slice(start, one.length - end), other.slice(start, other.length - end)];
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

function isShortened(short: string, long: string): boolean {
  if (long.includes(short)) return true;
  // A long word holds the letters of many a short one, in order, by chance.
  if (short[0] !== long[0] || short.length * 3 < long.length) return false;
  let next = 0;
  for (const letter of long) if (letter === short[next]) next += 1;
  return next === short.length;
}
