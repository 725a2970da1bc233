import { formatTimestamp } from '../core/timestamp.js';
import { syntheticContent } from './synthetic-content.js';

/** Where the bytes of a file come from. Only the first two are held in memory. */
export type LogFileSource =
  | { readonly kind: 'lines'; readonly lines: readonly string[] }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'synthetic'; readonly size: number; readonly template: string };

/** One file of the emulator's log, immutable once it is listed. */
export interface EmulatorLogFile {
  /** `eclf_` and 24 hexadecimal digits, unless it was added under another id. */
  readonly id: string;
  /** Workspace or organisation. */
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
  readonly #facts = new WeakMap<LogFileSource, Promise<{ readonly size: number; readonly sha256: string }>>();

  of(source: LogFileSource): Promise<{ readonly size: number; readonly sha256: string }> {
    const known = this.#facts.get(source);
    if (known !== undefined) return known;
    const computed = computeFacts(source);
    this.#facts.set(source, computed);
    return computed;
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
