import type { Answer } from '../core/answer.js';
import type { EmulatorRequest } from '../core/emulator-request.js';
import type { EmulatorRoute } from '../core/routes.js';
import type { RouteMatch, Service } from '../core/service.js';
import type { ScimBehaviour } from './behaviour.js';
import type { CursorStore } from './cursor-store.js';
import type { Directory } from './directory.js';
import { listQueryOfUrl } from './list-query.js';
import { type ListedRow, listResources } from './list-resources.js';
import { projectResource } from './project-resource.js';
import type { ResourceRenderer } from './render-resource.js';
import { groupKind, type ResourceKind, userKind } from './resource-kind.js';
import type { Row } from './resource-table.js';
import { scimAnswer, scimErrorAnswer } from './scim-answer.js';
import { ScimRefusal } from './scim-refusal.js';
import { matchScimRoute } from './scim-route.js';
import type { ScimTokens } from './scim-tokens.js';

/** What the SCIM side is made of. */
export interface ScimParts {
  /** Path of the base URL, such as `/scim/v2.0/UWuccu6o1E0GqkYs`. */
  readonly basePath: string;
  readonly behaviour: ScimBehaviour;
  readonly directory: Directory;
  readonly renderer: ResourceRenderer;
  readonly cursors: CursorStore<ListedRow>;
  readonly tokens: ScimTokens;
}

/** The SCIM endpoint of one directory. */
export class ScimService implements Service {
  readonly #parts: ScimParts;

  constructor(parts: ScimParts) {
    this.#parts = parts;
  }

  match(request: EmulatorRequest): RouteMatch {
    const { basePath } = this.#parts;
    const { pathname } = request.url;
    const isBelow = pathname === basePath || pathname.startsWith(`${basePath}/`);
    return isBelow ? matchScimRoute(request.method, pathname.slice(basePath.length) || '/') : undefined;
  }

  handle(request: EmulatorRequest, route: EmulatorRoute, params: readonly string[]): Answer {
    try {
      this.#checkToken(request);
      return this.#dispatch(request, route, params[0] ?? '');
    } catch (error) {
      if (error instanceof ScimRefusal) return scimErrorAnswer(this.#parts.behaviour, error);
      throw error;
    }
  }

  error(status: number, detail: string): Answer {
    return scimErrorAnswer(this.#parts.behaviour, new ScimRefusal(status, undefined, detail));
  }

  #dispatch(request: EmulatorRequest, route: EmulatorRoute, id: string): Answer {
    switch (route) {
      case 'GET /Users/{id}':
        return this.#read(request, userKind, id);
      case 'GET /Groups/{id}':
        return this.#read(request, groupKind, id);
      case 'GET /Users':
        return this.#list(request, [userKind]);
      case 'GET /Groups':
        return this.#list(request, [groupKind]);
      case 'GET /':
        return this.#list(request, [userKind, groupKind]);
      default:
        throw new ScimRefusal(404, undefined, 'There is no such endpoint.');
    }
  }

  #checkToken(request: EmulatorRequest): void {
    const [, token] = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '') ?? [];
    if (token === undefined || !this.#parts.tokens.has(token)) {
      throw new ScimRefusal(401, undefined, 'The bearer token is missing or not valid.');
    }
  }

  #read(request: EmulatorRequest, kind: ResourceKind, id: string): Answer {
    const row = this.#parts.directory.table(kind).get(id);
    if (row === undefined) throw new ScimRefusal(404, undefined, `${kind.name} not found.`);
    const etag = this.#parts.renderer.etag(row);
    if (etag !== undefined && request.headers.get('if-none-match') === etag) {
      return { status: 304, headers: { etag } };
    }
    return this.#resourceAnswer(request, kind, row, 200);
  }

  #resourceAnswer(request: EmulatorRequest, kind: ResourceKind, row: Row, status: number): Answer {
    const { renderer, behaviour } = this.#parts;
    const resource = renderer.render(kind, row, this.#baseUrl(request));
    const etag = renderer.etag(row);
    const headers = etag === undefined ? {} : { etag };
    if (request.url.search === '') return scimAnswer(behaviour, status, resource, headers);
    const query = listQueryOfUrl(request.url.searchParams, behaviour);
    return scimAnswer(behaviour, status, projectResource(resource, kind, query), headers);
  }

  #list(request: EmulatorRequest, kinds: readonly ResourceKind[]): Answer {
    const { behaviour } = this.#parts;
    const query = listQueryOfUrl(request.url.searchParams, behaviour);
    return scimAnswer(behaviour, 200, listResources(this.#parts, kinds, query, this.#baseUrl(request)));
  }

  #baseUrl(request: EmulatorRequest): string {
    return `${request.origins.scim}${this.#parts.basePath}`;
  }
}
