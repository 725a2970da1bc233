import { isFailure } from '../errors/is-sdk-error.js';
import { isRecord } from '../internal/json.js';
import type { RequestOptions } from '../transport/options.js';
import { isNotFound } from './error-body.js';
import { iterateResources } from './iterate.js';
import { chunksOf } from './patch/chunk.js';
import { firstRequest, listResources, readList, readResource } from './read.js';
import { ResourceContext } from './resource.js';
import type { Resource } from './schemas/common.js';
import type { GroupMember } from './schemas/group.js';
import { GROUP_URN } from './schemas/urns.js';
import { requestOptionsOf, type Server } from './server.js';

/** What became of a change of members. Each id is in one list, but for those of `dropped` and `remaining`. */
export interface MembersResult {
  /** Ids that were sent to be added; with `verify`, without those that the server does not show. */
  readonly added: readonly string[];
  /** Ids that were sent to be removed and were members, where that is shown; with `verify`, without those that are still. */
  readonly removed: readonly string[];
  /** Ids that needed no change, by what the group showed: members, or, of those to be removed, none. */
  readonly already?: readonly string[] | undefined;
  /**
   * Ids that name neither a user nor a group, such as a `userName` in place of an id: nothing was sent for them. Looked up
   * are those that the group does not show. One about which the server tells nothing is taken for somebody.
   */
  readonly notFound?: readonly string[] | undefined;
  /** With `verify`: `false` where the server does not show the members, so that nothing could be compared. */
  readonly verified?: boolean | undefined;
  /** With `verify`: ids that should be members and are not: those of users the server does not know, for one. */
  readonly dropped?: readonly string[] | undefined;
  /** With `verify`: ids that are members and should not be; of `setMembers`, whoever they are. */
  readonly remaining?: readonly string[] | undefined;
}

/**
 * The members of a group that was read; `undefined` where the server may hide some. No members, or an empty list, are none
 * (RFC 7643 §2.5) only on a server that was seen to show members: large clouds answer `members: []` whoever is in it.
 */
export async function readMembers(
  context: ResourceContext,
  group: Resource,
  options: RequestOptions,
): Promise<readonly unknown[] | undefined> {
  const { knowledge } = context.server;
  if (hasMembers(group)) {
    knowledge.membersShown = 'shown';
    return group.members;
  }
  if (knowledge.showsMembers) return [];
  const asked = await readResource(context, group.id, { ...options, attributes: ['members'] });
  if (hasMembers(asked)) {
    knowledge.membersShown = 'shown_if_asked';
    return asked.members;
  }
  if (knowledge.membersShown === 'shown_if_asked') return [];
  knowledge.membersShown ??= (await showsAny(context, options)) ? 'shown' : 'not_seen';
  return knowledge.showsMembers ? [] : undefined;
}

function hasMembers(group: Resource): group is Resource & { readonly members: readonly unknown[] } {
  return Array.isArray(group.members) && group.members.length > 0;
}

/** Whether a page of groups shows any with members. */
async function showsAny(context: ResourceContext, options: RequestOptions): Promise<boolean> {
  try {
    return (await listResources(context, {}, firstRequest(context, {}), options)).rows.some(hasMembers);
  } catch (error) {
    if (isFailure(error)) return false;
    throw error;
  }
}

/** The ids of the members; `undefined` where the server does not show them. */
export async function memberIds(
  context: ResourceContext,
  groupId: string,
  options: RequestOptions,
): Promise<ReadonlySet<string> | undefined> {
  const members = await readMembers(context, await readResource(context, groupId, options), options);
  return members && new Set(members.flatMap(idOfMember));
}

/** Ids that are numbers are ids. */
function idOfMember(member: unknown): readonly string[] {
  const value = isRecord(member) ? member.value : undefined;
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : [];
}

/** How many are looked up at once. */
const lookedUpAtOnce = 5;

/** More are looked for in the list of users first, which shows a hundred in one request. */
const mostLookedUpAlone = 10;

/** The ids that the list of users does not show, read as long as its pages are fewer than the ids that are left. */
async function unlisted(server: Server, ids: readonly string[], options: RequestOptions): Promise<readonly string[]> {
  const left = new Set(ids);
  let seen = 0;
  let pages = 0;
  try {
    const users = new ResourceContext(server, { endpoint: '/Users', schema: { id: '', attributes: {} } });
    for await (const { items, totalResults = Infinity } of iterateResources(users, {}, options).pages()) {
      for (const { id } of items) left.delete(id);
      seen += items.length;
      pages += 1;
      const pagesLeft = (totalResults - seen) / Math.max(items.length, 1);
      // Not every total is true.
      if (left.size <= pagesLeft || pages >= ids.length) break;
    }
  } catch (error) {
    unlessFailure(error);
  }
  return [...left];
}

/**
 * Which of these ids name neither a user nor a group, as far as the server says so in a SCIM error and its lists answer. An
 * id about which nothing can be known is not among them.
 */
export async function nobodyAmong(
  { server }: ResourceContext,
  ids: readonly string[],
  options: RequestOptions,
): Promise<ReadonlySet<string>> {
  const nobody = new Set<string>();
  const answers = new Map<string, Promise<unknown>>();
  const confirm = async (route: string) => {
    const request = { ...requestOptionsOf(options), method: 'GET', route, query: [['count', '1']] } as const;
    readList(request, await server.send(request));
  };
  const isMissing = async (route: string, id: string): Promise<boolean> => {
    try {
      await server.send({ ...requestOptionsOf(options), method: 'GET', route: `${route}/{id}`, params: { id } });
      return false;
    } catch (error) {
      if (!isNotFound(error)) return unlessFailure(error);
    }
    const answer = answers.get(route) ?? confirm(route);
    answers.set(route, answer);
    return answer.then(() => true, unlessFailure);
  };
  const doubtful = ids.length > mostLookedUpAlone ? await unlisted(server, ids, options) : ids;
  for (const some of chunksOf(doubtful, lookedUpAtOnce)) {
    const found = await Promise.all(
      some.map(async (id) => (await isMissing('/Users', id)) && (await isMissing('/Groups', id))),
    );
    for (const [index, id] of some.entries()) if (found[index]) nobody.add(id);
  }
  return nobody;
}

function unlessFailure(error: unknown): false {
  if (!isFailure(error)) throw error;
  return false;
}

/** Takes the members of a group from its other attributes: they are sent and compared one by one. */
export function splitMembers(
  { schema }: ResourceContext,
  resource: Readonly<Record<string, unknown>>,
): { readonly members: readonly GroupMember[]; readonly others: Readonly<Record<string, unknown>> } {
  if (schema.id !== GROUP_URN) return { members: [], others: resource };
  const { members, ...others } = resource;
  // `checkResource` has refused members without an id.
  return { members: Array.isArray(members) ? (members as readonly GroupMember[]) : [], others };
}
