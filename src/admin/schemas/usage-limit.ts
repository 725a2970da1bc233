/** An amount of money or credits. */
export interface UsageLimitAmount {
  readonly unit?: 'credit' | 'usd' | (string & {}) | undefined;
  /** A decimal number as text, such as `40.00`: credits are whole, dollars have cents. */
  readonly amount?: string | undefined;
  readonly [field: string]: unknown;
}

/** A monthly cap. A limit is not a bill. */
export interface UsageLimit {
  /** `unlimited` is a cap that somebody lifted; no cap at all is something else. @default 'limited' */
  readonly type?: 'limited' | 'unlimited' | (string & {}) | undefined;
  /** Credits, where `limit_amount` is absent. */
  readonly limit?: number | null | undefined;
  /** In credits or dollars: the newer spelling. Never both are filled. */
  readonly limit_amount?: UsageLimitAmount | null | undefined;
  /** ISO 8601: until when it holds. */
  readonly limit_expires_at?: string | null | undefined;
  readonly [field: string]: unknown;
}

/** Where a cap comes from. */
export interface UsageLimitSource {
  readonly kind?:
    | 'individual_override'
    | 'group_default'
    | 'workspace_default'
    | 'role_based_personal_budget'
    | (string & {})
    | undefined;
  /** With `group_default`. */
  readonly group_id?: string | null | undefined;
  readonly group_name?: string | null | undefined;
  /** With `workspace_default`. */
  readonly seat_type?: 'default' | 'usage_based' | (string & {}) | null | undefined;
  /** With `role_based_personal_budget`. */
  readonly role_id?: string | null | undefined;
  readonly role_name?: string | null | undefined;
  readonly [field: string]: unknown;
}

/** A cap that holds for somebody, and where it comes from. */
export interface SourcedUsageLimit {
  readonly limit?: UsageLimit | null | undefined;
  readonly source?: UsageLimitSource | null | undefined;
  readonly [field: string]: unknown;
}

/** The caps of a workspace (`workspace.usage_limit`). */
export interface WorkspaceUsageLimit {
  /** That of the workspace. */
  readonly id: string;
  readonly object?: 'workspace.usage_limit' | (string & {}) | undefined;
  /** Inherited by those who have none of their own, and none of a group. */
  readonly default_user_monthly_usage_limit?: readonly UsageLimit[] | null | undefined;
  readonly [field: string]: unknown;
}

/** The caps of a group (`workspace.group.usage_limit`). */
export interface GroupUsageLimit {
  /** That of the group. */
  readonly id: string;
  readonly object?: 'workspace.group.usage_limit' | (string & {}) | undefined;
  readonly group_name?: string | undefined;
  readonly num_members?: number | undefined;
  /** Inherited by members who have none of their own. */
  readonly default_user_monthly_usage_limit?: readonly UsageLimit[] | null | undefined;
  readonly [field: string]: unknown;
}

/**
 * The caps of a person, and what was used (`workspace.user.usage_limit`). There are three ways to have no cap: none of one's
 * own (inherited), one that is `unlimited`, and none anywhere (all three are null).
 */
export interface UserUsageLimit {
  /** `user-…`. */
  readonly id: string;
  readonly object?: 'workspace.user.usage_limit' | (string & {}) | undefined;
  /** `<user id>__<workspace id>`: checked, both parts. */
  readonly account_user_id?: string | undefined;
  readonly name?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly role?: string | null | undefined;
  /** Not the `seat_type` of members, which has other words. */
  readonly seat_type?: 'default' | 'usage_based' | (string & {}) | null | undefined;
  readonly is_scim_managed?: boolean | null | undefined;
  /** Credits, where nothing says otherwise. */
  readonly last_month_usage?: number | null | undefined;
  readonly current_month_usage?: number | null | undefined;
  readonly override_monthly_usage_limit?: readonly UsageLimit[] | null | undefined;
  readonly effective_monthly_usage_limit?: SourcedUsageLimit | null | undefined;
  readonly inherited_monthly_usage_limit?: SourcedUsageLimit | null | undefined;
  readonly [field: string]: unknown;
}

/** What a person used this month (`workspace.user.usage_limit.monthly_usage`). */
export interface MonthlyUsage {
  /** `user-…`. */
  readonly id: string;
  readonly object?: 'workspace.user.usage_limit.monthly_usage' | (string & {}) | undefined;
  /** `<user id>__<workspace id>`: checked, both parts. */
  readonly account_user_id?: string | undefined;
  /** In `current_month_usage_unit`. Whether the month is that of the calendar (UTC) or of the bill, no route says. */
  readonly current_month_usage?: number | null | undefined;
  /** Absent in older answers, which count credits. */
  readonly current_month_usage_unit?: 'credit' | 'usd' | (string & {}) | null | undefined;
  readonly effective_monthly_usage_limit?: UsageLimit | null | undefined;
  readonly [field: string]: unknown;
}

/** Somebody asked for a higher cap (`workspace.usage_limit.request`). */
export interface UsageLimitRequest {
  readonly id: string;
  readonly object?: 'workspace.usage_limit.request' | (string & {}) | undefined;
  readonly workspace_id?: string | undefined;
  readonly requester_user_id?: string | undefined;
  readonly requester_account_user_id?: string | undefined;
  readonly requester_name?: string | null | undefined;
  readonly requester_email?: string | null | undefined;
  readonly status?: 'pending' | 'approved' | 'denied' | 'canceled' | 'superseded' | (string & {}) | undefined;
  /** In the requester's own words. */
  readonly justification?: string | undefined;
  readonly original_monthly_usage_limit?: UsageLimit | null | undefined;
  readonly recommended_monthly_usage_limit?: UsageLimit | null | undefined;
  readonly resolved_by_account_user_id?: string | null | undefined;
  /** ISO 8601. */
  readonly resolved_at?: string | null | undefined;
  readonly [field: string]: unknown;
}
