import type {
  OcsfActor,
  OcsfEndpoint,
  OcsfEntity,
  OcsfHttpRequest,
  OcsfMetadata,
  OcsfNamed,
  OcsfResource,
  OcsfUser,
} from './objects.js';

/** What every event has. */
export interface OcsfEventBase {
  /** Within its class; 0 is unknown, 99 another that `activity_name` says. */
  readonly activity_id: number;
  readonly activity_name?: string;
  /** `class_uid` × 100 + `activity_id`. */
  readonly type_uid: number;
  /** 0 unknown, 1 informational, 2 low, 3 medium, 4 high, 5 critical. */
  readonly severity_id: 0 | 1 | 2 | 3 | 4 | 5;
  /** Milliseconds since 1970; 0 where the record has no time that can be read. */
  readonly time: number;
  readonly metadata: OcsfMetadata;
  /** 0 unknown, 1 success, 2 failure, 99 other; those of a finding are others. */
  readonly status_id: number;
  /** The word, where `status_id` is 99. */
  readonly status?: string;
  /** The outcome as the record has it, such as `BLOCKED`. */
  readonly status_code?: string;
  readonly status_detail?: string;
  /** What has no place of its own, as it stands in the record, and in `omitted` the paths of what was left out. */
  readonly unmapped?: OcsfUnmapped;
}

/** What has no place of its own. */
export interface OcsfUnmapped {
  /** Paths in the record of what was left out, such as `actor.user_email`. */
  readonly omitted?: readonly string[];
  readonly [field: string]: unknown;
}

/** What the events about accounts and access have beyond that. */
export interface OcsfIamEvent extends OcsfEventBase {
  readonly category_uid: 3;
  readonly actor?: OcsfActor;
  readonly src_endpoint?: OcsfEndpoint;
  readonly http_request?: OcsfHttpRequest;
}

/** Account Change: an account was made, invited, changed or deleted. */
export interface OcsfAccountChange extends OcsfIamEvent {
  readonly class_uid: 3001;
  readonly user: OcsfUser;
}

/** Authentication: someone signed in, failed to, or signed out. */
export interface OcsfAuthentication extends OcsfIamEvent {
  readonly class_uid: 3002;
  readonly user: OcsfUser;
  readonly service: OcsfNamed;
  readonly dst_endpoint?: OcsfEndpoint;
  readonly is_remote: true;
  /** 0 unknown, 4 OpenID, 5 SAML. */
  readonly auth_protocol_id?: 0 | 4 | 5;
  readonly session?: { readonly uid: string };
}

/** Entity Management: something that is administered was made, changed or deleted. */
export interface OcsfEntityManagement extends OcsfIamEvent {
  readonly class_uid: 3004;
  readonly entity: OcsfEntity;
}

/** User Access Management: someone was given a role. */
export interface OcsfUserAccess extends OcsfIamEvent {
  readonly class_uid: 3005;
  readonly user: OcsfUser;
  readonly privileges: readonly string[];
}

/** Group Management: a group, its members or its rights were changed. */
export interface OcsfGroupManagement extends OcsfIamEvent {
  readonly class_uid: 3006;
  readonly group: OcsfNamed;
  readonly user?: OcsfUser;
  readonly privileges?: readonly string[];
}

/** Web Resources Activity: something was shared, seen or taken out. */
export interface OcsfWebResourcesActivity extends OcsfEventBase {
  readonly category_uid: 6;
  readonly class_uid: 6001;
  readonly actor?: OcsfActor;
  readonly web_resources: readonly OcsfResource[];
  readonly src_endpoint?: OcsfEndpoint;
  readonly dst_endpoint?: OcsfEndpoint;
  readonly http_request?: OcsfHttpRequest;
}

/** API Activity: all else, also what is not known. */
export interface OcsfApiActivity extends OcsfEventBase {
  readonly category_uid: 6;
  readonly class_uid: 6003;
  readonly actor: OcsfActor;
  readonly api: { readonly operation: string; readonly service?: OcsfNamed };
  readonly resources?: readonly OcsfResource[];
  readonly src_endpoint: OcsfEndpoint;
  readonly dst_endpoint?: OcsfEndpoint;
  readonly http_request?: OcsfHttpRequest;
}

/** Application Security Posture Finding: something about a finding of Codex Security. */
export interface OcsfSecurityFinding extends OcsfEventBase {
  readonly category_uid: 2;
  readonly class_uid: 2007;
  readonly actor?: OcsfActor;
  readonly finding_info: { readonly uid: string };
  readonly application: OcsfNamed;
  readonly remediation?: { readonly desc: string; readonly references: readonly string[] };
}

/**
 * An event in OCSF 1.5.0. Compare `class_uid` to know the rest.
 *
 * @see https://schema.ocsf.io/1.5.0/
 */
export type OcsfEvent =
  | OcsfAccountChange
  | OcsfApiActivity
  | OcsfAuthentication
  | OcsfEntityManagement
  | OcsfGroupManagement
  | OcsfSecurityFinding
  | OcsfUserAccess
  | OcsfWebResourcesActivity;
