import type { AuditLogClient } from '../audit-logs/client.js';
import type { ScimClient } from '../scim/client.js';
import type { GrantedBy } from '../scim/options.js';
import type { CheckOptions, CheckReport } from './check/report.js';
import type { ConnectionConfig } from './form.js';
import type { Person } from './roster/person.js';
import type { RosterQuery } from './roster/roster.js';

/** The members of a union of configs that have the SCIM half. */
type WithScim<Config> = Extract<Config, { readonly scimToken: string }>;
/** The members of a union of configs that have the compliance half. */
type WithCompliance<Config> = Extract<Config, { readonly complianceApiKey: string }>;

/** What stands for a half of which it is known that it is there, that it is not, or neither. */
type Half<Config, Having, Client> =
  | ([Having] extends [never] ? never : Client)
  | ([Exclude<Config, Having>] extends [never] ? never : undefined);

/** The access that is known when the program is compiled. */
type KnownAccess<Config> = {
  readonly [Box in 'provisioning' | 'deprovisioning']: WithScim<Config> extends { readonly [_ in Box]: true }
    ? true
    : false;
};

/**
 * The SCIM client of a connection: `undefined` where the config has no SCIM half, either where that is not known, and with
 * the methods that write where the config is known to allow them.
 */
export type ScimOf<Config> = Half<
  Config,
  WithScim<Config>,
  ScimClient<[WithScim<Config>] extends [never] ? never : GrantedBy<KnownAccess<Config>>>
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
 * What the form has not is `undefined`, and the SCIM client has the methods that write only where the config is known to
 * allow them. A connection that is known to have more can be passed where less is asked for.
 */
// An alias and not an interface: it is compared by what it has, where two interfaces are compared by their parameters.
export type Connection<Config extends ConnectionConfig = ConnectionConfig> = ConnectionBase & {
  /** People and groups. */
  readonly scim: ScimOf<Config>;
  /** Audit logs. */
  readonly auditLogs: AuditLogsOf<Config>;
};

/** What every connection has. */
export interface ConnectionBase extends AsyncDisposable {
  /**
   * Finds out whether everything in the form is right and allowed, and what to do about what is not. Asks both services
   * for next to nothing, side by side, within a deadline; writes nothing.
   *
   * @throws The signal's own reason, ConnectionError when it was closed, or InputError for an option that there is not. What fails is in
   * the report.
   * @example
   * ```ts
   * import { connect, formatCheckReport, readConnectionConfigFromEnv } from 'chatgpt-enterprise-sdk';
   *
   * await using connection = connect(readConnectionConfigFromEnv(process.env));
   * const report = await connection.check();
   * console.log(formatCheckReport(report));
   * ```
   */
  check(options?: CheckOptions): Promise<CheckReport>;
  /**
   * Everyone in the directory and in the workspaces, each person once: joined by e-mail address, with status, role,
   * groups, and what does not fit together. Nothing is requested before the first person is asked for. Read-only.
   *
   * The workspaces' members and the groups are held, a few hundred bytes for each; the directory streams past them.
   *
   * @throws While iterating: InputError for an option that there is not, or for the last activity without audit logs;
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
  roster(query?: RosterQuery): AsyncIterable<Person>;
  /**
   * Closes the connection. Whatever is under way, and whatever is begun later, rejects with a ConnectionError
   * whose code is `connection_closed`.
   *
   * Also by `await using connection = connect(config)`.
   *
   * @example
   * ```ts
   * import { connect, readConnectionConfigFromEnv } from 'chatgpt-enterprise-sdk';
   *
   * const connection = connect(readConnectionConfigFromEnv(process.env, { require: ['scim'] }));
   * try {
   *   console.log((await connection.scim.users.list()).items.length);
   * } finally {
   *   await connection.close();
   * }
   * ```
   */
  close(): Promise<void>;
}
