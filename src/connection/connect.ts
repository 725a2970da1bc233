import type { FormFieldName } from '../errors/input-errors.js';
import type { ConnectOptions } from './connect-options.js';
import { type Connection, OpenConnection } from './connection.js';
import type { ConnectionConfig } from './form.js';

/**
 * Opens a connection: both clients from one form, with one way to close them. Nothing is requested yet. Two connections share
 * nothing. Read-only unless `provisioning` or `deprovisioning` is true in the config.
 *
 * @throws InputError for a config that {@link parseConnectionConfig} would not have given.
 * @example
 * ```ts
 * import { connect, readConnectionConfigFromEnv } from 'chatgpt-enterprise-sdk';
 *
 * const config = readConnectionConfigFromEnv(process.env, { require: ['scim', 'compliance'] });
 * await using connection = connect(config);
 * for await (const user of connection.scim.users.iterate()) console.log(user.userName, user.active);
 * for await (const event of connection.auditLogs.events({ eventTypes: ['AUTH_LOG'] })) console.log(event.timestamp);
 * ```
 */
export function connect<const Config extends ConnectionConfig>(
  config: Config & { readonly [Other in Exclude<keyof Config, FormFieldName>]: never },
  options: ConnectOptions = {},
): Connection<Config> {
  // JavaScript callers may give nothing at all.
  return new OpenConnection(config ?? {}, options ?? {});
}
