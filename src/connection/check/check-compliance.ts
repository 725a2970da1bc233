import { systemClock } from '../../internal/clock.js';
import { isRecord } from '../../internal/is-record.js';
import { secretKind } from '../config/secret-kind.js';
import type { ComplianceSettings } from '../connection-config.js';
import type { CheckContext } from './check-context.js';
import type {
  CredentialVerdict,
  EventTypeVerdict,
  PermissionVerdict,
  Verdict,
  WorkspaceVerdict,
} from './check-report.js';
import { explainComplianceOutcome, type Surroundings } from './explain-compliance-outcome.js';
import { isSlow, refusalStatus } from './explain-outcome.js';
import type { Outcome } from './probe.js';
import { type PrincipalOutcomes, probeCompliance } from './probe-compliance.js';
import { authenticatedBy, reachableBy, verdictOf, worstOf } from './verdict-of.js';

const logScope = 'chatgpt.enterprise.compliance_logs_platform.read';
const memberScope = 'chatgpt.enterprise.compliance_export.read';

/** Checks the compliance half: every workspace, every event type, and the lists of people. */
export async function checkCompliance(
  context: CheckContext,
  config: ComplianceSettings,
  eventTypes: readonly string[] | undefined,
): Promise<{
  readonly credential: CredentialVerdict;
  readonly permissions: readonly PermissionVerdict[];
  readonly workspaces: readonly WorkspaceVerdict[];
}> {
  const { findings } = context;
  const isElsewhere = findings.has('scim_token_in_compliance_field') || findings.has('secrets_swapped');
  const results = await probeCompliance(context, config, eventTypes, isElsewhere);
  const outcomes = results.flatMap(outcomesOf);
  const looksLike = classOf(config.complianceApiKey);
  const workspaces = results.filter(({ principal }) => principal.type === 'workspace').length;
  const isAnythingAnswered = outcomes.some(isAnswered);

  for (const result of results) {
    const { principal, members, logs } = result;
    const isOthersOfSameAnswered = outcomesOf(result).some(isAnswered);
    const explain = (outcome: Outcome, isMembers: boolean) => {
      const status = refusalStatus(outcome);
      const around: Surroundings = {
        looksLike,
        isMembers,
        isOthersOfSameAnswered,
        isAnythingAnswered,
        isSameEverywhere: outcomes.every((other) => refusalStatus(other) === status),
        workspaces,
      };
      return explainComplianceOutcome(outcome, around);
    };
    for (const { eventType, list } of logs) {
      const code = explain(list, false);
      const place = { service: 'compliance', principal, eventType } as const;
      if (code !== undefined) findings.add(code, place, list);
      if (isSlow(list)) findings.add('server_slow', place, list);
    }
    const code = members === undefined ? undefined : explain(members, true);
    if (code !== undefined) findings.add(code, { service: 'compliance', principal }, members);
    const newest = logs.map((log) => newestOf(log.eventType, log.newest));
    if (newest.length > 0 && newest.every((time) => time === null)) {
      findings.add('no_events_yet', { service: 'compliance', principal });
    }
  }

  const nowMs = (context.options.clock ?? systemClock).now();
  const times = outcomes.flatMap((outcome) => (outcome.kind === 'answered' ? [outcome.durationMs] : []));
  const lists = results.flatMap(({ logs }) => logs.map(({ list }) => verdictOf(list)));
  const members = results.flatMap((result) => (result.members === undefined ? [] : [verdictOf(result.members)]));
  return {
    credential: {
      credential: 'compliance_api_key',
      looksLike,
      reachable: reachableBy(outcomes),
      authenticated: authenticatedBy(outcomes, true),
      ...(times.length > 0 && { latencyMs: Math.max(...times) }),
    },
    permissions: [
      { permission: 'read_logs', verdict: together(lists), scope: logScope },
      { permission: 'read_members', verdict: together(members), scope: memberScope },
    ],
    workspaces: results.map((result) => ({
      principal: result.principal,
      known: knownBy(outcomesOf(result), isAnythingAnswered),
      members: result.members === undefined ? 'off' : verdictOf(result.members),
      logs: result.logs.map(({ eventType, list, newest }) => describe(eventType, verdictOf(list), newest, nowMs)),
    })),
  };
}

/** One workspace that is unknown says nothing against the key, which reads the others. */
function together(verdicts: readonly Verdict[]): PermissionVerdict['verdict'] {
  return verdicts.includes('ok') && verdicts.includes('failed') ? 'partial' : worstOf(verdicts);
}

function outcomesOf({ members, logs }: PrincipalOutcomes): readonly Outcome[] {
  return [...(members === undefined ? [] : [members]), ...logs.map(({ list }) => list)];
}

function isAnswered({ kind }: Outcome): boolean {
  return kind === 'answered';
}

/** The service looks at the key before the workspace, and at the workspace before the scope. */
function knownBy(outcomes: readonly Outcome[], isAnythingAnswered: boolean): Verdict {
  if (outcomes.some(isAnswered)) return 'ok';
  const statuses = outcomes.map(refusalStatus);
  if (statuses.includes(404)) return 'failed';
  return statuses.includes(403) && isAnythingAnswered ? 'failed' : 'unknown';
}

function describe(eventType: string, verdict: Verdict, newest: Outcome, nowMs: number): EventTypeVerdict {
  const newestEventAt = newestOf(eventType, newest);
  const at = Date.parse(newestEventAt ?? '');
  return {
    eventType,
    verdict,
    ...(newestEventAt !== undefined && { newestEventAt }),
    ...(!Number.isNaN(at) && { lagMs: Math.max(0, nowMs - at) }),
  };
}

/** Undefined where the service does not say: the route is younger than the others. */
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
