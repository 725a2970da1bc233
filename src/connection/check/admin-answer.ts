import { type AdminAnswer, type AdminRequest, WorkspaceApi, Workspaces } from '../../admin/api.js';
import { AdminGroups } from '../../admin/groups.js';
import { AdminInvites } from '../../admin/invites.js';
import { AdminMembers } from '../../admin/members.js';
import { AdminServiceAccounts } from '../../admin/service-accounts.js';
import { AdminUsage } from '../../admin/usage.js';
import { AdminUsageLimits } from '../../admin/usage-limits.js';
import { isSdkError } from '../../errors/is-sdk-error.js';
import { isRecord } from '../../internal/json.js';
import type { RequestOptions } from '../../transport/options.js';
import type { AuditLogPrincipal } from '../../transport/principal.js';
import type { AdminCategory } from './report.js';

const readers: Readonly<Record<AdminCategory, (answered: Workspaces) => Promise<unknown>>> = {
  members: (answered) => new AdminMembers(answered).list({ limit: 1 }),
  invites: (answered) => new AdminInvites(answered).list(),
  groups: (answered) => new AdminGroups(answered).list({ limit: 1 }),
  serviceAccounts: (answered) => new AdminServiceAccounts(answered).list(),
  usageLimits: (answered) => new AdminUsageLimits(answered).workspace(),
  usage: (answered) => new AdminUsage(answered).list({ group: 'workspace', limit: 1 }),
};

/** What the rows of a list call themselves (OpenAI, Admin API), where it is described. */
const kinds: { readonly [Category in AdminCategory]?: string } = {
  members: 'workspace.user',
  groups: 'directory.workspace.group',
  usage: 'workspace.usage.result',
};

/** A client reads lists whose rows nobody has described, whatever is in them: those of another list are none of this one. */
function isOfAnother(category: AdminCategory, body: unknown): boolean {
  const rows = isRecord(body) && Array.isArray(body.data) ? body.data : [];
  const others = Object.entries(kinds).flatMap(([other, kind]) => (other === category ? [] : kind));
  return rows.some((row) => isRecord(row) && others.some((kind) => kind === row.object));
}

/** Whether an AdminClient would read this answer: what the check calls `ok` must not be refused afterwards. */
export async function isReadable(
  category: AdminCategory,
  body: unknown,
  workspace: AuditLogPrincipal,
  apiKey: string,
): Promise<boolean> {
  if (isOfAnother(category, body)) return false;
  try {
    await readers[category](new AnsweredWorkspaces(body, workspace, apiKey));
    return true;
  } catch (error) {
    if (isSdkError(error, 'ResponseValidationError') || isSdkError(error, 'IncompleteListError')) return false;
    throw error;
  }
}

/** A workspace that has answered already: nothing is sent. */
class AnsweredWorkspaces extends Workspaces {
  readonly #api: WorkspaceApi;

  constructor(body: unknown, workspace: AuditLogPrincipal, apiKey: string) {
    super({ apiKey, workspaceIds: workspace.id });
    this.#api = new AnsweredApi(body, workspace, apiKey);
  }

  override of(): WorkspaceApi {
    return this.#api;
  }
}

class AnsweredApi extends WorkspaceApi {
  readonly #body: unknown;

  constructor(body: unknown, workspace: AuditLogPrincipal, apiKey: string) {
    super(workspace, { apiKey });
    this.#body = body;
  }

  override async get<T>(
    { route }: AdminRequest,
    _options: RequestOptions,
    read: (answer: AdminAnswer) => T,
  ): Promise<T> {
    return read({ body: this.#body, route, status: 200, requestId: undefined, workspaceId: this.workspaceId });
  }
}
