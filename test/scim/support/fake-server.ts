import { matchesFilter } from '../../../src/scim/filter/match.js';
import { parseFilter } from '../../../src/scim/filter/parse.js';
import { applyPatch } from '../../../src/scim/patch/apply.js';
import type { ReceivedPatchOperation } from '../../../src/scim/schemas/common.js';

/** A resource as the fake server holds it. */
export type Stored = { readonly id: string; readonly [attribute: string]: unknown };

/** One request the fake server was sent. */
interface Seen {
  readonly method: string;
  /** Below the base URL. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Answers a request instead of the server; `undefined` lets the server answer. */
type Intercept = (request: Seen, number: number) => Response | Error | undefined | Promise<Response | undefined>;

export interface FakeServer {
  readonly fetch: typeof globalThis.fetch;
  readonly seen: Seen[];
  /** `METHOD path` of each request. */
  readonly log: string[];
  readonly users: Map<string, Stored>;
  readonly groups: Map<string, Stored>;
  /** Set to answer in the server's place. */
  intercept: Intercept | undefined;
  /** Set to lose answers after the server acted. */
  loseAnswer: ((request: Seen) => boolean) | undefined;
}

export const baseUrl = 'https://scim.example/v2/key';

/** A small SCIM server in memory, as a `fetch`. */
export function fakeServer(
  initial: { readonly users?: readonly Stored[]; readonly groups?: readonly Stored[] } = {},
): FakeServer {
  let lastId = 0;
  const server: FakeServer = {
    seen: [],
    log: [],
    users: new Map((initial.users ?? []).map((user) => [user.id, user])),
    groups: new Map((initial.groups ?? []).map((group) => [group.id, group])),
    intercept: undefined,
    loseAnswer: undefined,
    // Only called the way the transport calls it: with a URL and an init.
    fetch: (async (input: string, init: RequestInit) => {
      const request = new Request(input, init);
      const url = new URL(request.url);
      const text = await request.clone().text();
      const seen: Seen = {
        method: request.method,
        path: decodeURIComponent(url.pathname.replace('/v2/key', '')),
        query: url.searchParams,
        headers: request.headers,
        body: text === '' ? undefined : JSON.parse(text),
      };
      server.seen.push(seen);
      server.log.push(`${seen.method} ${seen.path}`);
      const instead = await server.intercept?.(seen, server.seen.length);
      if (instead instanceof Error) throw instead;
      const answer = instead ?? handle(seen);
      if (server.loseAnswer?.(seen)) throw lost();
      return answer;
    }) as typeof globalThis.fetch,
  };
  return server;

  function handle({ method, path, query, headers, body }: Seen): Response {
    const [, endpoint, id] = path.split('/');
    const store = endpoint === 'Users' ? server.users : endpoint === 'Groups' ? server.groups : undefined;
    if (store === undefined) return scimError(404);
    if (id === undefined) return method === 'POST' ? create(store, body as Stored) : list(store, query);
    const found = store.get(id);
    if (found === undefined) return scimError(404);
    const version = String((found.meta as { version?: string } | undefined)?.version ?? '');
    const ifMatch = headers.get('if-match');
    if (ifMatch !== null && ifMatch !== version) return scimError(412);
    switch (method) {
      case 'GET':
        return headers.get('if-none-match') === version && version !== ''
          ? new Response(null, { status: 304 })
          : answer(200, found, version === '' ? {} : { etag: version });
      case 'PUT':
        store.set(id, { ...(body as object), id });
        return answer(200, store.get(id));
      case 'PATCH':
        store.set(
          id,
          applyPatch(found, (body as { Operations: ReceivedPatchOperation[] }).Operations, { tolerant: true }),
        );
        return new Response(null, { status: 204 });
      default:
        store.delete(id);
        return new Response(null, { status: 204 });
    }
  }

  function create(store: Map<string, Stored>, body: Stored): Response {
    const { userName } = body as { userName?: string };
    if (userName !== undefined && [...store.values()].some((user) => user.userName === userName)) {
      return scimError(409, 'uniqueness');
    }
    lastId += 1;
    const created = { ...body, id: `new-${lastId}` };
    store.set(created.id, created);
    return answer(201, created);
  }

  function list(store: Map<string, Stored>, query: URLSearchParams): Response {
    const text = query.get('filter');
    const filter = text === null ? undefined : parseFilter(text);
    const rows = [...store.values()].filter((row) => filter === undefined || matchesFilter(filter, row));
    const start = Number(query.get('startIndex') ?? 1);
    const page = rows.slice(start - 1, start - 1 + Number(query.get('count') ?? 100));
    return listAnswer(page, { totalResults: rows.length, startIndex: start });
  }
}

export function answer(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/scim+json', ...headers },
  });
}

export function listAnswer(rows: readonly unknown[], facts: Record<string, unknown> = {}): Response {
  return answer(200, { totalResults: rows.length, ...facts, Resources: rows });
}

export function scimError(status: number, scimType?: string): Response {
  return answer(status, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    status: String(status),
    ...(scimType !== undefined && { scimType }),
  });
}

/** What `fetch` rejects with when the connection breaks after the request left. */
export function lost(): TypeError {
  return new TypeError('fetch failed', {
    cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', syscall: 'read' }),
  });
}

/** Whether it is the first time that a condition holds. */
export function once<T>(condition: (value: T) => boolean): (value: T) => boolean {
  let isOver = false;
  return (value) => {
    if (isOver || !condition(value)) return false;
    isOver = true;
    return true;
  };
}
