import { logsOfOwners } from '../../audit-logs/explain-compliance-failure.js';
import type { FailedPrincipal } from '../../audit-logs/query.js';
import { credentialKind, keyKind } from '../../errors/remedies/key-kind.js';
import { ResponseError } from '../../errors/response-errors.js';
import { systemClock } from '../../internal/clock.js';
import { msOf, readInstant } from '../../internal/dates.js';
import { isRecord } from '../../internal/json.js';
import { otherKeysOf } from '../../transport/other-keys.js';
import type { AuditLogPrincipal } from '../../transport/principal.js';
import type { ComplianceSettings } from '../form.js';
import { type AdminCheck, judgeAdmin } from './check-admin.js';
import { explainComplianceOutcome } from './compliance-causes.js';
import { errorOf } from './failed-principals.js';
import { type CheckContext, type CheckedHalf, explainFinding, type FindingPlace } from './findings.js';
import {
  credentialVerdict,
  isOfLiveKey,
  isRefused,
  isSlow,
  type Outcome,
  refusalStatus,
  verdictOf,
  worstOf,
} from './outcome.js';
import { describePeople, isMadeUpFor, memberScopes, peopleVerdict } from './people.js';
import { type ComplianceContext, type PrincipalOutcomes, probeCompliance } from './probe-compliance.js';
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
  const placeOf = placesOfKeys(config, results);
  const remedies = addFindings(context, results, placeOf);
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
      known: knownBy(result, opens(result)),
      opened: openedVerdict(result),
      ...describePeople(result.members),
      logs: result.logs.map((log) => eventTypeVerdict(log, nowMs)),
      admin: judgeAdmin(
        context,
        { ...result, ...placeOf(result.principal), others: outcomesOf(result) },
        result.admin,
        admin.isRequired,
      ),
    })),
    failed: results.flatMap((result) => failureOf(result, remedies.get(result))),
  };
}

/** Says whether the key of a principal stands in the field of the keys by workspace, or is that of several workspaces. */
function placesOfKeys(
  { complianceApiKeys = {} }: ComplianceSettings,
  results: readonly PrincipalOutcomes[],
): (principal: AuditLogPrincipal) => Required<Pick<FindingPlace, 'hasOwnKey' | 'isShared'>> {
  const named = new Set(Object.keys(complianceApiKeys).map((id) => id.toLowerCase()));
  const isNamed = ({ id }: AuditLogPrincipal) => named.has(id.toLowerCase());
  const others = results.filter(({ principal }) => principal.type === 'workspace' && !isNamed(principal));
  return (principal) => {
    const hasOwnKey = isNamed(principal);
    return { hasOwnKey, isShared: principal.type === 'workspace' && !hasOwnKey && others.length > 1 };
  };
}

/** Returns what is to be done about a principal of which nothing could be read, as far as all answers together tell it. */
function addFindings(
  { findings }: CheckContext,
  results: readonly PrincipalOutcomes[],
  placeOf: ReturnType<typeof placesOfKeys>,
): ReadonlyMap<PrincipalOutcomes, string> {
  const refused = new Map<PrincipalOutcomes, ObservedCode>();
  const workspaces = results.filter(({ principal }) => principal.type === 'workspace').length;
  const statuses = new Set(results.flatMap(outcomesOf).map(refusalStatus));
  const openedBy = openedByKey(results);
  const keys = new Map(results.map(({ principal, apiKey }) => [principal, apiKey]));
  const principals = [...keys.keys()];
  for (const result of results) {
    const { principal, apiKey, members, logs } = result;
    const opened = openedBy(result);
    const here = { service: 'compliance', principal, apiKey, ...placeOf(principal) } as const;
    const isNowhere = outcomesOf(result).every((outcome) => refusalStatus(outcome) === 404);
    const add = (outcome: Outcome, asked: 'people' | 'log' | 'log_of_owners', eventType?: string) => {
      const isEverywhere = workspaces > 1 && statuses.size === 1;
      const elsewhere = (['nothing', 'another'] as const)[opened.length] ?? 'several';
      const keyOpens = opened.includes(principal) ? 'this' : elsewhere;
      const others = {
        looksLike: classOf(apiKey),
        of: principal.type,
        asked,
        keyOpens,
        isEverywhere,
        isNowhere,
      } as const;
      const code = explainComplianceOutcome(outcome, others);
      if (
        code === undefined ||
        (asked === 'people' && isRefused(outcome) && members !== undefined && isMadeUpFor(members, code))
      )
        return;
      // What is refused whole is about no event type.
      const isWhole = isRefused(outcome) && (keyOpens !== 'this' || isNowhere);
      if (isRefused(outcome) && !refused.has(result)) refused.set(result, code);
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
    const newest = logs.map((log) => newestOf(log.eventType, log.newest));
    if (newest.length > 0 && newest.every((time) => time === null)) findings.add('no_events_yet', here);
  }
  const toTell = [...refused].map(([result, code]) => {
    const { principal, apiKey } = result;
    const isSame = otherKeysOf(principal, principals, (one) => keys.get(one)) === 'same';
    const around = findings.failAlike(code) ? 'exchanged' : isSame ? 'same' : undefined;
    return [result, explainFinding(code, apiKey, around)] as const;
  });
  return new Map(toTell);
}

/** The results by the key that was used, in order. */
function byKey(results: readonly PrincipalOutcomes[]): [key: string, results: readonly PrincipalOutcomes[]][] {
  const keys = new Set(results.map(({ apiKey }) => apiKey));
  return [...keys].map((key) => [key, results.filter(({ apiKey }) => apiKey === key)]);
}

/**
 * Says what the key of a principal opens: itself, and the workspaces that say of another one that the key is not meant for it. One
 * that says which scope it misses is opened by it too, but where it is an Admin key that opens another one.
 */
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
  return (result) => {
    const { principal, apiKey } = result;
    const all = (opened.get(apiKey) ?? []).filter((other) => other === principal || other.type === 'workspace');
    const isElsewhere = all.length > 0 && keyKind(apiKey) === 'admin_key';
    if (all.includes(principal) || isElsewhere || !allOutcomesOf(result).some(isOfLiveKey)) return all;
    return [principal, ...all];
  };
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
function knownBy(result: PrincipalOutcomes, opened: readonly AuditLogPrincipal[]): Verdict {
  if (opened.includes(result.principal)) return 'ok';
  const statuses = outcomesOf(result).map(refusalStatus);
  if (statuses.includes(404)) return 'failed';
  return statuses.includes(403) && opened.length > 0 ? 'failed' : 'unknown';
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
