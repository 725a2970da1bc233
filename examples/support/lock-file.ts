import { randomUUID } from 'node:crypto';
import { fsyncSync, writeSync } from 'node:fs';
import { type FileHandle, link, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';

/** A lock that is held until it is disposed of. */
export interface Lock extends AsyncDisposable {
  /** Rejects where another run has taken the lock over, as while this machine slept. Ask before each write. */
  check(): Promise<void>;
}

const touchMs = 30_000;
const staleMs = 5 * 60_000;

/** What stands in the locks that this process holds. */
const held = new Set<string>();

/**
 * Takes a lock file; `undefined` when another run holds it. A lock that a killed run of this host left behind is taken over
 * at once. Which processes of another host run, as of another container on the same volume, is not known: its lock is taken
 * over when nobody has touched it for five minutes, which a run that lives does every half minute. Delete the file where you
 * know that the run is dead and cannot wait. Containers that share a volume must not share a host name.
 */
export async function takeLock(path: string): Promise<Lock | undefined> {
  const own = `${path}.${randomUUID()}`;
  const holder = JSON.stringify({ pid: process.pid, host: hostname(), token: randomUUID() });
  const file = await open(own, 'wx');
  let isTaken = false;
  try {
    for (;;) {
      // By the clock of the file system: that of another host may be wrong.
      touch(file, holder);
      isTaken = await linkTo(own, path);
      if (isTaken) return hold(path, file, holder);
      const found = await readLock(path);
      if (found === undefined) continue;
      if (isAlive(found, (await file.stat()).mtimeMs)) return undefined;
      await putAside(path, found);
    }
  } finally {
    await rm(own, { force: true });
    if (!isTaken) await file.close();
  }
}

function hold(path: string, file: FileHandle, holder: string): Lock {
  held.add(holder);
  const timer = setInterval(() => touch(file, holder), touchMs).unref();
  // Whoever takes a lock over deletes its file first; by its name it could be that of the next.
  const isHeld = async () => (await file.stat()).nlink > 0;
  return {
    async check() {
      if (!(await isHeld())) throw new Error(`Another run has taken over ${path}: this one was taken for dead.`);
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      held.delete(holder);
      if (await isHeld()) await rm(path, { force: true });
      await file.close();
    },
  };
}

function touch({ fd }: FileHandle, holder: string): void {
  writeSync(fd, holder, 0);
  fsyncSync(fd);
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

interface Found {
  readonly holder: string;
  readonly touchedMs: number;
}

/** Two that find the same dead holder must not put aside the lock that the faster one has just taken. */
async function putAside(path: string, { holder }: Found): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if ((await readLock(aside))?.holder !== holder) await linkTo(aside, path);
  await rm(aside, { force: true });
}

async function readLock(path: string): Promise<Found | undefined> {
  try {
    return { holder: await readFile(path, 'utf8'), touchedMs: (await stat(path)).mtimeMs };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function isAlive({ holder, touchedMs }: Found, nowMs: number): boolean {
  const [, pid, host] = /^\{"pid":(\d+),"host":("[^"]*")/.exec(holder) ?? [];
  if (nowMs - touchedMs >= staleMs) return false;
  if (pid === undefined || host !== JSON.stringify(hostname())) return true;
  // In a container each run may have the same number.
  return Number(pid) === process.pid ? held.has(holder) : isRunning(Number(pid));
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
