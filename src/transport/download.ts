import { openAbortScope } from '../internal/abort.js';
import { Attempt, type AttemptContext } from './attempt.js';
import { userAgentHeader } from './headers.js';
import { type CallFacts, insecureUrl } from './network-failure.js';
import type { SignedDownloadRequest } from './options.js';
import { isSecureUrl } from './url.js';

/** How a download is made, once everything has its default. */
export interface Download {
  readonly request: SignedDownloadRequest;
  readonly callId: number;
  readonly timeoutMs: number;
  readonly clientSignal: AbortSignal | undefined;
  /** What a relative address is relative to. */
  readonly base: URL;
  readonly allowHttpLoopback: boolean;
}

const mostRedirects = 3;
const redirectStatuses = [301, 302, 303, 307, 308];

/**
 * Fetches a signed URL whole, once. Neither the credential nor any header of the client or of the call goes with it:
 * the URL leads to another party.
 */
export async function download(
  context: AttemptContext,
  { request, callId, timeoutMs, clientSignal, base, allowHttpLoopback }: Download,
): Promise<Uint8Array<ArrayBuffer>> {
  const facts: CallFacts = { method: 'GET', route: request.route, attempts: 1 };
  const parents = [request.signal, clientSignal];
  for (const parent of parents) parent?.throwIfAborted();
  // One limit for the redirects and the body together.
  const scope = openAbortScope(parents);
  const endsAtMs = context.clock.now() + timeoutMs;
  try {
    let url = checkedUrl(request.url, base, facts, allowHttpLoopback);
    for (let redirects = 0; ; redirects++) {
      const { href } = url;
      const sensitive = knownParts(url);
      const attempt = new Attempt(context, {
        callId,
        facts,
        url: href,
        method: 'GET',
        headers: userAgentHeader(),
        answeredBy: 'storage',
        accepts: (status, headers) =>
          redirects < mostRedirects && redirectStatuses.includes(status) && headers.has('location'),
        reads: 'bytes',
        timeoutMs: Math.max(1, endsAtMs - context.clock.now()),
        maxBytes: request.maxBytes,
        into: request.into,
        signal: scope.signal,
        sensitive: () => sensitive,
      });
      const { status, headers, bytes } = await attempt.run();
      const location = headers.get('location');
      if (status < 300 || location === null) return bytes;
      url = checkedUrl(location, url, facts, allowHttpLoopback);
    }
  } finally {
    scope.end();
  }
}

function checkedUrl(text: string, base: URL, facts: CallFacts, allowHttpLoopback: boolean): URL {
  let url: URL;
  try {
    url = new URL(text, base);
  } catch {
    throw insecureUrl(facts, 'the storage address is not a URL');
  }
  if (url.username !== '' || url.password !== '')
    throw insecureUrl(facts, 'the storage address contains a user name or a password');
  if (!isSecureUrl(url, allowHttpLoopback)) throw insecureUrl(facts, 'the storage address is not https');
  return url;
}

/** What a storage server may repeat of a signed URL: the signature, and the whole of it. */
function knownParts(url: URL): string[] {
  return [url.href, url.pathname, ...url.searchParams.values()];
}
