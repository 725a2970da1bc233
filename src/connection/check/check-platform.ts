import { InputError } from '../../errors/input-errors.js';
import { credentialKind, forbiddenReason } from '../../errors/remedies/key-kind.js';
import { ResponseError } from '../../errors/response-errors.js';
import { isRecord } from '../../internal/json.js';
import { saysFailure } from '../../transport/page-end.js';
import type { Cooldown } from '../../transport/request-gate.js';
import { Transport } from '../../transport/transport.js';
import type { PlatformSettings } from '../form.js';
import type { CheckContext, CheckedHalf, FindingList } from './findings.js';
import {
  credentialVerdict,
  isSlow,
  type Outcome,
  probe,
  refusalStatus,
  transportProblem,
  verdictOf,
} from './outcome.js';
import type { CredentialVerdict, ObservedCode } from './report.js';

const route = '/organization/audit_logs';
const scope = 'api.audit_logs.read';

export interface PlatformContext extends CheckContext {
  /** Until when the API Platform asks for patience, shared with the client that reads it. */
  readonly cooldown: Cooldown | undefined;
  /** Whether the connection reads what the log has of the tenant. */
  readonly includesTenant: boolean;
  /** The host that is read, and no other: the key is for that one. */
  readonly baseUrl: string;
}

export interface CheckedPlatform extends CheckedHalf {
  /** The refusal of a key of which nothing more is known: what is said of it depends on the other keys. */
  readonly refused: Outcome | undefined;
}

/** Asks the API Platform for one event; and for one of the tenant, where those are read, or nothing else is there. */
export async function checkPlatform(
  context: PlatformContext,
  { platformApiKey: apiKey }: PlatformSettings & { readonly platformApiKey: string },
): Promise<CheckedPlatform> {
  const { findings, includesTenant } = context;
  const looksLike = credentialKind(apiKey);
  const transport = openReadTransport(context, apiKey);
  const ask = async (...more: readonly (readonly [string, string])[]): Promise<Outcome> => {
    if (looksLike === 'scim_token') return { kind: 'skipped' };
    const expected = { isWanted: isPage, otherwise: 'not_platform_api' } as const;
    return probe(transport, { route, query: [['limit', '1'], ...more] }, expected, context);
  };
  const events = await ask();
  const ofTenant = includesTenant || isEmpty(events) ? await ask(['tenant_only', 'true']) : undefined;
  const code = explainOutcome(events, looksLike);
  const place = { service: 'platform' } as const;
  if (code !== undefined && code !== 'platform_key_refused') findings.add(code, place, events);
  if (isSlow(events)) findings.add('server_slow', place, events);
  // Whatever kept it from being seen: what was not is no success.
  const isUnread =
    includesTenant && events.kind === 'answered' && ofTenant !== undefined && ofTenant.kind !== 'answered';
  if (isUnread) findings.add(transportProblem(ofTenant) ?? 'platform_tenant_not_readable', place, ofTenant);
  const showsNothing = isEmpty(events) && (ofTenant === undefined || ofTenant.kind !== 'answered' || isEmpty(ofTenant));
  if (showsNothing) findings.add('platform_log_empty', place, events);
  const verdict = showsNothing ? 'unknown' : isUnread ? 'partial' : verdictOf(events);
  return {
    credentials: [credentialVerdict('platform_api_key', looksLike, [events])],
    permissions: [{ permission: 'read_platform_log', verdict, scope }],
    refused: code === 'platform_key_refused' ? events : undefined,
  };
}

function openReadTransport(
  { options, fetch, deadlineMs, cooldown, baseUrl }: PlatformContext,
  credential: string,
): Transport {
  const { scim: _, admin: __, auditLogs: { rateLimit: ___, ...own } = {}, ...both } = options;
  const limits = { timeoutMs: deadlineMs, deadlineMs };
  const guard = ({ method }: { readonly method: string }) => {
    if (method !== 'GET') throw new InputError('A check is read-only.', { path: ['method'] });
  };
  return new Transport({
    ...both,
    ...own,
    service: 'platform',
    baseUrl,
    credential,
    fetch,
    ...limits,
    guard,
    cooldown,
  });
}

/** Whether it is a page of this log, which its reader takes: a service that knows no such route may answer with anything. */
function isPage(body: unknown): boolean {
  if (!isRecord(body) || saysFailure(body) || typeof body.has_more !== 'boolean') return false;
  return Array.isArray(body.data) && body.data.every(isEvent);
}

function isEvent(row: unknown): boolean {
  return isRecord(row) && typeof row.id === 'string' && typeof row.effective_at === 'number';
}

function isEmpty(outcome: Outcome): boolean {
  if (outcome.kind !== 'answered' || !isRecord(outcome.body)) return false;
  const { data } = outcome.body;
  return Array.isArray(data) && data.length === 0;
}

function explainOutcome(outcome: Outcome, looksLike: CredentialVerdict['looksLike']): ObservedCode | undefined {
  const problem = transportProblem(outcome);
  const status = refusalStatus(outcome);
  if (problem !== undefined || status === undefined) return problem;
  if ((status === 401 || status === 403) && looksLike === 'project_key') return 'platform_key_of_project';
  if (status === 401) return 'platform_key_refused';
  if (status === 403)
    return wordsOf(outcome) === 'scope_missing' ? 'platform_scope_missing' : 'platform_log_not_allowed';
  return status === 404 ? 'not_platform_api' : 'unexpected_answer';
}

function wordsOf(outcome: Outcome): ReturnType<typeof forbiddenReason> {
  if (outcome.kind !== 'failed' || !(outcome.error instanceof ResponseError)) return undefined;
  return forbiddenReason(outcome.error.serverMessage() ?? '');
}

/** Says what a key may be that was refused, by what became of those of the Compliance API. */
export function tellRefusedKey(
  findings: FindingList,
  refused: Outcome | undefined,
  credentials: readonly CredentialVerdict[],
): void {
  if (refused === undefined) return;
  const code = mayBeExchanged(credentials) ? 'platform_keys_exchanged' : 'platform_key_refused';
  findings.add(code, { service: 'platform' }, refused);
}

/** Whether the keys of both services were refused as keys, and none of them shows by its beginning whose it is. */
function mayBeExchanged(credentials: readonly CredentialVerdict[]): boolean {
  const alike = credentials.filter(({ credential }) => credential !== 'scim_token');
  const services = new Set(alike.map(({ credential }) => credential));
  return services.size === 2 && alike.every(isRefusedAdminKey);
}

function isRefusedAdminKey({ looksLike, authenticated }: CredentialVerdict): boolean {
  return looksLike === 'admin_key' && authenticated === 'failed';
}
