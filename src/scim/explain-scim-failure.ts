import type { Explain } from '../transport/response-failure.js';

const remedies: Readonly<Record<number, string>> = {
  401: 'The SCIM token is cut, was regenerated since, or belongs to another directory. Copy it again, whole, or generate a new one.',
  404: 'There is no such resource (any more), or the SCIM URL is that of another directory.',
  409: 'Another resource has the same `userName`, e-mail address or `externalId`. `upsert` adopts it where it is the same one.',
  412: 'The resource was changed since it was read. Read it again and repeat the change.',
  413: 'Send less in one request.',
  428: 'The server wants `ifMatch`: read the resource and give its `etagOf`.',
  501: 'This server does not offer that.',
};

/** What the administrator of a SCIM connection can do about a failure, where the general advice does not do. */
export const explainScimFailure: Explain = ({ status, scimType, method, route }) => {
  const isList = method === 'GET' && !route.includes('{');
  const remedy =
    status === 404 && isList
      ? 'There is no SCIM service here. Copy the SCIM URL again, whole: the key of the directory at its end is part of it.'
      : scimType === 'invalidFilter'
        ? 'The server does not take this filter. Ask for less with it, and compare the rest in the program.'
        : remedies[status];
  return { remedy };
};
