import { expect, test } from 'vitest';
import { parseBaseUrl } from '../../src/transport/url.js';

test.each([
  '',
  'scim.example.com',
  'https://',
  'ftp://scim.example.com',
  'http://scim.example.com',
  'http://127.0.0.1:8080',
])('refuses %j', (text) => {
  expect(() => parseBaseUrl(text, false)).toThrow(expect.objectContaining({ name: 'InputError', path: ['baseUrl'] }));
});

test('refuses a user name or a password in the URL, and repeats neither', () => {
  for (const text of [
    'https://jane@scim.example.com',
    'https://jane:hunter2@scim.example.com',
    'https://:hunter2@x.example',
  ]) {
    expect(() => parseBaseUrl(text, false)).toThrow(/^`baseUrl` contains a user name or a password\.$/);
  }
});

test.each(['http://127.0.0.1:8080/scim', 'http://[::1]:8080/scim', 'http://localhost:8080/scim'])(
  'allows %s only behind the loud option',
  (text) => {
    expect(parseBaseUrl(text, true).href).toBe(text);
    expect(() => parseBaseUrl(text, false)).toThrow(/must use https/);
  },
);

test.each(['http://127.0.0.1.example.com', 'http://localhost.example.com', 'http://10.0.0.1', 'http://0.0.0.0'])(
  'the loud option does not allow %s',
  (text) => {
    expect(() => parseBaseUrl(text, true)).toThrow(/must use https/);
  },
);
