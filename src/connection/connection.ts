import { openComplianceTransport } from '../audit-logs/api.js';
import { AuditLogClient } from '../audit-logs/client.js';
import { checkOptions } from '../errors/check-options.js';
import { InputError, type Permission } from '../errors/input-errors.js';
import { connectionClosed } from '../errors/response-errors.js';
import { openAbortScope } from '../internal/abort.js';
import { ScimClient } from '../scim/client.js';
import type { Transport } from '../transport/transport.js';
import { checkConnection } from './check/check.js';
import type { CheckOptions, CheckReport } from './check/report.js';
import type { ConnectOptions } from './connect-options.js';
import type { ConnectionConfig } from './form.js';
import type { Person } from './roster/person.js';
import { type RosterQuery, readRoster } from './roster/roster.js';

/** The members of a union of configs that have the SCIM half. */
type WithScim<Config> = Extract<Config, { readonly scimToken: string }>;
/** The members of a union of configs that have the compliance half. */
type WithCompliance<Config> = Extract<Config, { readonly complianceApiKey: string }>;

/** The client of a half that is known to be there, `undefined` where it is known to be missing, else either. */
type Half<Config, Having, Client> =
  | ([Having] extends [never] ? never : Client)
  | ([Exclude<Config, Having>] extends [never] ? never : undefined);

/** The access that is known when the program is compiled. */
type KnownAccess<Config> = {
  [Box in Permission]: WithScim<Config> extends { readonly [_ in Box]: true } ? Box : never;
}[Permission];

/**
 * The SCIM client of a connection: `undefined` where the config has no SCIM half, either where that is not known, and with
 * the methods that write where the config is known to allow them.
 */
export type ScimOf<Config> = Half<
  Config,
  WithScim<Config>,
  ScimClient<[WithScim<Config>] extends [never] ? never : KnownAccess<Config>>
>;

/** What the config is known to have as its organization: without one, event types of organizations are type errors. */
type OrganizationOf<Config> = Config extends unknown
  ? 'organizationId' extends keyof Config
    ? Exclude<Config['organizationId'], undefined>
    : never
  : never;

interface WorkspacePrincipals {
  readonly apiKey: string;
  readonly workspaceIds: readonly string[];
}

interface AllPrincipals extends WorkspacePrincipals {
  readonly organizationId?: string | undefined;
}

type KnownPrincipals<Config> = [OrganizationOf<Config>] extends [never] ? WorkspacePrincipals : AllPrincipals;

/**
 * The audit-log client of a connection: `undefined` where the config has no compliance half, either where that is not
 * known, and with the event types of organizations where the config may name one.
 */
export type AuditLogsOf<Config> = Half<Config, WithCompliance<Config>, AuditLogClient<KnownPrincipals<Config>>>;

/**
 * Both clients of one customer, made from one form.
 *
 * What the form does not have is `undefined`, and the SCIM client has the methods that write only where the config is known
 * to allow them. A connection that is known to have more can be passed where less is asked for.
 */
export type Connection<Config extends ConnectionConfig = ConnectionConfig> = OpenConnection<
  ScimOf<Config>,
  AuditLogsOf<Config>
>;

const optionNames: Readonly<Record<keyof ConnectOptions, true>> = {
  scim: true,
  auditLogs: true,
  fetch: true,
  signal: true,
  clock: true,
  random: true,
  rateLimit: true,
  timeoutMs: true,
  deadlineMs: true,
  maxRetries: true,
  maxResponseBytes: true,
  headers: true,
  onEvent: true,
  dangerouslyAllowHttpLoopback: true,
};
const listsPerMinute = { requests: 100, intervalMs: 60_000 };

/** What {@link connect} opens, by the types of its two clients. */
export class OpenConnection<Scim, AuditLogs> implements AsyncDisposable {
  /** People and groups. */
  readonly scim: Scim;
  /** Audit logs. */
  readonly auditLogs: AuditLogs;
  readonly #scim: ScimClient | undefined;
  readonly #auditLogs: AuditLogClient | undefined;
  readonly #config: ConnectionConfig;
  readonly #options: ConnectOptions;
  readonly #closing = new AbortController();
  #lists: readonly { readonly workspaceId: string; readonly transport: Transport }[] | undefined;

