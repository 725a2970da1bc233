import type { AuditLogClient } from '../audit-logs/client.js';
import type { PlatformLogOptions } from '../audit-logs/platform/options.js';
import type { ScimClient } from '../scim/client.js';
import type { GrantedBy } from '../scim/options.js';
import type { ComplianceRoutes } from './compliance-routes.js';

// What a connection has, as far as the type of its config tells.

/** The members of a union of configs that have this half. */
type WithScim<Config> = Extract<Config, { readonly scimToken: string }>;
type WithCompliance<Config> = Extract<Config, { readonly workspaceIds: readonly string[] }>;

/** The client of a half that is known to be there, `undefined` where it is known to be missing, else either. */
type Half<Config, Having, Client> = [Having] extends [never]
  ? undefined
  : [Exclude<Config, Having>] extends [never]
    ? Client
    : Client | undefined;

/** The SCIM client of a connection, if the config has a SCIM half, with the methods that write if it is known to allow them. */
export type ScimOf<Config> = Half<Config, WithScim<Config>, ScimClient<GrantedBy<WithScim<Config>>>>;

/** What a field that may be there holds; `never` where it is known to be missing. */
type FieldOf<Config, Field extends string> = Config extends unknown
  ? Field extends keyof Config
    ? Exclude<Config[Field], undefined>
    : never
  : never;

interface WorkspacePrincipals {
  readonly workspaceIds: readonly string[];
}

interface AllPrincipals extends WorkspacePrincipals {
  readonly organizationId?: string | undefined;
}

interface PlatformPrincipal {
  readonly platform: PlatformLogOptions;
}

type CompliancePrincipals<Config> = [WithCompliance<Config>] extends [never]
  ? Record<never, never>
  : [FieldOf<Config, 'organizationId'>] extends [never]
    ? WorkspacePrincipals
    : AllPrincipals;

type KnownPrincipals<Config> = [FieldOf<Config, 'platformApiKey'>] extends [never]
  ? CompliancePrincipals<Config>
  : CompliancePrincipals<Config> & PlatformPrincipal;

/** Whether there are logs to read; `boolean` where only the values tell. */
type HasLogs<Config> = Config extends { readonly workspaceIds: readonly string[] } | { readonly platformApiKey: string }
  ? true
  : [FieldOf<Config, 'platformApiKey'>] extends [never]
    ? false
    : boolean;

/**
 * The audit-log client of a connection, if the config has a compliance half or the key of the API Platform; with the event types of
 * organizations, and of the platform, if it may name one.
 */
export type AuditLogsOf<Config> =
  | (true extends HasLogs<Config> ? AuditLogClient<KnownPrincipals<Config>> : never)
  | (false extends HasLogs<Config> ? undefined : never);

/** What a connection has of the Compliance API beside the logs. */
export type ComplianceOf<Config> = Half<Config, WithCompliance<Config>, ComplianceRoutes>;
