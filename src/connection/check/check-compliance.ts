import { openComplianceTransport } from '../../audit-logs/api.js';
import { keyKind, logsOfOwners } from '../../audit-logs/explain-compliance-failure.js';
import { workspacesWithKey } from '../../audit-logs/keys.js';
import { resolvePartitions, typesFor } from '../../audit-logs/plan.js';
import { type AuditLogPrincipal, readPrincipals } from '../../audit-logs/principal.js';
import type { FailedPrincipal } from '../../audit-logs/query.js';
import { systemClock } from '../../internal/clock.js';
import { msOf, readInstant } from '../../internal/dates.js';
import { isRecord } from '../../internal/json.js';
import type { Cooldown } from '../../transport/request-gate.js';
import { keysOf } from '../compliance-keys.js';
import { secretKind } from '../fields/secret.js';
import type { ComplianceSettings } from '../form.js';
import { explainComplianceOutcome } from './compliance-causes.js';
import { errorOf } from './failed-principals.js';
import type { CheckContext, CheckedHalf } from './findings.js';
import {
  credentialVerdict,
  type Expected,
  isSlow,
  type Outcome,
  probe,
  refusalStatus,
  verdictOf,
  worstOf,
} from './outcome.js';
import type {
  CheckQuery,
  CredentialVerdict,
  EventTypeVerdict,
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
  /** The key it was asked for with. */
  readonly apiKey: string;
  /** The list of people; an organization has none. */
  readonly members: Outcome | undefined;
  readonly logs: readonly { readonly eventType: string; readonly list: Outcome; readonly newest: Outcome }[];
}

/** What was found out about the compliance half: one verdict for each key, and one for each workspace. */
export interface CheckedCompliance extends CheckedHalf {
  readonly workspaces: readonly WorkspaceVerdict[];
  /** Those whose key opens nothing. */
  readonly failed: readonly FailedPrincipal[];
}

export interface ComplianceContext extends CheckContext {
  /** Until when a workspace asks for patience, shared with the client that reads it. */
  readonly cooldownOf: ((principal: AuditLogPrincipal) => Cooldown) | undefined;
}

/** Checks the compliance half: every workspace with its own key, every event type, and the lists of people. */
export async function checkCompliance(
  context: ComplianceContext,
  config: ComplianceSettings,
  eventTypes: CheckQuery['eventTypes'],
): Promise<CheckedCompliance> {
  const results = await probeCompliance(context, config, eventTypes);
  addFindings(context, config, results);
  const opens = openedByKey(results);
  const nowMs = (context.options.clock ?? systemClock).now();
  const lists = results.flatMap(({ logs }) => logs.map(({ list }) => verdictOf(list)));
  const members = results.flatMap((result) => result.members ?? []).map(verdictOf);
  return {
    credentials: byKey(results).map(([key, ofKey]) => ({
      ...credentialVerdict('compliance_api_key', classOf(key), ofKey.flatMap(outcomesOf)),
      principals: ofKey.map(({ principal }) => principal),
    })),
    permissions: [
      { permission: 'read_logs', verdict: together(lists), scope: logScope },
      { permission: 'read_members', verdict: together(members), scope: memberScope },
    ],
    workspaces: results.map((result) => ({
      principal: result.principal,
      known: knownBy(outcomesOf(result), opens(result).length > 0),
      opened: openedVerdict(outcomesOf(result)),
      members: result.members === undefined ? 'off' : verdictOf(result.members),
      logs: result.logs.map((log) => eventTypeVerdict(log, nowMs)),
    })),
    failed: results.flatMap(failureOf),
  };
}

