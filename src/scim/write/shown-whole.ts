import { ResponseError } from '../../errors/response-errors.js';
import { isEmpty } from '../../internal/json.js';
import type { RequestOptions } from '../../transport/options.js';
import { criteriaFilter } from '../find.js';
import { sendForPage } from '../list.js';
import { naturalKeysOf } from '../natural-keys.js';
import { queryParameters } from '../query.js';
import { readResource } from '../read.js';
import { readMembers } from '../read-members.js';
import { answerError, type ResourceContext } from '../resource.js';
import type { Resource } from '../schemas/common.js';
import { readAttribute } from '../schemas/names.js';
import { USER_URN } from '../schemas/urns.js';
import { requestOptionsOf } from '../server.js';
import { lostAttributes } from './kept.js';

/**
 * Reads a resource to put it back: what the answer leaves out would be erased. What the caller saw a moment ago must be in
 * it, be it at the second reading; where neither tells whether a user is active, the list is asked, in one request. Of a
 * caller who saw nothing, what one answer leaves out cannot be told from what is not there, but for members.
 */
export async function readWhole(
  context: ResourceContext,
  id: string,
  seen: Resource | undefined,
  options: RequestOptions,
): Promise<Resource> {
  const read = await readResource(context, id, options);
  if (seen === undefined) return read;
  if (missingOf(context, read, seen).length === 0) {
    await checkIsActive(context, read, options);
    return read;
  }
  const again = await readResource(context, id, options);
  refuse(context, missingOf(context, again, seen), 'which it showed a moment ago');
  return again;
}

/** A group with its members, without which to put it back would remove them all. */
export async function withMembers(
  context: ResourceContext,
  group: Resource,
  options: RequestOptions,
): Promise<Resource> {
  const members = await readMembers(context, group, options);
  const isShown = members !== undefined && members.length > 0;
  // That it showed some before is no sign that it has none now: whoever emptied it may as well be an answer without them.
  if (!isShown && !context.server.knowledge.emptyGroups.has(group.id)) {
    throw answerError(readRequest(context), { status: 200 }, 'was answered without members.', {
      path: ['members'],
      message: 'expected the members',
      remedy: 'This server has no PATCH, and putting back a group whose members are not shown could remove them all.',
    });
  }
  return group.members === members ? group : { ...group, members: members ?? [] };
}

/** What the caller saw and the answer does not have. Members are looked at for themselves. */
function missingOf(context: ResourceContext, read: Resource, seen: Resource): readonly string[] {
  const lost = lostAttributes(context, read, seen, seen);
  return lost.filter((name) => name !== 'members' && isEmpty(readAttribute(read, name)));
}

/** Asks the list whether a user is active whose answer does not tell: put back without that, they may be let in again, or lose it. */
async function checkIsActive(context: ResourceContext, read: Resource, options: RequestOptions): Promise<void> {
  const { schema, server, route } = context;
  const [key] = naturalKeysOf(context, read);
  if (schema.id !== USER_URN || !isEmpty(read.active) || key === undefined) return;
  const criteria = { [key[0]]: key[1] };
  if (!server.knowledge.mayFilter(route, criteria)) return;
  const query = queryParameters({ filter: criteriaFilter(criteria) });
  const request = { ...requestOptionsOf(options), method: 'GET', route, query } as const;
  const { rows } = await sendForPage(context, request).catch((error: unknown) => {
    // No such filter, or no list: then nothing can be known of it.
    if (error instanceof ResponseError && (error.status < 500 || error.status === 501)) return { rows: [] };
    throw error;
  });
  const row = rows.find(({ id }) => id === read.id);
  if (!isEmpty(row?.active)) refuse(context, ['active'], 'which the list shows');
}

function refuse(context: ResourceContext, names: readonly string[], whence: string): void {
  if (names.length === 0) return;
  throw answerError(readRequest(context), { status: 200 }, `was answered without ${names.join(', ')}, ${whence}.`, {
    path: names.slice(0, 1),
    message: 'expected a value',
    remedy:
      'Try again. If it stays so, ask whoever runs the server: it has no PATCH, and putting back what such an answer holds would erase the rest. Nothing was sent.',
  });
}

function readRequest({ route }: ResourceContext) {
  return { method: 'GET', route: `${route}/{id}` } as const;
}
