import { openComplianceTransport } from '../../audit-logs/api.js';
import { readLogFilePage } from '../../audit-logs/files/log-file.js';
import { resolvePartitions, typesFor } from '../../audit-logs/plan.js';
import { isSdkError } from '../../errors/is-sdk-error.js';
import { secretKind } from '../../errors/remedies/key-kind.js';
import { systemClock } from '../../internal/clock.js';
import { isRecord } from '../../internal/json.js';
import { saysFailure } from '../../transport/page-end.js';
import type { AuditLogPrincipal } from '../../transport/principal.js';
import type { Cooldown } from '../../transport/request-gate.js';
import { keysOf, principalsOfConfig } from '../compliance-keys.js';
import type { ComplianceSettings } from '../form.js';
import { isPageOfUsers } from '../roster/workspace-users.js';
import { type AdminCheck, type AdminOutcome, AdminProbe } from './check-admin.js';
import type { CheckContext } from './findings.js';
import { type Expected, isRefused, type Outcome, probe } from './outcome.js';
import type { PeopleOutcomes } from './people.js';
import type { CheckQuery } from './report.js';

const hourMs = 3_600_000;

const defaultTypes = { workspace: ['AUTH_LOG', 'AUDIT_LOG', 'CONVERSATION_MESSAGE'], organization: ['COSTS'] } as const;

/** What came of asking for one workspace, or for the organization. */
export interface PrincipalOutcomes {
  readonly principal: AuditLogPrincipal;
  /** The key it was asked for with. */
  readonly apiKey: string;
  /** The lists of people. An organization has none. */
  readonly members: PeopleOutcomes | undefined;
  readonly logs: readonly { readonly eventType: string; readonly list: Outcome; readonly newest: Outcome }[];
  readonly admin: readonly AdminOutcome[];
}

export interface ComplianceContext extends CheckContext {
  /** Until when a workspace asks for patience, shared with the clients that read it. */
  readonly cooldownOf: ((principal: AuditLogPrincipal) => Cooldown) | undefined;
  readonly adminCooldownOf: ((principal: AuditLogPrincipal) => Cooldown) | undefined;
}

/** Asks for everything side by side: each workspace with its own key, every event type, and the lists of people. */
export function probeCompliance(
  context: ComplianceContext,
  config: ComplianceSettings,
  eventTypes: CheckQuery['eventTypes'],
  adminCheck: AdminCheck,
): Promise<PrincipalOutcomes[]> {
  const { options, fetch, deadlineMs, cooldownOf, adminCooldownOf } = context;
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
      principal,
      cooldown: cooldownOf?.(principal),
    });
    const ask = async (
      path: string,
      query: readonly (readonly [string, string])[],
      isWanted: Expected['isWanted'],
    ): Promise<Outcome> => {
      if (secretKind(apiKey) === 'scim_token') return { kind: 'skipped' };
      const route = `/compliance/${type}s/{${type}_id}/${path}`;
      const expected = { isWanted, otherwise: 'not_compliance_api' } as const;
      return probe(transport, { route, params: { [`${type}_id`]: id }, query }, expected, context);
    };
    const isWorkspace = type === 'workspace';
    const api = new AdminProbe(context, { principal, apiKey, baseUrl, cooldownOf: adminCooldownOf });
    const asking = isWorkspace ? api.askAll(adminCheck) : Promise.resolve([]);
    const askPeople = async (): Promise<PeopleOutcomes> => {
      const compliance = await ask('users', [['limit', '1']], (body) => isPageOfUsers(body, id));
      const asked = adminCheck.categories.includes('members');
      const known = asked ? (await asking).find(({ category }) => category === 'members')?.outcome : undefined;
      return { compliance, admin: asked || !isRefused(compliance) ? known : await api.ask('members') };
    };
    const [members, admin, ...logs] = await Promise.all([
      isWorkspace ? askPeople() : undefined,
      asking,
      ...(eventTypes === undefined
        ? defaultTypes[isWorkspace ? 'workspace' : 'organization']
        : typesFor(principal, eventTypes)
      ).map(async (eventType) => {
        const which = ['event_type', eventType] as const;
        const [list, newest] = await Promise.all([
          ask('logs', [which, ['after', after], ['limit', '1']], (body) => isPageOfLogs(body, eventType, principal)),
          ask('max_event_time', [which], isRecord),
        ]);
        return { eventType, list, newest };
      }),
    ]);
    return { principal, apiKey, members, logs, admin };
  };
  return Promise.all(principals.map(probePrincipal));
}

/** Whether an AuditLogClient would read this answer, and take its rows for files of this type and of nobody else. */
function isPageOfLogs(body: unknown, eventType: string, principal: AuditLogPrincipal): boolean {
  try {
    const { data, invalidRows = [] } = readLogFilePage(body, { route: '', status: 200 }, eventType);
    const isOfType = data.every((file) => file.event_type.toLowerCase() === eventType.toLowerCase());
    return isOfType && invalidRows.length === 0 && isOf(principal, body) && isRecord(body) && !saysFailure(body);
  } catch (error) {
    if (isSdkError(error, 'ResponseValidationError')) return false;
    throw error;
  }
}

/** Whether no row of a list says that it is of another workspace or organization than was asked. */
function isOf({ type, id }: AuditLogPrincipal, body: unknown): boolean {
  const rows = isRecord(body) && Array.isArray(body.data) ? body.data : [];
  return rows.every((row) => {
    const said = isRecord(row) ? row[`${type}_id`] : undefined;
    return typeof said !== 'string' || said.toLowerCase() === id.toLowerCase();
  });
}
