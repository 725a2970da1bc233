import { withoutAdminKeyTag, workspaceApisTag } from '../admin/api.js';
import { AdminClient } from '../admin/client.js';
import { cooldownsTag, openComplianceTransport } from '../audit-logs/api.js';
import { AuditLogClient } from '../audit-logs/client.js';
import { platformUrl } from '../audit-logs/platform/options.js';
import { checkOptions, checkWord } from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { connectionClosed } from '../errors/response-errors.js';
import { openAbortScope } from '../internal/abort.js';
import { ownCopy, ownOnly } from '../internal/json.js';
import { ScimClient } from '../scim/client.js';
import { documentedRateLimit } from '../transport/chatgpt-api.js';
import { type List, listOf } from '../transport/list.js';
import { clientOptionNames, type RequestOptions } from '../transport/options.js';
import { otherKeysOf } from '../transport/other-keys.js';
import type { AuditLogPrincipal } from '../transport/principal.js';
import type { Transport } from '../transport/transport.js';
import { checkConnection } from './check/check.js';
import type { CheckQuery, CheckReport } from './check/report.js';
import { adminKeysOf, clientKeyOf, hasCompliance, hasPlatform, keysOf } from './compliance-keys.js';
import { ComplianceRoutes } from './compliance-routes.js';
import type { ConnectOptions } from './connect-options.js';
import type { AuditLogsOf, ComplianceOf, ScimOf } from './connection-type.js';
import type { ConnectionConfig } from './form.js';
import { fieldNames } from './form-fields.js';
import { ownConfig } from './own-config.js';
import type { RosterWorkspace } from './roster/members.js';
import type { Person } from './roster/person.js';
import type { RosterQuery } from './roster/query.js';
import { readRoster } from './roster/roster.js';

/**
 * The clients of one customer, made from one form. What the form does not have is `undefined`, and the SCIM client has the
 * methods that write only where the config is known to allow them.
 */
export type Connection<Config extends ConnectionConfig = ConnectionConfig> = OpenConnection<
  ScimOf<Config>,
  AuditLogsOf<Config>,
  ComplianceOf<Config>
>;

const optionNames: Readonly<Record<keyof ConnectOptions, true>> = {
  scim: true,
  auditLogs: true,
  admin: true,
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
  allowHost: true,
};

const platformOptionNames = { dataResidency: true, includeTenant: true } as const;

/** What {@link connect} opens, by the types of what it has. Whether a key is an Admin key, no type tells. */
export class OpenConnection<Scim, AuditLogs, Compliance = ComplianceRoutes | undefined> implements AsyncDisposable {
  /** People and groups. */
  readonly scim: Scim;
  /** Audit logs. */
  readonly auditLogs: AuditLogs;
  /** Routes of the Compliance API that the library has no method for. */
  readonly compliance: Compliance;
  /**
   * Members, seats, invitations, limits and use, of the workspaces whose key in the form begins with `sk-admin-`:
   * `admin.workspaceIds` has them. `undefined` where there is none. An Admin key of an organization of the API platform begins
   * so too, and is refused when it is used.
   */
  readonly admin: AdminClient | undefined;
  readonly #scim: ScimClient | undefined;
  readonly #auditLogs: AuditLogClient | undefined;
  readonly #config: ConnectionConfig;
  readonly #options: ConnectOptions;
  readonly #closing = new AbortController();
  readonly #openCompliance: (principal: AuditLogPrincipal) => Transport;
  #lists: readonly RosterWorkspace[] | undefined;

