import { InputError, type Permission } from '../errors/input-errors.js';
import type { ClientOptions, Credential } from '../transport/options.js';
import { openTransport } from '../transport/transport.js';
import type { BulkOperations } from './bulk.js';
import type { DiscoveryOperations } from './discovery.js';
import { type Groups, groupDefinition, openGroups } from './groups.js';
import {
  type Access,
  checkClientOptions,
  type GrantedBy,
  type ProviderProfile,
  rfcProfile,
  workosProfile,
} from './options.js';
import { type ExtensionShapes, type ExtensionsOf, openResource, type ResourceDefinition } from './resource.js';
import { lazily, lazilyWriting, openOperations, type Resources } from './resources.js';
import type { Resource } from './schemas/common.js';
import type { Server } from './server.js';
import { openUsers, type Users, userDefinition } from './users.js';
import { guardAccess } from './write/guard.js';

/** What a SCIM client is made from. */
export interface ScimClientOptions<A extends Access = Access> extends ClientOptions {
  /** The SCIM URL as the set-up page shows it, such as `https://api.workos.com/scim/v2.0/…`. */
  readonly baseUrl: string;
  /** The SCIM token. */
  readonly token: Credential;
  /** What the client may change. Without it: nothing. */
  readonly access?: A | undefined;
  /** What the server is like. @default 'workos' */
  readonly profile?: 'workos' | 'rfc' | ProviderProfile | undefined;
}

/**
 * A client of a SCIM 2.0 server, with the operations that the permissions `P` allow: `ScimClient` can only read,
 * `ScimClient<'provisioning'>` can create and change, `ScimClient<'provisioning' | 'deprovisioning'>` everything.
 */
export type ScimClient<P extends Permission = never> = ScimReader<P> & ([P] extends [never] ? object : BulkOperations);

/** What every SCIM client has. */
export interface ScimReader<P extends Permission> extends DiscoveryOperations {
  /** What the client may change. */
  readonly access: Readonly<Record<Permission, boolean>>;
  /** The users: read, and where the permissions allow it created, changed, switched off and deleted. */
  readonly users: Users<P>;
  /** The groups and their members. */
  readonly groups: Groups<P>;
  /**
   * Resources of a type of your own: what the server calls devices, roles, entitlements. Nothing is requested yet, and
   * nothing thrown. What you send is checked against `shape`: a write rejects with an InputError for what does not fit.
   *
   * @see {@link ResourceDefinition}
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const client = new ScimClient({ baseUrl: 'https://scim.example/v2', token: 'secret', profile: 'rfc' });
   * const roles = client.resource<{ readonly displayName: string }>({
   *   endpoint: '/Roles',
   *   schema: { id: 'urn:example:schemas:2.0:Role', attributes: { displayName: { required: true } } },
   * });
   * for await (const role of roles.iterate()) console.log(role.displayName);
   * ```
   */
  resource<Shape = unknown, const Extensions extends ExtensionShapes = Record<never, never>>(
    definition: ResourceDefinition<Shape, Extensions>,
  ): Resources<P, Resource & Shape & ExtensionsOf<Extensions>>;
}

/** Makes SCIM clients. What can be called on one is what its `access` allows. */
export interface ScimClientConstructor {
  new <const A extends Access = Record<never, never>>(options: ScimClientOptions<A>): ScimClient<GrantedBy<A>>;
  readonly prototype: ScimReader<never>;
}

/**
 * A client of a SCIM 2.0 server (RFC 7643, RFC 7644, RFC 9865), made for the one of ChatGPT Enterprise.
 *
 * It can only read unless `access` says otherwise: the methods that write are not there, neither for the type checker
 * nor at run time, and every request is judged once more before it is sent. Where the access is known only at run time,
 * {@link canProvision} and {@link canDeprovision} tell.
 *
 * @throws InputError for a base URL that is not https, a token that cannot be sent, or options that make no sense.
 * @example
 * ```ts
 * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
 *
 * const client = new ScimClient({
 *   baseUrl: 'https://api.workos.com/scim/v2.0/abc',
 *   token: 'se_…',
 *   access: { provisioning: true },
 * });
 * for await (const user of client.users.iterate()) console.log(user.userName, user.active);
 * ```
 */
