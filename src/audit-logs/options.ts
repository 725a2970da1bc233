import { type ClientOptions, clientOptionNames } from '../transport/options.js';
import type { AuditLogKey, AuditLogKeys } from '../transport/principal-keys.js';
import type { AuditLogRateLimits } from './api.js';
import type { PlatformLogOptions } from './platform/options.js';

/** What an {@link AuditLogClient} is made with. */
export interface AuditLogClientOptions extends Omit<ClientOptions, 'rateLimit'> {
  /**
   * A Compliance API key or an Admin key; or a function that gives it, told whose key is wanted and asked before each attempt.
   * An Admin key opens one workspace: give several as an object, `{ [workspaceId]: key }`, with the organization's under its
   * `org-…`. Each of its values may be a function too.
   */
  readonly apiKey: AuditLogKey | AuditLogKeys;
  /**
   * UUIDs of workspaces, in an array, or separated by commas, semicolons or line breaks. Where `organizationId` or `platform` is
   * given too, the compiler knows by this alone that workspaces are read.
   * @default those that `apiKey` has a key for
   */
  readonly workspaceIds?: string | readonly string[] | undefined;
  /** `org-…`, for the event types of an organization. */
  readonly organizationId?: string | undefined;
  /** The audit log of the API Platform, which has a key of its own: the second feed of a customer. */
  readonly platform?: PlatformLogOptions | undefined;
  /** Where the Compliance API is. @default 'https://api.chatgpt.com/v1' */
  readonly baseUrl?: string | undefined;
  /**
   * How often requests start, for each workspace and kind of request; `false` for no limit. `lists` is for the API Platform too,
   * which has none where it is not given. @default what OpenAI documents
   */
  readonly rateLimit?: AuditLogRateLimits | false | undefined;
}

/** What an {@link AuditLogClient} is made with that reads the API Platform alone. */
export interface PlatformLogClientOptions
  extends Omit<AuditLogClientOptions, 'apiKey' | 'workspaceIds' | 'organizationId' | 'baseUrl' | 'platform'> {
  readonly apiKey?: undefined;
  readonly workspaceIds?: undefined;
  readonly organizationId?: undefined;
  readonly baseUrl?: undefined;
  readonly platform: PlatformLogOptions;
}

export const auditLogClientOptionNames: Readonly<Record<keyof AuditLogClientOptions, true>> = {
  ...clientOptionNames,
  apiKey: true,
  workspaceIds: true,
  organizationId: true,
  platform: true,
  baseUrl: true,
};

/** All that the type of a client knows of its options: the compiler would check no others, were they a part of it. */
export type PrincipalIds = Pick<AuditLogClientOptions, 'workspaceIds' | 'organizationId' | 'platform'>;
