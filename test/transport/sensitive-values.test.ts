import { expect, test } from 'vitest';
import { sensitiveValues } from '../../src/transport/sensitive-values.js';

test('finds what the caller sent in parameters, filters and bodies, longest first', () => {
  expect(
    sensitiveValues({
      params: { id: 'id-1' },
      query: [
        ['filter', 'userName eq "jane \\"j\\" doe" and active eq true'],
        ['count', '100'],
      ],
      body: { userName: 'jdoe', name: { familyName: 'van Buren' }, emails: [{ value: 'j@d.example', type: 'work' }] },
    }),
  ).toEqual(['jane \\"j\\" doe', 'j@d.example', 'van Buren', 'id-1', 'jdoe']);
});

test('leaves the words of the protocol', () => {
  expect(
    sensitiveValues({
      body: {
        schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
        Operations: [{ op: 'replace', path: 'emails[value eq "j@d.example"].type', value: 'home' }],
      },
    }),
  ).toEqual(['j@d.example', 'home']);
});

test('stops counting in a large body', () => {
  expect(sensitiveValues({ body: Array.from({ length: 100_000 }, (_, index) => `value ${index}`) })).toHaveLength(500);
});

test('finds the key of a directory in the URL, and leaves the words of its path', () => {
  expect(sensitiveValues({}, 'https://api.example/scim/v2.0/mAg88Rlsa9ceIZPJ/Users?count=100')).toEqual([
    'mAg88Rlsa9ceIZPJ',
  ]);
});
