import { type Browser, type BrowserContext, chromium as playwright } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { serveSite } from './support/serve-site.js';
import { pagesOfSite } from './support/site-folder.js';

const chromium = inject('chromium');
const views = [1280, 390].flatMap((width) => (['light', 'dark'] as const).map((scheme) => ({ width, scheme })));
const kinds = {
  'the landing page': '',
  'a guide': 'guides/people.html',
  'the methods': 'guides/scim-methods.html',
  'an entry': 'modules/chatgpt-enterprise-sdk_scim.html',
  'a class': 'classes/chatgpt-enterprise-sdk.AdminClient.html',
  'a decision': 'decisions/0004-the-read-only-guarantee.html',
};

describe.skipIf(chromium === undefined)('the site in a browser', () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serveSite>>;
  beforeAll(async () => {
    site = await serveSite();
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
    browser = await playwright.launch({ executablePath: await pathOf(chromium ?? ''), args });
  });
  afterAll(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });

  /** Opens a page, and notes what it complains of and what it asks for in vain. */
  async function open(context: BrowserContext, path: string) {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
    page.on('request', (request) => {
      if (!request.url().startsWith(site.url) && !request.url().startsWith('data:')) complaints.push(request.url());
    });
    page.on('response', (response) => {
      if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
    });
    await page.goto(site.url + path);
    // The menu is made last.
    await page.locator('#tsd-nav-container a').first().waitFor({ state: 'attached' });
    return { page, complaints };
  }

  test.each(views)('fits a screen of $width pixels, $scheme', async ({ width, scheme }) => {
    await using context = await browser.newContext({ viewport: { width, height: 844 }, colorScheme: scheme });
    for (const [kind, path] of Object.entries(kinds)) {
      const { page, complaints } = await open(context, path);
      const seen = await page.evaluate(measure);
      expect(complaints, kind).toEqual([]);
      expect(seen.documentWidth, kind).toBeLessThanOrEqual(width);
      expect(seen.cut, kind).toEqual([]);
      expect(seen.contrast, kind).toBeGreaterThanOrEqual(4.5);
      expect(seen.light > 0.5, kind).toBe(scheme === 'light');
      await page.close();
    }
  });

  test('every page is as wide as a phone, and no wider', { timeout: 120_000 }, async () => {
    await using context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    const wide: string[] = [];
    // The menu and the search are the same on each: without scripts there is only the page.
    await page.route('**/*.js', (route) => route.abort());
    for (const path of pagesOfSite().filter((each) => /^(?:[^/]*|(?:guides|decisions|modules|classes)\/.*)$/.test(each))) {
      await page.goto(site.url + path, { waitUntil: 'domcontentloaded' });
      const width = await page.evaluate(() => {
        document.body.style.removeProperty('display');
        return document.scrollingElement?.scrollWidth ?? 0;
      });
      if (width > 390) wide.push(`${path}: ${width}`);
    }
    expect(wide).toEqual([]);
  });

  test('the guides come first in the menu, under their headings, then the entries, then the decisions', async () => {
    await using context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const { page } = await open(context, '');
    const headings = await page.locator('#tsd-nav-container > li > details > summary').allInnerTexts();
    expect(headings).toEqual(['Start', 'People', 'Audit logs', 'Running it', 'Testing', 'Entries', 'Decisions']);
    expect(await page.getByRole('link', { name: 'Which key?' }).first().isVisible()).toBe(true);
  });

  test.each([
    ['dry run', 'Sync users nightly'],
    ['proxy', 'Set up a connection'],
    ['renamed workspace', 'Set up a connection'],
  ])('the search finds "%s" in the text of a guide', async (words, title) => {
    await using context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const { page, complaints } = await open(context, 'modules/chatgpt-enterprise-sdk.html');
    await page.locator('#tsd-search-trigger').click();
    await page.locator('#tsd-search-input').fill(words);
    const results = page.locator('#tsd-search-results li');
    await results.first().waitFor();
    const found = (await results.allInnerTexts()).slice(0, 3).map((text) => text.trim());
    expect(found).toContain(title);
    await results.nth(found.indexOf(title)).locator('a').click();
    await page.waitForURL(/\/guides\//);
    const text = (await page.locator('.col-content').innerText()).toLowerCase();
    for (const word of words.split(' ')) expect(text).toContain(word);
    expect(complaints).toEqual([]);
  });
});

/** Runs in the page. */
function measure() {
  const light = (color: string) => {
    const [red = 0, green = 0, blue = 0] = (color.match(/[\d.]+/g) ?? [])
      .map((part) => Number(part) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  /** Of the nearest element that has a colour behind it. */
  const behind = (element: Element | null): string => {
    if (element === null) return 'rgb(255, 255, 255)';
    const { backgroundColor } = getComputedStyle(element);
    return /rgba\(.*, 0\)/.test(backgroundColor) ? behind(element.parentElement) : backgroundColor;
  };
  const texts = [...document.querySelectorAll('.col-content :is(h1, h2, h3, p, li, td, th, a, code, span)')].slice(0, 500);
  const shown = texts.filter((text) => text.getClientRects().length > 0 && text.textContent?.trim() !== '');
  const contrasts = shown.map((text) => {
    const [one, other] = [light(getComputedStyle(text).color), light(behind(text))];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  });
  // What is wider than its place has to scroll within it.
  const scrolls = (element: Element | null): boolean =>
    element !== null && (/auto|scroll|hidden/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  const cut = shown.filter((text) => text.getBoundingClientRect().right > innerWidth + 1 && !scrolls(text.parentElement));
  return {
    documentWidth: document.scrollingElement?.scrollWidth ?? 0,
    cut: cut.map((text) => text.textContent?.slice(0, 60)),
    contrast: Math.min(...contrasts),
    light: light(behind(document.querySelector('.col-content'))),
  };
}

/** playwright wants a path, and not a name to look up. */
async function pathOf(command: string): Promise<string> {
  const { execFile } = await import('node:child_process');
  return new Promise((resolve, reject) => {
    execFile('/bin/sh', ['-c', `command -v "${command}"`], (error, stdout) => (error ? reject(error) : resolve(stdout.trim())));
  });
}
