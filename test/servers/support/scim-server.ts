/** A SCIM server that others wrote, started for one test file. */
export interface ScimServer {
  readonly name: string;
  readonly baseUrl: string;
  readonly token: string;
  /** What the server holds, asked by plain HTTP: a client that lies to itself does not convince it. */
  readState(): Promise<ServerState>;
  close(): Promise<void>;
}

interface ServerState {
  readonly users: readonly PlainResource[];
  readonly groups: readonly PlainResource[];
}

/** A resource as it came over the wire. */
export type PlainResource = {
  readonly id: string;
  readonly members?: readonly { readonly value: string }[];
} & Readonly<Record<string, unknown>>;

/** Sends one request without the library. */
export async function plainRequest(
  server: Pick<ScimServer, 'baseUrl' | 'token'>,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const response = await fetch(`${server.baseUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/scim+json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
}

/** Reads a server whose paging can be trusted. */
export async function readPages(server: Pick<ScimServer, 'baseUrl' | 'token'>, path: string): Promise<PlainResource[]> {
  const rows: PlainResource[] = [];
  for (;;) {
    const { body } = await plainRequest(server, 'GET', `${path}?startIndex=${rows.length + 1}&count=100`);
    const page = body.Resources as PlainResource[];
    rows.push(...page);
    if (page.length === 0 || rows.length >= Number(body.totalResults)) return rows;
  }
}
