import { checkOptions } from '../errors/check-options.js';
import { InputError, type Permission } from '../errors/input-errors.js';
import { isRecord } from '../internal/json.js';
import { createPrivateTag } from '../internal/private-tag.js';
import { type RequestOptions, requestOptionNames } from '../transport/options.js';
import { documentAttributes, readDocuments, readMe, readServiceProviderConfig } from './discovery.js';
import { GroupOperations, type Groups, groupDefinition } from './groups.js';
import {
  type Access,
  checkClientOptions,
  type GrantedAccess,
  type GrantedBy,
  type KnownAccess,
  type ScimClientOptions,
} from './options.js';
import { type Extended, type ExtensionShapes, ResourceContext, type ResourceDefinition } from './resource.js';
import { ResourceOperations, type Resources } from './resources.js';
import type { Resource } from './schemas/common.js';
import type { ResourceType, SchemaDefinition, ServiceProviderConfig } from './schemas/discovery.js';
import type { Group } from './schemas/group.js';
import type { User } from './schemas/user.js';
import { Server } from './server.js';
import { UserOperations, type Users, userDefinition } from './users.js';

/** The class behind {@link ScimClient}: what every SCIM client has. */
export class ScimClientBase<P extends KnownAccess> {
  /** What the client may change. */
  readonly access: GrantedAccess;
  readonly users: Users<P>;
  readonly groups: Groups<P>;
  readonly #server: Server;
  readonly #userContext: ResourceContext;

  /** @hidden */
  constructor(options: ScimClientOptions) {
    this.#server = new Server(checkClientOptions(options));
    this.#userContext = new ResourceContext(this.#server, userDefinition);
    const groupContext = new ResourceContext(this.#server, groupDefinition);
    contextsTag.set(this, [this.#userContext, groupContext]);
    this.access = this.#server.access;
    this.users = new UserOperations<P, User>(this.#userContext);
    this.groups = new GroupOperations<P, Group>(groupContext);
  }

  /**
   * Resources of a type of your own: what the server calls devices, roles, entitlements. Requests nothing yet. What you send
   * is checked against `shape`: a write rejects with an InputError for what does not match.
   *
   * @throws InputError for a definition without an `endpoint` or a `schema`.
   */
  resource<Shape = unknown, const Extensions extends ExtensionShapes = ExtensionShapes>(
    definition: ResourceDefinition<Shape, Extensions>,
  ): Resources<P, Extended<Resource & Shape, Extensions>> {
    const context = new ResourceContext(this.#server, definition);
    return new ResourceOperations<Extended<Resource & Shape, Extensions>>(context);
  }

  /**
   * What the server says it can do (RFC 7643 §5). The client remembers it: no PATCH where there is none, cursors where they
   * are the default, the limits of bulk requests.
   *
   * @throws ScimError with code `not_found` where the server has no such document.
   */
  async serviceProviderConfig(options?: RequestOptions): Promise<ServiceProviderConfig> {
    const own = checkOptions('serviceProviderConfig()', options, requestOptionNames);
    return readServiceProviderConfig(this.#server, own);
  }

  /** The types of resources the server has (RFC 7643 §6). */
  async resourceTypes(options?: RequestOptions): Promise<readonly ResourceType[]> {
    const own = checkOptions('resourceTypes()', options, requestOptionNames);
    return readDocuments(this.#server, '/ResourceTypes', documentAttributes.resourceType, own);
  }

  /** The schemas of the server (RFC 7643 §7). One that a resource type names may be missing. */
  async schemas(options?: RequestOptions): Promise<readonly SchemaDefinition[]> {
    const own = checkOptions('schemas()', options, requestOptionNames);
    return readDocuments(this.#server, '/Schemas', documentAttributes.schema, own);
  }

  /**
   * The user the token belongs to (RFC 7644 §3.11). Rare: most tokens belong to no user.
   *
   * @throws ScimError with code `not_found` or `not_implemented` where the server has no `/Me`.
   */
  async me(options?: RequestOptions): Promise<User> {
    const own = checkOptions('me()', options, requestOptionNames);
    return (await readMe(this.#userContext, own)) as User;
  }
}

export type UsersAndGroups = readonly [users: ResourceContext, groups: ResourceContext];

const contextsTag = /* @__PURE__ */ createPrivateTag<UsersAndGroups>();

/** @internal The users and groups of a client, for what is made with both. */
export function contextsOf(client: unknown): UsersAndGroups {
  const found = isRecord(client) ? contextsTag.get(client) : undefined;
  if (found === undefined) throw new InputError('`client` must be a ScimClient.', { path: ['client'] });
  return found;
}

/**
 * A client of a SCIM 2.0 server, with the methods that the permissions `P` allow: `ScimClient` can only read,
 * `ScimClient<'provisioning'>` can create and change, `ScimClient<'provisioning' | 'deprovisioning'>` everything.
 */
export interface ScimClient<P extends KnownAccess = 'read-only'> extends ScimClientBase<P> {}

/** Makes SCIM clients: a class cannot infer from its options what can be called on it, the type of a constructor can. */
export interface ScimClientConstructor {
  new <const A extends Access = Access>(options: ScimClientOptions<A>): ScimClient<GrantedBy<A>>;
  readonly prototype: ScimClient;
}

/**
 * A client of a SCIM 2.0 server (RFC 7643, RFC 7644, RFC 9865), made for the one of ChatGPT Enterprise.
 *
 * It can only read unless `access` says otherwise: the methods that write do not exist for the type checker and reject
 * at run time, and every request is classified again before it is sent. For access that is known only at run time, see
 * {@link canProvision} and {@link canDeprovision}.
 *
 * @throws InputError for a base URL that is not https, a token that cannot be sent, or options that make no sense.
 * @example
 * ```ts
 * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
 *
 * const access = { provisioning: true } as const;
 * const client = new ScimClient({ baseUrl: 'https://api.workos.com/scim/v2.0/abc', token: 'se_…', access });
 * for await (const user of client.users.iterate()) console.log(user.userName, user.active);
 * ```
 */
// Named by the constant: a bundler would rename a class with a name of its own beside it.
export const ScimClient: ScimClientConstructor = class<
  P extends KnownAccess,
> extends ScimClientBase<P> {} as ScimClientConstructor;

/** Whether a client may create and change. Narrows its type. `false` without a client, as in a connection without SCIM. */
export function canProvision(client: ScimClient<'provisioning'>): boolean;
export function canProvision(client: ScimClient<'deprovisioning'> | undefined): client is ScimClient<Permission>;
export function canProvision(client: ScimClient | undefined): client is ScimClient<'provisioning'>;
export function canProvision(client: ScimClient | undefined): boolean {
  return client?.access?.provisioning === true;
}

/** Whether a client may delete, deactivate and remove members. Narrows its type. `false` without a client. */
export function canDeprovision(client: ScimClient<'deprovisioning'>): boolean;
export function canDeprovision(client: ScimClient<'provisioning'> | undefined): client is ScimClient<Permission>;
export function canDeprovision(client: ScimClient | undefined): client is ScimClient<'deprovisioning'>;
export function canDeprovision(client: ScimClient | undefined): boolean {
  return client?.access?.deprovisioning === true;
}
