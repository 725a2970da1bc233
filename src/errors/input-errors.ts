import { SdkError, type SdkErrorOptions } from './sdk-error.js';

/** An argument cannot be used: an empty id, `..` in a path, a body the server would refuse. Nothing was sent. */
export class InputError extends SdkError<'invalid_input'> {
  override readonly name = 'InputError';
  /** Where in the input, such as `['emails', 0, 'value']` or `['id']`. */
  readonly path: readonly (string | number)[];

  /** @hidden */
  constructor(message: string, facts: SdkErrorOptions & { readonly path?: readonly (string | number)[] } = {}) {
    super('invalid_input', message, facts);
    this.path = facts.path ?? [];
  }
}

/** The two checkboxes of the connection form. */
export type Permission = 'provisioning' | 'deprovisioning';

/** The connection form does not allow this change. Nothing was sent. */
export class AccessDeniedError extends SdkError<'access_denied'> {
  override readonly name = 'AccessDeniedError';
  /** The first of `permissions`. */
  readonly permission: Permission;
  /** Every checkbox that this takes and that is not ticked: one or both. */
  readonly permissions: readonly Permission[];
  readonly method: string;
  /** Route template, such as `/Users/{id}`. */
  readonly route: string;

  /** @hidden */
  constructor(
    facts: Pick<AccessDeniedError, 'permissions' | 'method' | 'route'> & {
      /** What the request would have done, such as `sets active to false`. */
      readonly because?: string | undefined;
      /** The attribute that was probably meant, where a misspelt one is why. */
      readonly meant?: string | undefined;
    },
  ) {
    const { permissions, because, meant } = facts;
    const [permission = 'provisioning'] = permissions;
    const names = permissions.map((one) => (one === 'provisioning' ? 'Provisioning' : 'Deprovisioning'));
    const checkboxes = names.map((name) => `"${name}"`).join(' and ');
    const access = permissions.map((one) => `${one}: true`).join(', ');
    const why = because === undefined ? '' : ` (it ${because})`;
    const what = names.length === 1 ? `${names[0]} is` : `${names.join(' and ')} are`;
    const tick = meant === undefined ? 'Tick' : `Write \`${meant}\`, if that is what you mean. Otherwise tick`;
    super('access_denied', `${facts.method} ${facts.route} was not sent${why}: ${what} not allowed.`, {
      remedy: `${tick} ${checkboxes} in the connection form, or give ScimClient \`access: { ${access} }\`, if this program may do this.`,
    });
    this.permission = permission;
    this.permissions = permissions;
    this.method = facts.method;
    this.route = facts.route;
  }
}

