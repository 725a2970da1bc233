import { refusal } from '../compliance/log-query.js';
import type { WorkspaceUser } from '../compliance/workspaces.js';
import { groupsOf, groupsOfMember, membersOf, type WorkspaceGroup } from './directory-groups.js';
import type { UsageLimit, UsageLimitRequest } from './limits.js';
import { indexOf } from './member-index.js';
import { memberOf } from './members.js';
import { cursorPage } from './paging.js';
import { type AdminCall, isScimManaged } from './parts.js';
import { type MonthlyCredits, monthlyCredits } from './usage.js';

const ofLimits = { byDefault: 50, maximum: 100, status: 422 } as const;

export function readWorkspaceLimit({ parts: { limits, quirks }, workspace: { id } }: AdminCall): unknown {
  const limit = rules(limits.get(id, 'workspace'), quirks.limits);
  return { object: 'workspace.usage_limit', id, default_user_monthly_usage_limit: limit };
}

export function listGroupLimits(call: AdminCall): unknown {
  const groups = groupsOf(call.parts, call.workspace.id).toSorted(byId);
  const { rows, page } = cursorPage(call, ofLimits, groups);
  return page(rows.map((group) => groupRow(call, group)));
}

export function readGroupLimit(call: AdminCall): unknown {
  const group = groupsOf(call.parts, call.workspace.id).find(({ id }) => id === call.ids[0]);
  if (group === undefined) throw refusal(404, 'Group not found.', { param: 'group_id' });
  return groupRow(call, group);
}

/** Whoever has the text in the name or the address: not only the one with this address. */
export function listUserLimits(call: AdminCall): unknown {
  const { parts, workspace, parameters } = call;
  const text = (parameters.get('query') ?? '').toLowerCase();
  const found = parts.access.workspaces
    .users(workspace.id)
    .filter(({ name, email }) => name.toLowerCase().includes(text) || email.toLowerCase().includes(text));
  const { rows, page } = cursorPage(call, ofLimits, found);
  const credits = monthlyCredits(call);
  return page(rows.map((user) => userRow(call, user, credits.get(user.id))));
}

export function readUserLimit(call: AdminCall): unknown {
  const user = memberOf(call.parts, call.workspace.id, call.ids[0] ?? '');
  return userRow(call, user, monthlyCredits(call).get(user.id));
}

export function readMonthlyUsage(call: AdminCall): unknown {
  const { parts, workspace, ids } = call;
  const user = memberOf(parts, workspace.id, ids[0] ?? '');
  return {
    object: 'workspace.user.usage_limit.monthly_usage',
    id: user.id,
    account_user_id: accountUserId(user.id, workspace.id),
    current_month_usage: monthlyCredits(call).get(user.id)?.current ?? 0,
    current_month_usage_unit: 'credit',
    effective_monthly_usage_limit: limitsOf(call, user).effective?.limit ?? null,
  };
}

export function listLimitRequests(call: AdminCall): unknown {
  const { rows, page } = cursorPage(call, ofLimits, call.parts.limits.requests(call.workspace.id));
  return page(rows.map((request) => requestRow(call, request)));
}

function groupRow({ parts, workspace }: AdminCall, group: WorkspaceGroup) {
  return {
    object: 'workspace.group.usage_limit',
    id: group.id,
    group_name: group.name,
    num_members: membersOf(parts, workspace.id, group).length,
    default_user_monthly_usage_limit: rules(
      parts.limits.get(workspace.id, 'group', group.origin.id),
      parts.quirks.limits,
    ),
  };
}

