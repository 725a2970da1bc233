import type { Clock } from '../internal/clock.js';
import type { AdminBehaviour } from './admin/behaviour.js';
import type { EmulatorClock } from './clock.js';
import type { ComplianceBehaviour } from './compliance/behaviour.js';
import type { ComplianceKeys } from './compliance/keys.js';
import type { LogStoreOptions } from './compliance/log-store.js';
import type { RateLimits } from './compliance/rate-limits.js';
import type { FaultPlan } from './fault-plan.js';
import type { MswHttp } from './fetch-in-process.js';
import type { PlatformOptions } from './platform/behaviour.js';
import type { EmulatorPlatform } from './platform/side.js';
import type { RequestLog } from './request-log.js';
import type { ScimBehaviour } from './scim/behaviour.js';
import type { OAuthOptions } from './scim/oauth.js';
import type { HeldUser } from './scim/workos-rules.js';
import type { EmulatorStore } from './store.js';
import type { NewWorkspace } from './world/new-workspace.js';

/** What {@link createEmulator} takes. Every part has a default. */
export interface EmulatorOptions {
  /** The same seed gives the same ids, tokens, people and events. @default 1 */
  readonly seed?: number | undefined;
  /** The time. Give a test clock to both sides to wait without waiting. @default the machine's */
  readonly clock?: Clock | undefined;
  /** A small company with a few days of events, or nobody at all. @default 'default' */
  readonly world?: 'default' | 'empty' | undefined;
  /** Workspaces of your own, with their members and keys, besides those of the world. */
  readonly workspaces?: readonly NewWorkspace[] | undefined;
  /** What the SCIM side is like. @default WorkOS's endpoint */
  readonly scim?: ScimOptions | undefined;
  /** What the Compliance side is like. */
  readonly compliance?: ComplianceOptions | undefined;
  /** What the Admin side is like. */
  readonly admin?: AdminOptions | undefined;
  /** What the platform side is like: the audit log of the API Platform. */
  readonly platform?: PlatformOptions | undefined;
  /** Makes the ids of SCIM resources. @default UUIDs by the seed */
  readonly createId?: ((resourceType: 'User' | 'Group') => string) | undefined;
  /** How many requests are recorded. @default 10_000 */
  readonly maxRecordedRequests?: number | undefined;
}

/** The SCIM side. */
export interface ScimOptions {
  /** `workos`: the endpoint ChatGPT Enterprise uses. `rfc`: all of RFC 7643, RFC 7644 and RFC 9865. @default 'workos' */
  readonly mode?: 'workos' | 'rfc' | undefined;
  /** `userName` of the user behind `/Me`. Without it `/Me` answers 501. */
  readonly me?: string | undefined;
  /**
   * Where the directory is synced to. `workspace`: to the first workspace, where whoever is created is invited, and whoever is
   * switched off or deleted is no longer a member. `tenant`: to all products, where an entry alone gives no access. @default 'tenant'
   */
  readonly sync?: 'tenant' | 'workspace' | undefined;
  /** The directory takes no SCIM token, only tokens of its token endpoint (OAuth 2.0 client credentials). `{}` for the defaults. */
  readonly oauth?: OAuthOptions | undefined;
  /** How the server differs from its mode: your own switches, or one of `scimQuirks`. */
  readonly quirks?: Partial<ScimBehaviour> | undefined;
}

/** The Compliance side. */
export interface ComplianceOptions {
  /** No limits unless you give some. `documented`: 50 downloads and 100 other requests a minute. */
  readonly rateLimits?: RateLimits | 'documented' | undefined;
  /** Every request that is answered leaves an `AUDIT_LOG` event in its workspace, as in the real service. @default false */
  readonly selfAudit?: boolean | undefined;
  /** How log files are made and how long they are kept. */
  readonly logs?: LogStoreOptions | undefined;
  /** How the service differs from what is documented. */
  readonly quirks?: Partial<ComplianceBehaviour> | undefined;
}

/** The Admin side. It takes the keys of the Compliance side, and answers what is wrong with one as that does. */
export interface AdminOptions {
  /** How the service differs from what is documented. */
  readonly quirks?: Partial<AdminBehaviour> | undefined;
}

