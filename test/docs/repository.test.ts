import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { addressesIn, addressesOf, filesThatNameIt, movedTo } from '../../scripts/repository/addresses.js';
import { linksIn } from './support/anchors.js';

const root = resolve(import.meta.dirname, '../..');
const textOf = (path: string) => readFileSync(join(root, path), 'utf8');
const named = addressesIn(textOf('package.json'));
const place = named.repository.replace('https://github.com/', '');

test('package.json says where the repository is, and everything else follows from it', () => {
  expect(named).toEqual(addressesOf(place));
  expect(JSON.parse(textOf('package.json'))).toMatchObject({
    repository: { type: 'git', url: `git+${named.repository}.git` },
    homepage: named.site,
    bugs: `${named.repository}/issues`,
  });
  expect(JSON.parse(textOf('typedoc.json'))).toMatchObject({
    hostedBaseUrl: named.site,
    navigationLinks: { GitHub: named.repository },
  });
});

test('the README, which npm shows without the repository, has no relative link', () => {
  const links = linksIn(textOf('README.md'));
  expect(links.length).toBeGreaterThan(10);
  expect(links.filter((link) => !link.startsWith('https://'))).toEqual([]);
  expect(textOf('README.md')).toContain(`git clone ${named.repository}.git`);
});

test('no other file names it, so that one command moves it', () => {
  const files = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' }).trim().split('\n');
  const naming = files.filter((path) => /\.(?:md|json|ts|mjs|yml|css)$/.test(path) && mentions(textOf(path)));
  expect(naming.toSorted()).toEqual([...filesThatNameIt].toSorted());
  for (const path of filesThatNameIt) {
    const moved = movedTo(textOf(path), named, 'Somebody/elsewhere');
    expect(mentions(moved), path).toBe(false);
    expect(moved).toMatch(/https:\/\/(?:github\.com\/Somebody\/elsewhere|somebody\.github\.io\/elsewhere\/)/);
  }
});

function mentions(text: string): boolean {
  return text.includes(named.repository) || text.includes(named.site);
}
