/** What a `fetch` was asked to send, read whole. */
export interface Outgoing {
  readonly url: URL;
  readonly method: string;
  readonly headers: Headers;
  readonly body: string;
  readonly signal: AbortSignal | undefined;
  readonly redirect: RequestRedirect;
}

/** Reads the arguments of `fetch`, as it would itself. */
export async function readOutgoing(input: RequestInfo | URL, init: RequestInit | undefined): Promise<Outgoing> {
  // Most requests have no body, and a Request costs as much as all the rest: those are read without making one.
  const isPlain = !(input instanceof Request) && init?.body == null;
  if (isPlain) {
    return {
      url: new URL(input),
      method: init?.method?.toUpperCase() ?? 'GET',
      headers: new Headers(init?.headers),
      body: '',
      signal: init?.signal ?? undefined,
      redirect: init?.redirect ?? 'follow',
    };
  }
  const request = new Request(input, init);
  const { method, headers, signal, redirect } = request;
  const body = request.body === null ? '' : await request.text();
  return { url: new URL(request.url), method, headers, body, signal, redirect };
}

/** The request that follows a redirect: the steps of the Fetch standard's "HTTP-redirect fetch" that a server can see. */
export function redirected(outgoing: Outgoing, status: number, location: string): Outgoing {
  const { url, method } = outgoing;
  const to = new URL(location, url);
  const headers = new Headers(outgoing.headers);
  const becomesGet = status === 303 || ((status === 301 || status === 302) && method === 'POST');
  if (to.origin !== url.origin) headers.delete('authorization');
  if (!becomesGet) return { ...outgoing, url: to, headers };
  headers.delete('content-type');
  return { ...outgoing, url: to, headers, method: 'GET', body: '' };
}
