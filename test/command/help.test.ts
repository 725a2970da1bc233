import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { runCommand } from './support/command.js';

const names = ['check', 'users', 'events', 'export', 'plan', 'apply', 'emulator'];

test('tells what there is, for all commands and for each', { timeout: 120_000 }, async () => {
  const texts = await Promise.all(
    [['--help'], ...names.map((name) => [name, '--help'])].map((words) => runCommand(words)),
  );
  expect(texts.map(({ code, stderr }) => [code, stderr])).toEqual(texts.map(() => [0, '']));
  const all = texts.map(({ stdout }) => stdout);
  for (const line of all.join('').split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  await expect(all.join(`\n${'-'.repeat(80)}\n\n`)).toMatchFileSnapshot('./help.txt');
});

test.each([['help'], ['-h'], ['help', 'users'], ['users', '-h'], ['users', '--nonsense', '--help']])(
  'tells it when asked by %s %s %s',
  async (...words) => {
    const { code, stdout } = await runCommand(words.filter((word) => word !== undefined));
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^Usage: chatgpt-enterprise-sdk /) });
  },
);

test('tells its version', async () => {
  const { version } = JSON.parse(await readFile(resolve(import.meta.dirname, '../../package.json'), 'utf8'));
  expect(await runCommand(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
});

test('without a command it tells what there is, and ends with 2', async () => {
  const { code, stdout, stderr } = await runCommand([]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('Commands:');
});

describe('refuses, and ends with 2', () => {
  test.each<[words: string[], message: string]>([
    [['chek'], 'Unknown command chek: did you mean check?'],
    [['frobnicate'], 'Unknown command frobnicate. `chatgpt-enterprise-sdk --help` lists all commands.'],
    [['--json', 'check'], 'The command stands first: chatgpt-enterprise-sdk <command> [options].'],
    [['users', '--fliter', 'x'], 'Unknown option --fliter: did you mean --filter?'],
    [['users', '--filter'], '--filter takes a value: --filter FILTER.'],
    [['users', '--filter', '--json'], '--filter takes a value'],
    [['users', '--filter='], '--filter takes a value'],
    [['users', '--json=yes'], '--json takes no value.'],
    [['users', '--filter', 'a', '--filter', 'b'], '--filter is given twice.'],
    [['users', 'ada@north.example'], '`users` takes no argument beside its options, and 1 are given.'],
    [['users', '--last-activity'], '--last-activity goes with --roster'],
    [['users', '--roster', '--filter', 'a'], '--filter is for the directory alone'],
    [['users', '--config', 'form.json'], '--config takes `-` only'],
    [['events'], 'Name the event types: --types AUTH_LOG,AUDIT_LOG, or --types all.'],
    [['events', '--types', 'AUTH_LOG', '--after', 'yesterday'], '--after must be a day, or a time with its zone'],
    [['events', '--types', 'AUTH_LOG', '--follow', '--before', '2026-11-01'], '--follow waits for what comes'],
    [['events', '--types', 'AUTH_LOG', '--checkpoint', 'state.txt'], '--checkpoint must name a file of letters'],
    [['export', '--types', 'AUTH_LOG'], 'Say where to: --to DIRECTORY'],
    [['plan'], 'Name the file that says how the directory should be'],
    [['plan', 'people.xls'], 'people.xls must end in .json or .csv'],
    [['plan', join('none', 'people.csv')], 'people.csv cannot be read: there is no such file.'],
    [['apply', 'plan.json'], 'Name the hash of the plan that somebody has looked at'],
    [['apply', 'plan.json', '--approve', 'abc'], 'Say where to write down what is sent'],
    [['apply', 'plan.json', '--approve', 'a', '--journal', 'j', '--removals', '-1'], '--removals takes a value'],
    [['emulator', '--mode', 'strict'], '--mode must be workos or rfc.'],
    [['emulator', '--world', 'flat'], '--world must be default or empty.'],
    [['emulator', '--port', 'x'], '--port must be a whole number from 0 to 65535.'],
    [['emulator', '--storage-port', '70000'], '--storage-port must be a whole number from 0 to 65535.'],
    [['emulator', '--seed', '1.5'], '--seed must be a whole number of 0 or more.'],
  ])('%j', async (words, message) => {
    const { code, stdout, stderr } = await runCommand(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });
});

describe('a secret among the arguments is refused, and not repeated', () => {
  const [token, key] = ['se_iP3DEDYzpSWbXkdursDbaa0rN7s4K8Bd', 'sk-admin-hC9hqAwyw53pCqc7imKuLgQMXGCZ'];
  test.each([
    [['check', token]],
    [['check', `--scim-token=${token}`]],
    [['check', '--filter', `id eq "${key}"`]],
    [[key]],
    [['check', '--api-key', 'FUuLh2yHd7Vn']],
    [['check', '--password=FUuLh2yHd7Vn']],
    [['export', '--to', 'postgres://ada:FUuLh2yHd7Vn@db.north.example/audit', '--types', 'all']],
    [['users', '--config', `Bearer ${token}`]],
  ])('%#', async (words) => {
    const { code, stdout, stderr } = await runCommand(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/secret/);
    for (const secret of [token, key, 'FUuLh2yHd7Vn']) expect(stderr).not.toContain(secret);
  });
});
