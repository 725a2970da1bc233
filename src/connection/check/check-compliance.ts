import { openComplianceTransport } from '../../audit-logs/api.js';
import { logsOfOwners } from '../../audit-logs/explain-compliance-failure.js';
import { resolvePartitions, typesFor } from '../../audit-logs/plan.js';
import type { FailedPrincipal } from '../../audit-logs/query.js';
import { credentialKind, secretKind } from '../../errors/remedies/key-kind.js';
import { systemClock } from '../../internal/clock.js';
import { msOf, readInstant } from '../../internal/dates.js';
import { isRecord } from '../../internal/json.js';
import type { AuditLogPrincipal } from '../../transport/principal.js';
import type { Cooldown } from '../../transport/request-gate.js';
import { keysOf, principalsOfConfig } from '../compliance-keys.js';
import type { ComplianceSettings } from '../form.js';
import { type AdminCheck, type AdminOutcome, judgeAdmin, probeAdmin } from './check-admin.js';
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
  readonly admin: readonly AdminOutcome[];
}

/** What was found out about the compliance half: one verdict for each key, and one for each workspace. */
export interface CheckedCompliance extends CheckedHalf {
  readonly workspaces: readonly WorkspaceVerdict[];
  /** Those of which no log and no list of people could be read. */
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
  admin: AdminCheck,
): Promise<CheckedCompliance> {
  const results = await probeCompliance(context, config, eventTypes, admin);
  const hasOwnKey = ownKeys(config);
  addFindings(context, results, hasOwnKey);
  const opens = openedByKey(results);
  const nowMs = (context.options.clock ?? systemClock).now();
  const lists = results.flatMap(({ logs }) => logs.map(({ list }) => verdictOf(list)));
  const members = results.flatMap((result) => result.members ?? []).map(verdictOf);
  return {
    credentials: byKey(results).map(([key, ofKey]) => ({
      ...credentialVerdict('compliance_api_key', classOf(key), ofKey.flatMap(allOutcomesOf)),
      principals: ofKey.map(({ principal }) => principal),
    })),
    permissions: [
      { permission: 'read_logs', verdict: together(lists), scope: logScope },
      { permission: 'read_members', verdict: together(members), scope: memberScope },
    ],
    workspaces: results.map((result) => ({
      principal: result.principal,
      known: knownBy(result, opens(result).length > 0),
      opened: openedVerdict(result),
      members: result.members === undefined ? 'off' : verdictOf(result.members),
      logs: result.logs.map((log) => eventTypeVerdict(log, nowMs)),
      admin: judgeAdmin(
        context,
        { principal: result.principal, hasOwnKey: hasOwnKey(result.principal), others: outcomesOf(result) },
        result.admin,
        admin.isRequired,
      ),
    })),
    failed: results.flatMap(failureOf),
  };
}

/** Says whether a principal stands in the field of the keys by workspace. */
function ownKeys({ complianceApiKeys = {} }: ComplianceSettings): (principal: AuditLogPrincipal) => boolean {
  const named = new Set(Object.keys(complianceApiKeys).map((id) => id.toLowerCase()));
  return ({ id }) => named.has(id.toLowerCase());
}

function addFindings(
  { findings }: CheckContext,
  results: readonly PrincipalOutcomes[],
  hasOwnKey: (principal: AuditLogPrincipal) => boolean,
): void {
  const workspaces = results.filter(({ principal }) => principal.type === 'workspace').length;
  const statuses = new Set(results.flatMap(outcomesOf).map(refusalStatus));
  const openedBy = openedByKey(results);
  for (const result of results) {
    const { principal, apiKey, members, logs } = result;
    const opened = openedBy(result);
    const here = { service: 'compliance', principal, hasOwnKey: hasOwnKey(principal) } as const;
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
      ofKey.filter((result) => allOutcomesOf(result).some(isAnswered)).map(({ principal }) => principal),
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
  adminCheck: AdminCheck,
): Promise<PrincipalOutcomes[]> {
  const { options, fetch, deadlineMs, cooldownOf } = context;
  const { scim: _, admin: __, auditLogs: { rateLimit: ___, ...own } = {}, ...both } = options;
  const { complianceBaseUrl: baseUrl } = config;
  const limits = { timeoutMs: deadlineMs, deadlineMs };
  const principals = principalsOfConfig(config);
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
    const [members, admin, ...logs] = await Promise.all([
      type === 'workspace' ? ask('users', [['limit', '1']]) : undefined,
      type === 'workspace' ? probeAdmin(context, principal, { apiKey, baseUrl }, adminCheck) : [],
      ...(eventTypes === undefined ? defaultTypes[type] : typesFor(type, eventTypes)).map(async (eventType) => {
        const which = ['event_type', eventType] as const;
        const [list, newest] = await Promise.all([
          ask('logs', [which, ['after', after], ['limit', '1']]),
          ask('max_event_time', [which], isRecord),
        ]);
        return { eventType, list, newest };
      }),
    ]);
    return { principal, apiKey, members, logs, admin };
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

/** With those of the Admin API: what is answered there shows too that the key opens the workspace. */
function allOutcomesOf(result: PrincipalOutcomes): readonly Outcome[] {
  return [...outcomesOf(result), ...result.admin.flatMap(({ outcome }) => outcome ?? [])];
}

const isAnswered = ({ kind }: Outcome) => kind === 'answered';

/** The service looks at the key before the workspace, and at the workspace before the scope. */
function knownBy(result: PrincipalOutcomes, isKeyAlive: boolean): Verdict {
  if (allOutcomesOf(result).some(isAnswered)) return 'ok';
  const statuses = outcomesOf(result).map(refusalStatus);
  if (statuses.includes(404)) return 'failed';
  return statuses.includes(403) && isKeyAlive ? 'failed' : 'unknown';
}

function openedVerdict(result: PrincipalOutcomes): Verdict {
  if (allOutcomesOf(result).some(isAnswered)) return 'ok';
  return outcomesOf(result).some((outcome) => verdictOf(outcome) === 'failed') ? 'failed' : 'unknown';
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
  return credentialKind(key);
}
