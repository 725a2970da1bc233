import { openComplianceTransport } from '../../audit-logs/open-compliance-transport.js';
import { type AuditLogPrincipal, readPrincipals } from '../../audit-logs/principal.js';
import { organizationOnlyEventTypes, workspaceOnlyEventTypes } from '../../audit-logs/schemas/event-routes.js';
import { systemClock } from '../../internal/clock.js';
import type { ComplianceSettings } from '../connection-config.js';
import type { CheckContext } from './check-context.js';
import { type Outcome, probe } from './probe.js';

/** What was asked of one workspace or organization. */
export interface PrincipalOutcomes {
  readonly principal: AuditLogPrincipal;
  /** The list of people; an organization has none. */
  readonly members: Outcome | undefined;
  readonly logs: readonly { readonly eventType: string; readonly list: Outcome; readonly newest: Outcome }[];
}

const defaultTypes = {
  workspace: ['AUTH_LOG', 'AUDIT_LOG', 'CONVERSATION_MESSAGE'],
  organization: ['COSTS'],
} as const;

const hourMs = 3_600_000;

/** Asks for one row of everything, in every workspace, side by side. */
export async function probeCompliance(
  context: CheckContext,
  config: ComplianceSettings,
  eventTypes: readonly string[] | undefined,
  isElsewhere: boolean,
): Promise<readonly PrincipalOutcomes[]> {
  const { scim: _, auditLogs: { rateLimit: __, ...own } = {}, ...both } = context.options;
  const transport = openComplianceTransport({
    ...both,
    ...own,
    apiKey: config.complianceApiKey,
    baseUrl: config.complianceBaseUrl,
    fetch: context.fetch,
    timeoutMs: context.deadlineMs,
    deadlineMs: context.deadlineMs,
  });
  const after = new Date((both.clock ?? systemClock).now() - hourMs).toISOString();

  return Promise.all(
    readPrincipals(config.workspaceIds, config.organizationId).map(async (principal) => {
      const { type, id } = principal;
      const ask = (path: string, query: readonly (readonly [string, string])[]): Promise<Outcome> | Outcome =>
        isElsewhere
          ? { kind: 'withheld' }
          : probe(
              transport,
              { route: `/compliance/${type}s/{${type}_id}/${path}`, params: { [`${type}_id`]: id }, query },
              context.scope,
            );
      const [members, ...logs] = await Promise.all([
        type === 'workspace' ? ask('users', [['limit', '1']]) : undefined,
        ...typesFor(type, eventTypes).map(async (eventType) => {
          const which = ['event_type', eventType] as const;
          const [list, newest] = await Promise.all([
            ask('logs', [which, ['after', after], ['limit', '1']]),
            ask('max_event_time', [which]),
          ]);
          return { eventType, list, newest };
        }),
      ]);
      return { principal, members, logs };
    }),
  );
}

/** The types that this kind of principal may have. */
function typesFor(type: AuditLogPrincipal['type'], eventTypes: readonly string[] | undefined): readonly string[] {
  if (eventTypes === undefined) return defaultTypes[type];
  const foreign: readonly string[] = type === 'workspace' ? organizationOnlyEventTypes : workspaceOnlyEventTypes;
  return [...new Set(eventTypes)].filter((eventType) => !foreign.includes(eventType));
}
