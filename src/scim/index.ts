/**
 * The directory behind a ChatGPT Enterprise workspace, over SCIM 2.0 (RFC 7643, RFC 7644, RFC 9865): users, groups,
 * resources of your own, and the filters, paths and PATCH operations they are asked for and changed with.
 *
 * Begin with {@link ScimClient}. The functions for filters ({@link filter}, {@link eq}, {@link parseFilter},
 * {@link matchesFilter}), paths and patches ({@link diffPatch}, {@link applyPatch}) are pure and need no client.
 *
 * @module chatgpt-enterprise-sdk/scim
 */

export { AccessDeniedError, InputError, type Permission } from '../errors/input-errors.js';
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
export {
  NaturalKeyConflictError,
  type NaturalKeyConflictReason,
  PatchError,
  type PatchScimType,
  ScimError,
  ScimSyntaxError,
  type ScimType,
  WriteNotConfirmedError,
} from '../errors/scim-errors.js';
export {
  type ConnectionErrorCode,
  type IncompleteListErrorCode,
  type ResponseErrorCode,
  type ScimSyntaxErrorCode,
  SdkError,
  type SdkErrorCode,
  type WriteNotConfirmedErrorCode,
} from '../errors/sdk-error.js';
export type { Schema, SchemaIssue, SchemaResult } from '../internal/schema.js';
export { type ClientCredentialsOptions, clientCredentials } from '../transport/client-credentials.js';
export { type ConsoleLoggerOptions, consoleLogger } from '../transport/console-logger.js';
export type { List, ToArrayOptions } from '../transport/list.js';
export type { ClientOptions, Credential, RequestOptions, TransportEvent } from '../transport/options.js';
export { isPublicAddress, type PublicHostsOptions, publicHostsOnly } from '../transport/public-hosts.js';
export type { Throttle, ThrottledRequest } from '../transport/throttle.js';
export type { BulkResult } from './bulk/answer.js';
export { type BulkOptions, bulk } from './bulk/bulk.js';
export type { BulkWrite } from './bulk/writes.js';
export { canDeprovision, canProvision, ScimClient, type ScimClientBase, type ScimClientConstructor } from './client.js';
export { and, co, eq, ew, filter, ge, gt, le, lt, ne, not, or, present, sw, valuePath } from './filter/build.js';
export type {
  Combination,
  Comparison,
  ComparisonOperator,
  ElementFilter,
  EqualityArguments,
  Filter,
  FilterExpression,
  FilterValue,
  LiteralInput,
  Negation,
  OrderArguments,
  Presence,
  ValuePath,
} from './filter/filter.js';
export { formatFilter } from './filter/format.js';
export { compileFilter, type FilterOptions, matchesFilter } from './filter/match.js';
export { parseFilter } from './filter/parse.js';
export { MAX_FILTER_DEPTH } from './filter/reader.js';
export type { FindOptions } from './find.js';
export type { GroupOperations, Groups } from './groups.js';
export type { IterateQuery, ResourceList } from './iterate.js';
export type { ResourcePage } from './list.js';
export {
  type Access,
  type GrantedAccess,
  type GrantedBy,
  type KnownAccess,
  type ProviderProfile,
  rfcProfile,
  type ScimClientOptions,
  workosProfile,
} from './options.js';
export { type ApplyPatchOptions, applyPatch } from './patch/apply.js';
export { chunkOperations } from './patch/chunk.js';
export { type DiffPatchOptions, diffPatch } from './patch/diff.js';
export { formatPath, type PatchPath, type PathOptions, parsePath } from './patch/path.js';
export type { ListQuery, Projection, ResourceQuery } from './query.js';
export type { GetOptions } from './read.js';
export type { MembersResult } from './read-members.js';
export {
  type Extended,
  type ExtensionShapes,
  type ExtensionsOf,
  etagOf,
  type ResourceDefinition,
  rawOf,
} from './resource.js';
export type { ResourceInput } from './resource-input.js';
export type { Criteria, ResourceOperations, Resources } from './resources.js';
export type {
  AttributePath,
  BooleanPath,
  DatePath,
  MultiValuedPath,
  NumberPath,
  OpenPath,
  PathText,
  TextPath,
} from './schemas/attribute-paths.js';
export type { Meta, MultiValuedAttribute, PatchOperation, ReceivedPatchOperation, Resource } from './schemas/common.js';
export type {
  AttributeDefinition,
  AuthenticationScheme,
  ResourceType,
  SchemaDefinition,
  ServiceProviderConfig,
  SubAttributeDefinition,
  SupportedFeature,
} from './schemas/discovery.js';
export { type Group, type GroupMember, groupResourceSchema } from './schemas/group.js';
export {
  type AttributeCharacteristics,
  type Attributes,
  type ResourceSchema,
  resourceSchemaOf,
  type SchemaAttributes,
} from './schemas/rules.js';
export { isServiceAccount } from './schemas/service-account.js';
export { ENTERPRISE_USER_URN, GROUP_URN, USER_URN } from './schemas/urns.js';
export {
  type Address,
  type Email,
  type EnterpriseUser,
  enterpriseUserAttributes,
  type Manager,
  type Name,
  type PhoneNumber,
  type Photo,
  type User,
  type UserGroup,
  userResourceSchema,
} from './schemas/user.js';
export type { ActiveResult, DeactivateResult, UserOperations, Users } from './users.js';
export type { CreateOptions } from './write/create.js';
export type { DeleteResult } from './write/delete.js';
export { type MemberInput, type MembersOptions, type MembersSent, membersSentOf } from './write/members.js';
export type { WriteOptions } from './write/send.js';
export type { UpsertOptions, UpsertOutcome, UpsertResult } from './write/upsert.js';
