import { ResponseValidationError } from '../../errors/response-errors.js';
import { isRecord } from '../../internal/is-record.js';
import type { TransportRequest, TransportResponse } from '../../transport/transport.js';
import { canonicalNames } from '../reading/canonical-names.js';
import { setOrigin } from '../reading/resource-origin.js';
import type { Resource } from '../schemas/common.js';
import type { ResourceSchema } from '../schemas/resource-schema.js';
import type { Session } from '../session.js';
import type { ExtensionShapes, ResourceDefinition } from './resource-definition.js';

/** One type of resource of one client. */
export interface ResourceContext {
  readonly session: Session;
  readonly definition: ResourceDefinition;
  /** With the extensions the definition adds. */
  readonly schema: ResourceSchema;
  /** Route of the list, such as `/Users`. */
  readonly route: string;
  /** Copies a row of a list into the schema's spelling. */
  readonly readRow: (row: unknown, request: TransportRequest, response: { readonly status: number }) => Resource;
  /** Reads the resource an answer holds; `undefined` when it holds none, as after many a write. */
  readonly readAnswer: (request: TransportRequest, response: TransportResponse) => Resource | undefined;
}

export function openResource(session: Session, definition: ResourceDefinition): ResourceContext {
  const schema = withExtensions(definition);
  const canonical = canonicalNames(schema);
  const readRow: ResourceContext['readRow'] = (row, { method, route }, { status }) => {
    const resource = isRecord(row) ? canonical(row) : {};
    const id = idOf(resource);
    if (id === undefined) {
      throw new ResponseValidationError(`${method} ${route} was answered with a resource without an id.`, {
        method,
        route,
        status,
        issues: [{ path: ['id'], message: 'expected the id of a resource' }],
      });
    }
    resource.id = id;
    if (typeof resource.schemas === 'string') resource.schemas = [resource.schemas];
    // Its id was looked at above; the rest is what the server sent, whatever the type says of it.
    return setOrigin(resource as Resource, { raw: row, etag: undefined });
  };
  return {
    session,
    definition,
    schema,
    route: `/${definition.endpoint.replace(/^\/+|\/+$/g, '')}`,
    readRow,
    readAnswer: (request, response) => {
      if (!isRecord(response.body) || idOf(canonical(response.body)) === undefined) return undefined;
      const resource = readRow(response.body, request, response);
      return setOrigin(resource, { raw: response.body, etag: response.headers.get('etag') ?? undefined });
    },
  };
}

/** The same type of resource with more extensions. */
export function extendResource({ session, definition }: ResourceContext, added: ExtensionShapes): ResourceContext {
  return openResource(session, { ...definition, extensions: { ...definition.extensions, ...added } });
}

function withExtensions({ schema, extensions = {} }: ResourceDefinition): ResourceSchema {
  const known = schema.extensions ?? [];
  const added = Object.keys(extensions).filter((urn) => !known.some(({ id }) => id === urn));
  return { ...schema, extensions: [...known, ...added.map((id) => ({ id, attributes: {} }))] };
}

function idOf({ id }: Record<string, unknown>): string | undefined {
  if (typeof id === 'number') return String(id);
  return typeof id === 'string' && id !== '' ? id : undefined;
}
