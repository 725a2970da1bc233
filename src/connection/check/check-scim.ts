import { InputError } from '../../errors/input-errors.js';
import { isFailure } from '../../errors/is-sdk-error.js';
import { ResponseError } from '../../errors/response-errors.js';
import { isRecord } from '../../internal/json.js';
import { ScimClient } from '../../scim/client.js';
import { explainScimFailure } from '../../scim/explain-scim-failure.js';
import { openTransport } from '../../transport/transport.js';
import { secretKind } from '../fields/secret.js';
import type { ScimSettings } from '../form.js';
import type { CheckContext } from './findings.js';
import {
  authentication,
  isSlow,
  type Outcome,
  probe,
  reachability,
  refusalStatus,
  transportProblem,
  verdictOf,
} from './outcome.js';
import type { CredentialVerdict, ObservedCode, PermissionVerdict, Verdict } from './report.js';

// Shorter ones were seen only where a part was missing.
const shortestToken = 20;

/** Checks the SCIM half: one page of one row of users, and one of groups. */
export async function checkScim(
  context: CheckContext,
  config: ScimSettings,
  probeUser: string | undefined,
): Promise<{ readonly credential: CredentialVerdict; readonly permissions: readonly PermissionVerdict[] }> {
  const { scope, findings } = context;
  const isElsewhere = findings.has('compliance_key_in_scim_field') || findings.has('secrets_swapped');
  const [users, groups, writing] = await Promise.all([
    isElsewhere ? skipped : listOne('/Users'),
    isElsewhere ? skipped : listOne('/Groups'),
    isElsewhere ? ('unknown' as const) : probeWriting(context, config, probeUser),
  ]);

  const usersCode = explainRefusal(users, config);
  const groupsCode = explainRefusal(groups, config);
  if (usersCode !== undefined) findings.add(usersCode, { service: 'scim' }, users);
  if (groupsCode !== undefined && groupsCode !== usersCode) {
    const isGroupsOnly =
      users.kind === 'answered' && refusalStatus(groups) !== undefined && transportProblem(groups) === undefined;
    findings.add(isGroupsOnly ? 'groups_not_readable' : groupsCode, { service: 'scim' }, groups);
  }
  const slow = [users, groups].find(isSlow);
  if (slow !== undefined) findings.add('server_slow', { service: 'scim' }, slow);

  const outcomes = [users, groups];
  const times = outcomes.flatMap((outcome) => (outcome.kind === 'answered' ? [outcome.durationMs] : []));
  const kind = secretKind(config.scimToken);
  const write = (box: 'provisioning' | 'deprovisioning'): PermissionVerdict => ({
    permission: box,
    verdict: config[box] !== true ? 'off' : writing,
  });
  return {
    credential: {
      credential: 'scim_token',
      looksLike: kind,
      reachable: reachability(outcomes),
      authenticated: authentication(outcomes, false),
      ...(times.length > 0 && { latencyMs: Math.max(...times) }),
    },
    permissions: [
      { permission: 'read_users', verdict: usersCode === 'not_scim' ? 'failed' : verdictOf(users) },
      { permission: 'read_groups', verdict: groupsCode === 'not_scim' ? 'failed' : verdictOf(groups) },
      write('provisioning'),
      write('deprovisioning'),
    ],
  };

  async function listOne(route: '/Users' | '/Groups'): Promise<Outcome> {
    const { scim = {}, auditLogs: _, ...both } = context.options;
    const transport = openTransport({
      ...both,
      ...scim,
      service: 'scim',
      baseUrl: config.scimBaseUrl,
      credential: config.scimToken,
      fetch: context.fetch,
      timeoutMs: context.deadlineMs,
      deadlineMs: context.deadlineMs,
      loadExplain: async () => explainScimFailure,
      guard: ({ method }) => {
        if (method !== 'GET') throw new InputError('A check only reads.', { path: ['method'] });
      },
    });
    return probe(transport, { route, query: [['count', '1']] }, scope);
  }
}

const skipped: Outcome = { kind: 'withheld' };

function explainRefusal(outcome: Outcome, { scimBaseUrl, scimToken }: ScimSettings): ObservedCode | undefined {
  if (outcome.kind === 'answered') return isList(outcome.body) ? undefined : 'not_scim';
  const way = transportProblem(outcome);
  if (way !== undefined) return way;
  switch (refusalStatus(outcome)) {
    case undefined:
      return undefined;
    case 401:
      if (secretKind(scimToken) === 'openai_key') return 'compliance_key_in_scim_field';
      return secretKind(scimToken) === 'scim_token' && scimToken.length < shortestToken
        ? 'scim_token_cut'
        : 'scim_token_refused';
    case 403:
      return 'scim_forbidden';
    case 404:
      return explainNotFound(scimBaseUrl);
    case 405:
    case 501:
      return 'not_scim';
    default:
      return 'unexpected_answer';
  }
}

function explainNotFound(scimBaseUrl: string): ObservedCode {
  const path = new URL(scimBaseUrl).pathname.replace(/\/+$/, '');
  if (/\/(?:users|groups)(?:\/[^/]*)?$/i.test(path)) return 'resource_url';
  return /^(?:\/scim(?:\/v2(?:\.0)?)?)?$/i.test(path) ? 'directory_key_missing' : 'directory_unknown';
}

function isList(body: unknown): boolean {
  if (!isRecord(body)) return false;
  const keys = Object.keys(body).map((key) => key.toLowerCase());
  return keys.includes('resources') || keys.includes('totalresults');
}

/**
 * Tries to write, on a user that the caller named, by replacing a value with itself. A SCIM token has no scopes: where
 * it may write one thing, it may write all.
 */
async function probeWriting(
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
    if (transportProblem(outcome) !== undefined || error.status === 401) return 'unknown';
    findings.add('write_refused', { service: 'scim' }, outcome);
    return 'failed';
  }
}
