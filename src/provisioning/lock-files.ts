import { isRecord } from '../internal/json.js';
import { parseJson } from '../internal/json-limits.js';
import type { JournalLease, PlanJournal } from './journal.js';
import { codeOf, directoryOf, nodeFiles, unlessMissing } from './journal-files.js';

/**
 * The lease: of the files `<path>.lock-<number>` that with the highest number. To take over is to make the next one, which
 * the file system lets one process do, and nobody has to remove anything first.
 */
export class LockFiles {
  readonly #path: string;
  readonly #directory: string;
  readonly #prefix: string;
  readonly #lastFence: () => Promise<number>;

  /** `lastFence` gives the highest number of a lease that has ended, as its file is gone. */
  constructor(path: string, lastFence: () => Promise<number>) {
    this.#path = path;
    this.#lastFence = lastFence;
    this.#directory = directoryOf(path);
    this.#prefix = `${path.slice(path.search(/[^/\\]*$/))}.lock-`;
  }

  async isInForce({ owner, fence }: JournalLease): Promise<boolean> {
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
    await files.mkdir(this.#directory, { recursive: true, mode: 0o700 });
    for (;;) {
      const numbers = await this.#numbers();
      const last = Math.max(0, ...numbers);
      const held = last === 0 ? undefined : await this.#read(last);
      // Another is making it at this moment, or died while it did: then it has none of the time that it asked for.
      const ends = held?.expiresAt ?? (await this.#madeAt(last)) + (expiresAt - now);
      if (last > 0 && ends > now && held?.owner !== owner) {
        return { owner: held?.owner ?? '', fence: last, expiresAt: ends };
      }
      const lease: JournalLease = { owner, fence: 1 + Math.max(last, await this.#lastFence()), expiresAt };
      if (!(await this.#make(lease))) continue;
      for (const number of numbers) await unlessMissing(files.unlink(this.#fileOf(number)));
      return lease;
    }
  }

  async renew(lease: JournalLease): Promise<boolean> {
    if (!(await this.isInForce(lease))) return false;
    const files = nodeFiles();
    const aside = `${this.#path}.${lease.owner}.tmp`;
    const file = await files.open(aside, 'w', 0o600);
    await file.appendFile(JSON.stringify(lease)).finally(() => file.close());
    await files.rename(aside, this.#fileOf(lease.fence));
    return this.isInForce(lease);
  }

  async release(lease: JournalLease): Promise<void> {
    if (await this.isInForce(lease)) await unlessMissing(nodeFiles().unlink(this.#fileOf(lease.fence)));
  }

  /** `false` where another was faster. */
  async #make(lease: JournalLease): Promise<boolean> {
    try {
      const file = await nodeFiles().open(this.#fileOf(lease.fence), 'wx', 0o600);
      await file.appendFile(JSON.stringify(lease)).finally(() => file.close());
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

  async #read(fence: number): Promise<JournalLease | undefined> {
    const text = await unlessMissing(nodeFiles().readFile(this.#fileOf(fence), 'utf8'));
    try {
      const value = text === undefined ? undefined : parseJson(text);
      const isLease = isRecord(value) && typeof value.owner === 'string' && typeof value.expiresAt === 'number';
      return isLease ? { owner: String(value.owner), fence, expiresAt: Number(value.expiresAt) } : undefined;
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
}
