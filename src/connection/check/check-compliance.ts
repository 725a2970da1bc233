import { openComplianceTransport } from '../../audit-logs/api.js';
import { forbiddenReason } from '../../audit-logs/explain-compliance-failure.js';
import { workspacesWithKey } from '../../audit-logs/keys.js';
import { resolvePartitions, typesFor } from '../../audit-logs/plan.js';
import { type AuditLogPrincipal, readPrincipals } from '../../audit-logs/principal.js';
import { ResponseError } from '../../errors/response-errors.js';
import { systemClock } from '../../internal/clock.js';
import { msOf, readInstant } from '../../internal/dates.js';
import { isRecord } from '../../internal/json.js';
import { keysOf } from '../compliance-keys.js';
import { secretKind } from '../fields/secret.js';
import type { ComplianceSettings } from '../form.js';
import type { CheckContext, CheckedHalf, FindingPlace } from './findings.js';
import {
  credentialVerdict,
  type Expected,
  isSlow,
  type Outcome,
  probe,
  refusalStatus,
  transportProblem,
  verdictOf,
  worstOf,
} from './outcome.js';
import type {
  CheckQuery,
  CredentialVerdict,
  EventTypeVerdict,
  ObservedCode,
  PermissionVerdict,
  Verdict,
  WorkspaceVerdict,
} from './report.js';

const logScope = 'chatgpt.enterprise.compliance_logs_platform.read';
const memberScope = 'chatgpt.enterprise.compliance_export.read';
const hourMs = 3_600_000;

const defaultTypes = { workspace: ['AUTH_LOG', 'AUDIT_LOG', 'CONVERSATION_MESSAGE'], organization: ['COSTS'] } as const;

interface PrincipalOutcomes {
  readonly principal: AuditLogPrincipal;
  /** The list of people; an organization has none. */
  readonly members: Outcome | undefined;
  readonly logs: readonly { readonly eventType: string; readonly list: Outcome; readonly newest: Outcome }[];
}

/** Checks the compliance half: every workspace, every event type, and the lists of people. */
export async function checkCompliance(
  context: CheckContext,
  config: ComplianceSettings,
  eventTypes: CheckQuery['eventTypes'],
): Promise<CheckedHalf & { readonly workspaces: readonly WorkspaceVerdict[] }> {
  const { findings } = context;
  const results = await probeCompliance(context, config, eventTypes);
  const outcomes = results.flatMap(outcomesOf);
  const keyOf = keysOf(config);
  const looksLikeOf = (principal: AuditLogPrincipal | undefined) =>
    classOf((principal && keyOf(principal)) ?? config.complianceApiKey ?? '');
  const workspaces = results.filter(({ principal }) => principal.type === 'workspace').length;
  const isAnythingAnswered = outcomes.some(isAnswered);

  for (const result of results) {
    const { principal, members, logs } = result;
    const looksLike = looksLikeOf(principal);
    const isOthersOfSameAnswered = outcomesOf(result).some(isAnswered);
    const add = (outcome: Outcome, isMembers: boolean, place: FindingPlace) => {
      const isSameEverywhere = outcomes.every((other) => refusalStatus(other) === refusalStatus(outcome));
      const others = { isMembers, isOthersOfSameAnswered, isAnythingAnswered, isSameEverywhere };
      const code = explainComplianceOutcome(outcome, { looksLike, workspaces, ...others });
      if (code !== undefined) findings.add(code, place, outcome);
    };
    for (const { eventType, list } of logs) {
      const place = { service: 'compliance', principal, eventType } as const;
      add(list, false, place);
      if (isSlow(list)) findings.add('server_slow', place, list);
    }
    const place = { service: 'compliance', principal } as const;
    if (members !== undefined) add(members, true, place);
    const newest = logs.map((log) => newestOf(log.eventType, log.newest));
    if (newest.length > 0 && newest.every((time) => time === null)) findings.add('no_events_yet', place);
  }

  const nowMs = (context.options.clock ?? systemClock).now();
  const lists = results.flatMap(({ logs }) => logs.map(({ list }) => verdictOf(list)));
  const members = results.flatMap((result) => result.members ?? []).map(verdictOf);
  return {
    credential: credentialVerdict('compliance_api_key', looksLikeOf(results[0]?.principal), outcomes),
    permissions: [
      { permission: 'read_logs', verdict: together(lists), scope: logScope },
      { permission: 'read_members', verdict: together(members), scope: memberScope },
    ],
    workspaces: results.map((result) => ({
      principal: result.principal,
      known: knownBy(outcomesOf(result), isAnythingAnswered),
      members: result.members === undefined ? 'off' : verdictOf(result.members),
      logs: result.logs.map((log) => eventTypeVerdict(log, nowMs)),
    })),
  };
}

