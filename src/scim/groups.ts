import { checkOptions, jsonOf } from '../errors/check-options.js';
import { checkPath } from './misspelt.js';
import type { Granted, KnownAccess } from './options.js';
import type { MembersResult } from './read-members.js';
import type { ExtensionShapes, ExtensionsOf, ResourceContext, ResourceDefinition } from './resource.js';
import type { ResourceInput } from './resource-input.js';
import { type ReadMethod, ResourceOperations } from './resources.js';
import type { Resource } from './schemas/common.js';
import { type Group, groupResourceSchema } from './schemas/group.js';
import { requirePermission } from './write/guard.js';
import {
  changeMembers,
  type MemberInput,
  type MembersOptions,
  membersOptionNames,
  setMembers,
} from './write/members.js';
import type { WriteOptions } from './write/send.js';

/** Groups, with the methods that the permissions allow. Replacing a group requires both, since it may lose members. */
export type Groups<P extends KnownAccess = 'read-only', T extends Resource = Group> = Pick<
  GroupOperations<P, T>,
  | ReadMethod
  | 'withExtensions'
  | Granted<P, 'create' | 'upsert' | 'patch' | 'addMembers', 'delete' | 'removeMembers', 'replace' | 'setMembers'>
>;

/** What can be done with groups. */
export class GroupOperations<P extends KnownAccess, in out T extends Resource> extends ResourceOperations<T> {
  readonly #context: ResourceContext;

  /** @hidden */
  constructor(context: ResourceContext) {
    super(context);
    this.#context = context;
  }

  /** Replaces a group, which requires both permissions: what is left out is unset, and the members with it. */
  override async replace(id: string, group: ResourceInput<T>, options?: WriteOptions<T>): Promise<T | undefined> {
    requirePermission(this.#context, ['provisioning', 'deprovisioning'], 'PUT');
    return super.replace(id, group, options);
  }

  /**
   * Adds members, in requests of at most 100 (as the profile says). Existing members are ignored. Calls for the same group
   * wait for one another. Ids that are new to the group are looked up, and those that name nobody are in `notFound` and not
   * sent: one request for each id, five at a time; where they are more than ten the list of users is read first, as far as
   * that takes fewer. With `verify` the group is read back: WorkOS silently drops whom it does not know. Where the server has
   * no PATCH, the group is put back with the members that it shows; one that shows none is refused, unless this client created
   * it empty or emptied it. That an answer shows some and leaves out others cannot be known.
   *
   * @throws InputError for a member without an id; ScimError with code `not_found`; WriteNotConfirmedError
   * (`write_pending`) once all were sent. {@link membersSentOf} tells what was sent before an error.
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const access = { provisioning: true } as const;
   * const client = new ScimClient({ baseUrl: 'https://api.workos.com/scim/v2.0/abc', token: 'se_…', access });
   * const { dropped } = await client.groups.addMembers('e9e30dba', ['2819c223'], { verify: true });
   * ```
   */
  async addMembers(groupId: string, members: readonly MemberInput[], options?: MembersOptions): Promise<MembersResult> {
    requirePermission(this.#context, 'provisioning', 'PATCH');
    const own = checkOptions('addMembers()', options, membersOptionNames);
    return changeMembers(this.#context, groupId, membersOf(this.#context, members), [], own);
  }

  /** Removes these members and no others, as `addMembers` adds them. Ids that are not members are ignored. */
  async removeMembers(groupId: string, memberIds: readonly string[], options?: MembersOptions): Promise<MembersResult> {
    requirePermission(this.#context, 'deprovisioning', 'PATCH');
    const own = checkOptions('removeMembers()', options, membersOptionNames);
    return changeMembers(this.#context, groupId, [], jsonOf('memberIds', memberIds), own);
  }

  /**
   * Makes these the members, and no others: reads the group, adds who is missing, then removes everyone else. Where the
   * server does not show members, it is told to replace them. Requires both permissions.
   */
  async setMembers(groupId: string, members: readonly MemberInput[], options?: MembersOptions): Promise<MembersResult> {
    requirePermission(this.#context, ['provisioning', 'deprovisioning'], 'PATCH');
    const own = checkOptions('setMembers()', options, membersOptionNames);
    return setMembers(this.#context, groupId, membersOf(this.#context, members), own);
  }

  /** The same groups, typed with extensions of your own: see {@link UserOperations.withExtensions}. */
  withExtensions<const Extensions extends ExtensionShapes>(
    extensions: Extensions,
  ): Groups<P, T & ExtensionsOf<Extensions>> {
    return new GroupOperations<P, T & ExtensionsOf<Extensions>>(this.#context.withExtensions(extensions));
  }
}

/** As they will be sent. */
function membersOf(context: ResourceContext, given: readonly MemberInput[]): readonly MemberInput[] {
  const members = jsonOf('members', given);
  checkPath(context, 'members', members, []);
  return members;
}

/** Groups (RFC 7643 §4.2), found again by `externalId`, then `displayName`. */
export const groupDefinition: ResourceDefinition = {
  endpoint: '/Groups',
  schema: groupResourceSchema,
  naturalKeys: ['externalId', 'displayName'],
};