/** What the connection form asks for, filled in for the emulator. */
export interface EmulatorConnectionConfig {
  /** Where the SCIM side is. */
  readonly scimBaseUrl: string;
  /** The emulator's first SCIM token. */
  readonly scimToken: string;
  /** The emulator's legacy Compliance key, which opens every workspace. */
  readonly complianceApiKey: string;
  /** Absent unless you give it, as `emulator.compliance.apiKeys`: a key of its own for each workspace, by id. */
  readonly complianceApiKeys?: Readonly<Record<string, string>> | undefined;
  /** Separated by commas, as on the form. */
  readonly workspaceIds: string;
  /** Where the Compliance side is, version included. */
  readonly complianceBaseUrl: string;
  /** Absent unless you give it, as on the form. */
  readonly organizationId?: string | undefined;
  /** Absent unless you give it, as `emulator.platform.apiKey`. */
  readonly platformApiKey?: string | undefined;
  /** Whose log that is: `emulator.compliance.organizationId`. Absent without its key. */
  readonly platformOrganizationId?: string | undefined;
  /** The checkbox. Absent unless you give it. */
  readonly platformIncludeTenant?: boolean | undefined;
  /** Where the platform side is, version included. Absent without its key. */
  readonly platformBaseUrl?: string | undefined;
  /** The checkbox. False unless you tick it. */
  readonly provisioning: boolean;
  /** The checkbox. False unless you tick it. */
  readonly deprovisioning: boolean;
}

/** How a client reaches the emulator without waiting. */
export interface EmulatorClientOptions {
  /** {@link Emulator.fetch}. */
  readonly fetch: typeof globalThis.fetch;
  /** {@link Emulator.clock}. */
  readonly clock: EmulatorClock;
  /** The client's own limits are for the real services. */
  readonly rateLimit: false;
}