function probeCompliance(
  context: CheckContext,
  config: ComplianceSettings,
  eventTypes: CheckQuery['eventTypes'],
): Promise<PrincipalOutcomes[]> {
  const { options, findings, fetch, deadlineMs } = context;
  const isElsewhere = findings.has('scim_token_in_compliance_field') || findings.has('secrets_swapped');
  const { scim: _, auditLogs: { rateLimit: __, ...own } = {}, ...both } = options;
  const { complianceApiKeys: keys, complianceBaseUrl: baseUrl } = config;
  const limits = { timeoutMs: deadlineMs, deadlineMs };
  const ids = config.workspaceIds ?? (keys && workspacesWithKey(keys));
  const principals = readPrincipals(ids, config.organizationId);
  const keyOf = keysOf(config);
  // A type that nobody is asked for would pass for one that works.
  if (eventTypes !== undefined && eventTypes.length > 0) resolvePartitions(eventTypes, principals);
  const after = new Date((both.clock ?? systemClock).now() - hourMs).toISOString();

  const probePrincipal = async (principal: AuditLogPrincipal): Promise<PrincipalOutcomes> => {
    const { type, id } = principal;
    // The connection could not be opened without it.
    const apiKey = keyOf(principal) as string;
    const transport = openComplianceTransport({ ...both, ...own, apiKey, baseUrl, fetch, ...limits });
    const ask = async (
      path: string,
      query: readonly (readonly [string, string])[],
      isWanted: Expected['isWanted'] = isList,
    ): Promise<Outcome> => {
      if (isElsewhere) return { kind: 'skipped' };
      const route = `/compliance/${type}s/{${type}_id}/${path}`;
      const expected = { isWanted, otherwise: 'not_compliance_api' } as const;
      return probe(transport, { route, params: { [`${type}_id`]: id }, query }, expected, context);
    };
    const [members, ...logs] = await Promise.all([
      type === 'workspace' ? ask('users', [['limit', '1']]) : undefined,
      ...(eventTypes === undefined ? defaultTypes[type] : typesFor(type, eventTypes)).map(async (eventType) => {
        const which = ['event_type', eventType] as const;
        const [list, newest] = await Promise.all([
          ask('logs', [which, ['after', after], ['limit', '1']]),
          ask('max_event_time', [which], isRecord),
        ]);
        return { eventType, list, newest };
      }),
    ]);
    return { principal, members, logs };
  };
  return Promise.all(principals.map(probePrincipal));
}

/** A list is one whose rows can be used: nothing of either list can be without its id. */
function isList(body: unknown): boolean {
  if (!isRecord(body) || !Array.isArray(body.data)) return false;
  return body.data.every((row) => isRecord(row) && typeof row.id === 'string' && row.id !== '');
}

// One workspace that is unknown says nothing against the key, which reads the others.
function together(verdicts: readonly Verdict[]): PermissionVerdict['verdict'] {
  return verdicts.includes('ok') && verdicts.includes('failed') ? 'partial' : worstOf(verdicts);
}

function outcomesOf({ members, logs }: PrincipalOutcomes): readonly Outcome[] {
  return [members ?? [], logs.map(({ list }) => list)].flat();
}

const isAnswered = ({ kind }: Outcome) => kind === 'answered';

