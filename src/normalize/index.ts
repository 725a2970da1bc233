/**
 * One shape for security teams: records of the audit logs as OCSF, the schema of security lakes, or as ECS, that of Elastic.
 * Pure functions: no network, no clock, the same record gives the same events. What people wrote and their e-mail addresses are
 * left out unless asked for.
 *
 * @module chatgpt-enterprise-sdk/normalize
 */

export { InputError } from '../errors/input-errors.js';
export { isSdkError, type SdkErrorClasses } from '../errors/is-sdk-error.js';
export { SdkError, type SdkErrorCode } from '../errors/sdk-error.js';
export type {
  EcsCategory,
  EcsDocument,
  EcsEvent,
  EcsGenAi,
  EcsOutcome,
  EcsSource,
  EcsType,
  EcsUser,
  VendorFields,
} from './ecs/document.js';
export { toEcs } from './ecs/to-ecs.js';
export type { NormalizableEvent, PlatformRecord } from './event.js';
export type {
  OcsfActor,
  OcsfEndpoint,
  OcsfEntity,
  OcsfHttpRequest,
  OcsfLocation,
  OcsfMetadata,
  OcsfNamed,
  OcsfResource,
  OcsfUser,
} from './ocsf/objects.js';
export { type OcsfOptions, toOcsf } from './ocsf/to-ocsf.js';
export type {
  OcsfAccountChange,
  OcsfApiActivity,
  OcsfAuthentication,
  OcsfEntityManagement,
  OcsfEvent,
  OcsfEventBase,
  OcsfGroupManagement,
  OcsfIamEvent,
  OcsfSecurityFinding,
  OcsfUnmapped,
  OcsfUserAccess,
  OcsfWebResourcesActivity,
} from './ocsf/types.js';
export type { NormalizeOptions, Sensitive } from './options.js';
