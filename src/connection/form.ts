import type { ConfigIssueCode, FormFieldName } from '../errors/input-errors.js';

/** The two checkboxes, as types: read-only unless a literal `true` says otherwise. */
export interface ConnectionAccess<Provisioning extends boolean = boolean, Deprovisioning extends boolean = boolean> {
  /** Whether this program may create and change people and groups. */
  readonly provisioning: Provisioning;
  /** Whether this program may deactivate, delete, and take members out of groups. */
  readonly deprovisioning: Deprovisioning;
}

/** The SCIM half of the form. It is a union of every way to tick the checkboxes: `if (config.provisioning)` narrows it. */
export type ScimSettings = (
  | ConnectionAccess<false, false>
  | ConnectionAccess<true, false>
  | ConnectionAccess<false, true>
  | ConnectionAccess<true, true>
) & {
  /** Where the directory is, as the set-up wizard shows it, without a slash at the end. */
  readonly scimBaseUrl: string;
  /** The bearer token of that directory. */
  readonly scimToken: string;
};

/** The compliance half of the form: one key for all workspaces, a key for each, or both. */
export type ComplianceSettings = (
  | {
      /** The key of the Compliance API for every workspace that has none of its own. It is not the SCIM token. */
      readonly complianceApiKey: string;
      /** Keys of single workspaces, by workspace id; that of the organization by its `org-…`. */
      readonly complianceApiKeys?: Readonly<Record<string, string>> | undefined;
    }
  | {
      readonly complianceApiKey?: undefined;
      /** The key of each workspace, by workspace id; that of the organization by its `org-…`. */
      readonly complianceApiKeys: Readonly<Record<string, string>>;
    }
) & {
  /** UUIDs in lower case, each once. Empty only where an organization is named instead. */
  readonly workspaceIds: readonly string[];
  /** `org-…`, for what OpenAI logs by organization. */
  readonly organizationId?: string | undefined;
  /** Where the Compliance API is, if not at OpenAI's address. */
  readonly complianceBaseUrl?: string | undefined;
};

/** What either half, or both, may have beside them, or a connection alone: the audit log of the API Platform. */
export interface PlatformSettings {
  /** The Admin key of the API Platform's organization. It is not the key of a workspace. */
  readonly platformApiKey?: string | undefined;
  /** Whose log that key opens, `org-…`: there with the key. By it checkpoints and stores tell it from those of other organizations. */
  readonly platformOrganizationId?: string | undefined;
  /** Whether administration of the whole tenant is read too, `PLATFORM_TENANT_LOG`: there with the key. */
  readonly platformIncludeTenant?: boolean | undefined;
  /** Where the API Platform is, if not at OpenAI's address without a region. */
  readonly platformBaseUrl?: string | undefined;
}

/** A connection to the directory, without a compliance half. */
export type ScimOnlyConfig = ScimSettings & {
  readonly [Key in keyof ComplianceSettings]?: undefined;
} & PlatformSettings;

/** A connection to the Compliance API, without a SCIM half. */
export type ComplianceOnlyConfig = ComplianceSettings & {
  readonly [Key in keyof ScimSettings]?: undefined;
} & PlatformSettings;

/** A connection to the audit log of the API Platform alone. */
export type PlatformOnlyConfig = PlatformSettings & {
  readonly platformApiKey: string;
  readonly platformOrganizationId: string;
} & {
  readonly [Key in keyof ScimSettings | keyof ComplianceSettings]?: undefined;
};

/** A connection with both halves. */
export type FullConfig = ScimSettings & ComplianceSettings & PlatformSettings;

/**
 * A connection form that was read and found right. Printed, or turned into JSON, it is redacted as by
 * {@link redactConnectionConfig}, and the JSON is refused when it is read back; so are its keys by workspace, alone or in a copy
 * such as `{ ...config }`. `structuredClone(config)` is a plain copy, secrets and all: store the JSON of that.
 */
export type ConnectionConfig = ScimOnlyConfig | ComplianceOnlyConfig | PlatformOnlyConfig | FullConfig;

/** A checkbox as forms, environment variables and JSON send it. */
export type CheckboxInput = boolean | 'true' | 'false' | 'on' | 'off' | '' | (string & {}) | number | null | undefined;

