import { expect, test } from 'vitest';
import { buildUrl } from '../../src/transport/url.js';

const build = (base: string, request: Omit<Parameters<typeof buildUrl>[1], 'route'> & { route?: string } = {}) =>
  buildUrl(new URL(base), { route: '/Users', ...request });

test.each([
  ['https://h.example', 'https://h.example/Users'],
  ['https://h.example/', 'https://h.example/Users'],
  ['https://h.example/scim/v2', 'https://h.example/scim/v2/Users'],
  ['https://h.example/scim/v2/', 'https://h.example/scim/v2/Users'],
  ['https://h.example/scim/v2///', 'https://h.example/scim/v2/Users'],
  ['https://h.example/scim/v2?a=1', 'https://h.example/scim/v2/Users?a=1'],
  ['https://h.example/scim/v2/?', 'https://h.example/scim/v2/Users'],
  ['https://h.example:8443/a%2Fb/', 'https://h.example:8443/a%2Fb/Users'],
])('keeps the path and the query of %s', (base, url) => {
  expect(build(base)).toBe(url);
});

test('puts the query of the call behind that of the base URL, in order, keys repeated', () => {
  expect(
    build('https://h.example/s?a=1', {
      query: [
        ['b', '2'],
        ['b', '3'],
        ['', ''],
      ],
    }),
  ).toBe('https://h.example/s/Users?a=1&b=2&b=3&=');
});

test('writes spaces as %20 and plus signs as %2B', () => {
  expect(build('https://h.example', { query: [['filter', 'emails[value eq "a+b@c.example"] and x']] })).toBe(
    'https://h.example/Users?filter=emails%5Bvalue%20eq%20%22a%2Bb%40c.example%22%5D%20and%20x',
  );
});

test.each(['a/b', 'a\\b', 'a?b', 'a#b', 'a b', 'a%2Fb', 'é', '...', '.a', '\n', ' '])(
  'keeps %j within its segment',
  (id) => {
    const url = new URL(build('https://h.example/s', { route: '/Users/{id}/x', params: { id } }));
    expect(url.pathname.split('/')).toEqual(['', 's', 'Users', encodeURIComponent(id), 'x']);
    expect(url.search + url.hash).toBe('');
  },
);

test.each(['', '.', '..', '%2e', '%2E%2e', '.%2e', '%252e', '%25252e.'])('refuses %j as a parameter', (id) => {
  expect(() => build('https://h.example', { route: '/Users/{id}', params: { id } })).toThrow(
    expect.objectContaining({ name: 'InputError', path: ['id'] }),
  );
});

test('refuses a parameter that is missing or no text, and text that is not Unicode', () => {
  expect(() => build('https://h.example', { route: '/Users/{id}' })).toThrow(/`id` must be a non-empty string/);
  expect(() => build('https://h.example', { route: '/Users/{id}', params: { id: 7 as unknown as string } })).toThrow(
    /`id`/,
  );
  expect(() => build('https://h.example', { route: '/Users/{id}', params: { id: '\ud800' } })).toThrow(
    /lone surrogate/,
  );
  expect(() => build('https://h.example', { query: [['filter', '\ud800']] })).toThrow(/lone surrogate/);
});

test.each([
  '/Users?x=/.search',
  '/Users#/.search',
  '/%42ulk',
  '/Users\\Bulk',
  '/\\Bulk',
  '/Bu\tlk',
  '/Bulk\n',
  '/Users/../Bulk',
  '/Users/.',
  '/Users;a=b',
  '//other.example',
  'Users',
  '/Ûsers',
])('refuses the route %j, which does not say where the request would go', (route) => {
  expect(() => build('https://h.example/s', { route })).toThrow(
    expect.objectContaining({ name: 'InputError', path: ['route'] }),
  );
});

test.each(['/.search', '/v1.2/Users/.search', '/urn:example:2.0/Devices', '/a/{id}/b', '/.well-known'])(
  'takes the route %j',
  (route) => {
    expect(build('https://h.example/s', { route, params: { id: '7' } })).toBe(
      `https://h.example/s${route.replace('{id}', '7')}`,
    );
  },
);
