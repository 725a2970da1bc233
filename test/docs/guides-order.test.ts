import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { groupsOf, listGuides, placeOf } from '../../scripts/site/guides.js';

const root = new URL('../../', import.meta.url);
const guides = listGuides(root);
const files = readdirSync(new URL('docs/guides/', root)).filter((file) => file !== 'README.md');

test('every guide has one place in docs/guides/README.md, which the site follows', () => {
  expect(guides.map(({ file }) => file).toSorted()).toEqual(files.toSorted());
});

test('the headings come in the order in which one needs them', () => {
  expect(groupsOf(guides)).toEqual(['Start', 'People', 'Audit logs', 'Running it', 'Testing']);
  expect(guides[0]?.file).toBe('set-up.md');
});

test('the list itself comes first, and what it does not name has no place', () => {
  expect(placeOf('/docs/guides/README.md', guides)).toEqual({ group: 'Start', rank: -1 });
  expect(placeOf('/docs/guides/set-up.md', guides)).toEqual({ group: 'Start', rank: 0 });
  expect(placeOf('/docs/guides/new.md', guides)).toBeUndefined();
});
