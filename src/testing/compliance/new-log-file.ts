import { microsOf } from '../core/timestamp.js';
import type { LogEvent } from './event-types.js';
import type { EmulatorLogFile, LogFileSource } from './log-file.js';
import { counterPlaceholder } from './synthetic-content.js';

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

/** The stored form of a file, but for whose it is. */
export function fileOf(file: NewLogFile): Omit<EmulatorLogFile, 'id' | 'principalId'> {
  const events = 'events' in file ? file.events : 'template' in file ? [file.template] : [];
  const times = events.map((event) => microsOf(event.timestamp));
  const newestEventTime = times.length === 0 ? undefined : times.reduce((newest, time) => Math.max(newest, time));
  return { eventType: file.eventType, endTime: microsOf(file.endTime), newestEventTime, source: sourceOf(file) };
}

function sourceOf(file: NewLogFile): LogFileSource {
  if ('events' in file) return { kind: 'lines', lines: file.events.map((event) => JSON.stringify(event)) };
  if ('body' in file) {
    return { kind: 'bytes', bytes: typeof file.body === 'string' ? new TextEncoder().encode(file.body) : file.body };
  }
  const eventId = `${file.template.event_id.slice(0, -counterPlaceholder.length)}${counterPlaceholder}`;
  return { kind: 'synthetic', size: file.sizeBytes, template: JSON.stringify({ ...file.template, event_id: eventId }) };
}
