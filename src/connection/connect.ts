import type { ConnectOptions } from './connect-options.js';
import { type Connection, OpenConnection } from './connection.js';
import type { ConnectionConfig } from './form.js';

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
  // JavaScript callers may give nothing at all.
  return new OpenConnection(config ?? {}, options ?? {});
}
