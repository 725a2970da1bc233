import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';

/**
 * Holds a lock file until it is disposed of. `undefined` when another running process of this machine holds it; a lock that
 * a killed process left behind is taken over.
 */
export async function takeLock(path: string): Promise<AsyncDisposable | undefined> {
  const own = `${path}.${randomUUID()}`;
  await writeFile(own, String(process.pid));
  try {
    for (;;) {
      if (await linkTo(own, path)) return { [Symbol.asyncDispose]: () => rm(path, { force: true }) };
      const holder = await readHolder(path);
      if (holder !== undefined && isRunning(holder)) return undefined;
      await putAside(path, holder);
    }
  } finally {
    await rm(own, { force: true });
  }
}

/** `link` puts a whole file in its place, or fails because one is there: nobody reads half a lock. */
async function linkTo(own: string, path: string): Promise<boolean> {
  try {
    await link(own, path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

/** Two that find the same dead holder must not put aside the lock that the faster one has just taken. */
async function putAside(path: string, holder: number | undefined): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if ((await readHolder(aside)) !== holder) await linkTo(aside, path);
  await rm(aside, { force: true });
}

async function readHolder(path: string): Promise<number | undefined> {
  try {
    const pid = Number(await readFile(path, 'utf8'));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It runs under another user.
    return codeOf(error) === 'EPERM';
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
