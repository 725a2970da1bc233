import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { addressesIn } from '../../scripts/repository/addresses.js';
import { anchorsOf, linksIn } from './support/anchors.js';

const root = resolve(import.meta.dirname, '../..');
const textOf = (path: string) => readFileSync(join(root, path), 'utf8');
const { repository } = addressesIn(textOf('package.json'));
const documents = globSync(['*.md', 'docs/**/*.md', 'examples/*.md'], { cwd: root, exclude: ['docs/api/**'] }).sort();

/** Why a link leads nowhere, if it does. */
function problemOf(document: string, link: string): string | undefined {
  const inRepository = link.replace(`${repository}/blob/main/`, '/');
  if (/^https:/.test(inRepository)) return undefined;
  const [target = '', anchor] = inRepository.split('#');
  const path = target === '' ? document : target.startsWith('/') ? target.slice(1) : join(dirname(document), target);
  if (!existsSync(join(root, path))) return `${link}: there is no ${path}`;
  if (anchor === undefined || anchorsOf(textOf(path)).has(anchor)) return undefined;
  return `${link}: ${path} has no heading of that name`;
}

test('there are documents and links', () => {
  expect(documents).toEqual(expect.arrayContaining(['README.md', 'docs/README.md', 'docs/guides/people.md']));
  expect(documents.flatMap((document) => linksIn(textOf(document))).length).toBeGreaterThan(100);
});

test.each(documents)('every link of %s leads somewhere', (document) => {
  const problems = linksIn(textOf(document)).map((link) => problemOf(document, link));
  expect(problems.filter((problem) => problem !== undefined)).toEqual([]);
});

test('a link to a file or a heading that is not there is told', () => {
  expect(problemOf('docs/guides/people.md', 'gone.md')).toBe('gone.md: there is no docs/guides/gone.md');
  expect(problemOf('docs/guides/people.md', 'scim.md#gone')).toContain('docs/guides/scim.md has no heading');
  expect(problemOf('README.md', `${repository}/blob/main/docs/gone.md`)).toContain('there is no docs/gone.md');
  expect(problemOf('README.md', '#entries')).toBeUndefined();
});
