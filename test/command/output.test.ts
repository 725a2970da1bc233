import { expect, test } from 'vitest';
import { formatTable } from '../../src/command/output.js';

test.each([
  ['an escape sequence', 'Ada\u001b[31m'],
  ['a line break', 'Ada\nroot'],
  ['a line separator', 'Ada\u2028root'],
  ['an override of the direction', 'Ada\u202eroot'],
  ['a mark of the direction', 'Ada\u200froot'],
  ['a space without width', 'Ada\u200broot'],
  ['a soft hyphen', 'Ada\u00adroot'],
  ['a byte order mark', 'Ada\ufeffroot'],
  ['a tag', 'Ada\u{e0041}root'],
])('%s in a name is shown, and does nothing', (_what, name) => {
  const [, row = ''] = formatTable(['name'], [[name]]).split('\n');
  expect(row).toMatch(/^Ada\ufffd/);
});

test('letters of any script, and what joins them, stay', () => {
  const names = ['S\u00f6l', '\u0646\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645', '\u{1f469}\u200d\u{1f4bb}'];
  for (const name of names) expect(formatTable(['name'], [[name]])).toContain(name);
});