  /** @hidden */
  constructor(config: ConnectionConfig, options: ConnectOptions) {
    checkOptions('connect()', options, optionNames);
    const { scim, auditLogs, signal, ...both } = options;
    const { scimBaseUrl, scimToken, provisioning, deprovisioning } = config;
    const { complianceApiKey, workspaceIds, organizationId, complianceBaseUrl } = config;
    if (scimToken === undefined && complianceApiKey === undefined) {
      throw new InputError('The config has neither a SCIM half nor a compliance half.', {
        path: ['config'],
        remedy: 'Read the form with parseConnectionConfig, which says what is missing.',
      });
    }
    const scope = openAbortScope([signal, this.#closing.signal]);
    this.#closing.signal.addEventListener('abort', () => scope.end(), { once: true });
    // Copies: what the caller does to the config later must not change the connection.
    this.#config = { ...config };
    this.#options = { ...both, scim, auditLogs, signal: scope.signal };
    if (scimToken !== undefined) {
      this.#scim = new ScimClient({
        ...both,
        ...scim,
        signal: scope.signal,
        baseUrl: scimBaseUrl,
        token: scimToken,
        access: { provisioning, deprovisioning },
      });
    }
    if (complianceApiKey !== undefined) {
      this.#auditLogs = new AuditLogClient({
        ...both,
        ...auditLogs,
        signal: scope.signal,
        apiKey: complianceApiKey,
        workspaceIds,
        organizationId,
        baseUrl: complianceBaseUrl,
      });
    }
    // The types say of the same clients what is known of the config.
    this.scim = this.#scim as Scim;
    this.auditLogs = this.#auditLogs as AuditLogs;
  }

  /**
   * Finds out whether everything in the form is right and allowed, and what to do about what is not. Asks both services
   * for next to nothing, side by side, within a deadline; writes nothing.
   *
   * @throws The signal's own reason, ConnectionError when it was closed, or InputError for an unknown option. What fails
   * is in the report.
   * @example
   * ```ts
   * import { connect, formatCheckReport, readConnectionConfigFromEnv } from 'chatgpt-enterprise-sdk';
   *
   * await using connection = connect(readConnectionConfigFromEnv(process.env));
   * const report = await connection.check();
   * console.log(formatCheckReport(report));
   * ```
   */
  check(options: CheckOptions = {}): Promise<CheckReport> {
    return checkConnection({ config: this.#config, options: this.#options, scim: this.#scim }, options);
  }

  /**
   * Everyone in the directory and in the workspaces, each person once: joined by e-mail address, with status, role,
   * groups, and what does not fit together. Nothing is requested before the first person is asked for. Read-only.
   *
   * The workspaces' members and the groups are held, a few hundred bytes for each; the directory streams past them.
   *
   * @throws While iterating: InputError for an unknown option, or for the last activity without audit logs;
   * ResponseError, ConnectionError, ResponseValidationError, IncompleteListError, or the signal's own reason.
   * @example
   * ```ts
   * import { connect, readConnectionConfigFromEnv } from 'chatgpt-enterprise-sdk';
   *
   * await using connection = connect(readConnectionConfigFromEnv(process.env));
   * for await (const person of connection.roster({ lastActivity: {} })) {
   *   console.log(person.email, person.status, person.lastActivity?.at, person.conflicts.length);
   * }
   * ```
   */
  roster(query: RosterQuery = {}): AsyncIterable<Person> {
    const sources = {
      scim: this.#scim,
      auditLogs: this.#auditLogs,
      workspaces: this.#openLists(),
      signal: this.#options.signal,
    };
    return {
      [Symbol.asyncIterator]: async function* () {
        yield* readRoster(sources, query);
      },
    };
  }

  /**
   * Closes the connection. Whatever is under way, and whatever is begun later, rejects with a ConnectionError
   * whose code is `connection_closed`.
   *
   * Also by `await using connection = connect(config)`.
   */
  async close(): Promise<void> {
    this.#closing.abort(connectionClosed());
  }

  /** Closes the connection, as {@link close} does. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  /** The lists of people have limits of their own, for each workspace. */
  #openLists() {
    const { complianceApiKey: apiKey, complianceBaseUrl: baseUrl } = this.#config;
    if (apiKey === undefined) return [];
    const { scim: _, auditLogs = {}, ...both } = this.#options;
    const { rateLimit = both.rateLimit ?? {}, ...own } = auditLogs;
    const limit = rateLimit === false ? false : (rateLimit.lists ?? listsPerMinute);
    this.#lists ??= (this.#auditLogs?.principals ?? []).flatMap(({ type, id }) =>
      type === 'workspace'
        ? [
            {
              workspaceId: id,
              transport: openComplianceTransport({ ...both, ...own, apiKey, baseUrl, rateLimit: limit }),
            },
          ]
        : [],
    );
    return this.#lists;
  }
}