function addFindings(
  { findings }: CheckContext,
  { complianceApiKeys = {} }: ComplianceSettings,
  results: readonly PrincipalOutcomes[],
): void {
  const workspaces = results.filter(({ principal }) => principal.type === 'workspace').length;
  const statuses = new Set(results.flatMap(outcomesOf).map(refusalStatus));
  const openedBy = openedByKey(results);
  const withOwnKey = new Set(Object.keys(complianceApiKeys).map((id) => id.toLowerCase()));
  for (const result of results) {
    const { principal, apiKey, members, logs } = result;
    const hasOwnKey = withOwnKey.has(principal.id.toLowerCase());
    const opened = openedBy(result);
    const here = { service: 'compliance', principal, hasOwnKey } as const;
    const add = (outcome: Outcome, asked: 'people' | 'log' | 'log_of_owners', eventType?: string) => {
      const isEverywhere = workspaces > 1 && statuses.size === 1;
      const elsewhere = (['nothing', 'another'] as const)[opened.length] ?? 'several';
      const keyOpens = opened.includes(principal) ? 'this' : elsewhere;
      const others = { looksLike: classOf(apiKey), of: principal.type, asked, keyOpens, isEverywhere } as const;
      const code = explainComplianceOutcome(outcome, others);
      if (code === undefined) return;
      // What is refused whole is about no event type.
      const isWhole = keyOpens !== 'this' && [401, 403, 404].includes(refusalStatus(outcome) ?? 0);
      const named = isWhole && code !== 'organization_not_allowed' ? undefined : eventType;
      findings.add(code, { ...here, eventType: named, opened: opened[0]?.id }, outcome);
    };
    for (const { eventType, list } of logs) {
      add(list, logsOfOwners.includes(eventType) ? 'log_of_owners' : 'log', eventType);
      if (isSlow(list)) findings.add('server_slow', { ...here, eventType }, list);
    }
    if (members !== undefined) add(members, 'people');
    const newest = logs.map((log) => newestOf(log.eventType, log.newest));
    if (newest.length > 0 && newest.every((time) => time === null)) findings.add('no_events_yet', here);
  }
}

/** The results by the key that was used, in order. */
function byKey(results: readonly PrincipalOutcomes[]): [key: string, results: readonly PrincipalOutcomes[]][] {
  const keys = new Set(results.map(({ apiKey }) => apiKey));
  return [...keys].map((key) => [key, results.filter(({ apiKey }) => apiKey === key)]);
}

/** Says what the key of a principal opens: itself, and the workspaces that say of another one that the key is not meant for it. */
function openedByKey(
  results: readonly PrincipalOutcomes[],
): (result: PrincipalOutcomes) => readonly AuditLogPrincipal[] {
  const opened = new Map(
    byKey(results).map(([key, ofKey]) => [
      key,
      ofKey.filter((result) => outcomesOf(result).some(isAnswered)).map(({ principal }) => principal),
    ]),
  );
  // An organization that is read says nothing of a workspace.
  return ({ principal, apiKey }) =>
    (opened.get(apiKey) ?? []).filter((other) => other === principal || other.type === 'workspace');
}

function probeCompliance(
  context: ComplianceContext,
  config: ComplianceSettings,
  eventTypes: CheckQuery['eventTypes'],
): Promise<PrincipalOutcomes[]> {
  const { options, fetch, deadlineMs, cooldownOf } = context;
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
    const transport = openComplianceTransport({
      ...both,
      ...own,
      apiKey,
      baseUrl,
      fetch,
      ...limits,
      cooldown: cooldownOf?.(principal),
    });
    const ask = async (
      path: string,
      query: readonly (readonly [string, string])[],
      isWanted: Expected['isWanted'] = isList,
    ): Promise<Outcome> => {
      if (secretKind(apiKey) === 'scim_token') return { kind: 'skipped' };
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
    return { principal, apiKey, members, logs };
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
function knownBy(outcomes: readonly Outcome[], isKeyAlive: boolean): Verdict {
  if (outcomes.some(isAnswered)) return 'ok';
  const statuses = outcomes.map(refusalStatus);
  if (statuses.includes(404)) return 'failed';
  return statuses.includes(403) && isKeyAlive ? 'failed' : 'unknown';
}

function openedVerdict(outcomes: readonly Outcome[]): Verdict {
  if (outcomes.some(isAnswered)) return 'ok';
  return outcomes.some((outcome) => verdictOf(outcome) === 'failed') ? 'failed' : 'unknown';
}

function failureOf({ principal, members, logs }: PrincipalOutcomes): FailedPrincipal[] {
  const outcomes = [...logs.map(({ list }) => list), members ?? []].flat();
  const [error] = outcomes.flatMap((outcome) => errorOf(outcome) ?? []);
  if (error === undefined || outcomes.some(isAnswered)) return [];
  return [{ principal: { ...principal }, eventTypes: logs.map(({ eventType }) => eventType), error }];
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
  return keyKind(key) ?? secretKind(key);
}
