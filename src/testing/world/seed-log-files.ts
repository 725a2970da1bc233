import type { KnownEventType } from '../../audit-logs/events/event-types.js';
import type { LogEvent } from '../compliance/event-types.js';
import { formatTimestamp } from '../core/timestamp.js';
import type { Emulator } from '../emulator.js';
import type { EventOwner } from '../events/event-context.js';
import { generateEvents } from '../events/generate-events.js';

/** What {@link seedLogFiles} takes. */
export interface SeedLogFilesOptions {
  /** Whose log. */
  readonly owner: EventOwner;
  /** The type of the events. @default 'CONVERSATION_MESSAGE' */
  readonly eventType?: KnownEventType | undefined;
  /** Bytes of all files together. */
  readonly totalBytes: number;
  /** Bytes of one file; the last one may be smaller. @default 15_000_000 */
  readonly fileBytes?: number | undefined;
  /** `end_time` of the last file, ISO 8601; the others come ten seconds apart before it. @default now */
  readonly to?: string | undefined;
}

/**
 * Fills the log with files that take no memory: each is made when it is downloaded, always the same, and its hash is
 * computed when it is first listed.
 *
 * @returns How many files it put there.
 *
 * @throws RangeError when `to` is no date.
 *
 * @example
 * import { createEmulator, seedLogFiles } from 'chatgpt-enterprise-sdk/testing';
 *
 * const emulator = createEmulator();
 * const [id = ''] = emulator.compliance.workspaceIds;
 * console.log(seedLogFiles(emulator, { owner: { type: 'workspace', id }, totalBytes: 2_000_000_000 })); // 134
 */
export function seedLogFiles(emulator: Pick<Emulator, 'store' | 'clock'>, options: SeedLogFilesOptions): number {
  const { owner, totalBytes, eventType = 'CONVERSATION_MESSAGE', fileBytes = 15_000_000 } = options;
  const count = Math.ceil(totalBytes / fileBytes);
  const last = options.to === undefined ? emulator.clock.now() : new Date(options.to).getTime();
  for (let number = 0; number < count; number++) {
    const endTime = formatTimestamp(Math.floor(last - (count - 1 - number) * 10_000) * 1000);
    const sizeBytes = Math.min(fileBytes, totalBytes - number * fileBytes);
    const seed = number + 1;
    const [template] = generateEvents({ owner, eventType, count: 1, from: endTime, to: endTime, seed });
    // Every event has the envelope the log needs.
    emulator.store.logs.addFile(owner.id, { eventType, endTime, sizeBytes, template: template as LogEvent });
  }
  return count;
}