/** An emulator of all services. */
export interface Emulator {
  /** A `fetch` that reaches only the emulator. Hand it to a client. */
  readonly fetch: typeof globalThis.fetch;
  /**
   * What `connect`, `ScimClient` and `AuditLogClient` take to reach the emulator: its `fetch`, its clock, and no rate limit,
   * for a second full read would wait a minute for it.
   *
   * @example
   * import { connect, parseConnectionConfig } from 'chatgpt-enterprise-sdk';
   * import { createEmulator } from 'chatgpt-enterprise-sdk/testing';
   *
   * await using emulator = createEmulator();
   * const config = parseConnectionConfig(emulator.connectionConfig(), { require: ['scim'] });
   * await using connection = connect(config, emulator.clientOptions);
   * console.log(await connection.scim.users.count()); // 12
   */
  readonly clientOptions: EmulatorClientOptions;
  /** How to reach the SCIM side: its URL, its tokens. */
  readonly scim: EmulatorScim;
  /** How to reach the Compliance side: its URL, its keys, its workspaces. */
  readonly compliance: EmulatorCompliance;
  /** How to reach the Admin side: its URL, its keys. */
  readonly admin: EmulatorAdmin;
  /** How to reach the platform side: its URL, its key. */
  readonly platform: EmulatorPlatform;
  /** The world: users, groups, workspaces and logs, to read and change regardless of the services' rules. */
  readonly store: EmulatorStore;
  /** What is to go wrong. */
  readonly faults: FaultPlan;
  /** What was asked of the emulator. */
  readonly requests: RequestLog;
  /** The emulator's time, which can be moved ahead. */
  readonly clock: EmulatorClock;
  /** Handlers for msw 3, made with the `http` of `msw/http`, for applications that call the global `fetch`. */
  handlers<Handler>(http: MswHttp<Handler>): Handler[];
  /**
   * Serves the emulator on 127.0.0.1, for programs that cannot take a `fetch`. Node, Bun and Deno only. Clients must allow
   * plain `http`, both when the form is parsed and when it is used.
   *
   * @throws The system's own error when a port is taken.
   */
  listen(options?: ListenOptions): Promise<EmulatorServer>;
  /** The connection form, filled in. Read-only unless you tick a box. */
  connectionConfig(overrides?: Partial<EmulatorConnectionConfig>): EmulatorConnectionConfig;
  /** The whole world as it is now, keys and tokens included. Cheap: immutable parts are not copied. */
  snapshot(): EmulatorSnapshot;
  /** Brings a world back. The clock goes on, and so do faults and the request log. */
  restore(snapshot: EmulatorSnapshot): void;
  /**
   * Closes the emulator and reports what went wrong unnoticed.
   *
   * @throws EmulatorError (several: AggregateError) for an unused fault, a request without a route, a key sent to storage.
   */
  close(): Promise<void>;
  /** {@link Emulator.close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** What {@link Emulator.listen} takes. */
export interface ListenOptions {
  /** For both services. @default a free one */
  readonly port?: number | undefined;
  /** For the signed URLs, which have an origin of their own: a key sent there is refused, and reported at close. @default a free one */
  readonly storagePort?: number | undefined;
}

/** The emulator as it is reached over HTTP. */
export interface EmulatorServer {
  /** The SCIM URL. */
  readonly scimBaseUrl: string;
  /** Where the Compliance API is, version included. */
  readonly complianceBaseUrl: string;
  /** Where the API Platform's audit log is, version included. */
  readonly platformBaseUrl: string;
  /** Origin of the signed download URLs. */
  readonly storageOrigin: string;
  /** Where tokens are asked for; `undefined` without `createEmulator({ scim: { oauth } })`. */
  readonly oauthTokenUrl: string | undefined;
  /** As {@link Emulator.connectionConfig}, for this server. */
  connectionConfig(overrides?: Partial<EmulatorConnectionConfig>): EmulatorConnectionConfig;
  /** Stops listening. {@link Emulator.close} does so too. */
  close(): Promise<void>;
  /** {@link EmulatorServer.close}, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/** How to reach the SCIM side. */
export interface EmulatorScim {
  /** Ends with the tenant's key, as WorkOS's does. */
  readonly baseUrl: string;
  /** The first token. Refused where the directory takes OAuth tokens. */
  readonly token: string;
  /** A second token; both work until the first is revoked, as during a rotation. A third one ends the oldest. */
  createToken(): string;
  /** The token is refused with 401 from now on, also one of the token endpoint. */
  revokeToken(token: string): void;
  /** How to reach the token endpoint; `undefined` without `createEmulator({ scim: { oauth } })`. */
  readonly oauth: EmulatorOAuth | undefined;
  /** Users that WorkOS refused as incomplete and holds until the missing part arrives. In no list and in no group. */
  heldUsers(): readonly HeldUser[];
}

/** The token endpoint of the SCIM side. */
export interface EmulatorOAuth {
  /** Where tokens are asked for. */
  readonly tokenUrl: string;
  /** Of the one client that it knows. */
  readonly clientId: string;
  /** The password of that client. */
  readonly clientSecret: string;
  /** Every token that was handed out is refused with 401 from now on. */
  revokeTokens(): void;
}

/** How to reach the Compliance side. */
export interface EmulatorCompliance {
  /** Version included, as the client's `baseUrl` wants it. */
  readonly baseUrl: string;
  /** A legacy Compliance key: it may read every log type and the stateful lists, of every workspace. */
  readonly apiKey: string;
  /** An Admin key for each workspace the emulator began with, by its id: as OpenAI makes keys today, one opens only its own. */
  readonly apiKeys: Readonly<Record<string, string>>;
  /** Makes keys of every kind, tells what they are good for, and revokes them. */
  readonly keys: Pick<ComplianceKeys, 'create' | 'revoke' | 'enable' | 'get' | 'list'>;
  /** The workspaces of the world the emulator began with. */
  readonly workspaceIds: readonly string[];
  /** The organization they belong to, `org-…`. */
  readonly organizationId: string;
}

/** How to reach the Admin side. Keys of every other kind are made with those of {@link EmulatorCompliance}. */
export interface EmulatorAdmin {
  /** Version included, as the client's `baseUrl` wants it: the Compliance API is at the same one. */
  readonly baseUrl: string;
  /**
   * An Admin key of the first workspace that may read all of the Admin API and nothing of the Compliance API. In a world that
   * began without a workspace it is refused everywhere: make one with `compliance.keys.create`.
   */
  readonly apiKey: string;
  /** Such a key for each workspace the emulator began with, by its id. */
  readonly apiKeys: Readonly<Record<string, string>>;
  /** The workspaces of the world the emulator began with. */
  readonly workspaceIds: readonly string[];
}

declare const snapshotBrand: unique symbol;

/** A world at a moment. Only {@link Emulator.restore} can read it. */
export interface EmulatorSnapshot {
  readonly [snapshotBrand]: true;
}
