import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { importWords } from './import-word.js';

const tests = resolve(import.meta.dirname, '..');
const texts = globSync('**/*.ts', { cwd: tests })
  .filter((path) => !path.includes('import-word') && !path.startsWith('runtimes'))
  .map((path) => [path, readFileSync(resolve(tests, path), 'utf8')] as const);
const filesWith = (wrong: (text: string) => boolean) => texts.flatMap(([path, text]) => (wrong(text) ? path : []));

test('a module is imported by its address, and what is one already is left alone', () => {
  const data = 'data:text/javascript,1';
  expect(importWords(import.meta.filename, data)).toEqual(['--import', import.meta.url, '--import', data]);
});

// Each was red on Windows, where nobody of us works.
test('no test gives a path where an address belongs, nor the path of an address to the system', () => {
  expect(filesWith((text) => /'--import',\s*(?:module|hook|resolve\(|join\()/.test(text))).toEqual([]);
  expect(filesWith((text) => /root\.pathname|\bimport '\$\{join\(/.test(text))).toEqual([]);
});

test('no test looks at the mode of a file where there are none', () => {
  expect(filesWith((text) => /\.mode & 0o/.test(text) && !/onWindows|win32/.test(text))).toEqual([]);
});
