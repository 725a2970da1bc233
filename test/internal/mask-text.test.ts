import { expect, test } from 'vitest';
import { maskText } from '../../src/internal/mask-text.js';
import { cpuMs } from '../support/cpu-ms.js';

test.each([
  ['User jane.doe@example.com exists', 'User […] exists'],
  ['user jane.doe%40example.com exists', 'user […] exists'],
  ['Value "jdoe" is taken', 'Value "…" is taken'],
  ["Value 'jdoe' is taken, can't continue", "Value '…' is taken, can't continue"],
  ["Value 'O'Brien' is taken", "Value '…' is taken"],
  ['Value `jdoe` and “jdoe” and «jdoe» are taken', 'Value `…` and "…" and "…" are taken'],
  ['An open "quote with jdoe', 'An open "…"'],
  ['Incorrect key sk-proj-abc', 'Incorrect key […]'],
  ['Incorrect key sk-ab***yz given', 'Incorrect key […] given'],
  ['Incorrect key se_abcd', 'Incorrect key […]'],
  ['Authorization: Bearer abc.def was refused', 'Authorization: […] was refused'],
  ['Authorization: Basic dXNlcjpwYXNz was refused', 'Authorization: […] was refused'],
  ['jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0', 'jwt […].[…]'],
  ['hash d41d8cd98f00b204e9800998ecf8427e', 'hash […]'],
  ['User 2819c223-7f76-453a-919d-413861904646 not found', 'User […] not found'],
  ['User abcdefab-cdef-abcd-efab-cdefabcdefab not found', 'User […] not found'],
  ['User user-AbCdEf0123 not found', 'User […] not found'],
  ['User 12345678 not found', 'User […] not found'],
  ['Call +1 555 010 9999 now', 'Call […]now'],
  ['Address 203.0.113.7 is not allowed', 'Address […] is not allowed'],
  ['See https://host.example/Users/jdoe?x=y for more', 'See […] for more'],
  ['line one\r\n\tline two\u0000\u001b[31m\u202e', 'line one line two [31m'],
])('masks %j', (text, masked) => {
  expect(maskText(text)).toBe(masked);
});

test.each([
  'Attribute userName is required by the schema',
  'AUTH_LOG is a workspace-scoped event type. Use /v1/compliance/workspaces/{workspace_id}/logs instead',
  'invalid event_type',
  'Timestamps must be ISO-8601, such as 2026-11-23T00:00:00Z, in utf-8',
  'query.after: Field required; query.limit: Input should be less than or equal to 100',
  'uniqueness',
])('leaves the words of the protocol: %s', (text) => {
  expect(maskText(text)).toBe(text);
});

test('masks what it is told about, whatever its letters, and not inside other words', () => {
  expect(maskText('User JDoe already exists at this address', ['jdoe', 'add'])).toBe(
    'User […] already exists at this address',
  );
  expect(maskText('User jane (van) d.oe exists', ['jane (van) d.oe'])).toBe('User […] exists');
  expect(maskText('id ab-cd-ef missing', ['ab-cd-ef'])).toBe('id […] missing');
  expect(maskText('xtopsecretvaluex', ['topsecretvalue'])).toBe('x[…]x');
});

test.each([
  ['User Zo\u00eb Dupont exists', 'Zoe\u0308 Dupont', 'User […] exists'],
  ['User Zoe\u0308 Dupont exists', 'Zo\u00eb Dupont', 'User […] exists'],
  ['User Jane\u200dDoe exists', 'Jane\u200dDoe', 'User […] exists'],
  ['User Se&#39;an O&#x27;Brien &amp; Co exists', "Se'an O'Brien & Co", 'User […] exists'],
  ['User Bo Li is here', 'Li', 'User Bo […] is here'],
  ['The limit of Li', 'li', 'The limit of Li'],
  ['A reference &#99999999; &constructor;', 'reference', 'A […] &#[…]; &constructor;'],
])('knows a value again however it is spelt: %j', (text, value, masked) => {
  expect(maskText(text, [value])).toBe(masked);
});

test('gives at most 300 characters, and never the half of a word that was cut', () => {
  expect(maskText('word '.repeat(200))).toHaveLength(300);
  const email = 'jane.doe@example.com';
  for (let at = 3_980; at < 4_020; at++) {
    const quoted = `"${'x'.repeat(at - 3)}" `;
    expect(maskText(quoted + email)).not.toMatch(/jane/);
  }
});

test.each([
  '@',
  '"',
  "'",
  ' "',
  " '",
  'a',
  'a@',
  'a.',
  'a-',
  '1',
  '+1 ',
  'sk-',
  '://',
  'Bearer ',
  '‘',
  '\u0000',
  'a1/',
])('takes no longer for 100 KB of %j', (piece) => {
  const hostile = piece.repeat(100_000 / piece.length);
  const startMs = cpuMs();
  expect(maskText(hostile, ['jdoe', 'a'.repeat(50)]).length).toBeLessThanOrEqual(300);
  expect(cpuMs() - startMs).toBeLessThan(500);
});