export const ScimClient = class ScimClient {
  readonly access: Readonly<Record<Permission, boolean>>;
  readonly users: object;
  readonly groups: object;
  readonly resource: (definition: ResourceDefinition) => object;

  constructor(options: ScimClientOptions) {
    checkClientOptions(options);
    const { baseUrl, token, access: given, profile = 'workos', ...transportOptions } = options;
    const access = Object.freeze({
      provisioning: given?.provisioning === true,
      deprovisioning: given?.deprovisioning === true,
    });
    const session: Server = {
      profile: resolveProfile(profile),
      learned: { refusedLookups: new Map(), refusedPatches: new Set(), newGroups: new Set() },
      maxRetries: options.maxRetries ?? 3,
      deadlineMs: options.deadlineMs,
      turns: new Map(),
      guard: (request) => guardAccess(access, session.judge, request),
      transport: openTransport({
        ...transportOptions,
        service: 'scim',
        baseUrl,
        credential: token,
        guard: (request) => session.guard(request),
        loadExplain: async () => (await import('./explain-scim-failure.js')).explainScimFailure,
      }),
    };
    const users = openResource(session, userDefinition);
    const groups = openResource(session, groupDefinition);
    this.access = access;
    this.users = openUsers(users, access);
    this.groups = openGroups(groups, access);
    this.resource = (definition) => openOperations(openResource(session, definition), access);
    Object.assign(
      this,
      lazily(['serviceProviderConfig', 'resourceTypes', 'schemas', 'me'], async () =>
        (await import('./discovery.js')).discoveryOperations(session, users),
      ),
      (access.provisioning || access.deprovisioning) &&
        lazilyWriting(session, ['bulk'], async () =>
          (await import('./bulk.js')).bulkOperations(session, [users, groups]),
        ),
    );
  }
} as unknown as ScimClientConstructor; // The constructor's type says which methods a client has.

/**
 * Whether a client may create and change, for access that is known only at run time. Narrows the client's type. Where
 * there is no client, as in a connection without a SCIM half, the answer is no.
 *
 * @example
 * ```ts
 * import { canProvision, type ScimClient } from 'chatgpt-enterprise-sdk/scim';
 *
 * async function invite(client: ScimClient, userName: string): Promise<void> {
 *   if (canProvision(client)) await client.users.upsert({ userName });
 * }
 * ```
 */
export function canProvision(client: ScimClient<'deprovisioning'> | undefined): client is ScimClient<Permission>;
export function canProvision(client: ScimClient | undefined): client is ScimClient<'provisioning'>;
export function canProvision(client: ScimClient | undefined): boolean {
  return client?.access.provisioning === true;
}

/**
 * Whether a client may delete, deactivate and remove members, for access that is known only at run time. Narrows the
 * client's type. Where there is no client, as in a connection without a SCIM half, the answer is no.
 *
 * @example
 * ```ts
 * import { canDeprovision, type ScimClient } from 'chatgpt-enterprise-sdk/scim';
 *
 * async function switchOff(client: ScimClient, id: string): Promise<void> {
 *   if (canDeprovision(client)) await client.users.deactivate(id);
 * }
 * ```
 */
export function canDeprovision(client: ScimClient<'provisioning'> | undefined): client is ScimClient<Permission>;
export function canDeprovision(client: ScimClient | undefined): client is ScimClient<'deprovisioning'>;
export function canDeprovision(client: ScimClient | undefined): boolean {
  return client?.access.deprovisioning === true;
}

function resolveProfile(profile: NonNullable<ScimClientOptions['profile']>): ProviderProfile {
  if (typeof profile === 'object') return profile;
  if (profile === 'rfc') return rfcProfile;
  if (profile === 'workos') return workosProfile;
  throw new InputError('There is no such profile.', { path: ['profile'], remedy: "Use 'workos', 'rfc' or a profile." });
}
