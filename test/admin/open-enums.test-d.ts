import { expectTypeOf, test } from 'vitest';
import type * as groups from '../../src/admin/schemas/group.js';
import type * as others from '../../src/admin/schemas/invites-and-service-accounts.js';
import type * as members from '../../src/admin/schemas/member.js';
import type * as usage from '../../src/admin/schemas/usage.js';
import type * as limits from '../../src/admin/schemas/usage-limit.js';

/** The fields that take some words and no other: what a server says tomorrow would not fit. */
type ClosedFields<Row> = {
  [Name in keyof Row as string extends Name ? never : Name]-?: [Extract<Row[Name], string>] extends [never]
    ? never
    : string extends Extract<Row[Name], string>
      ? never
      : Name;
}[keyof { [Name in keyof Row as string extends Name ? never : Name]: unknown }];

type Rows =
  | groups.AdminGroup
  | groups.AdminScimGroup
  | others.Invite
  | others.ServiceAccount
  | others.ServiceAccountCredential
  | members.Member
  | members.GroupMember
  | limits.UsageLimitAmount
  | limits.UsageLimit
  | limits.UsageLimitSource
  | limits.SourcedUsageLimit
  | limits.WorkspaceUsageLimit
  | limits.GroupUsageLimit
  | limits.UserUsageLimit
  | limits.MonthlyUsage
  | limits.UsageLimitRequest
  | usage.DailyUsage
  | usage.UsageActor
  | usage.UsageTotals;

type ClosedOf<Row> = Row extends unknown ? ClosedFields<Row> : never;

test('every word of the Admin API may be a new one', () => {
  expectTypeOf<ClosedOf<Rows>>().toEqualTypeOf<never>();
});

test('a list of words that is closed is found', () => {
  expectTypeOf<
    ClosedFields<{ readonly a?: 'x' | null; readonly b?: 'x' | (string & {}); c: string; d: number }>
  >().toEqualTypeOf<'a'>();
});
