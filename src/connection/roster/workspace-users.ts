import { ResponseValidationError } from '../../errors/response-errors.js';
import { isRecord } from '../../internal/json.js';
import type { RequestOptions } from '../../transport/options.js';
import type { Transport } from '../../transport/transport.js';

const route = '/compliance/workspaces/{workspace_id}/users';
const pageSize = 200;

/** Lists the members of a workspace, page after page, by the id of the last one (OpenAI, "List users in a workspace"). */
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
    const leadsOn = next !== undefined && !asked.has(next);
    if (!leadsOn) throw invalid(status, 'last_id', 'expected the id of the last user, to continue from');
    asked.add(next);
    after = next;
  }
}

function isWorkspaceUser(value: unknown): value is WorkspaceUser {
  return isRecord(value) && typeof value.id === 'string' && value.id !== '';
}

function invalid(status: number, field: string, message: string): ResponseValidationError {
  return new ResponseValidationError(`GET ${route} did not return a usable list of users.`, {
    method: 'GET',
    route,
    status,
    issues: [{ path: [field], message }],
  });
}

/** A member of a workspace, as the Compliance API lists them. Only the id is validated. */
export interface WorkspaceUser {
  /** `user-…`: the id that audit events carry, and not the id the directory uses. */
  readonly id: string;
  /** The address the person signs in with. */
  readonly email?: string | null;
  /** Name for people. */
  readonly name?: string | null;
  /** When the person joined, in Unix seconds, with a fraction. */
  readonly created_at?: number | null;
  /** What the person may do in the workspace, such as `standard-user`. */
  readonly role?: string | null;
  /** Whether the person can use the workspace: `active`, `inactive`, or a newer word. */
  readonly status?: string | null;
  /** Whether the directory manages the person. */
  readonly is_scim_managed?: boolean | null;
}