/** The service looks at the key before the workspace, and at the workspace before the scope. */
function knownBy(outcomes: readonly Outcome[], isAnythingAnswered: boolean): Verdict {
  if (outcomes.some(isAnswered)) return 'ok';
  const statuses = outcomes.map(refusalStatus);
  if (statuses.includes(404)) return 'failed';
  return statuses.includes(403) && isAnythingAnswered ? 'failed' : 'unknown';
}

function eventTypeVerdict(
  { eventType, list, newest }: PrincipalOutcomes['logs'][number],
  nowMs: number,
): EventTypeVerdict {
  const newestEventAt = newestOf(eventType, newest);
  const at = readInstant(newestEventAt ?? '');
  return {
    eventType,
    verdict: verdictOf(list),
    ...(newestEventAt !== undefined && { newestEventAt }),
    ...(at !== undefined && { lagMs: Math.max(0, nowMs - msOf(at)) }),
  };
}

// Undefined where the service does not say: the route is younger than the others.
function newestOf(eventType: string, outcome: Outcome): string | null | undefined {
  const body = outcome.kind === 'answered' && isRecord(outcome.body) ? outcome.body.max_event_time : undefined;
  const time = isRecord(body) ? body[eventType] : undefined;
  return typeof time === 'string' || time === null ? time : undefined;
}

function classOf(key: string): CredentialVerdict['looksLike'] {
  if (/^sk-admin-/i.test(key)) return 'admin_key';
  if (/^sk-(?:proj|svcacct)-/i.test(key)) return 'project_key';
  return secretKind(key);
}

/** What the other answers say about one. */
interface ProbeContext {
  readonly looksLike: CredentialVerdict['looksLike'];
  /** The list of people was asked for, and not a log. */
  readonly isMembers: boolean;
  /** Something of the same workspace or organization could be read. */
  readonly isOthersOfSameAnswered: boolean;
  readonly isAnythingAnswered: boolean;
  /** Everything, everywhere, was answered with this status. */
  readonly isSameEverywhere: boolean;
  readonly workspaces: number;
}

/** Says why the Compliance API did not give what was asked for; undefined where it did. */
function explainComplianceOutcome(outcome: Outcome, context: ProbeContext): ObservedCode | undefined {
  if (outcome.kind === 'answered') return undefined;
  const problem = transportProblem(outcome);
  if (problem !== undefined) return problem;
  switch (refusalStatus(outcome)) {
    case undefined:
      return undefined;
    case 400:
    case 422:
      return /event.?type/i.test(serverMessageOf(outcome)) ? 'event_type_refused' : 'unexpected_answer';
    case 401:
      return unauthorizedCodes[context.looksLike];
    case 403:
      return explainForbidden(serverMessageOf(outcome), context);
    case 404:
      if (context.isOthersOfSameAnswered) return 'unexpected_answer';
      return context.isSameEverywhere && context.workspaces > 1 ? 'no_workspace_known' : 'workspace_unknown';
    default:
      return 'unexpected_answer';
  }
}

const unauthorizedCodes = {
  scim_token: 'scim_token_in_compliance_field',
  project_key: 'project_key_refused',
  admin_key: 'admin_key_refused',
  openai_key: 'compliance_key_refused',
  unknown: 'compliance_key_refused',
} as const satisfies Record<CredentialVerdict['looksLike'], ObservedCode>;

// Mostly the service does not say why: the other answers do.
function explainForbidden(serverMessage: string, context: ProbeContext): ObservedCode {
  const reason = forbiddenReason(serverMessage);
  if (reason === 'ip_not_allowed' || reason === 'workspace_of_another_organization') return reason;
  if (!context.isAnythingAnswered && context.isSameEverywhere) {
    return context.looksLike === 'admin_key' ? 'nothing_allowed' : 'compliance_key_not_enabled';
  }
  if (context.isOthersOfSameAnswered || reason === 'scope_missing') {
    return context.isMembers ? 'member_scope_missing' : 'log_scope_missing';
  }
  return 'workspace_of_another_organization';
}

function serverMessageOf(outcome: Outcome): string {
  return outcome.kind === 'failed' && outcome.error instanceof ResponseError
    ? (outcome.error.serverMessage() ?? '')
    : '';
}
