import { checkList, checkOptions } from '../../errors/check-options.js';
import { ownOnly } from '../../internal/json.js';
import { formatTimestamp, microsOf } from '../timestamp.js';

/** Where the bytes of a file come from. Only the first two are held in memory. */
export type LogFileSource =
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'synthetic'; readonly size: number; readonly template: string };

/** One file of the emulator's log, immutable once it is listed. */
export interface EmulatorLogFile {
  /** `eclf_` and 24 hexadecimal digits, unless it was added under another id. */
  readonly id: string;
  /** Workspace or organization. */
  readonly principalId: string;
  /** The one type of event in it. */
  readonly eventType: string;
  /** Microseconds since the epoch. */
  readonly endTime: number;
  /** Microseconds since the epoch of the newest event; absent when the file holds none. */
  readonly newestEventTime: number | undefined;
  /** Where its bytes come from. */
  readonly source: LogFileSource;
}

/** The body, made anew each time and always the same. */
export function fileContent(source: LogFileSource): Uint8Array<ArrayBuffer> {
  if (source.kind === 'bytes') return source.bytes;
  if (source.kind === 'synthetic') return syntheticContent(source.template, source.size);
  return new TextEncoder().encode(source.lines.map((line) => `${line}\n`).join(''));
}

/** Size and SHA-256 of each file, computed the first time they are asked for. */
export class FileFacts {
  readonly #facts = new WeakMap<LogFileSource, ReturnType<typeof computeFacts>>();

  of(source: LogFileSource): ReturnType<typeof computeFacts> {
    const facts = this.#facts.get(source) ?? computeFacts(source);
    this.#facts.set(source, facts);
    return facts;
  }
}

async function computeFacts(source: LogFileSource): Promise<{ readonly size: number; readonly sha256: string }> {
  const content = fileContent(source);
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', content));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { size: content.length, sha256 };
}

/** `AUTH_LOG_2026-07-16T01:00:00.123456+00:00.jsonl` */
export function fileNameOf(file: EmulatorLogFile): string {
  return `${file.eventType}_${formatTimestamp(file.endTime, '+00:00')}.jsonl`;
}

/** A file to put into the log as it is. */
export type NewLogFile = {
  /** The one type of event in it, such as `AUTH_LOG`. */
  readonly eventType: string;
  /** When it was closed, as ISO 8601. */
  readonly endTime: string;
  /** @default a made-up one */
  readonly id?: string | undefined;
} & (
  | { readonly events: readonly LogEvent[] }
  | { readonly body: string | Uint8Array<ArrayBuffer> }
  /** As many bytes as you say, made when they are downloaded. */
  | { readonly sizeBytes: number; readonly template: LogEvent }
);

type LogFileOption = NewLogFile extends infer File ? (File extends unknown ? keyof File : never) : never;

const logFileOptions: Readonly<Record<LogFileOption, true>> = {
  eventType: true,
  endTime: true,
  id: true,
  events: true,
  body: true,
  sizeBytes: true,
  template: true,
};

export function fileOf(given: NewLogFile): Omit<EmulatorLogFile, 'id' | 'principalId'> & Pick<NewLogFile, 'id'> {
  checkOptions<Partial<Record<LogFileOption, unknown>>>('logs.addFile()', given, logFileOptions);
  // Without what stands on a prototype: which kind of file it is goes by the names it has.
  const file = ownOnly(given);
  const events = 'events' in file ? file.events : 'template' in file ? [file.template] : [];
  checkList('events', events);
  const times = events.map((event) => microsOf(event.timestamp));
  const newestEventTime = times.length === 0 ? undefined : times.reduce((newest, time) => Math.max(newest, time));
  return {
    id: file.id,
    eventType: file.eventType,
    endTime: microsOf(file.endTime),
    newestEventTime,
    source: sourceOf(file),
  };
}

function sourceOf(file: NewLogFile): LogFileSource {
  if ('events' in file) return { kind: 'lines', lines: file.events.map((event) => JSON.stringify(event)) };
  if ('body' in file) {
    return { kind: 'bytes', bytes: typeof file.body === 'string' ? new TextEncoder().encode(file.body) : file.body };
  }
  const eventId = `${file.template.event_id.slice(0, -counterPlaceholder.length)}${counterPlaceholder}`;
  return { kind: 'synthetic', size: file.sizeBytes, template: JSON.stringify({ ...file.template, event_id: eventId }) };
}

const newline = 0x0a;
const space = 0x20;

/**
 * JSON lines of exactly `size` bytes, made from one event whose id holds twelve zeros (`000000000000`): they become the
 * number of the line, so that no two events of a file share an id.
 */
export function syntheticContent(template: string, size: number): Uint8Array<ArrayBuffer> {
  const content = new Uint8Array(size).fill(space);
  const line = new TextEncoder().encode(`${template}\n`);
  const counterAt = template.indexOf(counterPlaceholder);
  const lines = Math.floor(size / line.length);
  const used = lines * line.length;
  if (lines > 0) repeat(content, line, used);
  for (let number = 1; number < lines; number++) {
    writeHex(content, number * line.length + counterAt, number);
  }
  // The rest is spaces that end the last line: JSON allows them, and the size comes out as promised.
  if (used > 0 && used < size) content[used - 1] = space;
  if (size > 0) content[size - 1] = newline;
  return content;
}

export const counterPlaceholder = '000000000000';

// Doubles what is there, which copies whole pages at the speed of memory.
function repeat(content: Uint8Array, line: Uint8Array, end: number): void {
  content.set(line, 0);
  for (let filled = line.length; filled < end; filled *= 2) {
    content.copyWithin(filled, 0, Math.min(filled, end - filled));
  }
}

function writeHex(content: Uint8Array, at: number, number: number): void {
  let rest = number;
  for (let index = at + counterPlaceholder.length - 1; rest > 0; index--) {
    const digit = rest & 15;
    content[index] = digit < 10 ? 0x30 + digit : 0x57 + digit;
    rest >>>= 4;
  }
}

/** The documented event types and the routes that serve them. */
export const eventScopes: Readonly<Record<string, 'workspace' | 'organization' | 'both'>> = {
  CONVERSATION_MESSAGE: 'workspace',
  AUDIT_LOG: 'workspace',
  AUTH_LOG: 'workspace',
  CODEX_LOG: 'workspace',
  CODEX_SECURITY_LOG: 'workspace',
  CHATGPT_PLUGIN_SPREADSHEET: 'workspace',
  CUSTOM_AGENTS_LOG: 'workspace',
  APP_LOG: 'both',
  APP_AUTH_LOG: 'both',
  COSTS: 'organization',
  CODEX_TURN: 'workspace',
  CHATGPT_USER_ANALYTICS: 'workspace',
  CHATGPT_PROJECT_ANALYTICS: 'workspace',
  CHATGPT_GPT_ANALYTICS: 'workspace',
  CHATGPT_SURVEY_ANALYTICS: 'workspace',
};

/** An event as the log stores it: the envelope every type shares, and whatever its type adds. */
export interface LogEvent {
  /** Names the event: the same in every file it stands in. */
  readonly event_id: string;
  /** The event type, such as `AUTH_LOG`. */
  readonly type: string;
  /** ISO 8601, UTC. */
  readonly timestamp: string;
  /** Whatever the type adds. */
  readonly [field: string]: unknown;
}
