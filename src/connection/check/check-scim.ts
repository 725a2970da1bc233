import { InputError } from '../../errors/input-errors.js';
import { isFailure } from '../../errors/is-sdk-error.js';
import { secretKind } from '../../errors/remedies/key-kind.js';
import { ResponseError } from '../../errors/response-errors.js';
import { isRecord, ownCopy } from '../../internal/json.js';
import { contextsOf, type ScimClient } from '../../scim/client.js';
import { PATCH_OP_URN } from '../../scim/schemas/urns.js';
import { write } from '../../scim/write/send.js';
import type { Cooldown } from '../../transport/request-gate.js';
import { Transport } from '../../transport/transport.js';
import type { ScimSettings } from '../form.js';
import type { CheckContext, CheckedHalf } from './findings.js';
import {
  credentialVerdict,
  isOutcome,
  isSlow,
  type Outcome,
  probe,
  refusalStatus,
  transportProblem,
  verdictOf,
} from './outcome.js';
import type { ObservedCode, PermissionVerdict, Verdict } from './report.js';

// Shorter ones were seen only where a part was missing.
const shortestToken = 20;

/** Asks for one user and one group. */
export async function checkScim(
  context: CheckContext,
  config: ScimSettings,
  client: ScimClient<'provisioning'>,
  probeUser: string | undefined,
): Promise<CheckedHalf> {
  const { findings } = context;
  const isElsewhere = findings.has('compliance_key_in_scim_field') || findings.has('secrets_swapped');
  const { cooldown } = contextsOf(client)[0].server.transport;
  const transport = openReadTransport(context, config, cooldown);
  const listOne = async (route: '/Users' | '/Groups'): Promise<Outcome> =>
    isElsewhere
      ? { kind: 'skipped' }
      : probe(transport, { route, query: [['count', '1']] }, { isWanted: isList, otherwise: 'not_scim' }, context);
  const [users, groups, writing] = await Promise.all([
    listOne('/Users'),
    listOne('/Groups'),
    isElsewhere ? ('unknown' as const) : probeWriting(context, config, client, probeUser),
  ]);

  const token = context.options.scim?.token ?? config.scimToken;
  // Nothing is known beforehand of what a function gives.
  const shown = typeof token === 'string' ? token : '';
  const settings = { scimBaseUrl: config.scimBaseUrl, scimToken: shown };
  const usersCode = explainRefusal(users, settings);
  const groupsCode = explainRefusal(groups, settings);
  if (usersCode !== undefined) findings.add(usersCode, { service: 'scim' }, users);
  if (groupsCode !== undefined && groupsCode !== usersCode) {
    const isGroupsOnly =
      users.kind === 'answered' && refusalStatus(groups) !== undefined && transportProblem(groups) === undefined;
    findings.add(isGroupsOnly ? 'groups_not_readable' : groupsCode, { service: 'scim' }, groups);
  }
  const slow = [users, groups].find(isSlow);
  if (slow !== undefined) findings.add('server_slow', { service: 'scim' }, slow);

  const outcomes = [users, groups];
  const verdictOn = (box: 'provisioning' | 'deprovisioning', verdict: Verdict): PermissionVerdict => ({
    permission: box,
    verdict: config[box] !== true ? 'off' : verdict,
  });
  return {
    credentials: [credentialVerdict('scim_token', secretKind(shown), outcomes)],
    permissions: [
      { permission: 'read_users', verdict: verdictOf(users) },
      { permission: 'read_groups', verdict: verdictOf(groups) },
      verdictOn('provisioning', writing),
      // To take something away is never tried: only a directory that takes no write at all is known not to take that.
      verdictOn('deprovisioning', writing === 'ok' ? 'unknown' : writing),
    ],
  };
}

function openReadTransport(
  { options, fetch, deadlineMs }: CheckContext,
  config: ScimSettings,
  cooldown: Cooldown,
): Transport {
  const { scim, auditLogs: _, ...both } = options;
  const { scimBaseUrl: baseUrl } = config;
  const credential = scim?.token ?? config.scimToken;
  const limits = { timeoutMs: deadlineMs, deadlineMs };
  const guard = ({ method }: { readonly method: string }) => {
    if (method !== 'GET') throw new InputError('A check is read-only.', { path: ['method'] });
  };
  return new Transport({ ...both, ...scim, service: 'scim', baseUrl, credential, fetch, ...limits, guard, cooldown });
}

