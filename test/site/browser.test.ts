import { type Browser, type BrowserContext, chromium as playwright } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { serveSite } from './support/serve-site.js';
import { pagesOfSite } from './support/site-folder.js';

const chromium = inject('chromium');
const kinds = {
  'the landing page': '',
  'a guide': 'guides/people.html',
  'the methods': 'guides/scim-methods.html',
  'an entry': 'modules/chatgpt-enterprise-sdk_scim.html',
  'a class': 'classes/chatgpt-enterprise-sdk.AdminClient.html',
  'a decision': 'decisions/0004-the-read-only-guarantee.html',
};

// Chromium works in processes of its own, one for each page: this one waits for them, and can do so for several at a time.
describe.skipIf(chromium === undefined).concurrent('the site in a browser', () => {
  let browser: Browser;
  let site: Awaited<ReturnType<typeof serveSite>>;
  beforeAll(async () => {
    site = await serveSite();
    const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
    browser = await playwright.launch({ executablePath: chromium ?? '', args });
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
    // What is measured stands still.
    await page.addStyleTag({ content: '* { transition: none !important }' });
    // The menu is made last.
    await page.locator('#tsd-nav-container a').first().waitFor({ state: 'attached' });
    return { page, complaints };
  }

  test.each([1280, 390])('every kind of page fits a screen of %d pixels, light and dark', async (width) => {
    await using context = await browser.newContext({ viewport: { width, height: 844 } });
    for (const [kind, path] of Object.entries(kinds)) {
      const { page, complaints } = await open(context, path);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const seen = await page.evaluate(measure);
        expect(seen.documentWidth, kind).toBeLessThanOrEqual(width);
        expect(seen.cut, kind).toEqual([]);
        expect(seen.contrast, kind).toBeGreaterThanOrEqual(4.5);
        expect(seen.light > 0.5, kind).toBe(colorScheme === 'light');
      }
      expect(complaints, kind).toEqual([]);
      await page.close();
    }
  });

  test('every guide, decision, entry and class is as wide as a phone, and no wider', async () => {
    // The menu and the search are the same on each: without scripts there is only the page.
    await using context = await browser.newContext({ viewport: { width: 390, height: 844 }, javaScriptEnabled: false });
    const page = await context.newPage();
    const wide: string[] = [];
    for (const path of pagesOfSite().filter((each) =>
      /^(?:[^/]*|(?:guides|decisions|modules|classes)\/.*)$/.test(each),
    )) {
      await page.goto(site.url + path, { waitUntil: 'load' });
      const width = await page.evaluate(() => document.scrollingElement?.scrollWidth ?? 0);
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

  test.each(['dry run', 'proxy', 'renamed workspace'])(
    'the search for "%s" begins with a guide that says so',
    async (words) => {
      await using context = await browser.newContext({ viewport: { width: 390, height: 844 } });
      const { page, complaints } = await open(context, 'modules/chatgpt-enterprise-sdk.html');
      await page.locator('#tsd-search-trigger').click();
      await page.locator('#tsd-search-input').fill(words);
      await page.locator('#tsd-search-results a').first().click();
      await page.waitForURL(/\/guides\//);
      expect((await page.locator('.col-content').innerText()).toLowerCase()).toContain(words);
      expect(complaints).toEqual([]);
    },
  );
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
  const texts = [...document.querySelectorAll('.col-content :is(h1, h2, h3, p, li, td, th, a, code, span)')].slice(
    0,
    200,
  );
  const shown = texts.filter((text) => text.getClientRects().length > 0 && text.textContent?.trim() !== '');
  const contrasts = shown.map((text) => {
    const [one, other] = [light(getComputedStyle(text).color), light(behind(text))];
    return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
  });
  // What is wider than its place has to scroll within it.
  const scrolls = (element: Element | null): boolean =>
    element !== null &&
    (/auto|scroll|hidden/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  const cut = shown.filter(
    (text) => text.getBoundingClientRect().right > innerWidth + 1 && !scrolls(text.parentElement),
  );
  return {
    documentWidth: document.scrollingElement?.scrollWidth ?? 0,
    cut: cut.map((text) => text.textContent?.slice(0, 60)),
    contrast: Math.min(...contrasts),
    light: light(behind(document.querySelector('.col-content'))),
  };
}
