import type { EmulatorRequest } from '../core/emulator-request.js';
import type { Random } from '../core/random.js';
import type { ComplianceRoute, EmulatorRoute } from '../core/routes.js';
import { formatTimestamp } from '../core/timestamp.js';
import type { LogEvent } from './event-types.js';
import type { PrincipalKind } from './log-query.js';

const actions: Partial<Record<EmulatorRoute, Readonly<Record<PrincipalKind, string | undefined>>>> = {
  'GET /compliance/logs': { workspace: 'LIST_WORKSPACE_LOG_FILES', organization: 'LIST_ORGANIZATION_LOG_FILES' },
  'GET /compliance/logs/{log_file_id}': {
    workspace: 'DOWNLOAD_WORKSPACE_LOG_FILE',
    organization: 'DOWNLOAD_ORGANIZATION_LOG_FILE',
  },
  'GET /compliance/users': { workspace: 'LIST_WORKSPACE_USERS', organization: undefined },
} satisfies Partial<Record<ComplianceRoute, Readonly<Record<PrincipalKind, string | undefined>>>>;

/** The `AUDIT_LOG` event that a request of the Compliance API leaves; `undefined` for one that leaves none. */
export function auditEventOf(
  request: EmulatorRequest,
  route: EmulatorRoute,
  about: { readonly kind: PrincipalKind; readonly id: string; readonly fileId: string; readonly secret: string },
  random: Random,
  nowMs: number,
): LogEvent | undefined {
  const action = actions[route]?.[about.kind];
  if (action === undefined) return undefined;
  const asked = Object.fromEntries(request.url.searchParams);
  return {
    event_id: random.uuid(),
    type: 'AUDIT_LOG',
    timestamp: formatTimestamp(Math.floor(nowMs) * 1000 + random.integer(0, 999)),
    principal: { id: about.id, type: 'CHATGPT_WORKSPACE' },
    actor: { type: 'API_KEY', redacted_id: `${about.secret.slice(0, 3)}...${about.secret.slice(-4)}` },
    action,
    action_result: 'SUCCESS',
    action_privilege: 'ADMIN',
    request_metadata: { client_ip: '198.51.100.7', client_user_agent: request.headers.get('user-agent') },
    action_data: about.fileId === '' ? asked : { log_file_id: about.fileId },
  };
}
