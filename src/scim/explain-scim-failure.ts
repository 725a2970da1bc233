import type { Failure } from '../transport/response-to-error.js';

/** What the administrator of a SCIM connection can do about a failure. */
export function explainScimFailure(failure: Failure): { readonly remedy: string } | undefined {
  const remedy = remedyFor(failure);
  return remedy === undefined ? undefined : { remedy };
}

function remedyFor({ status, scimType, method, route }: Failure): string | undefined {
  const isList = method === 'GET' && !route.includes('{');
  switch (status) {
    case 400:
      return scimType === 'invalidFilter'
        ? 'The server does not take this filter. Ask for less with it, and compare the rest in the program.'
        : undefined;
    case 401:
      return 'The SCIM token was not accepted. It may be cut, have been regenerated since, or belong to another directory: copy it again, whole, or generate a new one where the directory was set up.';
    case 403:
      return 'The SCIM token is valid but may not do this. Check what the directory it belongs to allows.';
    case 404:
      return isList
        ? 'There is no SCIM service at this address. Copy the SCIM URL again, whole: the key of the directory at its end is part of it.'
        : 'There is no such resource (any more), or the SCIM URL is that of another directory.';
    case 409:
      return scimType === 'invalidVers'
        ? undefined
        : 'Another resource holds one of the values, such as `userName`, an e-mail address or `externalId`. `upsert` adopts it where it is the same one.';
    case 412:
      return 'The resource was changed since it was read. Read it again and repeat the change.';
    case 413:
      return 'Send less in one request.';
    case 428:
      return 'The server wants `ifMatch`: read the resource and give its `etagOf`.';
    case 429:
      return 'Too many requests at once. Wait, or lower `rateLimit`.';
    default:
      return status === 405 || status === 501 ? 'This server does not offer that.' : undefined;
  }
}
