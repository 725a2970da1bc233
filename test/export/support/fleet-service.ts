import { hash } from 'node:crypto';
import type { Clock } from '../../../src/internal/clock.js';

/**
 * The log routes of very many workspaces, as documented. The emulator keeps every file in memory, which is a gigabyte for ten
 * thousand workspaces in a day; here a file is computed from its number whenever it is asked for, and is always the same. That
 * both answer alike, to every request that an export makes, is what `fleet-service.test.ts` holds.
 */
export class FleetService {
  readonly counts = { list: 0, download: 0, storage: 0, refused: 0, failed: 0, late: 0, repeated: 0, events: 0 };
  readonly #options: FleetServiceOptions;
  readonly #workspaces: readonly FleetWorkspace[];
  readonly #index = new Map<string, number>();

  constructor(options: FleetServiceOptions) {
    this.#options = options;
    this.#workspaces = Array.from({ length: options.workspaces }, (_none, index) => {
      const id = workspaceIdOf(index);
      this.#index.set(id, index);
      return { id, index, lists: new Minute(100), downloads: new Minute(50), facts: new Map() };
    });
    for (const { index } of this.#workspaces) this.#countFiles(index);
  }

  get workspaceIds(): readonly string[] {
    return this.#workspaces.map(({ id }) => id);
  }

  /** A property: it is handed over alone. Resolves at once: who calls it adds the time that an answer takes. */
  readonly answer = (url: URL, authorization: string | null): Response => {
    if (url.origin === storageOrigin) return this.#storage(url, authorization);
    const [, id = '', , fileId] = url.pathname.split('/').slice(3);
    const workspace = this.#workspaces[this.#index.get(id) ?? -1];
    if (authorization !== `Bearer ${this.#options.apiKey}` || workspace === undefined) return refusal(403, {});
    const nowMs = this.#options.clock.now();
    const minute = fileId === undefined ? workspace.lists : workspace.downloads;
    const waitSeconds = minute.count(nowMs);
    if (waitSeconds !== undefined) {
      this.counts.refused += 1;
      return refusal(429, { 'retry-after': String(waitSeconds) });
    }
    return fileId === undefined ? this.#list(workspace, url.searchParams) : this.#download(workspace, fileId);
  };

  /** The files of a partition, by number. */
  fileOf(workspace: number, type: number, number: number): FleetFile {
    const { startMs } = this.#options;
    // Files of one window are written one after the other.
    const jitterMicros = mix(workspace * 3 + type) % 1_000_000;
    const endMs = startMs + (number + 1) * windowMs + Math.floor(jitterMicros / 1_000);
    const endTime = `${new Date(endMs).toISOString().slice(0, -1)}${String(jitterMicros % 1_000).padStart(3, '0')}Z`;
    const chance = mix((workspace * 3 + type) * 4_001 + number);
    const lateMs = chance % 500 === 7 ? 1 + (chance % (28 * 60_000)) : 0;
    // Of the same events, a file in fifty has one that the file before it has: delivery is at least once.
    const isRepeating = number > 0 && chance % 50 === 3;
    return {
      workspace,
      type,
      number,
      endMs,
      endTime,
      listedAtMs: endMs + lateMs,
      events: 1 + (chance % 7),
      isRepeating,
    };
  }

  bodyOf({ workspace, type, number, events, isRepeating }: FleetFile): string {
    const lines = Array.from({ length: events }, (_none, event) => this.#line(workspace, type, number, event));
    if (isRepeating) lines.unshift(this.#line(workspace, type, number - 1, 0));
    return `${lines.join('\n')}\n`;
  }

  #line(workspace: number, type: number, number: number, event: number): string {
    const { id } = this.#workspaces[workspace] ?? { id: '' };
    const timestamp = new Date(this.#options.startMs + number * windowMs + event * 1_000).toISOString();
    const eventId = eventIdOf(workspace, type, number, event);
    return `{"event_id":"${eventId}","type":"${eventTypes[type]}","timestamp":"${timestamp}","principal":{"id":"${id}","type":"CHATGPT_WORKSPACE"},"actor":{"type":"ACCOUNT_USER","user_id":"user-${mix(event)}"},"action":"USER_LOGIN"}`;
  }

  #countFiles(workspace: number): void {
    for (let type = 0; type < eventTypes.length; type += 1) {
      for (let number = 0; number < this.#options.windows; number += 1) {
        const { events, isRepeating, endMs, listedAtMs } = this.fileOf(workspace, type, number);
        this.counts.events += events;
        if (isRepeating) this.counts.repeated += 1;
        if (listedAtMs > endMs) this.counts.late += 1;
      }
    }
  }

  #list(workspace: FleetWorkspace, query: URLSearchParams): Response {
    this.counts.list += 1;
    const nowMs = this.#options.clock.now();
    const type = typeNames.indexOf(query.get('event_type') ?? '');
    const after = query.get('after') ?? '';
    const first = Math.max(0, Math.floor((Date.parse(after) - this.#options.startMs) / windowMs) - 1);
    const files: FleetFile[] = [];
    for (let number = first; number < this.#options.windows; number += 1) {
      const file = this.fileOf(workspace.index, type, number);
      if (file.endMs > nowMs) break;
      if (file.listedAtMs <= nowMs && isLater(file.endTime, after)) files.push(file);
    }
    const page = files.slice(0, 100);
    const data = page.map((file) => {
      const { size, sha256 } = this.#factsOf(workspace, file);
      const { endTime: end_time } = file;
      const file_name = `${eventTypes[type]}_${end_time.replace('Z', '+00:00')}.jsonl`;
      const event_type = eventTypes[type];
      return { id: fileIdOf(file), event_type, end_time, file_name, file_size: size, file_sha256: sha256 };
    });
    const body = { data, has_more: files.length > page.length, last_end_time: data.at(-1)?.end_time ?? null };
    return new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
  }

  #download({ index }: FleetWorkspace, fileId: string): Response {
    this.counts.download += 1;
    const file = this.#fileOfId(fileId);
    if (file?.workspace !== index || file.listedAtMs > this.#options.clock.now()) return refusal(404, {});
    const expires = this.#options.clock.now() + 300_000;
    const location = `${storageOrigin}/${fileId}.jsonl?expires=${expires}`;
    return new Response(null, { status: 307, headers: { location } });
  }

  #storage(url: URL, authorization: string | null): Response {
    this.counts.storage += 1;
    if (authorization !== null) return refusal(400, {});
    const file = this.#fileOfId(url.pathname.slice(1, -'.jsonl'.length));
    if (file === undefined || Number(url.searchParams.get('expires')) < this.#options.clock.now())
      return refusal(403, {});
    return new Response(this.bodyOf(file), { headers: { 'content-type': 'application/x-ndjson' } });
  }

  #fileOfId(id: string): FleetFile | undefined {
    const [workspace, type, number] = id.split('_').slice(1).map(Number);
    return workspace === undefined || type === undefined || number === undefined
      ? undefined
      : this.fileOf(workspace, type, number);
  }

  /** Kept for as long as the list still shows a file, most of the time: to hash them is what takes longest. */
  #factsOf({ facts }: FleetWorkspace, file: FleetFile): FileFacts {
    const id = fileIdOf(file);
    let known = facts.get(id);
    if (known === undefined) {
      const body = this.bodyOf(file);
      known = { size: body.length, sha256: hash('sha256', body, 'hex') };
      facts.set(id, known);
      const [oldest] = facts.keys();
      if (facts.size > 18 && oldest !== undefined) facts.delete(oldest);
    }
    return known;
  }
}

