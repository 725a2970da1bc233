import { logsOfOwners, otherKeysOf } from '../../audit-logs/explain-compliance-failure.js';
import type { FailedPrincipal } from '../../audit-logs/query.js';
import { credentialKind, keyKind } from '../../errors/remedies/key-kind.js';
import { ResponseError } from '../../errors/response-errors.js';
import { systemClock } from '../../internal/clock.js';
import { msOf, readInstant } from '../../internal/dates.js';
import { isRecord } from '../../internal/json.js';
import type { AuditLogPrincipal } from '../../transport/principal.js';
import type { ComplianceSettings } from '../form.js';
import { type AdminCheck, judgeAdmin } from './check-admin.js';
import { explainComplianceOutcome } from './compliance-causes.js';
import { errorOf } from './failed-principals.js';
import { type CheckContext, type CheckedHalf, explainFinding } from './findings.js';
import { credentialVerdict, isRefused, isSlow, type Outcome, refusalStatus, verdictOf, worstOf } from './outcome.js';
import { describePeople, isMadeUpFor, listedBy, memberScopes, peopleVerdict, showsNobody } from './people.js';
import { type ComplianceContext, type PrincipalOutcomes, probeCompliance } from './probe-compliance.js';
import type {
  CheckQuery,
  CredentialVerdict,
  EventTypeVerdict,
  PermissionVerdict,
  Verdict,
  WorkspaceVerdict,
} from './report.js';

const logScope = 'chatgpt.enterprise.compliance_logs_platform.read';
/** What was found out about the compliance half: one verdict for each key, and one for each workspace. */
export interface CheckedCompliance extends CheckedHalf {
  readonly workspaces: readonly WorkspaceVerdict[];
  /** Those of which no log and no list of people could be read. */
  readonly failed: readonly FailedPrincipal[];
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
  const remedies = addFindings(context, results, hasOwnKey);
  const opens = openedByKey(results);
  const nowMs = (context.options.clock ?? systemClock).now();
  const lists = results.flatMap(({ logs }) => logs.map(({ list }) => verdictOf(list)));
  const members = results.flatMap((result) => (result.members === undefined ? [] : peopleVerdict(result.members)));
  return {
    credentials: byKey(results).map(([key, ofKey]) => ({
      ...credentialVerdict('compliance_api_key', classOf(key), ofKey.flatMap(allOutcomesOf)),
      principals: ofKey.map(({ principal }) => principal),
    })),
    permissions: [
      { permission: 'read_logs', verdict: together(lists), scope: logScope },
      { permission: 'read_members', verdict: together(members), scope: memberScopes(results) },
    ],
    workspaces: results.map((result) => ({
      principal: result.principal,
      known: knownBy(result, opens(result).length > 0),
      opened: openedVerdict(result),
      ...describePeople(result.members),
      logs: result.logs.map((log) => eventTypeVerdict(log, nowMs)),
      admin: judgeAdmin(
        context,
        { ...result, hasOwnKey: hasOwnKey(result.principal), others: outcomesOf(result) },
        result.admin,
        admin.isRequired,
      ),
    })),
    failed: results.flatMap((result) => failureOf(result, remedies.get(result))),
  };
}

/** Says whether a principal stands in the field of the keys by workspace. */
function ownKeys({ complianceApiKeys = {} }: ComplianceSettings): (principal: AuditLogPrincipal) => boolean {
  const named = new Set(Object.keys(complianceApiKeys).map((id) => id.toLowerCase()));
  return ({ id }) => named.has(id.toLowerCase());
}

