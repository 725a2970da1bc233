import { SdkError } from './sdk-error.js';

/** The two checkboxes of the connection form. */
export type Permission = 'provisioning' | 'deprovisioning';

/**
 * The call could change something that the connection form does not allow. Nothing was sent.
 *
 * @example
 * ```ts
 * import { AccessDeniedError, type ScimClient } from 'chatgpt-enterprise-sdk/scim';
 *
 * async function rename(client: ScimClient<'provisioning'>, id: string, displayName: string): Promise<void> {
 *   try {
 *     await client.users.patch(id, [{ op: 'replace', path: 'displayName', value: displayName }]);
 *   } catch (error) {
 *     if (!(error instanceof AccessDeniedError)) throw error;
 *     console.error(`${error.method} ${error.route} needs ${error.permission}.`, error.remedy);
 *   }
 * }
 * ```
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
