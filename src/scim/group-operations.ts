import type { ResourceContext } from './resource.js';
import {
  changeMembers,
  type MemberInput,
  type MembersOptions,
  type MembersResult,
  setMembers,
} from './write/members.js';

/** What Provisioning adds for groups. */
export interface GroupProvisioning {
  /**
   * Adds members, in requests of at most 100 (as the profile says). Calls for the same group wait for one another. Who
   * is a member already is no error.
   *
   * WorkOS drops members it does not know without a word: with `verify` the group is read back and they are reported.
   *
   * @throws InputError for a member without an id; ScimError with code `not_found` when there is no such group;
   * WriteNotConfirmedError, ConnectionError, ResponseValidationError; or the signal's own reason. What was sent
   * before is told by {@link membersSentOf}; a WriteNotConfirmedError comes once all were sent.
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const client = new ScimClient({
   *   baseUrl: 'https://api.workos.com/scim/v2.0/abc',
   *   token: 'se_…',
   *   access: { provisioning: true },
   * });
   * const { dropped } = await client.groups.addMembers('e9e30dba', ['2819c223'], { verify: true });
   * console.log(dropped);
   * ```
   */
  addMembers(groupId: string, members: readonly MemberInput[], options?: MembersOptions): Promise<MembersResult>;
}

/** What Deprovisioning adds for groups. */
export interface GroupDeprovisioning {
  /**
   * Removes these members and no others, in requests of at most 100 (as the profile says). Calls for the same group wait
   * for one another. Who is no member is no error.
   *
   * @throws InputError for a id that is empty; ScimError with code `not_found` when there is no such group;
   * WriteNotConfirmedError, ConnectionError, ResponseValidationError; or the signal's own reason. What was sent
   * before is told by {@link membersSentOf}; a WriteNotConfirmedError comes once all were sent.
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const client = new ScimClient({
   *   baseUrl: 'https://api.workos.com/scim/v2.0/abc',
   *   token: 'se_…',
   *   access: { deprovisioning: true },
   * });
   * await client.groups.removeMembers('e9e30dba', ['2819c223']);
   * ```
   */
  removeMembers(groupId: string, memberIds: readonly string[], options?: MembersOptions): Promise<MembersResult>;
}

/** What takes both permissions. */
export interface GroupReplacement {
  /**
   * Makes these the members, and no others: reads the group, adds who is missing, then removes who is too many. Where
   * the server does not show members, it is told to replace them.
   *
   * @throws InputError for a member without an id; ScimError with code `not_found` when there is no such group;
   * WriteNotConfirmedError, ConnectionError, ResponseValidationError; or the signal's own reason. What was sent
   * before is told by {@link membersSentOf}; a WriteNotConfirmedError comes once all were sent.
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const client = new ScimClient({
   *   baseUrl: 'https://api.workos.com/scim/v2.0/abc',
   *   token: 'se_…',
   *   access: { provisioning: true, deprovisioning: true },
   * });
   * const { added, removed } = await client.groups.setMembers('e9e30dba', ['2819c223']);
   * console.log(added.length, removed.length);
   * ```
   */
  setMembers(groupId: string, members: readonly MemberInput[], options?: MembersOptions): Promise<MembersResult>;
}

/** @internal */
export function groupProvisioning(context: ResourceContext): GroupProvisioning {
  return { addMembers: (groupId, add, options) => changeMembers(context, groupId, { add }, options) };
}

/** @internal */
export function groupDeprovisioning(context: ResourceContext): GroupDeprovisioning {
  return { removeMembers: (groupId, remove, options) => changeMembers(context, groupId, { remove }, options) };
}

/** @internal */
export function groupReplacement(context: ResourceContext): GroupReplacement {
  return { setMembers: (groupId, members, options) => setMembers(context, groupId, members, options) };
}
