import { isFailure } from '../errors/is-sdk-error.js';
import { ResponseError } from '../errors/response-errors.js';
import { isRecord } from '../internal/json.js';
import type { RequestOptions } from '../transport/options.js';
import { isNotFound } from './error-body.js';
import { iterateResources } from './iterate.js';
import { readList } from './list.js';
import { chunksOf } from './patch/chunk.js';
import { readResource } from './read.js';
import { ResourceContext } from './resource.js';
import type { Resource } from './schemas/common.js';
import type { GroupMember } from './schemas/group.js';
import { readAttribute } from './schemas/names.js';
import { GROUP_URN } from './schemas/urns.js';
import { requestOptionsOf, type Server } from './server.js';

/**
 * What became of a change of members. Each id is in one list, but for those of `dropped` and `remaining`. Ids are compared
 * exactly; one that is shown in another case is the one that was asked for, unless both are shown or asked for. Where a user
 * and a group have the same id, the id alone means the user.
 */
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
  /**
   * With `verify`: `false` where the server does not show the members, so that nothing could be compared. Also where it
   * shows nobody, and somebody should be a member: `dropped` names them, who may only be hidden.
   */
  readonly verified?: boolean | undefined;
  /**
   * With `verify`: ids that should be members and are not, those who were members before among them: some servers drop whom
   * they do not know, some replace the members where one is added. Present too, as the next two, where an answer said that
   * the change was not made, so that the group was read back.
   */
  readonly dropped?: readonly string[] | undefined;
  /**
   * With `verify`: ids that are members and should not be; of `setMembers`, whoever they are. Also, without it, where
   * `setMembers` was given ids of which none names anybody: such a call empties no group, and changes nothing.
   */
  readonly remaining?: readonly string[] | undefined;
}

/**
 * The members of a group that was read; `undefined` where the server may hide some. No members, or an empty list, are none
 * (RFC 7643 §2.5) only of a group that was seen to show members: large clouds answer `members: []` whoever is in it, and
 * some servers leave members out of large groups only.
 */
export async function readMembers(
  context: ResourceContext,
  group: Resource,
  options: RequestOptions,
): Promise<readonly unknown[] | undefined> {
  const { groupsShown, emptyGroups } = context.server.knowledge;
  if (hasMembers(group)) {
    groupsShown.add(group.id);
    emptyGroups.delete(group.id);
    return group.members;
  }
  const asked = await readResource(context, group.id, { ...options, attributes: ['members'] });
  if (hasMembers(asked)) {
    groupsShown.add(group.id);
    emptyGroups.delete(group.id);
    return asked.members;
  }
  return groupsShown.has(group.id) ? [] : undefined;
}

function hasMembers(group: Resource): group is Resource & { readonly members: readonly unknown[] } {
  return Array.isArray(group.members) && group.members.length > 0;
}

/** A member as one is asked for, or shown. A user and a group may have the same id. */
export interface MemberRef {
  readonly value: string;
  readonly type?: string | null | undefined;
}

/** Reads a group, and who is in it; `undefined` where the server does not show that, or not so that it can be read. */
export async function shownMembers(
  context: ResourceContext,
  groupId: string,
  options: RequestOptions,
): Promise<ShownMembers | undefined> {
  const members = await readMembers(context, await readResource(context, groupId, options), options);
  return members && shownIn(members);
}

/** The members in what a server sent; `undefined` where there is one without an id. */
export function shownIn(members: readonly unknown[]): ShownMembers | undefined {
  const refs = memberRefs(members);
  return refs && new ShownMembers(refs);
}

/** The same as a list, in which one may stand twice. */
export function memberRefs(members: readonly unknown[]): readonly MemberRef[] | undefined {
  const refs = members.map(refOf);
  return refs.every((ref) => ref !== undefined) ? refs : undefined;
}

function refOf(member: unknown): MemberRef | undefined {
  if (!isRecord(member)) return undefined;
  const { value, type, $ref } = member;
  // Ids that are numbers are ids, as long as JSON has not rounded them.
  const id = Number.isSafeInteger(value) ? String(value) : value;
  if (typeof id !== 'string' || id === '') return undefined;
  if (typeof type === 'string' && type !== '') return { value: id, type };
  const [, place] = /(?:^|\/)(users|groups)\/[^/]+$/i.exec(typeof $ref === 'string' ? $ref : '') ?? [];
  return { value: id, type: place?.slice(0, -1) };
}

