import type { AdminClient } from '../../admin/client.js';
import { adminRefusal } from '../../admin/explain-admin-failure.js';
import { goneWord } from '../../admin/members.js';
import { complianceRemedies, exportByOwner, exportMissing } from '../../errors/remedies/compliance.js';
import { forbiddenReason } from '../../errors/remedies/key-kind.js';
import { explain, ofKind } from '../../errors/remedies/remedy.js';
import { ResponseError } from '../../errors/response-errors.js';
import type { RequestOptions } from '../../transport/options.js';
import { tagPrincipal } from '../../transport/principal-tag.js';
import type { Transport } from '../../transport/transport.js';
import type { WorkspaceMembership } from './person.js';
import { listWorkspaceUsers, type WorkspaceUser } from './workspace-users.js';

/** What the roster asks of the Admin API. */
export type RosterAdmin = Pick<AdminClient, 'members' | 'usage' | 'serviceAccounts' | 'get'>;

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
  let refusal: ResponseError | undefined;
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
      refusal = error;
    }
  }
  let hasAnswered = false;
  try {
    for await (const members of listWorkspaceUsers(transport, workspaceId, options, deadlineMs)) {
      hasAnswered = true;
      yield { listedBy: 'compliance', members: members.map(withoutGone) };
    }
  } catch (error) {
    throw refusal !== undefined && !hasAnswered && isRefusal(error) ? ofBoth(refusal, error) : error;
  }
}

/**
 * What both lists were refused with: what says more of why. That of the Compliance API names both permissions, and first the one
 * that an admin may tick; where there is no Admin API, nobody need look for that.
 */
function ofBoth(admin: ResponseError, compliance: ResponseError): ResponseError {
  const ofAdmin = adminRefusal(admin.status, admin.serverMessage() ?? '', 'admin_key');
  const ofCompliance = forbiddenReason(compliance.serverMessage() ?? '');
  if (ofAdmin === 'no_admin_api' && ofCompliance === 'scope_missing')
    return Object.assign(compliance, { remedy: exportMissing() });
  // Each says so, which neither could tell of the other.
  if (ofAdmin === 'admin_permission_missing' && ofCompliance === 'scope_missing')
    return Object.assign(compliance, { remedy: explain(ofKind(complianceRemedies.member_scope_missing, 'admin_key')) });
  if (ofCompliance !== undefined || ofAdmin === undefined || vague.includes(ofAdmin)) return compliance;
  return ofAdmin === 'admin_permission_missing'
    ? Object.assign(admin, { remedy: `${admin.remedy} ${exportByOwner}` })
    : admin;
}

/** What may mean anything. */
const vague: readonly string[] = ['no_admin_api', 'admin_api_key_refused', 'admin_key_not_allowed'];

/** Whether the service says that this key may not read this, or has no such list. */
export function isRefusal(error: unknown): error is ResponseError {
  return error instanceof ResponseError && [401, 403, 404].includes(error.status ?? 0);
}

type AdminMember = Awaited<ReturnType<RosterAdmin['members']['list']>>['items'][number];

// The rows of the Admin API have no such fields. Those that it may add are taken for what they are there.
function ofListed(row: AdminMember): ListedMember {
  const { id, email, name, role, seat_type, is_scim_managed, status, created_at } = row;
  return {
    id,
    ...textOf('email', email),
    ...textOf('name', name),
    ...textOf('role', role),
    ...textOf('seat_type', seat_type),
    ...textOf('status', goneWord(row) ?? status),
    ...(typeof is_scim_managed === 'boolean' ? { is_scim_managed } : {}),
    ...(typeof created_at === 'number' ? { created_at } : {}),
  };
}

/** A row that says of itself that it is no member is `active` by no other word of it. */
function withoutGone(row: WorkspaceUser): WorkspaceUser {
  const word = goneWord(row);
  return word === undefined ? row : { ...row, status: word };
}

function textOf<Name extends string>(name: Name, value: unknown): { readonly [Key in Name]?: string } {
  // Computed, so that the compiler sees no more than an index.
  return typeof value === 'string' ? ({ [name]: value } as { readonly [Key in Name]: string }) : {};
}
