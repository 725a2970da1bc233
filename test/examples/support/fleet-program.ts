import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { inject, onTestFailed, onTestFinished } from 'vitest';
import { importWords } from '../../support/import-word.js';

const root = resolve(import.meta.dirname, '../../..');

/** A program that goes on until it is told to end. */
export interface FleetProgram {
  readonly child: ChildProcess;
  /** What it has said, on either stream. */
  readonly lines: readonly string[];
  /** Resolves once so many of its lines are such. Rejects when it ends before. */
  said(what: RegExp, times?: number): Promise<void>;
  /** Its exit code; `null` when it was killed. */
  readonly ended: Promise<number | null>;
}

export interface FleetProgramOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly imports?: readonly string[];
  readonly cwd?: string;
}

/** Starts an example as a user would, in a process of its own, with nothing in the environment but what is given. */
export function startFleetProgram(name: string, { env, imports = [], cwd = root }: FleetProgramOptions): FleetProgram {
  const before = importWords(inject('packageHook'), ...imports);
  const child = spawn(process.execPath, ['--no-warnings', ...before, resolve(root, 'examples', name)], {
    cwd,
    // Without the second one, Windows opens no socket.
    env: { PATH: process.env.PATH, SystemRoot: process.env.SystemRoot, ...env },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const lines: string[] = [];
  onTestFailed(() => console.error(`${name} had said:\n${lines.join('\n')}`));
  const waiting = new Set<() => void>();
  let isOver = false;
  const changed = () => {
    for (const look of waiting) look();
  };
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      lines.push(line);
      changed();
    });
  }
  const ended = new Promise<number | null>((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => {
      isOver = true;
      changed();
      done(code);
    });
  });
  const said = (what: RegExp, times = 1) =>
    new Promise<void>((done, fail) => {
      const look = () => {
        const isSaid = lines.filter((line) => what.test(line)).length >= times;
        if (!isSaid && !isOver) return;
        waiting.delete(look);
        if (isSaid) done();
        else fail(new Error(`It ended before it said ${what}:\n${lines.join('\n')}`));
      };
      waiting.add(look);
      look();
    });
  return { child, lines, said, ended };
}

/** Resolves once the programs together have said such a line for each of the keys. A program that was killed says no more. */
export async function saidOfEach(
  programs: readonly FleetProgram[],
  keys: readonly string[],
  what: string,
): Promise<void> {
  await Promise.all(keys.map((key) => Promise.any(programs.map(({ said }) => said(new RegExp(`${key}: ${what}`))))));
}
