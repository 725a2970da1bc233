import type { AdminClientOptions } from '../admin/options.js';
import type { AuditLogClientOptions } from '../audit-logs/options.js';
import type { PlatformLogOptions } from '../audit-logs/platform/options.js';
import type { ScimClientOptions } from '../scim/options.js';
import type { ClientOptions } from '../transport/options.js';

/** How a connection does its work. What is said for one service wins over what is said for both. */
export interface ConnectOptions extends Omit<ClientOptions, 'rateLimit' | 'throttle'> {
  /** `false` for no limit at either service, as an emulator has none. Limits differ: they are set for one service. */
  readonly rateLimit?: false | undefined;
  /**
   * For the SCIM client alone. A `token` takes the place of that of the config, which must have one all the same: for a directory
   * that takes OAuth client credentials only (`clientCredentials`), or a token out of a store of secrets.
   */
  readonly scim?:
    | (Omit<ScimClientOptions, 'baseUrl' | 'token' | 'access' | 'signal'> & Partial<Pick<ScimClientOptions, 'token'>>)
    | undefined;
  /** For the client of the audit logs, for the lists of people beside them, and for `compliance`. */
  readonly auditLogs?:
    | (Omit<AuditLogClientOptions, 'apiKey' | 'workspaceIds' | 'organizationId' | 'platform' | 'baseUrl' | 'signal'> & {
        /**
         * How the log of the API Platform is read, if the config has the key for it. `includeTenant` wins over what the config
         * says of it.
         */
        readonly platform?: Omit<PlatformLogOptions, 'apiKey' | 'id' | 'baseUrl'> | undefined;
      })
    | undefined;
  /** For the client of the Admin API. */
  readonly admin?: Omit<AdminClientOptions, 'apiKey' | 'workspaceIds' | 'baseUrl' | 'signal'> | undefined;
}
