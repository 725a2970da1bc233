import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findChromium } from '../runtimes/browser.js';
import { lookAt, type View } from './support/page-in-chromium.js';
import { runExample } from './support/run-example.js';

const chromium = await findChromium();
const imports = [resolve(import.meta.dirname, 'support/workspace-with-seats.ts')];

async function pageOf(odd = ''): Promise<string> {
  const { code, stdout, stderr } = await runExample('seat-report.ts', ['--html'], { imports, env: { SEATS: odd } });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

/** The texts of the cells of each line of a table, by the beginning of its caption. */
function rowsOf(page: string, caption: string): string[][] {
  const [table = ''] = page.split('<caption>').filter((part) => part.startsWith(caption));
  const body = table.slice(0, table.indexOf('</table>'));
  return [...body.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/gs)].map(([, cell = '']) =>
      cell.replace('<br>', ', ').replaceAll(/<[^>]*>/g, ''),
    ),
  );
}

describe('the page of seat-report', () => {
  test('shows seats, cost and who is idle, with a text for each bar', async () => {
    const page = await pageOf();
    expect(rowsOf(page, 'Seats by type')).toEqual([
      ['Seat', 'Held', 'Used', 'Unused', 'Never'],
      ['chatgpt', '4', '3', '1', '0'],
      ['codex', '1', '0', '0', '1'],
      ['all', '5', '3', '1', '1'],
    ]);
    expect(rowsOf(page, 'The last 30 days by group')).toEqual([
      ['Group', 'Seats', 'Credits', 'US dollars'],
      ['Lab', '2', '1', 'not stated'],
      ['Sales', '3', '1', '3.60'],
      ['(in no group)', '1', 'not stated', 'not stated'],
      ['(no seat, or nobody named)', '0', '7', 'not stated'],
      ['Everybody, each once', '5', '8', '3.60'],
    ]);
    expect(rowsOf(page, 'Never, or not any more')).toEqual([
      ['Person', 'Seat', 'Member since', 'Last use'],
      ['Bo Elm, bo@northwind.example', 'chatgpt', '2026-01-05', '2026-10-31'],
      ['Cy Oak, cy@northwind.example', 'codex', 'not known', 'never'],
    ]);
    expect(page).toContain('<svg role="img" aria-label="3 of 4 seats used"');
    expect(page).toContain('aria-label="3.60 US dollars, Sales"');
    for (const bar of page.match(/<svg[^>]*>/g) ?? []) expect(bar).toMatch(/role="img" aria-label="[^"]+"/);
  });

  test('has a language, a title, headings in their order, and headings for lines and columns', async () => {
    const page = await pageOf();
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(page).toContain('<title>Seats and cost, 2026-11-30</title>');
    const levels = [...page.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    expect(levels.slice(0, 3)).toEqual([1, 2, 3]);
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    expect(page.match(/<caption>/g)).toHaveLength(page.match(/<table>/g)?.length ?? -1);
    for (const row of page.match(/<tr>.*?<\/tr>/gs) ?? []) expect(row).toMatch(/^<tr><th scope="(?:row|col)">/);
  });

  test('takes nothing from elsewhere and runs nothing, whatever people and groups are called', async () => {
    const page = await pageOf('hostile names');
    expect(page).toContain('&lt;img src=&quot;http://evil.example/x.png&quot; onerror=&#39;alert(1)&#39;&gt;&amp;amp;');
    const tags = new Set([...page.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, tag = '']) => tag.toLowerCase()));
    const known =
      'html head meta title style body main section h1 h2 h3 p ul li code table caption thead tbody tr th td';
    expect([...tags].filter((tag) => !`${known} bdi br svg rect`.split(' ').includes(tag))).toEqual([]);
    const attributes = [...page.replaceAll(/="[^"]*"/g, '=""').matchAll(/\s([\w-]+)=""/g)].map(([, name = '']) => name);
    expect(attributes.filter((name) => /^(?:src|href|style|on.*)$/i.test(name))).toEqual([]);
    expect(page).not.toMatch(/url\(|@import/);
    expect(page).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  });

  test.each(['no use', 'use not found'])('says that use could not be read, and shows no zeros: %s', async (odd) => {
    const page = await pageOf(odd);
    expect(page).toContain('<li>Use and cost could not be read, and nothing is said of it.');
    expect(rowsOf(page, 'Seats by type')).toContainEqual(['all', '5', 'not read', 'not read', 'not read']);
    expect(rowsOf(page, 'The last 30 days')).toContainEqual(['Sales', '3', 'not read', 'not read']);
    expect(page).not.toMatch(/Never, or not any more|<svg/);
  });
});

/** Runs in the page: what is measured of it. */
const measures = `(() => {
  const { scrollWidth, clientWidth } = document.scrollingElement;
  const widthOf = (shape) => shape?.getBoundingClientRect().width ?? 0;
  const bars = [...document.querySelectorAll('svg')].map((bar) => ({
    says: bar.getAttribute('aria-label'),
    rail: widthOf(bar.querySelector('.rail')),
    bar: widthOf(bar.querySelector('.bar')),
  }));
  const light = (color) => {
    const [red, green, blue] = color.match(/\\d+/g).map((part) => part / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const page = light(getComputedStyle(document.body).backgroundColor);
  const contrast = (color) => (Math.max(light(color), page) + 0.05) / (Math.min(light(color), page) + 0.05);
  const ofTexts = [...document.querySelectorAll('h1, h2, h3, p, li, caption, th, td')].map((text) => contrast(getComputedStyle(text).color));
  const ofBars = [...document.querySelectorAll('.bar')].map((bar) => contrast(getComputedStyle(bar).fill));
  const cut = [...document.querySelectorAll('th, td, li, h2, caption')].filter((part) => part.getBoundingClientRect().right > clientWidth + 0.5);
  return { innerWidth, scrollWidth, clientWidth, bars, page, texts: Math.min(...ofTexts), shapes: Math.min(...ofBars), cut: cut.length,
    smallest: Math.min(...[...document.querySelectorAll('th, td')].map((cell) => parseFloat(getComputedStyle(cell).fontSize))) };
})()`;

interface Measures {
  readonly innerWidth: number;
  readonly scrollWidth: number;
  readonly clientWidth: number;
  readonly bars: readonly { readonly says: string; readonly rail: number; readonly bar: number }[];
  /** How light the page is, from 0 to 1. */
  readonly page: number;
  readonly texts: number;
  readonly shapes: number;
  readonly cut: number;
  readonly smallest: number;
}

const views: readonly View[] = [1280, 390].flatMap((width) =>
  (['light', 'dark'] as const).map((scheme) => ({ width, scheme })),
);

// Where no Chromium is installed, what the page consists of is tested above.
if (chromium === undefined)
  console.warn(
    'NOT TESTED: the page of seat-report in a browser, at 1280 and 390 px. Install Chromium, or name one in CHROME_PATH.',
  );
describe.skipIf(chromium === undefined)('the page of seat-report in a browser', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seat-page-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test.each(['', 'hostile names', 'no use'])(
    'fits on wide and narrow screens, light and dark: %s',
    {
      timeout: 180_000,
    },
    async (odd) => {
      const file = join(folder, `seats-${odd.replace(' ', '-')}.html`);
      await writeFile(file, await pageOf(odd));
      const url = pathToFileURL(file).href;
      let seen = 0;
      await lookAt(chromium ?? '', url, views, async (page, { width, scheme }) => {
        // What is measured is what the expression above gives.
        const found = (await page.evaluate(measures)) as Measures;
        const { SEAT_PAGE_SHOTS: shots } = process.env;
        if (shots)
          await writeFile(join(shots, `seats-${odd}-${width}-${scheme}.png`), await page.screenshot(), 'base64');
        expect(found.innerWidth).toBe(width);
        expect(found.scrollWidth).toBeLessThanOrEqual(found.clientWidth);
        expect(found.cut).toBe(0);
        expect(found.smallest).toBeGreaterThanOrEqual(14);
        expect(found.texts).toBeGreaterThanOrEqual(4.5);
        expect(found.page > 0.5).toBe(scheme === 'light');
        if (odd !== 'no use') {
          expect(found.shapes).toBeGreaterThanOrEqual(3);
          expect(found.bars.length).toBeGreaterThan(10);
        }
        for (const { says, rail, bar } of found.bars) {
          const [, some, all] = /^(\d+) of (\d+) seats/.exec(says) ?? [];
          const [, cost = '0'] = /^([\d.]+) (?:credits|US dollars), /.exec(says) ?? [];
          const most = says.includes('US dollars') ? 3.6 : 8;
          const share = all === undefined ? Number(cost) / most : Number(some) / Number(all);
          expect(rail, says).toBeGreaterThan(20);
          expect(bar / rail, says).toBeCloseTo(share, 2);
        }
        expect(page.messages).toEqual([]);
        expect(page.requests).toEqual([url]);
        seen += 1;
      });
      expect(seen).toBe(views.length);
    },
  );
});
