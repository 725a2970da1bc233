import { expect, test } from 'vitest';
import { maskText } from '../../src/internal/mask-text.js';
import { sensitiveValues } from '../../src/transport/redact.js';
import { cpuMs } from '../support/cpu-ms.js';

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
  ).toEqual(['jane \\"j\\" doe', 'jane "j" doe', 'j@d.example', 'van Buren', 'id-1', 'jdoe']);
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

test('finds every value of a large body, and a message is masked against all of them in no time', () => {
  const startMs = cpuMs();
  const values = sensitiveValues({ body: Array.from({ length: 20_000 }, (_, index) => `member ${index}`) });
  expect(values).toHaveLength(20_000);
  expect(maskText('member 19999 is not known', values)).toBe('[…] is not known');
  expect(cpuMs() - startMs).toBeLessThan(1_000);
});

test('finds a literal of a filter both as it is written and as it is meant', () => {
  expect(sensitiveValues({ query: [['filter', String.raw`externalId eq "CORP\\janedoe"`]] })).toEqual([
    String.raw`CORP\\janedoe`,
    String.raw`CORP\janedoe`,
  ]);
});

test('finds the key of a directory in the URL, and leaves the words of its path', () => {
  expect(sensitiveValues({}, 'https://api.example/scim/v2.0/mAg88Rlsa9ceIZPJ/Users?count=100')).toEqual([
    'mAg88Rlsa9ceIZPJ',
  ]);
});