/** Returns what is to be done about a principal of which nothing could be read, as far as all answers together tell it. */
function addFindings(
  { findings }: CheckContext,
  results: readonly PrincipalOutcomes[],
  hasOwnKey: (principal: AuditLogPrincipal) => boolean,
): ReadonlyMap<PrincipalOutcomes, string> {
  const told = new Map<PrincipalOutcomes, string>();
  const workspaces = results.filter(({ principal }) => principal.type === 'workspace').length;
  const statuses = new Set(results.flatMap(outcomesOf).map(refusalStatus));
  const openedBy = openedByKey(results);
  const keys = new Map(results.map(({ principal, apiKey }) => [principal, apiKey]));
  const principals = [...keys.keys()];
  for (const result of results) {
    const { principal, apiKey, members, logs } = result;
    const opened = openedBy(result);
    const here = { service: 'compliance', principal, apiKey, hasOwnKey: hasOwnKey(principal) } as const;
    const add = (outcome: Outcome, asked: 'people' | 'log' | 'log_of_owners', eventType?: string) => {
      const isEverywhere = workspaces > 1 && statuses.size === 1;
      const elsewhere = (['nothing', 'another'] as const)[opened.length] ?? 'several';
      const keyOpens = opened.includes(principal) ? 'this' : elsewhere;
      const others = { looksLike: classOf(apiKey), of: principal.type, asked, keyOpens, isEverywhere } as const;
      const code = explainComplianceOutcome(outcome, others);
      if (
        code === undefined ||
        (asked === 'people' && isRefused(outcome) && members !== undefined && isMadeUpFor(members, code))
      )
        return;
      // What is refused whole is about no event type.
      const isWhole = keyOpens !== 'this' && isRefused(outcome);
      const otherKeys = otherKeysOf(principal, principals, (one) => keys.get(one));
      if (isWhole && !told.has(result)) told.set(result, explainFinding(code, apiKey, otherKeys));
      const named = isWhole && code !== 'organization_not_allowed' ? undefined : eventType;
      const isOfPeople = code === 'member_scope_missing' && members?.admin !== undefined;
      // Which permission is missing of the other list, it has to have said itself.
      const kind = isOfPeople && refusalStatus(members.admin) === 404 ? undefined : keyKind(apiKey);
      findings.add(code, { ...here, kind, eventType: named, opened: opened[0]?.id }, outcome);
    };
    for (const { eventType, list } of logs) {
      add(list, logsOfOwners.includes(eventType) ? 'log_of_owners' : 'log', eventType);
      if (isSlow(list)) findings.add('server_slow', { ...here, eventType }, list);
    }
    if (members !== undefined) add(members.compliance, 'people');
    if (members !== undefined && showsNobody(members)) {
      const list = listedBy(members);
      findings.add('members_not_shown', here, list && members[list]);
    }
    const newest = logs.map((log) => newestOf(log.eventType, log.newest));
    if (newest.length > 0 && newest.every((time) => time === null)) findings.add('no_events_yet', here);
  }
  return told;
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

// One workspace that is unknown says nothing against the key, which reads the others.
function together(verdicts: readonly Verdict[]): PermissionVerdict['verdict'] {
  return verdicts.includes('ok') && verdicts.includes('failed') ? 'partial' : worstOf(verdicts);
}

function outcomesOf({ members, logs }: PrincipalOutcomes): readonly Outcome[] {
  return [members?.compliance ?? [], logs.map(({ list }) => list)].flat();
}

/** With those of the Admin API: what is answered there shows too that the key opens the workspace. */
function allOutcomesOf(result: PrincipalOutcomes): readonly Outcome[] {
  return [
    ...outcomesOf(result),
    ...result.admin.flatMap(({ outcome }) => outcome ?? []),
    result.members?.admin ?? [],
  ].flat();
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

function failureOf({ principal, members, logs }: PrincipalOutcomes, remedy: string | undefined): FailedPrincipal[] {
  const outcomes = [...logs.map(({ list }) => list), members?.compliance ?? []].flat();
  const [error] = outcomes.flatMap((outcome) => errorOf(outcome) ?? []);
  if (error === undefined || [...outcomes, members?.admin ?? []].flat().some(isAnswered)) return [];
  const isToldMore = remedy !== undefined && error instanceof ResponseError;
  const eventTypes = logs.map(({ eventType }) => eventType);
  return [{ principal: { ...principal }, eventTypes, error: isToldMore ? Object.assign(error, { remedy }) : error }];
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
