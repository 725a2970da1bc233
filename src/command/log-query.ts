import type { FailedPrincipal } from '../index.js';
import type { Call, CommandOptions } from './command.js';
import { Mistake } from './command.js';

/** Options of the commands that read audit logs. */
export const logOptions: CommandOptions = {
  types: { value: 'TYPES', help: 'Event types, with commas, such as AUTH_LOG,AUDIT_LOG, or `all`. Required.' },
  after: {
    value: 'TIME',
    help: 'Only log files closed later than this, such as 2026-11-01 (default: all that there is).',
  },
  'allow-gaps': { help: 'Go on where logs are gone, as the service keeps 30 days, and where a file cannot be read.' },
};

/** What such a command reads, and whether it has left something out. */
export interface LogQuery {
  readonly query: {
    readonly eventTypes: readonly string[] | 'all';
    readonly after: string | undefined;
    readonly onFailedFile: 'throw' | ((gap: { readonly code: string; readonly error: Error }) => void);
    readonly onRetentionGap: 'throw' | ((gap: object) => void);
  };
  /** Whether something was left out, and said. */
  hasGaps(): boolean;
}

/** @throws Mistake without event types: a log that was forgotten would be missed by nobody. */
export function logQueryOf({ given, progress }: Call): LogQuery {
  const types = given.list('types') ?? [];
  if (types.length === 0) {
    throw new Mistake('Name the event types: --types AUTH_LOG,AUDIT_LOG, or --types all.');
  }
  const after = given.text('after');
  if (after !== undefined && Number.isNaN(Date.parse(after))) {
    throw new Mistake('--after must be a day or a time of ISO 8601, such as 2026-11-01 or 2026-11-01T12:00:00Z.');
  }
  let gaps = 0;
  const note = (text: string) => {
    gaps += 1;
    progress.note(text);
  };
  const isAllowed = given.has('allow-gaps');
  return {
    query: {
      eventTypes: types.join() === 'all' ? 'all' : types,
      // A day begins at midnight UTC, whatever the service makes of one without a time.
      after: after === undefined ? undefined : new Date(after).toISOString(),
      onFailedFile: isAllowed ? ({ error }) => note(`Left out for now: ${error.message}`) : 'throw',
      onRetentionGap: isAllowed ? (gap) => note(`Gone: ${JSON.stringify(gap)}`) : 'throw',
    },
    hasGaps: () => gaps > 0,
  };
}

/** Of which workspace something failed, and what to do. */
export function failureText({ principal, error }: FailedPrincipal): string {
  const remedy = 'remedy' in error && typeof error.remedy === 'string' ? `\n  ${error.remedy}` : '';
  return `${principal.type === 'workspace' ? 'Workspace' : 'Organization'} ${principal.id}: ${error.message}${remedy}`;
}