  /** @hidden */
  constructor(given: ConnectionConfig, options: ConnectOptions) {
    const { scim, auditLogs, admin, signal, ...both } = checkOptions('connect()', options, optionNames);
    const config = ownConfig(given);
    for (const name of Object.keys(config)) checkWord('a field of a config', name, fieldNames);
    const { signal: _, ...ofBoth } = clientOptionNames;
    checkOptions('connect({ scim })', scim, { ...ofBoth, token: true, profile: true, customAttributes: true });
    checkOptions('connect({ auditLogs })', auditLogs, { ...ofBoth, platform: true });
    const ofPlatform = checkOptions('connect({ auditLogs: { platform } })', auditLogs?.platform, platformOptionNames);
    checkOptions('connect({ admin })', admin, ofBoth);
    const { scimBaseUrl, scimToken, provisioning, deprovisioning } = config;
    const { complianceBaseUrl } = config;
    if (scimToken === undefined && !hasCompliance(config) && !hasPlatform(config)) {
      throw new InputError('The config has no SCIM half, no compliance half, and no key of the API Platform.', {
        path: ['config'],
        remedy: 'Read the form with parseConnectionConfig, which says what is missing.',
      });
    }
    if (hasPlatform(config) && config.platformOrganizationId === undefined) {
      throw new InputError(
        '`platformApiKey` is there without `platformOrganizationId`, by which stores tell whose log it is.',
        {
          path: ['platformOrganizationId'],
          remedy: "Give the id (org-…) of the key's organization. It stays when the key is replaced.",
        },
      );
    }
    const scope = openAbortScope([signal, this.#closing.signal]);
    this.#closing.signal.addEventListener('abort', () => scope.end(), { once: true });
    // Copies: what the caller does to the config later must not change the connection.
    this.#config = config;
    this.#options = {
      ...both,
      scim: scim && ownOnly(scim),
      auditLogs: auditLogs && ownOnly({ ...auditLogs, platform: auditLogs.platform && ofPlatform }),
      admin: admin && ownOnly(admin),
      signal: scope.signal,
    };
    if (scimToken !== undefined) {
      this.#scim = new ScimClient({
        ...both,
        ...scim,
        signal: scope.signal,
        baseUrl: scimBaseUrl,
        token: this.#options.scim?.token ?? scimToken,
        access: { provisioning, deprovisioning },
      });
    }
    this.#auditLogs = openAuditLogs(config, this.#options);
    const adminKeys = adminKeysOf(config);
    this.admin =
      adminKeys &&
      new AdminClient({ ...both, ...admin, signal: scope.signal, apiKey: adminKeys, baseUrl: complianceBaseUrl });
    if (this.admin) {
      const ids = (this.#auditLogs?.principals ?? []).flatMap(({ type, id }) => (type === 'workspace' ? id : []));
      const { workspaceIds: own } = this.admin;
      withoutAdminKeyTag.get(this.admin)?.(ids.filter((id) => !own.includes(id)));
    }
    this.#openCompliance = complianceOpener(config, this.#options, this.#auditLogs);
    const workspaces = this.#auditLogs?.principals.filter(({ type }) => type !== 'platform');
    const routes = hasCompliance(config) && workspaces && new ComplianceRoutes(workspaces, this.#openCompliance);
    // What the types say of a config is so: the fields are there, or not.
    this.scim = this.#scim as Scim;
    this.auditLogs = this.#auditLogs as AuditLogs;
    this.compliance = (routes || undefined) as Compliance;
  }

  /**
   * Finds out whether everything in the form is right and allowed, and what to do about what is not. Asks both services
   * for next to nothing, side by side; writes nothing but what `probeUser` allows.
   *
   * Of the options three have a default of their own: `deadlineMs` is 20 seconds, and what has not answered by then is
   * reported as such; an attempt (`timeoutMs`) may take all of them; and a request is repeated only once, where the connection
   * broke, unless `maxRetries` says how often. Where a service has asked for patience (`Retry-After`), it waits with the clients; for
   * longer than it may take it does not wait, and says so.
   *
   * @throws The signal's own reason, ConnectionError when it was closed, InputError for an unknown option, or what
   * `onFailedPrincipal` throws. What fails is in the report.
   * @example
   * ```ts
   * import { connect, formatCheckReport, readConnectionConfigFromEnv } from 'chatgpt-enterprise-sdk';
   *
   * await using connection = connect(readConnectionConfigFromEnv(process.env));
   * const report = await connection.check();
   * console.log(formatCheckReport(report));
   * ```
   */
  check(query?: CheckQuery, options?: RequestOptions): Promise<CheckReport> {
    const cooldownOf = this.#auditLogs && cooldownsTag.get(this.#auditLogs);
    const apiOf = this.admin && workspaceApisTag.get(this.admin);
    const adminCooldownOf = apiOf && (({ id }: AuditLogPrincipal) => apiOf(id).cooldown);
    const own = { config: this.#config, options: this.#options, scim: this.#scim };
    const { dataResidency } = this.#options.auditLogs?.platform ?? {};
    const includesTenant = includesTenantOf(this.#config, this.#options);
    const [ofPlatform] = this.#auditLogs?.principals.filter(({ type }) => type === 'platform') ?? [];
    const baseUrl = platformUrl({ baseUrl: this.#config.platformBaseUrl, dataResidency });
    const platform = { cooldown: ofPlatform && cooldownOf?.(ofPlatform), includesTenant, baseUrl };
    return checkConnection({ ...own, cooldownOf, adminCooldownOf, platform }, query, options);
  }

  /**
   * Everyone in the directory and in the workspaces, or invited into one, each person once: joined by e-mail address, with
   * status, role, groups, and what does not fit together. Service accounts of the directory are listed with them, told by `kind`, and
   * joined to nobody. Those that the Admin API lists come last (`serviceAccounts`), where the key of the workspace is an Admin key
   * that may read them: nothing published links one to an entry of the directory, and unless both have one id it is listed apart from
   * that. Nothing is requested before the first person is asked for. Read-only.
   *
   * The workspaces' members, the invitations and the groups are held, a few hundred bytes for each; the directory streams past them.
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
  roster(query?: RosterQuery, options?: RequestOptions): List<Person> {
    const { clock, signal } = this.#options;
    const sources = { scim: this.#scim, auditLogs: this.#auditLogs, workspaces: this.#openLists(), clock };
    return listOf(
      async function* (untilLeft) {
        yield* readRoster({ ...sources, signal: untilLeft }, query, options);
      },
      [signal],
    );
  }

  /** Closes the connection: what is under way, and what is begun later, rejects with a ConnectionError (`connection_closed`). */
  async close(): Promise<void> {
    this.#closing.abort(connectionClosed());
  }

  /** {@link close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #openLists() {
    const workspaces = (this.#auditLogs?.principals ?? []).filter(({ type }) => type === 'workspace');
    const { deadlineMs = this.#options.deadlineMs } = this.#options.auditLogs ?? {};
    this.#lists ??= workspaces.map((workspace) => {
      const hasAdminKey = this.admin?.workspaceIds.includes(workspace.id) === true;
      const transport = this.#openCompliance(workspace);
      // A property of its own: what is on a prototype is no client.
      return { workspaceId: workspace.id, transport, deadlineMs, admin: hasAdminKey ? this.admin : undefined };
    });
    return this.#lists;
  }
}

/** Whether the log of the whole tenant is read: as the program says, or else the form. */
function includesTenantOf({ platformIncludeTenant = false }: ConnectionConfig, { auditLogs }: ConnectOptions): boolean {
  return auditLogs?.platform?.includeTenant ?? platformIncludeTenant;
}

/** The client of all logs that the form has a key for: one reader for both feeds. */
function openAuditLogs(config: ConnectionConfig, options: ConnectOptions): AuditLogClient | undefined {
  const { scim: _, admin: __, auditLogs: { platform: ofPlatform, ...own } = {}, ...both } = options;
  const { workspaceIds, organizationId, complianceBaseUrl: baseUrl, platformBaseUrl } = config;
  const platform = hasPlatform(config)
    ? {
        ...ofPlatform,
        apiKey: config.platformApiKey,
        id: config.platformOrganizationId,
        includeTenant: includesTenantOf(config, options),
        baseUrl: platformBaseUrl,
      }
    : undefined;
  if (hasCompliance(config)) {
    const apiKey = clientKeyOf(config);
    return new AuditLogClient({ ...both, ...own, apiKey, workspaceIds, organizationId, baseUrl, platform });
  }
  return platform && new AuditLogClient({ ...both, ...own, platform });
}

/**
 * Opens ways to what the Compliance API has beside the logs: with limits of their own, for each principal, while patience that is
 * asked for is for its logs too.
 */
function complianceOpener(
  config: ConnectionConfig,
  { scim: _, admin: __, auditLogs = {}, ...both }: ConnectOptions,
  client: AuditLogClient | undefined,
): (principal: AuditLogPrincipal) => Transport {
  const { complianceBaseUrl: baseUrl } = config;
  const { rateLimit: limits = both.rateLimit ?? {}, ...own } = auditLogs;
  const { lists } = limits === false ? { lists: false as const } : ownCopy(limits, ['lists']);
  const rateLimit = lists ?? documentedRateLimit;
  const keyOf = keysOf(config);
  const cooldownOf = client && cooldownsTag.get(client);
  return (principal) => {
    // The client has refused a principal without a key.
    const apiKey = keyOf(principal) as string;
    const otherKeys = otherKeysOf(principal, client?.principals ?? [], keyOf);
    const cooldown = cooldownOf?.(principal);
    return openComplianceTransport({
      ...both,
      ...own,
      apiKey,
      baseUrl,
      rateLimit,
      cooldown,
      otherKeys,
      principal,
    });
  };
}
