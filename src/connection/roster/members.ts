import type { AdminClient } from '../../admin/client.js';
import { ResponseError } from '../../errors/response-errors.js';
import type { RequestOptions } from '../../transport/options.js';
import { tagPrincipal } from '../../transport/principal-tag.js';
import type { Transport } from '../../transport/transport.js';
import type { WorkspaceMembership } from './person.js';
import { listWorkspaceUsers, type WorkspaceUser } from './workspace-users.js';

/** What the roster asks of the Admin API. */
export type RosterAdmin = Pick<AdminClient, 'members' | 'usage' | 'get'>;

/** A workspace, with what its key opens. */
export interface RosterWorkspace {
  readonly workspaceId: string;
  /** For the lists of the Compliance API. */
  readonly transport: Transport;
  /** Only where the key is an Admin key. */
  readonly admin?: RosterAdmin | undefined;
  /** The client's own, where it was given: for all pages of one list. */
  readonly deadlineMs?: number | undefined;
}

/** What either list says of a member: only the id is validated. */
export interface ListedMember extends WorkspaceUser {
  readonly seat_type?: string | null | undefined;
}

export interface MemberPage {
  readonly listedBy: WorkspaceMembership['listedBy'];
  readonly members: readonly ListedMember[];
}

/**
 * Lists the members of a workspace: by the Admin API where the key opens it, whose permission an admin can tick too; where that
 * is refused, by the Compliance API. One that breaks off later is a failure, and the other does not complete it: what it would
 * add cannot be told from who has come and gone.
 */
export async function* listMembers(
  workspace: RosterWorkspace,
  options: RequestOptions,
): AsyncGenerator<MemberPage, void, undefined> {
  try {
    yield* listOfEither(workspace, options);
  } catch (error) {
    // Whoever is thrown one error of several workspaces can ask whose it is.
    throw tagPrincipal(error, { type: 'workspace', id: workspace.workspaceId });
  }
}

async function* listOfEither(
  { workspaceId, transport, admin, deadlineMs }: RosterWorkspace,
  options: RequestOptions,
): AsyncGenerator<MemberPage, void, undefined> {
  if (admin !== undefined) {
    let hasAnswered = false;
    try {
      for await (const { items } of admin.members.iterate({ workspaceId }, options).pages()) {
        hasAnswered = true;
        yield { listedBy: 'admin', members: items.map(ofListed) };
      }
      return;
    } catch (error) {
      if (hasAnswered || !isRefusal(error)) throw error;
    }
  }
  for await (const members of listWorkspaceUsers(transport, workspaceId, options, deadlineMs)) {
    yield { listedBy: 'compliance', members };
  }
}

/** Whether the service says that this key may not read this, or has no such list. */
export function isRefusal(error: unknown): boolean {
  return error instanceof ResponseError && [401, 403, 404].includes(error.status ?? 0);
}

type AdminMember = Awaited<ReturnType<RosterAdmin['members']['list']>>['items'][number];

// The rows of the Admin API have no such fields. Those that it may add are taken for what they are there.
function ofListed({
  id,
  email,
  name,
  role,
  seat_type,
  is_scim_managed,
  status,
  created_at,
}: AdminMember): ListedMember {
  return {
    id,
    ...textOf('email', email),
    ...textOf('name', name),
    ...textOf('role', role),
    ...textOf('seat_type', seat_type),
    ...textOf('status', status),
    ...(typeof is_scim_managed === 'boolean' ? { is_scim_managed } : {}),
    ...(typeof created_at === 'number' ? { created_at } : {}),
  };
}

function textOf<Name extends string>(name: Name, value: unknown): { readonly [Key in Name]?: string } {
  // Computed, so that the compiler sees no more than an index.
  return typeof value === 'string' ? ({ [name]: value } as { readonly [Key in Name]: string }) : {};
}
