import type { AuditLogClient } from '../../audit-logs/client.js';
import { AuditLogFileError } from '../../audit-logs/errors.js';
import type { OrganizationEventType, WorkspaceEventType } from '../../audit-logs/events/event-types.js';
import type { AuditLogFile } from '../../audit-logs/files/log-file.js';
import type { FailedPrincipal } from '../../audit-logs/query.js';
import { IncompleteListError } from '../../errors/response-errors.js';
import type { RequestOptions } from '../../transport/options.js';

/** What of an event a roster looks at. */
export interface RosterEvent {
  readonly type: string;
  readonly timestamp: string;
  readonly actor?: unknown;
}

/** How a roster reads logs, whatever for. */
export interface LogReading {
  readonly options: RequestOptions;
  readonly signal: AbortSignal;
  /** The caller's; without one, a failed principal is thrown. */
  readonly onFailedPrincipal: ((failed: FailedPrincipal) => unknown) | undefined;
  readonly onUnreadFile: (file: AuditLogFile) => void;
  /** After each event, and waited for. */
  readonly onEvent: () => Promise<void> | undefined;
}

/** Which events. */
export interface WantedEvents {
  readonly eventTypes: readonly string[] | 'all';
  readonly after?: Date | string | undefined;
  /** Leaves out what was delivered before, as far as the client remembers. */
  readonly deduplicate?: boolean | undefined;
  /** Whether events that the service no longer has are missed. */
  readonly missesOld?: boolean | undefined;
  /** Failures that are nothing to tell of: they are given back. */
  readonly tolerates?: ((error: unknown) => boolean) | undefined;
}

/** How far the events were read: what is known of the people is not less for it. */
export interface ReadEvents {
  readonly isWhole: boolean;
  /** The one that `tolerates` names. */
  readonly tolerated?: unknown;
}

/** One at a time takes longer; more are parsed for nothing while they wait. */
const batchSize = 50;

/** Reads events as far as they can be read, and tells what could not. */
export async function readEvents(
  auditLogs: Pick<AuditLogClient, 'batches'> | undefined,
  { eventTypes, after, deduplicate = true, missesOld = false, tolerates = () => false }: WantedEvents,
  { options, signal, onFailedPrincipal, onUnreadFile, onEvent }: LogReading,
  add: (event: RosterEvent) => void,
): Promise<ReadEvents> {
  let isWhole = true;
  let tolerated: unknown;
  const leaveOut = ({ file }: { readonly file: AuditLogFile }) => {
    isWhole = false;
    onUnreadFile(file);
  };
  const told = new WeakSet<object>();
  const tell = (failed: FailedPrincipal) => {
    isWhole = false;
    told.add(failed.error);
    if (!tolerates(failed.error)) return onFailedPrincipal?.(failed);
    tolerated = failed.error;
  };
  const batches = auditLogs?.batches(
    {
      // Which types the workspaces have is the client's to check, at run time here.
      eventTypes: eventTypes as readonly (WorkspaceEventType & OrganizationEventType)[] | 'all',
      after,
      deduplicate,
      // Nobody here looks at what is found.
      validate: false,
      batchSize,
      onFailedPrincipal: onFailedPrincipal === undefined ? undefined : tell,
      onFailedFile: leaveOut,
      invalidLine: leaveOut,
      onRetentionGap: () => {
        if (missesOld) isWhole = false;
      },
    },
    options,
  );
  try {
    for await (const { events } of batches ?? []) {
      for (const event of events) {
        add(event);
        // Few are to be waited for, and there are millions.
        const reported = onEvent();
        if (reported !== undefined) await reported;
      }
    }
  } catch (error) {
    if (signal.aborted) throw error;
    isWhole = false;
    // More files than reading goes on without, or a list that leads no further.
    if (error instanceof AuditLogFileError) leaveOut({ file: error.file() });
    else if (tolerates(error)) tolerated = error;
    // The logs of all of them failed, which was told.
    else if (!(error instanceof IncompleteListError) && !(error instanceof Error && told.has(error))) throw error;
  }
  return { isWhole, ...(tolerated === undefined ? {} : { tolerated }) };
}