/** The connection form as it was filled in. What is empty counts as absent. */
export interface ConnectionConfigInput {
  /** `https://api.workos.com/scim/v2.0/…`, as the set-up wizard shows it. */
  readonly scimBaseUrl?: string | null | undefined;
  /** Shown once by the set-up wizard; starts with `se_`. */
  readonly scimToken?: string | null | undefined;
  /** Whether people and groups may be created and changed. @default false */
  readonly provisioning?: CheckboxInput;
  /** Whether people may be deactivated and deleted, and taken out of groups. @default false */
  readonly deprovisioning?: CheckboxInput;
  /** Starts with `sk-`. For every workspace that has no key of its own. */
  readonly complianceApiKey?: string | null | undefined;
  /** A key for each workspace: an object by workspace id, or a text with one `workspace-id = key` a line. */
  readonly complianceApiKeys?: string | Readonly<Record<string, string>> | null | undefined;
  /** UUIDs, separated by commas or line breaks, or an array of them. */
  readonly workspaceIds?: string | readonly string[] | null | undefined;
  /** `org-…`, for what OpenAI logs by organization. */
  readonly organizationId?: string | null | undefined;
  /** Where the Compliance API is. @default 'https://api.chatgpt.com/v1' */
  readonly complianceBaseUrl?: string | null | undefined;
  /** Starts with `sk-admin-`, as keys of workspaces do: made at platform.openai.com. For the audit log of the API Platform, if it is used. */
  readonly platformApiKey?: string | null | undefined;
  /** `org-…`: whose log that key opens. Required with the key. */
  readonly platformOrganizationId?: string | null | undefined;
  /** Whether administration of the whole tenant is read too, beside what happens in the organization. @default false */
  readonly platformIncludeTenant?: CheckboxInput;
  /** Where the API Platform is, such as `https://eu.api.openai.com/v1`. @default 'https://api.openai.com/v1' */
  readonly platformBaseUrl?: string | null | undefined;
}

/** A form as it came in: anything may, and an editor offers the fields. */
export type FormInput = ConnectionConfigInput | NonNullable<unknown> | null | undefined;

/** What was put right while the form was read, or should be looked at. */
export type ConfigWarningCode =
  /** `Bearer ` stood in front of a secret. */
  | 'bearer_removed'
  /** `token=` or the like before a secret. */
  | 'label_removed'
  /** The value stood in quotes. */
  | 'quotes_removed'
  /** A comma or semicolon after the value. */
  | 'punctuation_removed'
  /** There were spaces around the value. */
  | 'spaces_removed'
  /** The same workspace was named more than once, and is kept once. */
  | 'duplicate_workspace_ids'
  /** The id came without its hyphens, or with a prefix such as `urn:uuid:`. */
  | 'workspace_id_normalized'
  /** A key stood before the id of its workspace. */
  | 'workspace_key_swapped'
  /** An Admin key opens one workspace, and is given for several: all but one will be refused. Nothing was changed. */
  | 'one_admin_key_for_several_workspaces'
  /** A variable named nearly like one that is set: another program's, or a misspelt one that is not needed. */
  | 'unknown_variable';

/** Something about the form that was corrected, so that whoever filled it in can be told. Holds no secret. */
export interface ConfigWarning {
  /** What was put right. */
  readonly code: ConfigWarningCode;
  /** The field of the form to show it at. Missing where it is about a variable that belongs to none. */
  readonly field?: FormFieldName;
  /** Where in what was read: the field, an entry by its number, counted from 0, or its id, or the variable of an environment. */
  readonly path: readonly (string | number)[];
  /** What was done, for a person. */
  readonly message: string;
}

/** Where the reader of a field says what it found. */
export interface FieldReport {
  /** Something that must be put right by a person. */
  problem(
    code: ConfigIssueCode,
    message: string,
    remedy: string,
    more?: { readonly index?: number | string | undefined; readonly suggestion?: string | undefined },
  ): undefined;
  /** Something that was corrected. */
  warning(code: ConfigWarningCode, message: string, index?: number | string): void;
  /** What a field is called where it was filled in. */
  readonly nameOf: NameOfField;
}

/** Names a field as whoever fills it in knows it: by its title, or by the variable of an environment. */
export type NameOfField = (field: FormFieldName) => string;

/**
 * A half of the connection: the directory, or logs and lists of people; or what it may have besides: an Admin key for each workspace, in
 * the second half, or the key of the API Platform.
 */
export type ConnectionPart = 'scim' | 'compliance' | 'admin' | 'platform';

export interface FormRules {
  readonly require?: readonly ConnectionPart[] | undefined;
  readonly allowUnknownWorkspaceIdForms?: boolean | undefined;
  readonly dangerouslyAllowHttpLoopback?: boolean | undefined;
}
