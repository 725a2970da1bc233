import { openComplianceTransport } from '../audit-logs/api.js';
import { AuditLogClient } from '../audit-logs/client.js';
import { InputError } from '../errors/input-errors.js';
import { connectionClosed } from '../errors/response-errors.js';
import { openAbortScope } from '../internal/abort.js';
import { ScimClient } from '../scim/client.js';
import type { Transport } from '../transport/options.js';
import type { CheckOptions, CheckReport } from './check/report.js';
import { checkOptions } from './check-options.js';
import type { ConnectOptions } from './connect-options.js';
import type { Connection } from './connection.js';
import type { ConnectionConfig } from './form.js';
import type { Person } from './roster/person.js';
import type { RosterQuery } from './roster/roster.js';

const optionNames =
  'scim auditLogs fetch signal clock random rateLimit timeoutMs deadlineMs maxRetries maxResponseBytes headers onEvent dangerouslyAllowHttpLoopback';
const listsPerMinute = { requests: 100, intervalMs: 60_000 };

class OpenConnection implements Connection {
  readonly scim: ScimClient | undefined;
  readonly auditLogs: AuditLogClient | undefined;
  readonly #config: ConnectionConfig;
  readonly #options: ConnectOptions;
  readonly #closing = new AbortController();
  #lists: readonly { readonly workspaceId: string; readonly transport: Transport }[] | undefined;

  constructor(config: ConnectionConfig, options: ConnectOptions) {
    checkOptions('connect()', options, optionNames);
    const { scim, auditLogs, signal, ...both } = options;
    const scope = openAbortScope([signal, this.#closing.signal]);
    this.#closing.signal.addEventListener('abort', () => scope.end(), { once: true });
    // Kept so that nothing which is shared by reference can change under the connection.
    this.#config = { ...config };
    this.#options = { ...both, scim, auditLogs, signal: scope.signal };
    const { scimBaseUrl, scimToken, provisioning, deprovisioning } = config;
    const { complianceApiKey, workspaceIds, organizationId, complianceBaseUrl } = config;
    if (scimToken === undefined && complianceApiKey === undefined) {
      throw new InputError('The config has neither a SCIM half nor a compliance half.', {
        path: ['config'],
        remedy: 'Read the form with parseConnectionConfig, which says what is missing.',
      });
    }
    this.scim =
      scimToken === undefined
        ? undefined
        : new ScimClient({
            ...both,
            ...scim,
            signal: scope.signal,
            baseUrl: scimBaseUrl,
            token: scimToken,
            access: { provisioning, deprovisioning },
          });
    this.auditLogs =
      complianceApiKey === undefined
        ? undefined
        : new AuditLogClient({
            ...both,
            ...auditLogs,
            signal: scope.signal,
            apiKey: complianceApiKey,
            workspaceIds,
            organizationId,
            baseUrl: complianceBaseUrl,
          });
  }

  async check(options: CheckOptions = {}): Promise<CheckReport> {
    const { checkConnection } = await import('./check/check.js');
    return checkConnection(this.#config, this.#options, options);
  }

  roster(query: RosterQuery = {}): AsyncIterable<Person> {
    const { scim, auditLogs } = this;
    const sources = { scim, auditLogs, workspaces: this.#openLists(), signal: this.#options.signal };
    return {
      [Symbol.asyncIterator]: async function* () {
        const { readRoster } = await import('./roster/roster.js');
        yield* readRoster(sources, query);
      },
    };
  }

  async close(): Promise<void> {
    this.#closing.abort(connectionClosed());
  }

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
    this.#lists ??= (this.auditLogs?.principals ?? []).flatMap(({ type, id }) =>
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

/**
 * Opens a connection: both clients from one form, with one way to close them. Nothing is requested yet.
 *
 * Two connections share nothing, so that one program can serve many customers. Read-only unless `provisioning` or
 * `deprovisioning` is true in the config.
 *
 * @throws InputError for a config that {@link parseConnectionConfig} would not have given.
 * @example
 * ```ts
 * import { connect, parseConnectionConfig } from 'chatgpt-enterprise-sdk';
 *
 * const config = parseConnectionConfig(
 *   {
 *     scimBaseUrl: 'https://api.workos.com/scim/v2.0/AbCdEf0123456789',
 *     scimToken: 'se_1234567890',
 *     complianceApiKey: 'sk-admin-1234567890',
 *     workspaceIds: '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b',
 *   },
 *   { require: ['scim', 'compliance'] },
 * );
 * await using connection = connect(config);
 * for await (const user of connection.scim.users.iterate()) console.log(user.userName, user.active);
 * for await (const event of connection.auditLogs.events({ eventTypes: ['AUTH_LOG'] })) console.log(event.timestamp);
 * ```
 */
export function connect<const Config extends ConnectionConfig>(
  config: Config,
  options: ConnectOptions = {},
): Connection<Config> {
  // The type says of the same object what is known of this config.
  // JavaScript callers may give nothing at all.
  return new OpenConnection(config ?? {}, options ?? {}) as unknown as Connection<Config>;
}