/**
 * The members that a group shows. Ids are case-exact (RFC 7643 §2.4), but some servers show them in another case: an id that
 * differs in nothing else is the one asked for, unless it was asked for itself, or the exact one is shown too. So nobody
 * who is wanted is taken for somebody else, and removed.
 */
export class ShownMembers {
  /** Each once: a server may show one again and again. */
  readonly all: readonly MemberRef[];
  readonly #byId: ReadonlyMap<string, ByType>;

  constructor(shown: readonly MemberRef[]) {
    const byId = indexOf(shown, (id) => id);
    this.all = [...byId.values()].flatMap((types) => [...types.values()].flatMap((refs) => refs.slice(0, 1)));
    this.#byId = byId;
  }

  /** Those with exactly this id. */
  withId(id: string): ByType {
    return this.#byId.get(id) ?? new Map();
  }

  /** Finds members as they are shown, however often; `asked` are all ids that are asked for. */
  finder(asked: ReadonlySet<string>): MemberFinder {
    const unasked = this.all.filter(({ value }) => !asked.has(value));
    const others = indexOf(unasked, (id) => id.toLowerCase());
    const shown = ({ value, type }: MemberRef) =>
      ofType(this.#byId.get(value) ?? others.get(value.toLowerCase()), type?.toLowerCase());
    return { find: (ref) => [...shown(ref)], has: (ref) => shown(ref).next().done !== true };
  }
}

interface MemberFinder {
  readonly find: (ref: MemberRef) => readonly MemberRef[];
  readonly has: (ref: MemberRef) => boolean;
}

/** Members of one id by their type in lower case, which is empty where none is shown. */
type ByType = ReadonlyMap<string, readonly MemberRef[]>;

function indexOf(refs: readonly MemberRef[], keyOf: (id: string) => string): ReadonlyMap<string, ByType> {
  const index = new Map<string, Map<string, MemberRef[]>>();
  for (const ref of refs) {
    const key = keyOf(ref.value);
    const type = ref.type?.toLowerCase() ?? '';
    const byType = index.get(key) ?? new Map<string, MemberRef[]>();
    const alike = byType.get(type);
    if (alike === undefined) index.set(key, byType.set(type, [ref]));
    else alike.push(ref);
  }
  return index;
}

/** Those that may be of a type. One by one, as an answer may hold very many of one id. */
function* ofType(byType: ByType | undefined, type: string | undefined): Generator<MemberRef, void> {
  for (const refs of type ? [byType?.get(type), byType?.get('')] : (byType?.values() ?? [])) yield* refs ?? [];
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
 * Which of these ids name neither a user nor a group. An id about which nothing can be known is not among them: a 404 is
 * about the id where it is a SCIM error and the list answers, or where the server answers for another id of the list.
 */
export async function nobodyAmong(
  { server }: ResourceContext,
  ids: readonly string[],
  options: RequestOptions,
): Promise<ReadonlySet<string>> {
  const nobody = new Set<string>();
  const get = (route: string, id: string) =>
    server.send({ ...requestOptionsOf(options), method: 'GET', route: `${route}/{id}`, params: { id } });
  const list = async (route: string) => {
    const request = { ...requestOptionsOf(options), method: 'GET', route, query: [['count', '1']] } as const;
    return readList(request, await server.send(request)).rows;
  };
  const getsARow = async (route: string) => {
    const id = readAttribute((await list(route))[0], 'id');
    return typeof id === 'string' && readAttribute((await get(route, id)).body, 'id') === id;
  };
  const proofs = new Map<string, Promise<boolean>>();
  const isMissing = async (route: string, id: string): Promise<boolean> => {
    try {
      await get(route, id);
      return false;
    } catch (error) {
      const isAbsent = error instanceof ResponseError && (error.status === 404 || error.status === 410);
      if (!isAbsent) return unlessFailure(error);
      const isScim = isNotFound(error);
      const key = `${route} ${isScim}`;
      const prove = () => (isScim ? list(route).then(() => true) : getsARow(route)).catch(unlessFailure);
      const proof = proofs.get(key) ?? prove();
      proofs.set(key, proof);
      return proof;
    }
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

/** Whether a user has this id. */
export async function isUser({ server }: ResourceContext, id: string, options: RequestOptions): Promise<boolean> {
  const request = { ...requestOptionsOf(options), method: 'GET', route: '/Users/{id}', params: { id } } as const;
  try {
    return readAttribute((await server.send(request)).body, 'id') === id;
  } catch (error) {
    return unlessFailure(error);
  }
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
