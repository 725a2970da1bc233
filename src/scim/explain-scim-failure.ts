import { explain, networkRemedies, scimRemedies, scimRequestRemedies } from '../errors/remedies.js';
import type { ResponseErrorCode } from '../errors/sdk-error.js';
import type { Explain } from '../transport/response-failure.js';
import { addressRemedy } from './error-body.js';

/** What the administrator of a SCIM connection can do about a failure, where the general advice is not enough. */
export const explainScimFailure: Explain = ({ code, scimType, bodyKind, method, route }, params) => {
  if (bodyKind === 'html' && (code === 'forbidden' || code === 'not_found')) {
    return { remedy: explain(networkRemedies.web_page_answered) };
  }
  const isList = method === 'GET' && !route.includes('{');
  if (code === 'not_found' && isList) return { remedy: explain(scimRemedies.directory_unknown) };
  const { remedy } = code === 'not_found' ? addressRemedy(params?.id) : {};
  if (remedy !== undefined) return { remedy };
  return { remedy: scimType === 'invalidFilter' ? scimRequestRemedies.invalid_filter : remedyFor(code) };
};

function remedyFor(code: ResponseErrorCode): string | undefined {
  if (code === 'unauthorized') return explain(scimRemedies.scim_token_refused);
  if (code === 'forbidden') return explain(scimRemedies.scim_forbidden);
  const remedies: Partial<Record<ResponseErrorCode, string>> = scimRequestRemedies;
  return remedies[code === 'uniqueness' ? 'conflict' : code];
}
