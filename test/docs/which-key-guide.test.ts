import { readFile } from 'node:fs/promises';
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
