import type { AuditLogPrincipal, FailedPrincipal, PrincipalRetentionRange } from '../index.js';
import type { Call, CommandOptions, ExitCode } from './command.js';
import { Mistake } from './mistake.js';

/** Options of the commands that read audit logs. */
export const logOptions: CommandOptions = {
  types: { value: 'TYPES', help: 'Event types, with commas, such as AUTH_LOG,AUDIT_LOG, or `all`. Required.' },
  after: {
    value: 'TIME',
    help: 'Only log files closed later than this, such as 2026-11-01 (default: all that there is).',
  },
  'allow-gaps': { help: 'Go on where logs are gone, as the service keeps 30 days, and where a file cannot be read.' },
};

/** What such a command reads, and what it says of what it could not read. */
export class LogQuery {
  readonly #call: Call;
  readonly #types: readonly string[];
  readonly #after: string | undefined;
  #gaps = 0;
  #failures = 0;

  /** @throws Mistake without event types: a log that was forgotten would be missed by nobody. */
  constructor(call: Call) {
    this.#call = call;
    this.#types = call.given.list('types') ?? [];
    if (this.#types.length === 0) {
      throw new Mistake('Name the event types: --types AUTH_LOG,AUDIT_LOG, or --types all.');
    }
    this.#after = timeOf(call, 'after');
  }

  /** The query of a client that reads these. */
  of(principals: readonly AuditLogPrincipal[]) {
    const isAllowed = this.#call.given.has('allow-gaps');
    const gap = (text: string) => {
      this.#gaps += 1;
      this.#call.progress.note(text);
    };
    return {
      eventTypes: this.#types.join() === 'all' ? ('all' as const) : this.#types,
      after: this.#after,
      // Of one alone, all fails, which is said at the end.
      onFailedPrincipal: principals.length === 1 ? ('throw' as const) : (failed: FailedPrincipal) => this.#fail(failed),
      ...(isAllowed && {
        onFailedFile: ({ error }: { readonly error: Error }) => gap(`A file is left out: ${error.message}`),
        onRetentionGap: ({ principal, eventType, from, to }: PrincipalRetentionRange) =>
          gap(`${nameOf(principal)}, ${eventType}: the logs from ${from} to ${to} are gone.`),
      }),
    };
  }

  /** `2` where a workspace failed, else `1` where something was left out. */
  get exitCode(): ExitCode {
    return this.#failures > 0 ? 2 : this.#gaps > 0 ? 1 : 0;
  }

  #fail({ principal, error }: FailedPrincipal): void {
    this.#failures += 1;
    const remedy = 'remedy' in error && typeof error.remedy === 'string' ? `\n  ${error.remedy}` : '';
    // The library's own errors begin with the name.
    const name = error.message.startsWith(nameOf(principal)) ? '' : `${nameOf(principal)}: `;
    this.#call.progress.note(`${name}${error.message}${remedy}`);
  }
}

const kinds = { workspace: 'Workspace', organization: 'Organization', platform: 'API Platform' } as const;

function nameOf({ type, id }: AuditLogPrincipal): string {
  return `${kinds[type]} ${id}`;
}

/** A time that an option names. A day begins at midnight UTC, whatever the service makes of one without a time. @throws Mistake */
export function timeOf({ given }: Call, name: string): string | undefined {
  const text = given.text(name);
  if (text === undefined) return undefined;
  const isWhole = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d))?$/.test(text);
  if (isWhole && !Number.isNaN(Date.parse(text))) return new Date(text).toISOString();
  throw new Mistake(
    `--${name} must be a day, or a time with its zone, of ISO 8601: 2026-11-01, or 2026-11-01T12:00:00Z.`,
  );
}