function userRow(call: AdminCall, user: WorkspaceUser, credits: MonthlyCredits | undefined) {
  const { parts, workspace } = call;
  const { id, name, email, role } = user;
  const { override, inherited, effective } = limitsOf(call, user);
  return {
    object: 'workspace.user.usage_limit',
    id,
    account_user_id: accountUserId(id, workspace.id),
    name: name === '' ? null : name,
    email,
    role,
    seat_type: billedSeat(user),
    is_scim_managed: isScimManaged(parts, user),
    last_month_usage: credits?.last ?? 0,
    current_month_usage: credits?.current ?? 0,
    current_month_usage_unit: 'credit',
    override_monthly_usage_limit: rules(override, parts.quirks.limits),
    effective_monthly_usage_limit: effective ?? null,
    inherited_monthly_usage_limit: inherited ?? null,
  };
}

function requestRow({ parts: { access, quirks }, workspace }: AdminCall, request: UsageLimitRequest) {
  const { id, userId, status, justification, original, recommended, resolvedById, resolvedAt } = request;
  const requester = indexOf(access.workspaces.users(workspace.id)).byId.get(userId);
  return {
    object: 'workspace.usage_limit.request',
    id,
    workspace_id: workspace.id,
    requester_user_id: userId,
    requester_account_user_id: accountUserId(userId, workspace.id),
    requester_name: requester?.name ?? null,
    requester_email: requester?.email ?? null,
    status,
    justification,
    original_monthly_usage_limit: original === undefined ? null : rule(original, quirks.limits),
    recommended_monthly_usage_limit: recommended === undefined ? null : rule(recommended, quirks.limits),
    resolved_by_account_user_id: resolvedById === undefined ? null : accountUserId(resolvedById, workspace.id),
    resolved_at: resolvedAt === undefined ? null : new Date(resolvedAt).toISOString(),
  };
}

function accountUserId(userId: string, workspaceId: string): string {
  return `${userId}__${workspaceId}`;
}

/** The seat of the limits, which is another field than that of the members: a Codex seat is billed by use. */
function billedSeat({ seatType }: WorkspaceUser): 'default' | 'usage_based' {
  return seatType === 'codex' ? 'usage_based' : 'default';
}

/** The limit of a member itself, what it would have without, and what holds. Of several groups the highest one, by our guess. */
function limitsOf({ parts, workspace }: AdminCall, user: WorkspaceUser) {
  const { limits, quirks } = parts;
  const cap = (limit: UsageLimit, source: object) => ({ limit: rule(limit, quirks.limits), source });
  const override = limits.get(workspace.id, 'user', user.id);
  const [group] = groupsOfMember(parts, workspace.id, user)
    .flatMap((one) => {
      const limit = limits.get(workspace.id, 'group', one.origin.id);
      return limit === undefined ? [] : [{ limit, group_id: one.id, group_name: one.name }];
    })
    .toSorted((one, other) => height(other.limit) - height(one.limit));
  const byDefault = limits.get(workspace.id, 'workspace');
  const ofWorkspace = { kind: 'workspace_default', seat_type: billedSeat(user) };
  const fromWorkspace = byDefault === undefined ? undefined : cap(byDefault, ofWorkspace);
  const { limit: ofGroup, ...named } = group ?? {};
  const inherited = ofGroup === undefined ? fromWorkspace : cap(ofGroup, { kind: 'group_default', ...named });
  const effective = override === undefined ? inherited : cap(override, { kind: 'individual_override' });
  return { override, inherited, effective };
}

function height(limit: UsageLimit): number {
  return limit === 'unlimited' ? Number.POSITIVE_INFINITY : limit;
}

function rules(limit: UsageLimit | undefined, way: 'credits' | 'amounts') {
  return limit === undefined ? null : [rule(limit, way)];
}

function rule(limit: UsageLimit, way: 'credits' | 'amounts') {
  if (limit === 'unlimited') return { type: 'unlimited', limit: null };
  if (way === 'credits') return { type: 'limited', limit };
  return {
    type: 'limited',
    limit: null,
    limit_amount: { unit: 'credit', amount: String(limit) },
    limit_expires_at: null,
  };
}

function byId(one: { readonly id: string }, other: { readonly id: string }): number {
  return one.id < other.id ? -1 : 1;
}
