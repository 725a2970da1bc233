import type { EmulatorRequest } from '../core/emulator-request.js';
import type { ScimParts } from './scim-parts.js';
import { ScimRefusal } from './scim-refusal.js';

/** Refuses a request for its URL, its token or its size, whatever it asks for. */
export function checkScimRequest({ basePath, behaviour, tokens }: ScimParts, request: EmulatorRequest): void {
  const { pathname } = request.url;
  if (pathname !== basePath && !pathname.startsWith(`${basePath}/`)) {
    const [, , version, tenant] = basePath.split('/');
    if (pathname.split('/')[3] !== tenant) throw new ScimRefusal(404, undefined, 'There is no such directory.');
    throw new ScimRefusal(400, 'invalidVers', `The protocol version is ${version}.`);
  }
  const [, token] = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
  if (token === undefined || !tokens.has(token)) {
    throw new ScimRefusal(401, undefined, 'The bearer token is missing or not valid.');
  }
  if (behaviour.requiresUserAgent && !request.headers.has('user-agent')) {
    throw new ScimRefusal(403, undefined, 'A User-Agent header is required.');
  }
  if (isLonger(request.body, behaviour.maxBodyBytes)) {
    throw new ScimRefusal(413, undefined, `The body is larger than ${behaviour.maxBodyBytes} bytes.`);
  }
}

// A UTF-16 unit takes at most three bytes in UTF-8: most bodies need not be measured.
function isLonger(text: string, maxBytes: number): boolean {
  return text.length * 3 > maxBytes && new TextEncoder().encode(text).length > maxBytes;
}
