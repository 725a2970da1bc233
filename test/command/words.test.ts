import { globSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { inOwnWords, ownWords } from '../../src/command/words.js';
import { fault } from '../../src/testing/index.js';
import { runCommand, serveWorkspace } from './support/command.js';

const raise = 'look at the plan, and approve a higher limit for its hash';
const source = resolve(import.meta.dirname, '../../src');

test('the library still says each sentence that the command says in other words', () => {
  const files = globSync('**/*.ts', { cwd: source }).filter((path) => !path.startsWith('command'));
  const texts = files.map((path) =>
    readFileSync(join(source, path), 'utf8')
      .replaceAll('\\`', '`')
      .replaceAll(/\$\{raise\}/g, raise),
  );
  for (const [said] of ownWords) {
    expect(
      texts.some((text) => text.includes(said)),
      said,
    ).toBe(true);
    const quoted = [...inOwnWords(said).matchAll(/`([^`]+)`/g)].map(([, word]) => word);
    expect(quoted.filter((word) => word !== 'plan --out')).toEqual([]);
  }
});

test('a filter that a server does not take leads to an option, and to no function', async () => {
  const { emulator, env } = await serveWorkspace();
  emulator.faults.add(fault.status(501), { route: 'GET /Users' });
  const { code, stderr } = await runCommand(['users', '--filter', 'title eq "Lead"', '--loopback'], { env });
  expect(code).toBe(2);
  expect(stderr).toContain('choose from what is printed');
  expect(stderr).not.toMatch(/matchesFilter|`find`/);
});
