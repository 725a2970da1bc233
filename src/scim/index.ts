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
export type { ClientOptions, Credential, RequestOptions, Throttle } from '../transport/transport.js';
export type { TransportEvent } from '../transport/transport-event.js';
export type { Access, GrantedBy } from './access/access.js';
export type { BulkOperations } from './bulk/bulk-operations.js';
export type { BulkOptions, BulkResult, BulkWrite } from './bulk/bulk-request.js';
export type { DiscoveryOperations } from './discovery/discovery-operations.js';
export type {
  AttributePath,
  ComparisonArguments,
  ElementFilter,
  LiteralInput,
  MultiValuedPath,
} from './filter/attribute-types.js';
export { and, co, eq, ew, ge, gt, le, lt, ne, not, or, present, sw, valuePath } from './filter/build-filter.js';
export { compileFilter, type FilterOptions } from './filter/compile-filter.js';
export type {
  Combination,
  Comparison,
  ComparisonOperator,
  Filter,
  FilterExpression,
  FilterValue,
  Negation,
  Presence,
  ValuePath,
} from './filter/filter.js';
export { MAX_FILTER_DEPTH } from './filter/filter-reader.js';
export { filter } from './filter/filter-template.js';
export { formatFilter } from './filter/format-filter.js';
export { matchesFilter } from './filter/matches-filter.js';
export { parseFilter } from './filter/parse-filter.js';
export {
  type MemberInput,
  type MembersOptions,
  type MembersResult,
  type MembersSent,
  membersSentOf,
} from './groups/change-members.js';
export type { GroupDeprovisioning, GroupProvisioning, GroupReplacement } from './groups/group-operations.js';
export type { GroupExtensions, Groups } from './groups/groups.js';
export { type ApplyPatchOptions, applyPatch } from './patch/apply-patch.js';
export { chunkOperations } from './patch/chunk-operations.js';
export { type DiffPatchOptions, diffPatch } from './patch/diff-patch.js';
export { formatPath } from './path/format-path.js';
export { type PatchPath, type PathOptions, parsePath } from './path/parse-path.js';
export type { ProviderProfile } from './profile/provider-profile.js';
export { rfcProfile } from './profile/rfc-profile.js';
export { workosProfile } from './profile/workos-profile.js';
export { etagOf, rawOf } from './reading/resource-origin.js';
export type { CreateOptions } from './resource/create-resource.js';
export type { DeleteResult, DeprovisioningOperations } from './resource/deprovisioning-operations.js';
export type { FindOptions } from './resource/find-resource.js';
export type { IterateQuery, ResourceList, ResourcePage } from './resource/iterate-resources.js';
export type { Projection, ResourceQuery } from './resource/list-resources.js';
export type { Criteria, LookupOperations } from './resource/lookup-operations.js';
export type { ListQuery } from './resource/page-as-said.js';
export type { ProvisioningOperations } from './resource/provisioning-operations.js';
export type { GetOptions, ReadOperations } from './resource/read-operations.js';
export type { ExtensionShapes, ExtensionsOf, ResourceDefinition } from './resource/resource-definition.js';
export type { ResourceInput } from './resource/resource-input.js';
export type { Resources } from './resource/resources.js';
export type { UpsertOptions, UpsertOutcome, UpsertResult } from './resource/upsert-resource.js';
export type { WriteOptions } from './resource/write-resource.js';
export type { Meta, MultiValuedAttribute, Resource } from './schemas/common.js';
export type { EnterpriseUser, Manager } from './schemas/enterprise-user.js';
export { enterpriseUserAttributes } from './schemas/enterprise-user-attributes.js';
export type { Group, GroupMember } from './schemas/group.js';
export { groupResourceSchema } from './schemas/group-resource-schema.js';
export type { PatchOperation, ReceivedPatchOperation } from './schemas/patch-operation.js';
export type {
  AttributeCharacteristics,
  Attributes,
  ResourceSchema,
  SchemaAttributes,
} from './schemas/resource-schema.js';
export { resourceSchemaOf } from './schemas/resource-schema-of.js';
export type { ResourceType } from './schemas/resource-type.js';
export type { AttributeDefinition, SchemaDefinition, SubAttributeDefinition } from './schemas/schema-definition.js';
export type {
  AuthenticationScheme,
  ServiceProviderConfig,
  SupportedFeature,
} from './schemas/service-provider-config.js';
export { ENTERPRISE_USER_URN, GROUP_URN, USER_URN } from './schemas/urns.js';
export type { Address, Email, Name, PhoneNumber, Photo, User, UserGroup } from './schemas/user.js';
export { userResourceSchema } from './schemas/user-resource-schema.js';
export {
  canDeprovision,
  canProvision,
  ScimClient,
  type ScimClientConstructor,
  type ScimClientOptions,
  type ScimReader,
} from './scim-client.js';
export type { ActiveResult, UserDeprovisioning, UserProvisioning } from './users/user-operations.js';
export type { UserExtensions, Users } from './users/users.js';
