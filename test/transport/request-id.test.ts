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
  expect(readRequestId(new Headers(headers as Record<string, string>), '', () => [])).toBe(id);
});

test.each(['se_secretTOKEN123456', 'req-se_secretTOKEN123456', 'dir_1234567890', 'Users/janedoe'])(
  'takes %s for an echo of what was sent, and for no id',
  (id) => {
    const url = 'https://scim.example.com/dir_1234567890/Users/janedoe';
    expect(readRequestId(new Headers({ 'x-request-id': id }), url, () => ['se_secretTOKEN123456'])).toBeUndefined();
  },
);

const body = ['jane.doe@example.com', 'Bo', 'Mira', 'jdoe'];

test.each(['req-jane.doe', 'JANE.DOE-1', 'x-janex1', 'u/bo/1', 'r-mira', 'ajdoe7', 'doe'])(
  'takes %s for an echo of the body',
  (id) => {
    expect(readRequestId(new Headers({ 'x-request-id': id }), 'https://scim.example.com', () => body)).toBeUndefined();
  },
);

test.each(['8f2a1b0c-77aa-4bbb-9c1e-0d7a4f6b8e11', 'req_01HBOXYZ', '8f2a-FRA'])('keeps %s', (id) => {
  expect(readRequestId(new Headers({ 'x-request-id': id }), 'https://scim.example.com', () => body)).toBe(id);
});
