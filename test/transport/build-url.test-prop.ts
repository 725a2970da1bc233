import fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildUrl } from '../../src/transport/url.js';

const text = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1 }),
  fc.constantFrom(
    '../',
    '/..',
    '//evil.example',
    '\\\\evil',
    '@evil.example',
    '?',
    '#',
    '%2e%2e/',
    ';',
    ':',
    'http://evil.example',
  ),
);
const base = fc
  .tuple(fc.webUrl({ validSchemes: ['https'], withQueryParameters: true }), fc.constantFrom('', '/', '//'))
  .map(([url, slashes]) => {
    const parsed = new URL(url);
    parsed.pathname += slashes;
    return parsed;
  });

test('a request never leaves the origin nor the path of its base URL, whatever the parameters hold', () => {
  fc.assert(
    fc.property(base, text, text, fc.array(fc.tuple(text, text)), (baseUrl, id, attribute, query) => {
      let built: string;
      try {
        built = buildUrl(baseUrl, { route: '/Users/{id}/{attribute}', params: { id, attribute }, query });
      } catch (error) {
        expect(error).toMatchObject({ name: 'InputError' });
        return;
      }
      const url = new URL(built);
      expect(url.origin).toBe(baseUrl.origin);
      const segments = url.pathname.slice(baseUrl.pathname.replace(/\/+$/, '').length).split('/');
      expect(url.pathname.startsWith(baseUrl.pathname.replace(/\/+$/, ''))).toBe(true);
      expect(segments.map(decodeURIComponent)).toEqual(['', 'Users', id, attribute]);
      expect(url.hash).toBe('');
    }),
  );
});

test('a server reads back the query as it was given', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text), { minLength: 1 }), (query) => {
      const url = new URL(buildUrl(new URL('https://h.example/s'), { route: '/Users', query }));
      expect([...url.searchParams]).toEqual(query);
    }),
  );
});
