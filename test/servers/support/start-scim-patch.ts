import express4, { type Request, type Response } from 'express4';
import { type ScimPatchOperation, type ScimResource, scimPatch } from 'scim-patch';
import { filter, parse } from 'scim2-parse-filter';
import { listenOnLoopback } from './listen-on-loopback.js';
import { readPages, type ScimServer } from './scim-server.js';

type Row = Record<string, unknown> & { id: string };

const listUrn = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';
const errorUrn = 'urn:ietf:params:scim:api:messages:2.0:Error';
const serviceProviderConfig = {
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
  patch: { supported: true },
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  filter: { supported: true, maxResults: 200 },
  changePassword: { supported: false },
  sort: { supported: false },
  etag: { supported: false },
  authenticationSchemes: [],
};
const uniqueNames = { Users: 'userName', Groups: 'displayName' } as const;

interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

/** One type of resource: what it takes to serve it round `scim-patch` and `scim2-parse-filter`, and nothing more. */
class Resources {
  readonly #rows = new Map<string, Row>();
  readonly #type: 'Users' | 'Groups';
  #lastId = 0;

  constructor(type: 'Users' | 'Groups') {
    this.#type = type;
  }

  list({ filter: text, startIndex = '1', count = '100' }: Request['query']): Answer {
    const isWanted = text === undefined ? () => true : filter(parse(text));
    const found = [...this.#rows.values()].filter((row) => isWanted(row));
    const first = Math.max(1, Number(startIndex));
    const page = found.slice(first - 1, first - 1 + Number(count));
    const body = { schemas: [listUrn], totalResults: found.length, startIndex: first, itemsPerPage: page.length };
    return { status: 200, body: { ...body, Resources: page } };
  }

  read(id: string): Answer {
    const row = this.#rows.get(id);
    return row === undefined ? refusal(404) : { status: 200, body: row };
  }

  write(id: string | undefined, content: object): Answer {
    if (id !== undefined && !this.#rows.has(id)) return refusal(404);
    const row: Row = { ...content, id: id ?? `${this.#type.toLowerCase()}-${++this.#lastId}` };
    const nameOf = (one: Row) => String(one[uniqueNames[this.#type]]).toLowerCase();
    const isTaken = [...this.#rows.values()].some((other) => other.id !== row.id && nameOf(other) === nameOf(row));
    if (isTaken) return refusal(409, 'uniqueness');
    this.#rows.set(row.id, row);
    return { status: id === undefined ? 201 : 200, body: row };
  }

  patch(id: string, operations: ScimPatchOperation[]): Answer {
    const row = this.#rows.get(id);
    if (row === undefined) return refusal(404);
    // Its type wants `schemas` and `meta`, which it does not read.
    return this.write(id, scimPatch(structuredClone(row) as unknown as ScimResource, operations));
  }

  remove(id: string): Answer {
    return this.#rows.delete(id) ? { status: 204 } : refusal(404);
  }
}

function refusal(status: number, scimType?: string): Answer {
  return { status, body: { schemas: [errorUrn], status: String(status), ...(scimType && { scimType }) } };
}

/** A server that patches with `scim-patch` and filters with `scim2-parse-filter`: without search, bulk and versions. */
export async function startScimPatch(): Promise<ScimServer> {
  const token = 'scim-patch-token';
  const all = { Users: new Resources('Users'), Groups: new Resources('Groups') };
  const app = express4();
  const body = express4.json({ type: () => true, limit: '10mb' });
  app.use('/scim/v2/ServiceProviderConfig', (_request: unknown, response: Response) => {
    response.type('application/scim+json').end(JSON.stringify(serviceProviderConfig));
  });
  app.use('/scim/v2/:type(Users|Groups)/:id?', body, (request: Request, response: Response) => {
    const resources = all[request.params.type === 'Groups' ? 'Groups' : 'Users'];
    const { id = '' } = request.params;
    const answer = (): Answer => {
      if (request.header('authorization') !== `Bearer ${token}`) return refusal(401);
      if (request.method === 'GET') return id === '' ? resources.list(request.query) : resources.read(id);
      if (request.method === 'POST') return id === '' ? resources.write(undefined, request.body) : refusal(404);
      if (request.method === 'PUT') return resources.write(id, request.body);
      if (request.method === 'PATCH') return resources.patch(id, request.body.Operations);
      return resources.remove(id);
    };
    const { status, body: content } = answer();
    response.status(status).type('application/scim+json');
    if (content === undefined) response.end();
    else response.end(JSON.stringify(content));
  });
  const { origin, close } = await listenOnLoopback(app);
  const server = { name: 'scim-patch and scim2-parse-filter', baseUrl: `${origin}/scim/v2`, token };
  return {
    ...server,
    readState: async () => ({ users: await readPages(server, '/Users'), groups: await readPages(server, '/Groups') }),
    close,
  };
}
