import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { inject } from 'vitest';
import { importWords } from '../../support/import-word.js';

const root = resolve(import.meta.dirname, '../../..');

/** What a program says beside its output where no workspace is named. */
export const madeUp =
  'No workspace is named in the environment (CHATGPT_…): this is an emulator, and all of it is made up.\n\n';

/** What a program said, and how it ended. */
export interface ExampleRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs an example as a user would, in a process of its own, with nothing in the environment but what is given. */
export function runExample(
  name: string,
  args: readonly string[] = [],
  {
    env = {},
    cwd = root,
    imports = [],
  }: {
    readonly env?: Record<string, string>;
    readonly cwd?: string;
    /** Modules to be imported before it. */
    readonly imports?: readonly string[];
  } = {},
): Promise<ExampleRun> {
  const program = resolve(root, 'examples', name);
  const before = importWords(inject('packageHook'), ...imports);
  const child = spawn(process.execPath, ['--no-warnings', ...before, program, ...args], {
    cwd,
    // Without the second one, Windows opens no socket.
    env: { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, ...env },
  });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (text) => {
    said.stdout += text;
  });
  child.stderr.on('data', (text) => {
    said.stderr += text;
  });
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done({ code, ...said }));
  });
}
