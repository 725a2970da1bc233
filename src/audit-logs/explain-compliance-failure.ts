import { complianceRemedies, complianceRequestRemedies } from '../errors/remedies/compliance.js';
import { forbiddenReason, type KeyKind, keyKind } from '../errors/remedies/key-kind.js';
import { networkRemedies } from '../errors/remedies/network.js';
import { explain, type Remedy } from '../errors/remedies/remedy.js';
import type { Credential } from '../transport/options.js';
import type { Explain } from '../transport/response-failure.js';
import { isRetryableStatus } from '../transport/retry.js';

/** What a person can do about a refusal of the Compliance API (OpenAI Help Center, "Compliance API" and "Admin keys"). */
export function explainComplianceFailure(apiKey: Credential): Explain {
  // Its kind alone, and not the key. What a function gives is not known here.
  const kind = typeof apiKey === 'string' ? keyKind(apiKey) : undefined;
  return ({ status, bodyKind, route, serverMessage = '' }) => {
    const remedy =
      status === 401 ? explain(refused(kind)) : remedyFor(status, bodyKind === 'html', route, serverMessage);
    return remedy === undefined ? undefined : { remedy };
  };
}

/** OpenAI gives these to keys that an owner made. */
export const logsOfOwners: readonly string[] = ['CONVERSATION_MESSAGE'];

function refused(kind: KeyKind | undefined): Remedy {
  if (kind === undefined) return complianceRemedies.compliance_key_refused;
  return complianceRemedies[`${kind}_refused`];
}

function remedyFor(status: number, isPage: boolean, route: string, serverMessage: string): string | undefined {
  if (isPage && (status === 403 || status === 404)) return explain(networkRemedies.web_page_answered);
  switch (status) {
    case 400:
      if (/-scoped event type/i.test(serverMessage)) return complianceRequestRemedies.wrong_route;
      return /event_type/i.test(serverMessage)
        ? explain(complianceRemedies.event_type_refused)
        : complianceRequestRemedies.bad_request;
    case 403:
      return explainForbidden(route, serverMessage);
    case 404:
      return route.includes('{log_file_id}')
        ? complianceRequestRemedies.file_expired
        : explain(complianceRemedies.workspace_unknown);
    case 410:
      return complianceRequestRemedies.gone;
    case 422:
      return complianceRequestRemedies.unprocessable;
    case 429:
      return complianceRequestRemedies.rate_limited;
    default:
      return isRetryableStatus(status) ? complianceRequestRemedies.outage : undefined;
  }
}

function explainForbidden(route: string, serverMessage: string): string {
  const reason = forbiddenReason(serverMessage);
  if (reason === undefined) return complianceRequestRemedies.forbidden;
  if (reason !== 'scope_missing') return explain(complianceRemedies[reason]);
  const code = route.endsWith('/users') ? 'member_scope_missing' : 'log_scope_missing';
  return explain(complianceRemedies[code]);
}
