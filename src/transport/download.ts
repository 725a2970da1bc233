import { ResponseValidationError } from '../errors/response-errors.js';
import { openAbortScope, untilAborted } from '../internal/abort.js';
import { Attempt, type AttemptContext } from './attempt.js';
import { readLocation, userAgentHeader } from './headers.js';
import { type CallFacts, insecureUrl, timeoutError } from './network-failure.js';
import type { SignedDownloadRequest } from './options.js';
import type { AuditLogPrincipal } from './principal.js';
import type { Throttle } from './throttle.js';
import { hasCredentials, isSecureUrl } from './url.js';

interface Download {
  readonly request: SignedDownloadRequest;
  readonly callId: number;
  /** Of silence: a file may take its time. */
  readonly timeoutMs: number;
  /** For all of it. */
  readonly deadlineMs: number;
  readonly clientSignal: AbortSignal | undefined;
  readonly base: URL;
  readonly allowHttpLoopback: boolean;
  readonly principal: AuditLogPrincipal | undefined;
  /** The caller's. The client's own limit is for the service, and not for its storage. */
  readonly throttle: Throttle | undefined;
}

const mostRedirects = 3;
const redirectStatuses = [301, 302, 303, 307, 308];

/** Fetches a signed URL once. The credential and the headers of client and call stay behind: it leads to another party. */
export async function download(
  context: AttemptContext,
  { request, callId, timeoutMs, deadlineMs, clientSignal, base, allowHttpLoopback, principal, throttle }: Download,
): Promise<Uint8Array<ArrayBuffer>> {
  const facts: CallFacts = { method: 'GET', route: request.route, attempts: 1 };
  const parents = [request.signal, clientSignal];
  for (const parent of parents) parent?.throwIfAborted();
  const scope = openAbortScope(parents, deadlineMs, context.clock);
  try {
    let url = checkedUrl(request.url, base, facts, allowHttpLoopback);
    for (let redirects = 0; ; redirects++) {
      const { href, pathname, searchParams } = url;
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
        timeoutMs,
        maxBytes: request.maxBytes,
        into: request.into,
        signal: scope.signal,
        sensitive: () => [href, pathname, ...searchParams.values()],
      });
      const run = () => attempt.run();
      const asked = { principal, kind: 'storage', route: request.route } as const;
      const { status, headers, bytes } = await (throttle === undefined
        ? run()
        : untilAborted(throttle(run, scope.signal, asked), scope.signal));
      const location = readLocation(headers);
      if (status < 204) return bytes;
      if (status < 300 || location === null) throw notTheFile(request.route, status);
      url = checkedUrl(location, url, facts, allowHttpLoopback);
    }
  } catch (failure) {
    if (!scope.expired) throw failure;
    const what = `the file did not arrive within ${request.wholeDeadlineMs ?? deadlineMs} ms`;
    throw timeoutError(facts, what, 'unknown', 'deadlineMs');
  } finally {
    scope.end();
  }
}

/** No content, or a part of it: never the file. */
function notTheFile(route: string, status: number): ResponseValidationError {
  return new ResponseValidationError(`GET ${route} was answered with ${status} in place of the whole file.`, {
    method: 'GET',
    route,
    status,
    issues: [{ path: [], message: 'expected the status 200' }],
    retryable: true,
  });
}

function checkedUrl(text: string, base: URL, facts: CallFacts, allowHttpLoopback: boolean): URL {
  if (!URL.canParse(text, base.href)) throw insecureUrl(facts, 'the storage address is not a URL');
  const url = new URL(text, base);
  if (hasCredentials(url)) throw insecureUrl(facts, 'the storage address contains a user name or a password');
  if (!isSecureUrl(url, allowHttpLoopback)) throw insecureUrl(facts, 'the storage address is not https');
  return url;
}
