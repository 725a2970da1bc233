import { expect, test } from 'vitest';
import { readLocation } from '../../src/transport/headers.js';
import { startLoopbackServer } from '../support/loopback-server.js';
import { openTestTransport } from '../support/open-test-transport.js';

/** A text as it arrives when its bytes are UTF-8 and are read as a character each. */
const raw = (text: string) => Buffer.from(text).toString('latin1');
const read = (location: string) => readLocation(new Headers({ location }));

test.each(['/Users/müller', '/files/日本語?signature=ü', '/plain?x=%C3%BC', ''])(
  'reads the raw UTF-8 of %j',
  (location) => {
    expect(read(raw(location))).toBe(location);
  },
);

test('leaves as it is what is no UTF-8, or no header', () => {
  expect(read('/Users/m\xfcller')).toBe('/Users/m\xfcller');
  expect(readLocation(new Headers())).toBeNull();
});

test('a download is taken where a Location in raw UTF-8 leads, at first and by a redirect', async () => {
  const server = await startLoopbackServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '');
    if (path === '/größe?s=ü') response.writeHead(302, { location: raw('/ähnlich?s=ö') }).end();
    else response.end(path);
  });
  const { transport } = openTestTransport(globalThis.fetch, { dangerouslyAllowHttpLoopback: true, clock: undefined });
  const bytes = await transport.download({ url: `${server.url}/größe?s=ü`, route: '/f', maxBytes: 100 });
  expect(new TextDecoder().decode(bytes)).toBe('/ähnlich?s=ö');
});
