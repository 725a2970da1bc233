import { checkOptions } from '../../errors/check-options.js';
import { EmulatorError } from '../../errors/emulator-error.js';
import { createRandom, type Random, seedOf } from '../random.js';
import { microsOf } from '../timestamp.js';
import { type EmulatorLogFile, fileOf, type LogEvent, type LogFileSource, type NewLogFile } from './log-file.js';
import type { Workspaces } from './workspaces.js';

const microsPerMs = 1000;

/** How files come about. */
export interface LogStoreOptions {
  /** A file is closed this often. @default 600_000 */
  readonly windowMs?: number | undefined;
  /** A file that grows beyond this is closed early. @default 15_000_000 */
  readonly maxFileBytes?: number | undefined;
  /** Files disappear this long after their `end_time`. @default 30 days */
  readonly retentionMs?: number | undefined;
  /** Gives all files of one window the very same `end_time`. @default false */
  readonly tiedEndTimes?: boolean | undefined;
  /** Files are listed this long after they were closed. @default 0 */
  readonly publishDelayMs?: number | undefined;
}

interface OpenWindow {
  readonly principalId: string;
  readonly eventType: string;
  /** Microseconds. */
  readonly endTime: number;
  readonly lines: string[];
  bytes: number;
  newestEventTime: number;
  lastWrittenAt: number;
}

interface PrincipalLogs {
  readonly files: EmulatorLogFile[];
  readonly open: Map<string, OpenWindow>;
  /** Windows that ended before this are closed for good. Microseconds. */
  closedUntil: number;
}

type LogSnapshot = ReadonlyMap<string, PrincipalLogs>;

/**
 * The log files of every workspace and organization. Each method throws an EmulatorError (`invalid_world`) for one that there
 * is not: what is written there would be read by nobody.
 */
export class LogStore {
  readonly #known: Pick<Workspaces, 'get' | 'hasOrganization'>;
  readonly #principals = new Map<string, PrincipalLogs>();
  readonly #now: () => number;
  readonly #random: Random;
  readonly #windowMicros: number;
  readonly #maxFileBytes: number;
  readonly #retentionMicros: number;
  readonly #publishDelayMicros: number;
  readonly #tiedEndTimes: boolean;

  /** @internal */
  constructor(
    known: Pick<Workspaces, 'get' | 'hasOrganization'>,
    now: () => number,
    seed: number,
    options: LogStoreOptions = {},
  ) {
    this.#known = known;
    this.#now = now;
    this.#random = createRandom(seed);
    this.#windowMicros = (options.windowMs ?? 600_000) * microsPerMs;
    this.#maxFileBytes = options.maxFileBytes ?? 15_000_000;
    this.#retentionMicros = (options.retentionMs ?? 30 * 24 * 3_600_000) * microsPerMs;
    this.#publishDelayMicros = (options.publishDelayMs ?? 0) * microsPerMs;
    this.#tiedEndTimes = options.tiedEndTimes ?? false;
  }

  /**
   * Writes events into the window of their time, which is listed as a file when the emulator's clock has passed its end.
   * An event whose window is already listed goes into the one that is open now. Give `writtenAt` (ISO 8601) to make it late
   * on purpose; append an event twice to have it in two files.
   *
   * @throws EmulatorError when an event has no usable `timestamp`.
   */
  append(
    principalId: string,
    events: Iterable<LogEvent>,
    options: { readonly writtenAt?: string | undefined } = {},
  ): void {
    const { writtenAt } = checkOptions('logs.append()', options, { writtenAt: true });
    const logs = this.#logsOf(principalId);
    for (const event of events) {
      const timestamp = microsOf(event.timestamp);
      this.#write(logs, principalId, event, timestamp, writtenAt === undefined ? timestamp : microsOf(writtenAt));
    }
  }

  /** Closes every open window now: what was appended is listed at once. */
  flush(principalId: string): void {
    const logs = this.#logsOf(principalId);
    const now = this.#nowMicros();
    for (const [key, window] of logs.open) {
      logs.open.delete(key);
      this.#close(logs, window, Math.min(window.endTime, now));
    }
  }

