import { explain, networkRemedies, scimRemedies, scimRequestRemedies } from '../errors/remedies.js';
import type { ResponseErrorCode } from '../errors/sdk-error.js';
import type { Explain } from '../transport/response-failure.js';

const byCode: Partial<Record<ResponseErrorCode, string>> = {
  unauthorized: explain(scimRemedies.scim_token_refused),
  forbidden: explain(scimRemedies.scim_forbidden),
  uniqueness: scimRequestRemedies.conflict,
  ...scimRequestRemedies,
};

/** What the administrator of a SCIM connection can do about a failure, where the general advice is not enough. */
export const explainScimFailure: Explain = ({ code, scimType, bodyKind, method, route }) => {
  if (bodyKind === 'html' && (code === 'forbidden' || code === 'not_found')) {
    return { remedy: explain(networkRemedies.web_page_answered) };
  }
  const isList = method === 'GET' && !route.includes('{');
  if (code === 'not_found' && isList) return { remedy: explain(scimRemedies.directory_unknown) };
  return { remedy: scimType === 'invalidFilter' ? scimRequestRemedies.invalid_filter : byCode[code] };
};
