/**
 * What one person, or with `group: 'workspace'` everybody, used on one day (`workspace.usage.result`). Rows are revised later,
 * nothing says when they are final, and a day without use may have no row.
 */
export interface DailyUsage {
  readonly object?: 'workspace.usage.result' | (string & {}) | undefined;
  /** Unix seconds at midnight, UTC. */
  readonly start_time?: number | undefined;
  /** A day later. */
  readonly end_time?: number | undefined;
  readonly user_id?: string | null | undefined;
  readonly actor?: UsageActor | null | undefined;
  readonly totals?: UsageTotals | null | undefined;
  /** By client. They need not add up to `totals`. OpenAI has not described their fields. */
  readonly clients?: readonly Readonly<Record<string, unknown>>[] | null | undefined;
  /** By model. They need not add up to `totals` either. */
  readonly models?: readonly Readonly<Record<string, unknown>>[] | null | undefined;
  readonly [field: string]: unknown;
}

/** Whose use it was. */
export interface UsageActor {
  readonly type?: 'ACCOUNT_USER' | (string & {}) | undefined;
  readonly user_id?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly [field: string]: unknown;
}

/** How much it was. What is absent is not known: it is not zero. */
export interface UsageTotals {
  readonly credits?: number | null | undefined;
  readonly cost_usd?: number | null | undefined;
  /** Of credits, at their latest price: prefer `credits` and `cost_usd`. */
  readonly estimated_cost_usd?: number | null | undefined;
  readonly uncached_text_input_tokens?: number | null | undefined;
  readonly cached_text_input_tokens?: number | null | undefined;
  readonly text_output_tokens?: number | null | undefined;
  readonly text_total_tokens?: number | null | undefined;
  readonly [field: string]: unknown;
}
