import { expect, test } from 'vitest';
import { mergeHeaders } from '../../src/transport/headers.js';

test('later sets win, whatever the case of the names', () => {
  expect(mergeHeaders({ Accept: 'a', 'X-One': '1' }, undefined, { accept: 'b' })).toEqual({
    accept: 'b',
    'x-one': '1',
  });
});

test.each([
  'authorization',
  'Authorization',
  'AUTHORIZATION',
  'X-HTTP-Method-Override',
  'x-method-override',
  'X-HTTP-Method',
])('refuses %s', (name) => {
  expect(() => mergeHeaders({ [name]: 'secret-value' })).toThrow(
    expect.objectContaining({ name: 'InputError', message: expect.not.stringContaining('secret-value') }),
  );
});

test.each([
  ['a b', 'x'],
  ['', 'x'],
  ['a\n', 'x'],
  ['a:', 'x'],
  ['é', 'x'],
  ['a', 'x\r\ny: z'],
  ['a', 'x\0'],
  ['a', '✓'],
])('refuses %j: %j, and does not repeat it', (name, value) => {
  expect(() => mergeHeaders({ [name]: value })).toThrow(expect.objectContaining({ name: 'InputError' }));
});

test('refuses a value that is not text', () => {
  expect(() => mergeHeaders({ a: 1 as unknown as string })).toThrow(
    expect.objectContaining({ path: ['headers', 'a'] }),
  );
});
