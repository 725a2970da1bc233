import type { AuditLogPrincipal, FailedPrincipal } from '../../../src/audit-logs/index.js';
import type { AuditLogClientOptions } from '../../../src/audit-logs/options.js';
import { isSdkError } from '../../../src/errors/is-sdk-error.js';
import type { NewComplianceKey } from '../../../src/testing/index.js';
import type { FakeClock } from '../../support/fake-clock.js';
import { openLogWorld } from '../support/open-log-world.js';

export const [first, second, third] = [
  '2f1c7a52-5d0e-4b63-9c1e-0d7a4f6b8e11',
  '9b0d3c11-1c2a-4f7e-8a5d-3e6f9c2b7d40',
  'c4a7e2d9-8b15-4c3f-a6d0-5e9f1b7c3a82',
] as const;
const names: Readonly<Record<string, string>> = { [first]: 'first', [second]: 'second', [third]: 'third' };

/** Three workspaces, each with a key of its own, that can be taken away and mended. */
export function openWorkspaces(clock?: FakeClock, keyOptions: NewComplianceKey = {}) {
  const world = openLogWorld([first, second, third], clock);
  const { keys: made } = world.emulator.compliance;
  const keys = new Map<string, string>();
  const mend = (id: string, options: NewComplianceKey = keyOptions) =>
    keys.set(id, made.create({ workspaceId: id, ...options }));
  for (const id of [first, second, third]) mend(id);
  const revoke = (id: string) => made.revoke(keys.get(id) ?? '');
  const apiKey = Object.fromEntries([first, second, third].map((id) => [id, () => keys.get(id) ?? '']));
  const open = (options: Partial<AuditLogClientOptions> = {}) =>
    world.open({ apiKey, workspaceIds: undefined, ...options });
  /** Adds a file with events of these ids; each ends ten minutes after the last. */
  const addFile = (principalId: string, ids: readonly string[], eventType?: string, endTime?: string) =>
    world.addFile(ids, { principalId, eventType, endTime });
  return { ...world, keys, mend, revoke, open, addFile };
}

/** Takes note of what is told, as a line of a log. */
export function noteFailures() {
  const lines: string[] = [];
  const failures: FailedPrincipal[] = [];
  const onFailedPrincipal = (failed: FailedPrincipal) => {
    failures.push(failed);
    lines.push(lineOf(failed));
  };
  return { lines, failures, onFailedPrincipal };
}

export function lineOf({ principal, eventTypes = [], error }: FailedPrincipal): string {
  return [nameOf(principal), ...eventTypes, isSdkError(error) ? error.code : error.message].join(' ');
}

function nameOf({ id }: AuditLogPrincipal): string {
  return names[id] ?? id;
}

/** The ids of events, until the end. */
export async function idsOf(events: AsyncIterable<{ readonly event_id?: unknown }>): Promise<string[]> {
  const ids: string[] = [];
  for await (const { event_id: id } of events) ids.push(String(id));
  return ids;
}
