import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import * as menus from '../../src/errors/menus.js';

const root = resolve(import.meta.dirname, '../..');
const guides = readdirSync(join(root, 'docs/guides')).filter((file) => file.endsWith('.md'));

/** Every way through a menu that a text names, without what a place was called before. */
function waysIn(text: string): string[] {
  const plain = text.replace(/\s+/g, ' ').replaceAll(' (formerly Identity & Provisioning)', '');
  const word = '[\\w&]+';
  const place = `${word}(?: ${word})*(?: \\(SCIM\\))?`;
  const ways = new RegExp(`(?:(?:admin|platform)\\.openai\\.com|(?:Workspace s|S)ettings)(?: → ${place})+`, 'g');
  return plain.match(ways) ?? [];
}

const known = new Set(Object.values(menus).flatMap(waysIn));

test.each(['set-up.md', 'which-key.md'])('%s names ways through menus', (guide) => {
  expect(waysIn(readFileSync(join(root, 'docs/guides', guide), 'utf8')).length).toBeGreaterThan(1);
});

test.each(guides)('%s names no way through a menu but those that the messages name', (guide) => {
  const named = waysIn(readFileSync(join(root, 'docs/guides', guide), 'utf8'));
  // A sentence may go on behind the last place.
  const isKnown = (way: string) =>
    [...known].some((one) => way === one || (way.startsWith(`${one} `) && !way.slice(one.length).includes('→')));
  expect(named.filter((way) => !isKnown(way))).toEqual([]);
});

test('a way that was changed in one of them is told', () => {
  const [way = ''] = waysIn(`Look under ${menus.adminKeys}, please.`);
  expect(way).toBe(menus.adminKeys);
  expect(known).toContain(way);
  expect(known).not.toContain(waysIn(menus.adminKeys.replace('Credentials', 'Keys'))[0]);
});