function explainRefusal(
  outcome: Outcome,
  { scimBaseUrl, scimToken }: Pick<ScimSettings, 'scimBaseUrl' | 'scimToken'>,
): ObservedCode | undefined {
  const problem = transportProblem(outcome);
  const status = refusalStatus(outcome);
  if (problem !== undefined || status === undefined) return problem;
  if (status === 401) {
    const kind = secretKind(scimToken);
    if (kind === 'openai_key') return 'compliance_key_in_scim_field';
    return kind === 'scim_token' && scimToken.length < shortestToken ? 'scim_token_cut' : 'scim_token_refused';
  }
  if (status === 403) return 'scim_forbidden';
  if (status === 404) return explainNotFound(scimBaseUrl);
  return status === 405 || status === 501 ? 'not_scim' : 'unexpected_answer';
}

function explainNotFound(scimBaseUrl: string): ObservedCode {
  const path = new URL(scimBaseUrl).pathname.replace(/(?<!\/)\/+$/, '');
  if (/\/(?:users|groups)(?:\/[^/]*)?$/i.test(path)) return 'resource_url';
  return /^(?:\/scim(?:\/v2(?:\.0)?)?)?$/i.test(path) ? 'directory_key_missing' : 'directory_unknown';
}

/** As the client reads a list: names in any case, and no row without an id. */
function isList(body: unknown): boolean {
  const list = isRecord(body) ? withLowerCaseNames(body) : {};
  const { resources: rows = [], totalresults: total } = ownCopy(list, ['resources', 'totalresults']);
  const isCounted = Object.hasOwn(list, 'resources') || /^\d+$/.test(String(total));
  return isCounted && Array.isArray(rows) && rows.every((row) => isRecord(row) && hasId(row));
}

function hasId(row: Readonly<Record<string, unknown>>): boolean {
  const { id } = withLowerCaseNames(row);
  return typeof id === 'number' || (typeof id === 'string' && id !== '');
}

function withLowerCaseNames(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name.toLowerCase(), held]));
}

/**
 * Tries to write, on a user that the caller named, by replacing a value with itself. Only an answer that says that it was
 * done counts, and whatever else comes of it is a finding.
 */
async function probeWriting(
  { scope, call, findings }: CheckContext,
  { provisioning }: ScimSettings,
  client: ScimClient<'provisioning'>,
  probeUser: string | undefined,
): Promise<Verdict> {
  if (probeUser === undefined) return 'unknown';
  if (provisioning !== true) {
    findings.add('probe_not_allowed', { service: 'scim' });
    return 'unknown';
  }
  const unproven = (outcome?: Outcome): Verdict => {
    findings.add('write_unproven', { service: 'scim' }, outcome);
    return 'unknown';
  };
  const once = { ...call, maxRetries: call.maxRetries ?? 0 };
  try {
    const user = probeUser === '' ? undefined : await client.users.find({ userName: probeUser }, once);
    if (user === undefined) {
      findings.add('probe_user_not_found', { service: 'scim' });
      return 'unknown';
    }
    const path = typeof user.displayName === 'string' ? 'displayName' : 'userName';
    const body = { schemas: [PATCH_OP_URN], Operations: [{ op: 'replace', path, value: user[path] }] };
    // Not by `users.patch`: without PATCH it would find that nothing has to be written.
    const { response } = await write(contextsOf(client)[0], { method: 'PATCH', id: user.id, body }, once);
    // Without a body it is the status that says so; a body that is not the user's may come from anywhere.
    // To read it back would prove nothing: it is as it was before, too.
    const { body: answer } = response;
    const isDone = answer === undefined || (isRecord(answer) && String(withLowerCaseNames(answer).id) === user.id);
    return isDone ? 'ok' : unproven();
  } catch (error) {
    if (scope.expired) return unproven({ kind: 'unfinished' });
    if (!isFailure(error)) throw error;
    if (!isOutcome(error)) return unproven();
    const outcome = { kind: 'failed', error } as const;
    const isWrite = error.method === 'PATCH';
    const problem = transportProblem(outcome);
    if (problem === 'host_not_allowed' || (!isWrite && problem !== undefined)) {
      // Nothing was written: it is as the reads tell, in one finding.
      findings.add(problem, { service: 'scim' }, outcome);
      return verdictOf(outcome);
    }
    const isAboutMethod = error instanceof ResponseError && (error.status === 405 || error.status === 501);
    const isRefusal = error instanceof ResponseError && problem === undefined && !isAboutMethod;
    if (!isWrite || !isRefusal) return unproven(outcome);
    findings.add('write_refused', { service: 'scim' }, outcome);
    return 'failed';
  }
}
