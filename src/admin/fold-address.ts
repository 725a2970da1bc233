/**
 * An address to compare without regard to case. A letter counts as the small one of another only where that leads back to it:
 * the Kelvin sign becomes a `k`, and is another address all the same.
 */
export function foldAddress(address: string): string {
  return Array.from(address, (letter) => {
    const small = letter.toLowerCase();
    return small.toUpperCase() === letter ? small : letter;
  }).join('');
}
