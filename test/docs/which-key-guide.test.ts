import { readdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const guides = resolve(import.meta.dirname, '../../docs/guides');
const tablesIn = async (guide: string) =>
  (await readFile(resolve(guides, guide), 'utf8'))
    .split('\n')
    .flatMap((line, at, lines) => (/^\| -{3}/.test(line) ? [lines[at - 1]] : []));

test('Which key? has one table, to choose a key by, and what comes back stands with the check', async () => {
  expect(await tablesIn('which-key.md')).toEqual([expect.stringMatching(/^\| Credential \| Made where \|/)]);
  expect(await tablesIn('check-connection.md')).toContainEqual(expect.stringMatching(/^\| What comes back \|/));
});

test('each code that Which key? names is one that the library gives, and each credential is told by its beginning or by none', async () => {
  const rows = (await readFile(resolve(guides, 'which-key.md'), 'utf8'))
    .split('\n')
    .filter((line) => /^\| (?!-)/.test(line));
  const source = resolve(import.meta.dirname, '../../src');
  const files = (await readdir(source, { recursive: true })).filter((file) => file.endsWith('.ts'));
  const code = (await Promise.all(files.map((file) => readFile(resolve(source, file), 'utf8')))).join('\n');
  expect(rows.length).toBeGreaterThan(6);
  for (const row of rows.slice(1)) {
    const cells = row.split('|').slice(1, -1);
    expect(cells[2]).toMatch(/`(?:sk-|se_)|not published/);
    const named = [...(cells.at(-1) ?? '').matchAll(/`([a-z_]+)`/g)].map(([, name]) => name);
    expect(named).not.toEqual([]);
    for (const name of named) expect(code, name).toMatch(new RegExp(`\\b${name}: \\{|'${name}'`));
  }
});
