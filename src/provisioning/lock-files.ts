import { isRecord } from '../internal/json.js';
import { parseJson } from '../internal/json-limits.js';
import { codeOf, directoryOf, moveOver, unlessMissing } from '../internal/node-files.js';
import type { JournalLease, PlanJournal } from './journal.js';
import { nodeFiles, realPathOf } from './journal-files.js';
import { hasEnded, holderIn, isOnSameMachine, type LockHolder, thisProcess } from './lock-holder.js';

/** A lock file that says nothing for longer is of somebody who died. Whoever was only slow finds that it is lost. */
const longestMakingMs = 5_000;

/**
 * The lease: of the files `<path>.lock-<number>` that with the highest number. To take over is to make the next one, which
 * the file system lets one process do, and nobody has to remove anything first.
 */
export class LockFiles {
  readonly #given: string;
  /** Without links: beside the file itself, by whatever path it was named. */
  #path: string;
  #directory: string;
  #prefix: string;
  #isResolved = false;
  readonly #lastFence: (() => Promise<number>) | undefined;

  /**
   * `lastFence` gives the highest number of a lease that has ended, as its file is gone. Without it the last file stays, and
   * says that its lease has ended: of those that wait, all must count on from one number.
   */
  constructor(path: string, lastFence: (() => Promise<number>) | undefined) {
    this.#given = path;
    this.#lastFence = lastFence;
    [this.#path, this.#directory, this.#prefix] = placesOf(path);
  }

  async #resolve(): Promise<void> {
    if (this.#isResolved) return;
    [this.#path, this.#directory, this.#prefix] = placesOf(await realPathOf(this.#given));
    this.#isResolved = true;
  }

  async isInForce({ owner, fence }: JournalLease): Promise<boolean> {
    await this.#resolve();
    const numbers = await this.#numbers();
    if (numbers.some((number) => number > fence) || !numbers.includes(fence)) return false;
    return (await this.#read(fence))?.owner === owner;
  }

  /** Those of several that are in force, each looked at once. */
  async inForceAmong(group: readonly { readonly lease: JournalLease }[]): Promise<ReadonlySet<JournalLease>> {
    const inForce = new Set<JournalLease>();
    for (const lease of new Set(group.map((one) => one.lease))) if (await this.isInForce(lease)) inForce.add(lease);
    return inForce;
  }

  async acquire({ owner, now, expiresAt }: Parameters<PlanJournal['acquire']>[0]): Promise<JournalLease> {
    const files = nodeFiles();
    await this.#resolve();
    await files.mkdir(this.#directory, { recursive: true, mode: 0o700 });
    for (;;) {
      const numbers = await this.#numbers();
      const last = Math.max(0, ...numbers);
      const held = last === 0 ? undefined : await this.#read(last);
      // Another is making it at this moment, or died while it did.
      const ends = held?.expiresAt ?? (await this.#madeAt(last)) + longestMakingMs;
      const here = await thisProcess();
      if (last > 0 && ends > now && held?.owner !== owner && !(await hasEnded(held?.process, here))) {
        const isNear = held?.process !== undefined && isOnSameMachine(held.process, here);
        const holder = isNear ? { holder: `process ${held.process.pid} of this machine` } : {};
        return { owner: held?.owner ?? '', fence: last, expiresAt: ends, ...holder };
      }
      const lease: JournalLease = { owner, fence: 1 + Math.max(last, (await this.#lastFence?.()) ?? 0), expiresAt };
      if (!(await this.#make(lease))) continue;
      for (const number of numbers) await unlessMissing(files.unlink(this.#fileOf(number)));
      if (held !== undefined) await unlessMissing(files.unlink(this.#asideOf(held)));
      return lease;
    }
  }

  async renew(lease: JournalLease): Promise<boolean> {
    if (!(await this.isInForce(lease))) return false;
    await this.#replace(lease, await lockText(lease));
    return this.isInForce(lease);
  }

  async release(lease: JournalLease): Promise<void> {
    if (!(await this.isInForce(lease))) return;
    if (this.#lastFence === undefined) await this.#replace(lease, JSON.stringify({ owner: '', expiresAt: 0 }));
    else await unlessMissing(nodeFiles().unlink(this.#fileOf(lease.fence)));
  }

  async #replace(lease: JournalLease, text: string): Promise<void> {
    const files = nodeFiles();
    const aside = this.#asideOf(lease);
    const file = await files.open(aside, 'w', 0o600);
    await file.appendFile(text).finally(() => file.close());
    await moveOver(files, aside, this.#fileOf(lease.fence));
  }

  /** `false` where another was faster. */
  async #make(lease: JournalLease): Promise<boolean> {
    const text = await lockText(lease);
    try {
      const file = await nodeFiles().open(this.#fileOf(lease.fence), 'wx', 0o600);
      await file.appendFile(text).finally(() => file.close());
      return true;
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      throw error;
    }
  }

  async #numbers(): Promise<readonly number[]> {
    const names = (await unlessMissing(nodeFiles().readdir(this.#directory))) ?? [];
    return names.flatMap((name) => {
      const number = name.startsWith(this.#prefix) ? name.slice(this.#prefix.length) : '';
      return /^\d+$/.test(number) ? [Number(number)] : [];
    });
  }

  async #read(fence: number): Promise<(JournalLease & { readonly process: LockHolder | undefined }) | undefined> {
    const text = await unlessMissing(nodeFiles().readFile(this.#fileOf(fence), 'utf8'));
    try {
      const value = text === undefined ? undefined : parseJson(text);
      const isLease = isRecord(value) && typeof value.owner === 'string' && typeof value.expiresAt === 'number';
      if (!isLease) return undefined;
      const { owner, expiresAt, process } = value;
      return { owner: String(owner), fence, expiresAt: Number(expiresAt), process: holderIn(process) };
    } catch {
      return undefined;
    }
  }

  async #madeAt(fence: number): Promise<number> {
    const stats = fence === 0 ? undefined : await unlessMissing(nodeFiles().stat(this.#fileOf(fence)));
    return stats?.mtimeMs ?? 0;
  }

  #fileOf(fence: number): string {
    return `${this.#path}.lock-${fence}`;
  }

  #asideOf({ owner }: JournalLease): string {
    return `${this.#path}.${owner}.tmp`;
  }
}

function placesOf(path: string): [path: string, directory: string, prefix: string] {
  return [path, directoryOf(path), `${path.slice(path.search(/[^/\\]*$/))}.lock-`];
}

async function lockText(lease: JournalLease): Promise<string> {
  return JSON.stringify({ ...lease, process: await thisProcess() });
}
