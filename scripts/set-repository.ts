// Writes where this repository lives: `node scripts/set-repository.ts owner/name`. package.json says it, and every other file
// that has to name it in full says the same (test/docs/repository.test.ts); so the address is written here and nowhere by hand.
import { readFileSync, writeFileSync } from 'node:fs';
import { addressesIn, filesThatNameIt, movedTo } from './repository/addresses.ts';

const [place = ''] = process.argv.slice(2);
if (!/^[\w-]+\/[\w.-]+$/.test(place)) {
  console.error('Say where the repository lives: node scripts/set-repository.ts owner/name');
  process.exit(1);
}
const root = new URL('../', import.meta.url);
const from = addressesIn(readFileSync(new URL('package.json', root), 'utf8'));
for (const path of filesThatNameIt) {
  const file = new URL(path, root);
  writeFileSync(file, movedTo(readFileSync(file, 'utf8'), from, place));
}
