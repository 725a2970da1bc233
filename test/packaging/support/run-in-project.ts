import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inject } from 'vitest';

/** How a program ended. */
export interface RunResult {
  readonly code: number;
  readonly output: string;
}

/** Writes a file into the project that installed the tarball, and runs it with Node. */
export async function runInProject(name: string, source: string): Promise<RunResult> {
  const project = inject('project');
  await writeFile(join(project, name), source);
  return runNode([name], project);
}

/** Runs Node, never rejecting: a failure is a result. */
export function runNode(args: readonly string[], cwd: string): Promise<RunResult> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd, maxBuffer: 16 * 1024 * 1024 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: `${stdout}${stderr}` });
    });
  });
}
