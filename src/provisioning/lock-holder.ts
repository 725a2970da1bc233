import { isRecord } from '../internal/json.js';
import { nodeBuiltin } from '../internal/node-builtin.js';

/**
 * A process, told apart from every other one that has been or will be: the kernel that runs it since its start, the list of
 * processes that its number is from (a container has its own), the number, and when it began, since numbers come again.
 */
export interface LockHolder {
  readonly boot: string;
  readonly processes: string;
  readonly pid: number;
  readonly began: string;
}

/** This process; `undefined` where the system does not tell enough of it, as only Linux does. */
export async function thisProcess(): Promise<LockHolder | undefined> {
  const files = nodeFiles();
  try {
    if (files === undefined) return undefined;
    const boot = (await files.readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim();
    const processes = await files.readlink('/proc/self/ns/pid');
    const stat = await files.readFile('/proc/self/stat', 'utf8');
    const pid = Number.parseInt(stat, 10);
    const { began } = statOf(stat);
    return boot === '' || began === '' || !(pid > 0) ? undefined : { boot, processes, pid, began };
  } catch {
    return undefined;
  }
}

/**
 * Whether a process is known to have ended. That of another machine or container is not known; nor is one of another user
 * hidden here, since only the user of a lock file, and whoever sees all, can read who holds it.
 */
export async function hasEnded(holder: LockHolder | undefined, here: LockHolder | undefined): Promise<boolean> {
  const files = nodeFiles();
  if (files === undefined || holder === undefined || !isOnSameMachine(holder, here)) return false;
  try {
    const { state, began } = statOf(await files.readFile(`/proc/${holder.pid}/stat`, 'utf8'));
    // One that was killed stays in the list until its parent has asked about it.
    return began !== holder.began || state === 'Z' || state === 'X';
  } catch (error) {
    const code = isRecord(error) ? error.code : undefined;
    return code === 'ENOENT' || code === 'ESRCH';
  }
}

/** Whether the number of a process means here what it means there. */
export function isOnSameMachine(holder: LockHolder, here: LockHolder | undefined): boolean {
  return holder.boot === here?.boot && holder.processes === here.processes;
}

/** What was written as one; `undefined` for anything else. */
export function holderIn(value: unknown): LockHolder | undefined {
  if (!isRecord(value)) return undefined;
  const { boot, processes, pid, began } = value;
  const isWhole = typeof boot === 'string' && typeof processes === 'string' && typeof began === 'string';
  return isWhole && Number.isSafeInteger(pid) ? { boot, processes, pid: Number(pid), began } : undefined;
}

/** Parts of `/proc/<pid>/stat`: after the name of the program, which may hold anything, the 3rd and the 22nd. */
function statOf(text: string): { readonly state: string; readonly began: string } {
  const fields = text
    .slice(text.lastIndexOf(')') + 1)
    .trim()
    .split(' ');
  return { state: fields[0] ?? '', began: fields[19] ?? '' };
}

interface NodeFiles {
  readFile(path: string, encoding: 'utf8'): Promise<string>;
  readlink(path: string): Promise<string>;
}

function nodeFiles(): NodeFiles | undefined {
  return nodeBuiltin<{ readonly promises: NodeFiles }>('node:fs')?.promises;
}
