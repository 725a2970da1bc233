import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { addressesIn } from '../../scripts/repository/addresses.js';
import { pagesOfSite, readPage, siteFolder } from './support/site-folder.js';

const pages = pagesOfSite();
const { site } = addressesIn(JSON.stringify(packageJson));

/** The ids on each page, and where its links lead. */
const read = new Map(
  pages.map((page) => {
    const html = readPage(page);
    const values = (name: string) =>
      [...html.matchAll(new RegExp(`\\s${name}="([^"]*)"`, 'g'))].map(([, text = '']) => text);
    return [page, { ids: new Set(values('id')), links: [...values('href'), ...values('src')] }];
  }),
);

/** Why a link of the site leads nowhere, if it does. */
function problemOf(page: string, link: string): string | undefined {
  if (/^(?:https?:|mailto:|data:)/.test(link) || link === '') return undefined;
  const [target = '', anchor = ''] = link.split('#');
  const path = target === '' ? page : posix.join(posix.dirname(page), decodeURIComponent(target));
  if (!existsSync(join(siteFolder, path))) return `${page}: ${link} leads to no file`;
  const ids = read.get(path)?.ids;
  if (anchor === '' || ids === undefined || ids.has(decodeURIComponent(anchor))) return undefined;
  return `${page}: ${link} leads to no place on that page`;
}

describe('the site', () => {
  test('has pages of every kind', () => {
    expect(pages.length).toBeGreaterThan(500);
    for (const kind of ['guides', 'decisions', 'modules', 'classes', 'functions', 'interfaces', 'types'])
      expect(pages.filter((page) => page.startsWith(`${kind}/`)).length, kind).toBeGreaterThan(5);
  });

  test('has no link that leads nowhere, and no anchor that is not there', () => {
    const problems = [...read].flatMap(([page, { links }]) => links.map((link) => problemOf(page, link)));
    expect(problems.length).toBeGreaterThan(10_000);
    expect([...new Set(problems.filter((problem) => problem !== undefined))]).toEqual([]);
  });

  test('would tell of such a link', () => {
    expect(problemOf('guides/people.html', 'gone.html')).toContain('leads to no file');
    expect(problemOf('guides/people.html', 'scim.html#gone')).toContain('leads to no place');
    expect(problemOf('guides/people.html', '../index.html')).toBeUndefined();
  });

  test('shows no text of a guide as a file to download', () => {
    const media = [...read].flatMap(([page, { links }]) =>
      links.filter((link) => /media\/.*\.md$/.test(link)).map((link) => `${page}: ${link}`),
    );
    expect(media.filter((link) => !/CONTRIBUTING|SECURITY|README/.test(link))).toEqual([]);
  });
});

describe('llms.txt', () => {
  const text = readPage('llms.txt');

  test('is a title, a summary, and sections of links', () => {
    expect(text).toMatch(/^# chatgpt-enterprise-sdk\n\n> .+\n\n/);
    const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['Start', 'People', 'Audit logs', 'Running it', 'Testing', 'Entries', 'Optional']);
    for (const line of text
      .split(/^## .*$/m)
      .slice(1)
      .join('')
      .trim()
      .split(/\n+/))
      expect(line).toMatch(/^- \[.+\]\(https:\/\/\S+\)(?:: .+)?$/);
  });

  test('leads to pages that are there', () => {
    const urls = [...text.matchAll(/\]\(([^)]*)\)/g)].map(([, url = '']) => url);
    expect(urls.length).toBeGreaterThan(30);
    for (const url of urls) {
      expect(url.startsWith(site), url).toBe(true);
      expect(existsSync(join(siteFolder, url.slice(site.length))), url).toBe(true);
    }
  });

  test('comes with all guides in one text, in their order', () => {
    const full = readPage('llms-full.txt');
    const places = ['# Set up a connection', '# Know who is there', '# Audit logs', '# Test your connector'].map(
      (heading) => full.indexOf(`\n${heading}\n`),
    );
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
    expect(full).not.toMatch(/^title: /m);
  });
});
