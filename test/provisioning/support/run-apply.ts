import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DirectoryPlan } from '../../../src/provisioning/plan.js';
import type { PlanResult } from '../../../src/provisioning/result.js';
import { bundleProgram } from '../../audit-logs/support/bundle-program.js';
import type { ChildSettings } from './apply-child.js';
import type { FlakyDirectory } from './flaky-directory.js';

/** What a process of its own said at its end: the result, or why there is none; `killed` where it said nothing any more. */
export type Told = PlanResult | { readonly code: string; readonly message: string } | 'killed';

export function isResult(told: Told): told is PlanResult {
  return typeof told === 'object' && 'outcomes' in told;
}

/** A process that applies a plan. */
export interface Applying {
  readonly child: ChildProcess;
  readonly told: Promise<Told>;
  /** Resolves when this many actions are settled, or at its end. */
  settled(count: number): Promise<void>;
}

/** The program that applies a plan, in a directory of its own, which is the caller's to remove. */
export async function openApplier({ baseUrl, token }: Pick<FlakyDirectory, 'baseUrl' | 'token'>) {
  const { script, directory } = await bundleProgram('apply-child', new URL('./', import.meta.url));
  const journalAt = (name: string) => join(directory, name, 'plan.journal');
  return {
    directory,
    journalAt,
    async write(plan: DirectoryPlan): Promise<string> {
      const path = join(directory, `${plan.hash.slice(-12)}.json`);
      await mkdir(directory, { recursive: true });
      await writeFile(path, JSON.stringify(plan));
      return path;
    },
    start(settings: Pick<ChildSettings, 'plan' | 'journal' | 'lock' | 'run' | 'aheadMs' | 'profile'>): Applying {
      const text = JSON.stringify({ baseUrl, token, ...settings } satisfies ChildSettings);
      const child = spawn(process.execPath, [script, text], { stdio: ['ignore', 'pipe', 'pipe'] });
      let output = '';
      let errors = '';
      const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
      const wake = (count: number) => {
        for (const one of waiting) if (one.count <= count) one.resolve();
      };
      child.stderr.on('data', (chunk) => {
        errors += String(chunk);
      });
      child.stdout.on('data', (chunk) => {
        output += String(chunk);
        wake(Number(output.match(/(\d+)\n[^\n]*$/)?.[1] ?? 0));
      });
      const told = new Promise<Told>((resolve, reject) => {
        child.on('close', (code, signal) => {
          wake(Number.POSITIVE_INFINITY);
          const last = output.trimEnd().split('\n').at(-1) ?? '';
          if (signal === 'SIGKILL') resolve('killed');
          // The last line of a program that ended well is its result.
          else if (code === 0 && last.startsWith('{')) resolve(JSON.parse(last) as Told);
          else reject(new Error(`Applying failed with ${code ?? signal}: ${errors}`));
        });
      });
      return { child, told, settled: (count) => new Promise((resolve) => waiting.push({ count, resolve })) };
    },
  };
}
