import { checkList, checkOptions, checkWord } from '../errors/check-options.js';
import { ConfigError, type ConfigIssue } from '../errors/input-errors.js';
import { letGo } from '../internal/callbacks.js';
import type {
  ComplianceOnlyConfig,
  ConfigWarning,
  ConnectionConfig,
  ConnectionPart,
  FormInput,
  FormRules,
  FullConfig,
  PlatformOnlyConfig,
  ScimOnlyConfig,
} from './form.js';
import { readConnectionForm } from './read-form.js';

/** What is known of a config: a part that it has, or that it has either. */
export type RequiredPart = ConnectionPart | 'either';

/** How a connection form is read. */
export interface ParseConnectionConfigOptions<Required extends RequiredPart = 'either'> {
  /**
   * What this program cannot do without. Its absence is a problem, and its presence is in the type; `admin`: that the key of
   * every workspace is an Admin key, as far as its first letters tell; `platform`: the key of the API Platform. @default nothing
   */
  readonly require?:
    | ('either' extends Required ? readonly ConnectionPart[] : readonly (Required & ConnectionPart)[])
    | undefined;
  /** Accepts workspace ids that are no UUIDs, as they are. @default false */
  readonly allowUnknownWorkspaceIdForms?: boolean | undefined;
  /** Accepts `http:` for 127.0.0.1, [::1] and localhost: for an emulator, never for a real service. @default false */
  readonly dangerouslyAllowHttpLoopback?: boolean | undefined;
  /** Told of each thing that was corrected; not waited for. */
  readonly onWarning?: ((warning: ConfigWarning) => void) | undefined;
}

/** A config that has at least these parts. */
export type ConfigWith<Required extends RequiredPart> =
  | WithPlatform<FullConfig, Required>
  | ('compliance' extends Required ? never : 'admin' extends Required ? never : WithPlatform<ScimOnlyConfig, Required>)
  | ('scim' extends Required ? never : WithPlatform<ComplianceOnlyConfig, Required>)
  | ([Extract<Required, 'scim' | 'compliance' | 'admin'>] extends [never] ? PlatformOnlyConfig : never);

type WithPlatform<Config, Required> = 'platform' extends Required
  ? Config & { readonly platformApiKey: string; readonly platformOrganizationId: string }
  : Config;

/** What {@link safeParseConnectionConfig} gives. */
export type SafeParseConnectionConfigResult<Config = ConnectionConfig> = {
  /** What was corrected. */
  readonly warnings: readonly ConfigWarning[];
} & (
  | { readonly success: true; readonly config: Config }
  | {
      readonly success: false;
      /** Every problem, in the order of the form. */
      readonly issues: readonly ConfigIssue[];
      /** What {@link parseConnectionConfig} would have thrown. */
      readonly error: ConfigError;
    }
);

/** As {@link parseConnectionConfig}, and gives every problem instead of throwing. @throws InputError for an unknown option. */
export function safeParseConnectionConfig<const Required extends RequiredPart = 'either'>(
  input: FormInput,
  given: ParseConnectionConfigOptions<Required> = {},
): SafeParseConnectionConfigResult<ConfigWith<Required>> {
  const options = checkParseOptions('parseConnectionConfig()', given);
  const { config, issues, warnings } = readConnectionForm(input, options);
  for (const warning of warnings) letGo(options.onWarning?.(warning));
  if (config === undefined) return { success: false, issues, error: new ConfigError(issues), warnings };
  // The form was refused if a required part was missing.
  return { success: true, config: config as ConfigWith<Required>, warnings };
}

/**
 * Reads the connection form as it was filled in, and gives the config to {@link connect} with.
 *
 * Empty fields are absent, checkboxes may be strings, and what comes along when a value is copied (spaces, quotes,
 * `Bearer`, a workspace named twice) is corrected with a warning. Read-only unless a checkbox is ticked.
 *
 * @throws ConfigError with every problem: its field, code, message and remedy, never a secret. InputError for an unknown
 * option.
 * @example
 * ```ts
 * import { parseConnectionConfig } from 'chatgpt-enterprise-sdk';
 *
 * const form = { complianceApiKey: 'Bearer sk-admin-1234567890', workspaceIds: '8f5d1a2b-0c3d-4e5f-8a9b-0c1d2e3f4a5b' };
 * const config = parseConnectionConfig(form, { onWarning: ({ message }) => console.warn(message) });
 * ```
 */
export function parseConnectionConfig<const Required extends RequiredPart = 'either'>(
  input: FormInput,
  options: ParseConnectionConfigOptions<Required> = {},
): ConfigWith<Required> {
  const result = safeParseConnectionConfig(input, options);
  if (!result.success) throw result.error;
  return result.config;
}

type CheckedOptions = FormRules & Pick<ParseConnectionConfigOptions, 'onWarning'>;

/** Refuses an unknown option: with an ignored `requires`, nothing would be required. */
export function checkParseOptions(of: string, given: CheckedOptions): CheckedOptions {
  const options = checkOptions(of, given, {
    require: true,
    allowUnknownWorkspaceIdForms: true,
    dangerouslyAllowHttpLoopback: true,
    onWarning: true,
  });
  const parts = options.require ?? [];
  checkList('require', parts);
  for (const [index, part] of parts.entries()) {
    checkWord('a part that can be required', part, ['scim', 'compliance', 'admin', 'platform'], ['require', index]);
  }
  return options;
}
