import { forbiddenReason, keyKind } from '../../errors/remedies/key-kind.js';
import { networkRemedies } from '../../errors/remedies/network.js';
import { platformRemedies } from '../../errors/remedies/platform.js';
import { explain } from '../../errors/remedies/remedy.js';
import type { Credential } from '../../transport/options.js';
import type { Explain, Failure } from '../../transport/response-failure.js';
import { isRetryableStatus } from '../../transport/retry.js';

/** What a person can do about a refusal of the API Platform (OpenAI Help Center, "Admin and Audit Logs API", "Managing Admin keys"). */
export function explainPlatformFailure(apiKey: Credential): Explain {
  // Its kind alone, and not the key. What a function gives is not known here.
  const isOfProject = typeof apiKey === 'string' && keyKind(apiKey) === 'project_key';
  return (failure) => {
    const remedy = remedyFor(failure, isOfProject);
    return remedy === undefined ? undefined : { remedy };
  };
}

function remedyFor({ status, bodyKind, serverMessage = '' }: Failure, isOfProject: boolean): string | undefined {
  if (bodyKind === 'html' && (status === 403 || status === 404)) return explain(networkRemedies.web_page_answered);
  switch (status) {
    case 400:
    case 422:
      return platformRemedies.bad_request;
    case 401:
      return isOfProject ? platformRemedies.project_key_refused : platformRemedies.key_refused;
    case 403:
      if (forbiddenReason(serverMessage) === 'ip_not_allowed') return platformRemedies.ip_not_allowed;
      return isOfProject ? platformRemedies.project_key_refused : platformRemedies.forbidden;
    case 404:
      return platformRemedies.not_found;
    case 429:
      return platformRemedies.rate_limited;
    default:
      return isRetryableStatus(status) ? platformRemedies.outage : undefined;
  }
}
