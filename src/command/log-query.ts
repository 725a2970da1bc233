import type {
  AuditLogClient,
  AuditLogPrincipal,
  Connection,
  ConnectionConfig,
  ConnectionPart,
  ConnectOptions,
  FailedPrincipal,
  PrincipalRetentionRange,
} from '../index.js';
import type { Call, CommandOptions, ExitCode } from './command.js';
import { connectOptions, readForm } from './connection.js';
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

/** What their help says of the second feed. */
export const platformText =
  'PLATFORM_AUDIT_LOG is the log of the API Platform: it takes CHATGPT_PLATFORM_API_KEY, and CHATGPT_PLATFORM_ORGANIZATION_ID, which says whose it is. PLATFORM_TENANT_LOG is that of the whole tenant, by the same key; `all` takes it in with CHATGPT_PLATFORM_INCLUDE_TENANT=true.';

/** What such a command reads, and what it says of what it could not read. */
export class LogQuery {
  readonly #call: Call;
  readonly #types: readonly string[];
  readonly #after: string | undefined;
  #gaps = 0;
  #failures = 0;
  readonly #told = new Set<unknown>();
  #lastTold: string | undefined;

  /** @throws Mistake without event types: a log that was forgotten would be missed by nobody. */
  constructor(call: Call) {
    this.#call = call;
    this.#types = call.given.list('types') ?? [];
    if (this.#types.length === 0) {
      throw new Mistake('Name the event types: --types AUTH_LOG,AUDIT_LOG, or --types all.');
    }
    this.#after = timeOf(call, 'after');
  }

  /** Reads the form, which must have the keys that these take; of `all`, one will do. @throws ConfigError, Mistake */
  async readForm(): Promise<ConnectionConfig> {
    const isNamed = (isWanted: (type: string) => boolean) => !this.#isAll && this.#types.some(isWanted);
    const require: ConnectionPart[] = [];
    if (isNamed((type) => !isOfPlatform(type))) require.push('compliance');
    if (isNamed(isOfPlatform)) require.push('platform');
    const config = await readForm(this.#call, { require });
    if (this.#isAll && config.platformApiKey !== undefined && config.platformIncludeTenant !== true) {
      this.#call.progress.note(
        `${tenantLog} is left out of \`all\`: set CHATGPT_PLATFORM_INCLUDE_TENANT=true (\`platformIncludeTenant\` of a form) to read the log of the whole tenant too.`,
      );
    }
    return config;
  }

  /** How they are read: who names the log of the tenant wants it, whatever the form says. */
  get connectOptions(): ConnectOptions {
    const options = connectOptions(this.#call);
    return this.#types.includes(tenantLog) ? { ...options, auditLogs: { platform: { includeTenant: true } } } : options;
  }

  /** The client that reads them. @throws Mistake where the form has a directory only */
  clientOf({ auditLogs }: Connection): AuditLogClient {
    if (auditLogs !== undefined) return auditLogs;
    throw new Mistake(
      'The form has no key of a log: set CHATGPT_COMPLIANCE_API_KEY and CHATGPT_WORKSPACE_IDS (`complianceApiKey` and `workspaceIds` of a form), or CHATGPT_PLATFORM_API_KEY and CHATGPT_PLATFORM_ORGANIZATION_ID (`platformApiKey` and `platformOrganizationId`).',
    );
  }

  /** The query of a client that reads these. */
  of(principals: readonly AuditLogPrincipal[]) {
    const isAllowed = this.#call.given.has('allow-gaps');
    const gap = (text: string) => {
      this.#gaps += 1;
      this.#call.progress.note(text);
    };
    return {
      eventTypes: this.#isAll ? ('all' as const) : this.#types,
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

  /** Runs what reads them. Where all fails, the error that ends it was told already. */
  async run(read: () => Promise<ExitCode>): Promise<ExitCode> {
    try {
      return await read();
    } catch (error) {
      if (this.#call.given.has('debug') || !this.#told.has(error)) throw error;
      this.#call.progress.end();
      return 2;
    }
  }

  get #isAll(): boolean {
    return this.#types.join() === 'all';
  }

  #fail({ principal, error }: FailedPrincipal): void {
    this.#failures += 1;
    this.#told.add(error);
    const remedy = 'remedy' in error && typeof error.remedy === 'string' ? `\n  ${error.remedy}` : '';
    // The library's own errors begin with the name.
    const name = `${nameOf(principal)}: `;
    const text = `${error.message.startsWith(name) ? error.message.slice(name.length) : error.message}${remedy}`;
    // Of many that are refused alike, what to do is said once.
    this.#call.progress.note(text === this.#lastTold ? `${name}the same.` : `${name}${text}`);
    this.#lastTold = text;
  }
}

const tenantLog = 'PLATFORM_TENANT_LOG';

function isOfPlatform(type: string): boolean {
  return type.startsWith('PLATFORM_');
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