  /** Adds a file as it is, with any `end_time` (also one that another file has) and any body. Gives its id. */
  addFile(principalId: string, file: NewLogFile): string {
    const { id = this.#newId(), ...own } = fileOf(file);
    this.#insert(this.#logsOf(principalId), { ...own, id, principalId });
    return id;
  }

  /** The files a list shows now, oldest first: retained, published, of these types, within (after, before). Microseconds. */
  list(
    principalId: string,
    given: {
      readonly eventTypes?: ReadonlySet<string> | undefined;
      readonly after?: number | undefined;
      readonly before?: number | undefined;
      readonly limit?: number | undefined;
    } = {},
  ): EmulatorLogFile[] {
    const query = checkOptions('logs.list()', given, { eventTypes: true, after: true, before: true, limit: true });
    const logs = this.#logsOf(principalId);
    this.#closeEnded(logs);
    const published = this.#nowMicros() - this.#publishDelayMicros;
    const after = Math.max(query.after ?? 0, this.#retainedAfter());
    const found: EmulatorLogFile[] = [];
    for (let index = firstAfter(logs.files, after); index < logs.files.length; index++) {
      const file = logs.files[index];
      if (file === undefined || file.endTime > published) break;
      if (query.before !== undefined && file.endTime >= query.before) break;
      if (query.eventTypes !== undefined && !query.eventTypes.has(file.eventType)) continue;
      found.push(file);
      if (found.length === query.limit) break;
    }
    return found;
  }

  /** A file by its id; `undefined` when it is unknown or has expired. */
  get(principalId: string, id: string): EmulatorLogFile | undefined {
    const logs = this.#logsOf(principalId);
    this.#closeEnded(logs);
    const file = logs.files.find((candidate) => candidate.id === id);
    return file === undefined || file.endTime <= this.#retainedAfter() ? undefined : file;
  }

  /** @internal The lines that were ever written, by file, whatever a list shows now. Those of an open file are another array each time. */
  *linesOf(principalId: string, eventTypes: ReadonlySet<string>): Generator<readonly string[], void, undefined> {
    const logs = this.#principals.get(principalId);
    if (logs === undefined) return;
    for (const { eventType, source } of logs.files) {
      if (source.kind === 'lines' && eventTypes.has(eventType)) yield source.lines;
    }
    for (const { eventType, lines } of logs.open.values()) if (eventTypes.has(eventType)) yield [...lines];
  }

  /** @internal */
  snapshot(): LogSnapshot {
    return copyOf(this.#principals);
  }

  /** @internal */
  restore(snapshot: LogSnapshot): void {
    this.#principals.clear();
    for (const [id, logs] of copyOf(snapshot)) this.#principals.set(id, logs);
  }

  #write(logs: PrincipalLogs, principalId: string, event: LogEvent, timestamp: number, writtenAt: number): void {
    const within = Math.max(writtenAt, logs.closedUntil);
    const start = Math.floor(within / this.#windowMicros) * this.#windowMicros;
    const key = `${event.type} ${start}`;
    const line = JSON.stringify(event);
    const bytes = utf8Length(line) + 1;
    let window = logs.open.get(key);
    if (window !== undefined && window.bytes + bytes > this.#maxFileBytes) {
      this.#close(logs, window, window.lastWrittenAt);
      window = undefined;
    }
    if (window === undefined) {
      // Files of one window are written one after the other: their times differ by less than a second.
      const jitter = this.#tiedEndTimes ? 0 : seedOf(event.type) % 1_000_000;
      const endTime = start + this.#windowMicros + jitter;
      const empty = { lines: [], bytes: 0, newestEventTime: 0, lastWrittenAt: 0 };
      window = { principalId, eventType: event.type, endTime, ...empty };
      logs.open.set(key, window);
    }
    window.lines.push(line);
    window.bytes += bytes;
    window.newestEventTime = Math.max(window.newestEventTime, timestamp);
    window.lastWrittenAt = Math.max(window.lastWrittenAt, within);
  }

  #closeEnded(logs: PrincipalLogs): void {
    const now = this.#nowMicros();
    for (const [key, window] of logs.open) {
      if (window.endTime > now) continue;
      logs.open.delete(key);
      this.#close(logs, window, window.endTime);
    }
    logs.closedUntil = now;
  }

  #close(logs: PrincipalLogs, window: OpenWindow, endTime: number): void {
    const { principalId, eventType, newestEventTime, lines } = window;
    const source: LogFileSource = { kind: 'lines', lines };
    this.#insert(logs, { id: this.#newId(), principalId, eventType, endTime, newestEventTime, source });
  }

  #insert(logs: PrincipalLogs, file: EmulatorLogFile): void {
    logs.files.splice(firstAfter(logs.files, file.endTime), 0, file);
  }

  #logsOf(principalId: string): PrincipalLogs {
    const known = this.#principals.get(principalId);
    if (known !== undefined) return known;
    if (this.#known.get(principalId) === undefined && !this.#known.hasOrganization(principalId)) {
      throw new EmulatorError('invalid_world', 'The emulator has no workspace or organization with this ID.', {
        remedy:
          'Give one of `compliance.workspaceIds` or `compliance.organizationId`, or add it first: `store.workspaces.add`.',
      });
    }
    const created: PrincipalLogs = { files: [], open: new Map(), closedUntil: 0 };
    this.#principals.set(principalId, created);
    return created;
  }

  #newId(): string {
    return `eclf_${this.#random.hex(24)}`;
  }

  #nowMicros(): number {
    return this.#now() * microsPerMs;
  }

  #retainedAfter(): number {
    return this.#nowMicros() - this.#retentionMicros;
  }
}

// Index of the first file that ends strictly later.
function firstAfter(files: readonly EmulatorLogFile[], endTime: number): number {
  let low = 0;
  let high = files.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((files[middle]?.endTime ?? 0) <= endTime) low = middle + 1;
    else high = middle;
  }
  return low;
}

function copyOf(principals: LogSnapshot): Map<string, PrincipalLogs> {
  const copy = new Map<string, PrincipalLogs>();
  for (const [id, { files, open, closedUntil }] of principals) {
    const openCopy = new Map([...open].map(([key, window]) => [key, { ...window, lines: [...window.lines] }]));
    copy.set(id, { files: [...files], open: openCopy, closedUntil });
  }
  return copy;
}

/** Bytes of a text in UTF-8, without encoding it. */
function utf8Length(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code > 0x7f) length += code > 0x7ff && (code < 0xd800 || code > 0xdfff) ? 2 : 1;
  }
  return length;
}
