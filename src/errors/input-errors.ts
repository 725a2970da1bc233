import { SdkError } from './sdk-error.js';

/**
 * The caller gave something that cannot be sent as it is: an empty id, `..` in a path, a body the server would refuse.
 * Nothing was sent.
 */
export class InputError extends SdkError<'invalid_input'> {
  override readonly name = 'InputError';
  /** Where in the input, such as `['emails', 0, 'value']` or `['id']`. */
  readonly path: readonly (string | number)[];

  /** @hidden */
  constructor(
    message: string,
    facts: { readonly path?: readonly (string | number)[]; readonly remedy?: string; readonly cause?: unknown } = {},
  ) {
    super('invalid_input', message, facts);
    this.path = facts.path ?? [];
  }
}

/** The two checkboxes of the connection form. */
export type Permission = 'provisioning' | 'deprovisioning';

/**
 * The call could change something that the connection form does not allow. Nothing was sent.
 */
export class AccessDeniedError extends SdkError<'access_denied'> {
  override readonly name = 'AccessDeniedError';
  /** The checkbox that is not ticked. */
  readonly permission: Permission;
  /** HTTP method of the request that was not sent. */
  readonly method: string;
  /** Route template, such as `/Users/{id}`. */
  readonly route: string;

  /** @hidden */
  constructor(facts: {
    readonly permission: Permission;
    readonly method: string;
    readonly route: string;
    /** What the request would have done, such as `sets active to false`. */
    readonly because?: string | undefined;
  }) {
    const checkbox = facts.permission === 'provisioning' ? 'Provisioning' : 'Deprovisioning';
    const why = facts.because === undefined ? '' : ` (it ${facts.because})`;
    super('access_denied', `${facts.method} ${facts.route} was not sent${why}: ${checkbox} is not allowed.`, {
      remedy: `Tick "${checkbox}" in the connection's settings (\`${facts.permission}: true\`) if this program may do this.`,
    });
    this.permission = facts.permission;
    this.method = facts.method;
    this.route = facts.route;
  }
}

/** What is wrong with one value of the connection form. */
export type ConfigIssueCode =
  /** What was given is no form at all: not an object. */
  | 'not_an_object'
  /** No such field. `suggestion` names the nearest one. */
  | 'unknown_key'
  /** The field holds something else than text. */
  | 'not_text'
  /** A checkbox holds neither yes nor no. */
  | 'not_yes_or_no'
  /** Neither a SCIM part nor a compliance part. */
  | 'empty_connection'
  /** The SCIM URL is empty, and the SCIM part is wanted or begun. */
  | 'missing_scim_base_url'
  /** The SCIM token is empty, and the SCIM part is wanted or begun. */
  | 'missing_scim_token'
  /** The Compliance API key is empty, and the compliance part is wanted or begun. */
  | 'missing_compliance_api_key'
  /** No workspace is named, and the compliance part is wanted or begun. */
  | 'missing_workspace_ids'
  /** A checkbox is ticked, and there is no SCIM part that it could apply to. */
  | 'permission_without_scim'
  /** A key that starts like a Compliance API key (`sk-…`) stands in the field of the SCIM token. */
  | 'compliance_key_in_scim_field'
  /** A token that starts like a SCIM token (`se_…`) stands in the field of the Compliance API key. */
  | 'scim_token_in_compliance_field'
  /** Both of the above. */
  | 'secrets_swapped'
  /** Token and key are the same text. */
  | 'same_secret_twice'
  /** Line breaks or spaces inside, or an ellipsis or dots where the rest should be. */
  | 'secret_cut'
  /** A letter that cannot stand in an HTTP header. */
  | 'secret_unsendable'
  /** What an example or a template has in the place of a value: `…`, `{directory_id}`, `${TOKEN}`, `undefined`. */
  | 'placeholder'
  /** A URL stands where a token or key belongs. */
  | 'url_in_secret_field'
  /** A token or key stands where a URL belongs. */
  | 'secret_in_url_field'
  /** What stands there is no URL. */
  | 'not_a_url'
  /** `http://`, or no `https://` in front. */
  | 'insecure_url'
  /** The URL holds a user name or a password. */
  | 'credentials_in_url'
  /** The SCIM URL goes on to `/Users`, `/Groups` or one resource. */
  | 'resource_url'
  /** The SCIM URL ends before the part that names the directory. */
  | 'directory_key_missing'
  /** The address of a page for people, not of the service. */
  | 'web_page_url'
  /** The address of the other service. */
  | 'other_service_url'
  /** A name where a workspace id belongs. */
  | 'workspace_name'
  /** An `org-…` id where a workspace id belongs. */
  | 'organization_id'
  /** A `user-…` id where a workspace id belongs. */
  | 'user_id'
  /** A workspace id of which a part is missing. */
  | 'workspace_id_cut'
  /** A URL that contains the id; `suggestion` is the id. */
  | 'workspace_id_in_url'
  /** A token or key where a workspace id belongs. */
  | 'secret_in_workspace_ids'
  /** Nothing that looks like a workspace id. */
  | 'unknown_workspace_id_form'
  /** Something else than an `org-…` id where one belongs. */
  | 'not_an_organization_id';

/** One thing that must be put right before there can be a connection. Holds no secret. */
export interface ConfigIssue {
  /** What is wrong, as a stable literal to branch on. */
  readonly code: ConfigIssueCode;
  /** The field, such as `['scimToken']`, or the entry of a list, such as `['workspaceIds', 1]`, counted from 0. */
  readonly path: readonly (string | number)[];
  /** What is wrong, for a person. */
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
  /** What was probably meant, where that can be told: a key, a URL or an id. */
  readonly suggestion?: string;
}

/**
 * The values of the connection form cannot make a connection. Nothing was sent.
 *
 * @example
 * ```ts
 * import { ConfigError, parseConnectionConfig } from 'chatgpt-enterprise-sdk';
 *
 * try {
 *   parseConnectionConfig({ scimBaseUrl: 'https://api.workos.com/scim/v2.0/AbCdEf0123456789' });
 * } catch (error) {
 *   if (!(error instanceof ConfigError)) throw error;
 *   for (const { path, message, remedy } of error.issues) console.error(path.join('.'), message, remedy);
 * }
 * ```
 */
export class ConfigError extends SdkError<'invalid_config'> {
  override readonly name = 'ConfigError';
  /** Every problem there is, not only the first. */
  readonly issues: readonly ConfigIssue[];

  /** @hidden */
  constructor(issues: readonly ConfigIssue[]) {
    const lines = issues.map(({ path, message }) => `${path.length > 0 ? `${formatPath(path)}: ` : ''}${message}`);
    super('invalid_config', `The connection cannot be opened. ${lines.join(' ')}`, {
      remedy: [...new Set(issues.map(({ remedy }) => remedy))].join(' '),
    });
    this.issues = issues;
  }
}

function formatPath(path: readonly (string | number)[]): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index > 0 ? `.${part}` : part)).join('');
}
