import type { Answer, EmulatorRequest } from '../routes.js';
import { readBody, ScimRefusal, scimAnswer } from './answer.js';
import type { ScimBehaviour } from './behaviour.js';
import type { CursorStore } from './cursors.js';
import type { Directory, ScimTokens, StaleView } from './directory.js';
import { listQueryOfUrl } from './list-query.js';
import type { OAuthServer } from './oauth.js';
import { projectResource, ResourceRenderer } from './render.js';
import type { ResourceKind, Row } from './resource-table.js';
import { createResource, type DirectoryRules, deleteResource, patchResource, replaceResource } from './write.js';

/** What the SCIM side is made of. */
export interface ScimParts {
  /** Path of the base URL, such as `/scim/v2.0/UWuccu6o1E0GqkYs`. */
  readonly basePath: string;
  readonly behaviour: ScimBehaviour;
  readonly directory: Directory;
  readonly stale: StaleView;
  readonly rules: DirectoryRules;
  readonly cursors: CursorStore<Row>;
  readonly tokens: ScimTokens;
  /** In place of the tokens, where the directory is set to it. */
  readonly oauth: OAuthServer | undefined;
  /** `userName` of whom `/Me` is; nobody when absent. */
  readonly me: string | undefined;
}

/** One resource at a time: POST, GET, PUT, PATCH, DELETE. */
export class ResourceEndpoint {
  readonly #parts: ScimParts;

  constructor(parts: ScimParts) {
    this.#parts = parts;
  }

  read(request: EmulatorRequest, kind: ResourceKind, id: string): Answer {
    const directory = this.#parts.stale.read();
    const row = rowOf(directory, kind, id);
    const renderer = this.renderer(request, directory);
    const etag = renderer.etag(row);
    const isKnown = etag !== undefined && holds(request.headers.get('if-none-match'), etag);
    return isKnown ? { status: 304, headers: { etag } } : this.#answer(request, renderer, row, 200);
  }

  create(request: EmulatorRequest, kind: ResourceKind): Answer {
    const { behaviour, stale } = this.#parts;
    const body = readBody(request, behaviour);
    stale.beforeWrite();
    const row = createResource(this.#parts, kind, body);
    const renderer = this.renderer(request);
    const answer = this.#answer(request, renderer, row, 201);
    const { locationHeader } = behaviour;
    const location = locationHeader === 'raw' ? renderer.rawLocation(row) : renderer.location(row);
    const headers = { ...answer.headers, ...(locationHeader !== false && { location }) };
    return { ...answer, headers, body: behaviour.createdBody ? answer.body : undefined };
  }

  replace(request: EmulatorRequest, kind: ResourceKind, id: string): Answer {
    const body = readBody(request, this.#parts.behaviour);
    const row = this.#rowToChange(request, kind, id);
    return this.#answer(request, this.renderer(request), replaceResource(this.#parts, row, body), 200);
  }

  patch(request: EmulatorRequest, kind: ResourceKind, id: string): Answer {
    const { behaviour } = this.#parts;
    const body = readBody(request, behaviour);
    const row = this.#rowToChange(request, kind, id);
    const changed = patchResource(this.#parts, row, body);
    const renderer = this.renderer(request);
    if (behaviour.patchAnswer === 'no_content' && !request.url.searchParams.has('attributes')) {
      return { status: 204, headers: etagHeader(renderer, changed) };
    }
    const shown = behaviour.patchAnswer === 'stale_resource' ? row : changed;
    return this.#answer(request, renderer, shown, 200);
  }

  delete(request: EmulatorRequest, kind: ResourceKind, id: string): Answer {
    deleteResource(this.#parts, this.#rowToChange(request, kind, id));
    return { status: 204, headers: {} };
  }

  /** Renders resources of a directory for whoever asks. */
  renderer(request: EmulatorRequest, directory: Directory = this.#parts.directory): ResourceRenderer {
    return new ResourceRenderer(directory, this.#parts.behaviour, baseUrlOf(this.#parts, request));
  }

  #rowToChange(request: EmulatorRequest, kind: ResourceKind, id: string): Row {
    const { behaviour, directory, stale } = this.#parts;
    const row = rowOf(directory, kind, id);
    const etag = this.renderer(request).etag(row);
    const expected = request.headers.get('if-match');
    if (behaviour.requiresIfMatch && expected === null) throw new ScimRefusal(428, 'If-Match is required.');
    if (etag !== undefined && expected !== null && !holds(expected, etag)) {
      throw new ScimRefusal(412, 'The resource has another version.');
    }
    stale.beforeWrite();
    return row;
  }

  #answer(request: EmulatorRequest, renderer: ResourceRenderer, row: Row, status: number): Answer {
    const { behaviour } = this.#parts;
    const resource = renderer.render(row);
    const headers = etagHeader(renderer, row);
    if (request.url.search === '') return scimAnswer(behaviour, status, resource, headers);
    const query = listQueryOfUrl(request.url.searchParams, behaviour);
    return scimAnswer(behaviour, status, projectResource(resource, row.kind, query), headers);
  }
}

function etagHeader(renderer: ResourceRenderer, row: Row): { readonly etag?: string } {
  const etag = renderer.etag(row);
  return etag === undefined ? {} : { etag };
}

function rowOf(directory: Directory, kind: ResourceKind, id: string): Row {
  const row = directory.table(kind).get(id);
  if (row === undefined) throw new ScimRefusal(404, `${kind.name} not found.`);
  return row;
}

// `*`, or one of a list of tags. SCIM sends weak tags with If-Match, which HTTP alone would never match.
function holds(header: string | null, etag: string): boolean {
  return header !== null && (header.trim() === '*' || header.split(',').some((tag) => tag.trim() === etag));
}

/** The base URL as whoever asks has it. */
export function baseUrlOf(parts: ScimParts, request: EmulatorRequest): string {
  return `${request.origins.scim}${parts.basePath}`;
}

export function noEndpoint(): ScimRefusal {
  return new ScimRefusal(404, 'Unknown endpoint.');
}
