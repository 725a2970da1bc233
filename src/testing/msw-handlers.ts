/** What is used of msw's `http`. */
export interface MswHttp<Handler> {
  all(url: RegExp, resolver: (info: { readonly request: Request }) => Promise<Response>): Handler;
}

/** Makes the one handler that answers for every origin of the emulator. */
export function createMswHandlers<Handler>(
  http: MswHttp<Handler>,
  origins: readonly string[],
  fetch: (request: Request) => Promise<Response>,
): Handler[] {
  const escaped = origins.map((origin) => origin.replaceAll('.', '\\.'));
  const anyOfThem = new RegExp(`^(?:${escaped.join('|')})(?:/|$)`);
  return [
    http.all(anyOfThem, async ({ request }) => {
      try {
        // msw hands on what the application's own fetch will follow.
        return await fetch(new Request(request, { redirect: 'manual' }));
      } catch (error) {
        if (error instanceof TypeError) return Response.error();
        throw error;
      }
    }),
  ];
}
