import * as z from 'zod/mini';
import { ResponseValidationError } from '../../errors/response-errors.js';
import { isRecord } from '../../internal/json.js';
import type { RequestOptions, Transport } from '../../transport/options.js';

const route = '/compliance/workspaces/{workspace_id}/users';
const pageSize = 200;

/**
 * Lists the members of a workspace, page after page, by the id of the last one (OpenAI, "List users in a workspace").
 *
 * @throws ResponseError, ConnectionError; ResponseValidationError when an answer is no list or does not lead on.
 */
export async function* listWorkspaceUsers(
  transport: Transport,
  workspaceId: string,
  options: RequestOptions,
): AsyncGenerator<readonly WorkspaceUser[], void, undefined> {
  const asked = new Set<string>();
  for (let after: string | undefined; ; ) {
    const { status, body } = await transport.send({
      ...options,
      method: 'GET',
      route,
      params: { workspace_id: workspaceId },
      query: [['limit', String(pageSize)], ...(after === undefined ? [] : ([['after', after]] as const))],
    });
    const { data, has_more: hasMore, last_id: lastId } = isRecord(body) ? body : {};
    if (!Array.isArray(data) || !data.every(isWorkspaceUser)) {
      throw invalid(status, 'data', 'expected a list of users, each with an id');
    }
    yield data;
    // A page may be short, and even empty, while there is more.
    if (hasMore !== true) return;
    const next = typeof lastId === 'string' ? lastId : data.at(-1)?.id;
    if (next === undefined || asked.has(next)) throw invalid(status, 'last_id', 'there is more, but no way to it');
    asked.add(next);
    after = next;
  }
}

function isWorkspaceUser(value: unknown): value is WorkspaceUser {
  return isRecord(value) && typeof value.id === 'string' && value.id !== '';
}

function invalid(status: number, field: string, message: string): ResponseValidationError {
  return new ResponseValidationError(`GET ${route} did not answer with a list of users that leads on.`, {
    method: 'GET',
    route,
    status,
    issues: [{ path: [field], message }],
  });
}

/**
 * A member of a workspace, as the Compliance API lists them (OpenAI, "List users in a workspace"). What the schema does
 * not name is kept as `unknown`.
 */
const workspaceUserSchema = z.looseObject({
  /** `user-…`: the id that audit events carry, and not the id the directory uses. */
  id: z.string(),
  /** The address the person signs in with. */
  email: z.nullish(z.string()),
  /** Name for people. */
  name: z.nullish(z.string()),
  /** When the person joined, in Unix seconds, with a fraction. */
  created_at: z.nullish(z.number()),
  /** What the person may do in the workspace. */
  role: z.nullish(
    z.custom<'account-owner' | 'account-admin' | 'standard-user' | 'analytics-viewer' | (string & {})>(
      (value) => typeof value === 'string',
    ),
  ),
  /** Whether the person can use the workspace. */
  status: z.nullish(z.custom<'active' | 'inactive' | (string & {})>((value) => typeof value === 'string')),
  /** Whether the directory manages the person. */
  is_scim_managed: z.nullish(z.boolean()),
});
/**
 * A member of a workspace, as the Compliance API lists them (OpenAI, "List users in a workspace"). What the schema does
 * not name is kept as `unknown`.
 */
export type WorkspaceUser = z.infer<typeof workspaceUserSchema>;