/** What is wrong with one value of the connection form. */
export type ConfigIssueCode =
  | 'not_an_object'
  /** An unknown field; `suggestion` names the nearest one. */
  | 'unknown_key'
  | 'not_text'
  /** More text than the field takes: the message has the limit. It was not looked at. */
  | 'too_long'
  | 'not_yes_or_no'
  /** Neither a SCIM part nor a compliance part. */
  | 'empty_connection'
  /** A field is empty, and its part of the form is wanted or begun. */
  | 'missing_scim_base_url'
  | 'missing_scim_token'
  | 'missing_compliance_api_key'
  | 'missing_workspace_ids'
  /** The program wants the audit log of the API Platform (`require: ['platform']`), or only the address of it is filled in. */
  | 'missing_platform_api_key'
  /** The key of the API Platform is there, and not whose log it opens: by that a store tells the logs of two organizations. */
  | 'missing_platform_organization_id'
  /** A key that is no Admin key, where the program requires Admin keys (`require: ['admin']`). */
  | 'not_an_admin_key'
  | 'permission_without_scim'
  /** A key (`sk-…`) is in the field of the SCIM token. */
  | 'compliance_key_in_scim_field'
  /** A SCIM token (`se_…`) is in the field of the Compliance API key. */
  | 'scim_token_in_compliance_field'
  /** A SCIM token (`se_…`) is in the field of the API Platform's key. */
  | 'scim_token_in_platform_field'
  | 'secrets_swapped'
  | 'same_secret_twice'
  /** It contains line breaks or spaces, or ends in dots. */
  | 'secret_cut'
  /** It contains a character that HTTP headers cannot carry. */
  | 'secret_unsendable'
  /** Left over from a template: `…`, `{directory_id}`, `${TOKEN}`, `undefined`. */
  | 'placeholder'
  /** A config that was printed or turned into JSON is read back: its secrets are not in it. */
  | 'redacted_secret'
  /** Beside the secret there is an id or a second secret: several entries ran into one. */
  | 'more_than_one_secret'
  | 'url_in_secret_field'
  | 'secret_in_url_field'
  | 'not_a_url'
  /** `http://`, or no `https://` in front. */
  | 'insecure_url'
  | 'credentials_in_url'
  /** The SCIM URL continues to `/Users`, `/Groups` or one resource. */
  | 'resource_url'
  /** The SCIM URL ends before the part that identifies the directory. */
  | 'directory_key_missing'
  | 'web_page_url'
  | 'other_service_url'
  /** Something else is where a workspace id belongs. */
  | 'workspace_name'
  | 'organization_id'
  | 'user_id'
  | 'workspace_id_cut'
  /** `suggestion` is the id. */
  | 'workspace_id_in_url'
  | 'secret_in_workspace_ids'
  | 'unknown_workspace_id_form'
  | 'not_an_organization_id'
  /** A workspace has no key: none of its own, and there is none for all. */
  | 'workspace_without_key'
  /** A key stands where keys are given by workspace, and no workspace with it. */
  | 'key_without_workspace'
  /** An entry of the keys by workspace begins with `#`, `//` or `--`: it is not used, and not skipped either. */
  | 'commented_out'
  | 'two_keys_for_workspace'
  /** Workspaces have keys of their own, and nothing says which of them opens the organization. */
  | 'organization_without_key'
  /** A key is given for another organization than the one that is named. */
  | 'other_organization'
  /** The ID of a workspace or an organization is in the field of the one key. */
  | 'id_in_key_field'
  /** Keys by workspace are in the field of the one key. */
  | 'keys_in_key_field';

/** A field of the connection form. */
export type FormFieldName =
  | 'scimBaseUrl'
  | 'scimToken'
  | 'provisioning'
  | 'deprovisioning'
  | 'complianceApiKey'
  | 'complianceApiKeys'
  | 'workspaceIds'
  | 'organizationId'
  | 'complianceBaseUrl'
  | 'platformApiKey'
  | 'platformOrganizationId'
  | 'platformIncludeTenant'
  | 'platformBaseUrl';

/** One thing to correct in the form. Holds no secret. */
export interface ConfigIssue {
  readonly code: ConfigIssueCode;
  /** The field of the form to show it at. Missing where it is about no field, or about one that there is not. */
  readonly field?: FormFieldName;
  /**
   * Where in what was read: the field, such as `['scimToken']`, the entry of a list, such as `['workspaceIds', 1]`, counted
   * from 0, or of an object, by its id (`['complianceApiKeys', '8f5d…']`), or the variable of an environment, such as
   * `['CHATGPT_SCIM_TOKEN']`.
   */
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly remedy: string;
  /** What was probably meant, where that is known: a field name, a URL or an id. */
  readonly suggestion?: string;
}

/** The values of the connection form cannot make a connection. Nothing was sent. */
export class ConfigError extends SdkError<'invalid_config'> {
  override readonly name = 'ConfigError';
  /** Every problem, not only the first. */
  readonly issues: readonly ConfigIssue[];

  /** @hidden */
  constructor(issues: readonly ConfigIssue[]) {
    const named = ({ path: whole }: ConfigIssue, text: string) => {
      // Where the text itself counts the entries, one count is enough.
      const path = /^(?:In )?entry \d/i.test(text) ? whole.filter((part) => typeof part !== 'number') : whole;
      return path.length > 0 ? `${formatPath(path)}: ${text}` : text;
    };
    const lines = issues.map((issue) => named(issue, issue.message));
    const remedies = new Map<string, string>();
    for (const issue of issues) if (!remedies.has(issue.remedy)) remedies.set(issue.remedy, named(issue, issue.remedy));
    const isOne = remedies.size === 1;
    super('invalid_config', `The connection cannot be opened. ${lines.join(' ')}`, {
      remedy: [...(isOne ? remedies.keys() : remedies.values())].join(' '),
    });
    this.issues = issues;
  }
}

function formatPath(path: readonly (string | number)[]): string {
  return path
    .map((part, index) => (typeof part === 'number' ? `, entry ${part + 1}` : index > 0 ? `.${part}` : part))
    .join('');
}
