import { expect, test } from 'vitest';
import { readRequestId } from '../../src/transport/headers.js';

test.each([
  [{ 'x-request-id': 'a', 'cf-ray': 'b' }, 'a'],
  [{ 'request-id': 'c' }, 'c'],
  [{ 'cf-ray': '8f2a-FRA' }, '8f2a-FRA'],
  [{ 'x-request-id': 'jane doe <jane@d.example>' }, undefined],
  [{ 'x-request-id': 'x'.repeat(200) }, undefined],
  [{}, undefined],
])('reads the id of the exchange from %j', (headers, id) => {
  expect(readRequestId(new Headers(headers as Record<string, string>), [])).toBe(id);
});

test.each(['se_secretTOKEN123456', 'req-se_secretTOKEN123456', 'dir_1234567890', 'Users/janedoe'])(
  'takes %s for an echo of what was sent, and for no id',
  (id) => {
    const sent = ['https://scim.example.com/dir_1234567890/Users/janedoe', 'se_secretTOKEN123456'];
    expect(readRequestId(new Headers({ 'x-request-id': id }), sent)).toBeUndefined();
  },
);
