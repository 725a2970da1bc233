import express from 'express';
import express4 from 'express4';
import SCIMMY from 'scimmy';
import SCIMMYRouters from 'scimmy-routers';
import { listenOnLoopback } from './listen-on-loopback.js';
import { type PlainResource, plainRequest, type ScimServer } from './scim-server.js';

type Row = Record<string, unknown> & { id: string };

/** One server's memory. scimmy keeps its handlers for the whole process, so each request brings its own store. */
class Store {
  readonly #rows = { User: new Map<string, Row>(), Group: new Map<string, Row>() };
  #lastId = 0;

  read(type: 'User' | 'Group', id: string | undefined): Row | Row[] {
    if (id === undefined) return [...this.#rows[type].values()];
    const row = this.#rows[type].get(id);
    if (row === undefined) throw new SCIMMY.Types.Error(404, null as never, `Resource ${id} not found`);
    return row;
  }

  write(type: 'User' | 'Group', id: string | undefined, data: object): Row {
    const now = new Date().toISOString();
    const unique = type === 'User' ? 'userName' : 'displayName';
    const fresh = JSON.parse(JSON.stringify(data)) as Row;
    for (const other of this.#rows[type].values()) {
      if (other.id !== id && String(other[unique]).toLowerCase() === String(fresh[unique]).toLowerCase()) {
        throw new SCIMMY.Types.Error(409, 'uniqueness', `${unique} is taken`);
      }
    }
    const known = id === undefined ? undefined : this.#rows[type].get(id);
    if (id !== undefined && known === undefined) this.read(type, id);
    const row: Row = {
      ...fresh,
      id: id ?? `${type.toLowerCase()}-${++this.#lastId}`,
      meta: { ...(known?.meta ?? { created: now }), lastModified: now },
    };
    this.#rows[type].set(row.id, row);
    return row;
  }

  remove(type: 'User' | 'Group', id: string): void {
    this.read(type, id);
    this.#rows[type].delete(id);
  }
}

function declareResources(): void {
  for (const type of ['User', 'Group'] as const) {
    if (SCIMMY.Resources.declared(type)) continue;
    SCIMMY.Resources.declare(SCIMMY.Resources[type], {
      // The shapes a handler may give are loose in scimmy and strict in its types.
      ingress: ((resource: { id?: string }, data: object, store: Store) =>
        store.write(type, resource.id, data)) as never,
      egress: ((resource: { id?: string; filter?: { match(rows: Row[]): Row[] } }, store: Store) => {
        const rows = store.read(type, resource.id);
        return Array.isArray(rows) && resource.filter ? resource.filter.match(rows) : rows;
      }) as never,
      degress: ((resource: { id: string }, store: Store) => store.remove(type, resource.id)) as never,
    });
  }
}

/**
 * scimmy behind Express. The two majors differ: on 5 `startIndex` and `count` are silently ignored, on 4 a page past
 * the end is the first page again. A walk that trusts either never ends.
 */
export async function startScimmy(expressMajor: 4 | 5): Promise<ScimServer> {
  declareResources();
  const token = 'scimmy-token';
  const store = new Store();
  const app = expressMajor === 4 ? express4() : express();
  app.use(
    '/scim/v2',
    new SCIMMYRouters({
      type: 'bearer',
      handler: (request: { header(name: string): string | undefined }) => {
        if (request.header('authorization') !== `Bearer ${token}`) throw new Error('Wrong token');
        return 'nobody';
      },
      context: () => store,
    } as never),
  );
  const { origin, close } = await listenOnLoopback(app);
  const server = { name: `scimmy on Express ${expressMajor}`, baseUrl: `${origin}/scim/v2`, token };
  // A search carries its page in the body, which both majors of Express hand on.
  const readAll = async (path: string) => {
    const { body } = await plainRequest(server, 'POST', `${path}/.search`, {
      schemas: ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'],
      count: 100_000,
    });
    return (body.Resources ?? []) as PlainResource[];
  };
  return {
    ...server,
    readState: async () => ({ users: await readAll('/Users'), groups: await readAll('/Groups') }),
    close,
  };
}
