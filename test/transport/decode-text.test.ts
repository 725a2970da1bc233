import { expect, test } from 'vitest';
import { decodeText } from '../../src/transport/body.js';

const read = (bytes: readonly number[], contentType?: string) =>
  decodeText(Uint8Array.from(bytes), new Headers(contentType === undefined ? {} : { 'content-type': contentType }));

test('decodes by the charset that the content type names', () => {
  expect(read([0x5a, 0x6f, 0xeb], 'application/json; charset=iso-8859-1')).toBe('Zoë');
  expect(read([0x5a, 0x6f, 0xeb], 'application/json;boundary=x; Charset="ISO-8859-1"')).toBe('Zoë');
  expect(read([0x5a, 0x6f, 0xc3, 0xab], 'application/json; charset=utf-8')).toBe('Zoë');
});

test('decodes as UTF-8 where nothing is named, or nothing that is known', () => {
  for (const contentType of [undefined, 'application/json', 'text/plain; charset=klingon', 'text/plain; charset=']) {
    expect(read([0xef, 0xbb, 0xbf, 0x5a, 0x6f, 0xc3, 0xab], contentType)).toBe('Zoë');
  }
});
