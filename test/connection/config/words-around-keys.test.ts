import { expect, test } from 'vitest';
import { safeParseConnectionConfig } from '../../../src/connection/parse-form.js';

const a = '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b';
const b = '91c2d7e4-5b6a-4f80-9d21-7c3e8b5a0f16';

function messagesOf(form: object): string[] {
  const result = safeParseConnectionConfig(form);
  return result.success ? [] : result.issues.map(({ message }) => message);
}

test.each([`Europe ${a} = sk-admin-1`, `export ${a} = sk-admin-1`])(
  '%s has words before the ID',
  (complianceApiKeys) => {
    expect(messagesOf({ complianceApiKeys })).toEqual(['Entry 1 has words before the ID.']);
  },
);

test('entries with a name before the ID are counted as they stand', () => {
  const complianceApiKeys = `Europe: ${a} = sk-admin-1\nLabs (${b}) = sk-admin-2`;
  expect(messagesOf({ complianceApiKeys })).toEqual([
    'Entry 1 has words before the ID.',
    'Entry 2 has words before the ID.',
  ]);
});

test('a comment behind a key is named', () => {
  expect(messagesOf({ complianceApiKeys: `${a} = sk-admin-1 # europe` })).toEqual([
    'Entry 1 has a comment behind the key.',
  ]);
});

test('keys by workspace in the field of one key lead to their own field', () => {
  const result = safeParseConnectionConfig({ complianceApiKey: { [a]: 'sk-admin-1' } as never });
  expect(!result.success && result.issues[0]).toMatchObject({
    code: 'keys_in_key_field',
    remedy: expect.stringContaining('complianceApiKeys'),
  });
});

test.each(['?k=1', '#f'])('a base URL that ends in %s is refused', (end) => {
  const complianceBaseUrl = `https://proxy.example/v1${end}`;
  const form = { complianceApiKey: 'sk-admin-1', workspaceIds: a, complianceBaseUrl };
  expect(messagesOf(form)).toEqual(['The URL has a query or a fragment, which would go out in every request.']);
});
