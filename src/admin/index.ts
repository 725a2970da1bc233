/**
 * The Admin API of ChatGPT Enterprise: members and their seats, invitations, groups, service accounts, limits and use of a
 * workspace. It only reads.
 *
 * Begin with {@link AdminClient}.
 *
 * @module chatgpt-enterprise-sdk/admin
 */

export { InputError } from '../errors/input-errors.js';
export { isSdkError, type SdkErrorClasses } from '../errors/is-sdk-error.js';
export {
  ConnectionError,
  IncompleteListError,
  type IncompleteListReason,
  type RequestDelivery,
  ResponseError,
  type ResponseIssue,
  ResponseValidationError,
} from '../errors/response-errors.js';
export { NaturalKeyConflictError, type NaturalKeyConflictReason } from '../errors/scim-errors.js';
export {
  type ConnectionErrorCode,
  type IncompleteListErrorCode,
  type ResponseErrorCode,
  SdkError,
  type SdkErrorCode,
} from '../errors/sdk-error.js';
export { type ConsoleLoggerOptions, consoleLogger } from '../transport/console-logger.js';
export type { List, ToArrayOptions } from '../transport/list.js';
export type { ClientOptions, Credential, RequestOptions, TransportEvent } from '../transport/options.js';
export type { AuditLogPrincipal } from '../transport/principal.js';
export type { AuditLogKey, AuditLogKeys } from '../transport/principal-keys.js';
export { principalOf } from '../transport/principal-tag.js';
export { isPublicAddress, type PublicHostsOptions, publicHostsOnly } from '../transport/public-hosts.js';
export type { RateLimit } from '../transport/rate-limit.js';
export type { RouteParameter, RouteParameters, RouteValues } from '../transport/route.js';
export type { Throttle, ThrottledRequest } from '../transport/throttle.js';
export { AdminClient, type RouteArguments } from './client.js';
export type { AdminGroups, GroupIterateQuery, GroupListQuery } from './groups.js';
export type { AdminInvites } from './invites.js';
export type {
  AdminMembers,
  FindQuery,
  MemberFindQuery,
  MemberIterateQuery,
  MemberListQuery,
} from './members.js';
export type { AdminClientOptions, NamesSeveral, QueryArguments, WorkspaceNames, WorkspaceQuery } from './options.js';
export type { AdminIterateQuery, AdminList, AdminListQuery, AdminPage } from './paging.js';
export type { AdminRoute, AdminRouteQuery, RouteQuery } from './route.js';
export type { AdminGroup, AdminScimGroup } from './schemas/group.js';
export type { Invite, ServiceAccount, ServiceAccountCredential } from './schemas/invites-and-service-accounts.js';
export type { GroupMember, Member } from './schemas/member.js';
export type { DailyUsage, UsageActor, UsageTotals } from './schemas/usage.js';
export type {
  GroupUsageLimit,
  MonthlyUsage,
  SourcedUsageLimit,
  UsageLimit,
  UsageLimitAmount,
  UsageLimitRequest,
  UsageLimitSource,
  UserUsageLimit,
  WorkspaceUsageLimit,
} from './schemas/usage-limit.js';
export type { AdminServiceAccounts } from './service-accounts.js';
export type { AdminUsage, UsageIterateQuery, UsageListQuery } from './usage.js';
export type {
  AdminUsageLimitList,
  AdminUsageLimits,
  UsageLimitIterateQuery,
  UsageLimitListQuery,
  UserLimitQuery,
} from './usage-limits.js';