interface FleetServiceOptions {
  readonly workspaces: number;
  /** When the first window begins. */
  readonly startMs: number;
  /** Files of each type of each workspace, one every ten minutes. */
  readonly windows: number;
  readonly apiKey: string;
  readonly clock: Clock;
}

interface FleetFile {
  readonly workspace: number;
  readonly type: number;
  readonly number: number;
  readonly endMs: number;
  readonly endTime: string;
  /** Later than its end for a file that is late. */
  readonly listedAtMs: number;
  /** Without the one that it repeats. */
  readonly events: number;
  readonly isRepeating: boolean;
}

interface FileFacts {
  readonly size: number;
  readonly sha256: string;
}

interface FleetWorkspace {
  readonly id: string;
  readonly index: number;
  readonly lists: Minute;
  readonly downloads: Minute;
  readonly facts: Map<string, FileFacts>;
}

export const eventTypes = ['AUTH_LOG', 'AUDIT_LOG', 'CONVERSATION_MESSAGE'] as const;
const typeNames: readonly string[] = eventTypes;
export const windowMs = 600_000;
export const storageOrigin = 'https://storage.fleet.test';
export const fleetBaseUrl = 'https://api.fleet.test/v1';

function eventIdOf(workspace: number, type: number, number: number, event: number): string {
  return `e_${workspace}_${type}_${number}_${event}`;
}

function fileIdOf({ workspace, type, number }: FleetFile): string {
  return `eclf_${workspace}_${type}_${number}`;
}

function workspaceIdOf(index: number): string {
  return `00000000-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
}

/** Both with microseconds, or one without a fraction. */
function isLater(endTime: string, after: string): boolean {
  const micros = (text: string) => (/\.(\d+)/.exec(text)?.[1] ?? '').padEnd(9, '0');
  const [end, start] = [endTime.slice(0, 19), after.slice(0, 19)];
  return end > start || (end === start && micros(endTime) > micros(after));
}

/** A number that looks random, and is always the same. */
export function mix(seed: number): number {
  let value = (seed + 0x9e3779b9) | 0;
  value = Math.imul(value ^ (value >>> 16), 0x21f0aaad);
  value = Math.imul(value ^ (value >>> 15), 0x735a2d97);
  return (value ^ (value >>> 15)) >>> 0;
}

function refusal(status: number, headers: Readonly<Record<string, string>>): Response {
  return Response.json({ error: { message: 'Refused.', type: 'invalid_request_error' } }, { status, headers });
}

/** Requests in a sliding minute. */
class Minute {
  readonly #most: number;
  #timesMs: number[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** The whole seconds to wait, where it is one too many. */
  count(nowMs: number): number | undefined {
    this.#timesMs = this.#timesMs.filter((timeMs) => timeMs > nowMs - 60_000);
    const [oldestMs] = this.#timesMs;
    if (oldestMs !== undefined && this.#timesMs.length >= this.#most)
      return Math.ceil((oldestMs + 60_000 - nowMs) / 1_000);
    this.#timesMs.push(nowMs);
    return undefined;
  }
}
