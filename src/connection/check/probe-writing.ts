import { isFailure } from '../../errors/is-sdk-error.js';
import { ResponseError } from '../../errors/response-errors.js';
import { ScimClient } from '../../scim/scim-client.js';
import type { ScimSettings } from '../connection-config.js';
import type { CheckContext } from './check-context.js';
import type { Verdict } from './check-report.js';
import { explainWay } from './explain-outcome.js';

/**
 * Tries to write, on a user that the caller named, by replacing a value with itself. A SCIM token has no scopes: where
 * it may write one thing, it may write all.
 */
export async function probeWriting(
  { options, scope, findings, fetch }: CheckContext,
  { scimBaseUrl, scimToken, provisioning }: ScimSettings,
  probeUser: string | undefined,
): Promise<Verdict> {
  if (probeUser === undefined) return 'unknown';
  if (provisioning !== true) {
    findings.add('probe_not_allowed', { service: 'scim' });
    return 'unknown';
  }
  const { scim = {}, auditLogs: _, ...both } = options;
  const client = new ScimClient({
    ...both,
    ...scim,
    fetch,
    baseUrl: scimBaseUrl,
    token: scimToken,
    access: { provisioning: true },
  });
  const once = { signal: scope.signal, maxRetries: 0 };
  try {
    const user = await client.users.find({ userName: probeUser }, once);
    if (user === undefined) {
      findings.add('probe_user_not_found', { service: 'scim' });
      return 'unknown';
    }
    const operation =
      typeof user.displayName === 'string'
        ? ({ op: 'replace', path: 'displayName', value: user.displayName } as const)
        : ({ op: 'replace', path: 'userName', value: user.userName } as const);
    await client.users.patch(user.id, [operation], once);
    return 'ok';
  } catch (error) {
    if (scope.expired) return 'unknown';
    if (!isFailure(error)) throw error;
    if (!(error instanceof ResponseError)) return 'unknown';
    const outcome = { kind: 'failed', error } as const;
    // What stands in the way of reading too is told by that.
    if (explainWay(outcome) !== undefined || error.status === 401) return 'unknown';
    findings.add('write_refused', { service: 'scim' }, outcome);
    return 'failed';
  }
}
