import {
  checkList,
  checkObject,
  checkOptions,
  checkText,
  checkWord,
  type OptionNames,
  read,
} from '../errors/check-options.js';
import { InputError } from '../errors/input-errors.js';
import { nearMissOf } from '../errors/nearest-word.js';
import { type ResponseIssue, ResponseValidationError } from '../errors/response-errors.js';
import { decodeSegment } from '../internal/decode-segment.js';
import { isRecord, ownCopy } from '../internal/json.js';
import { createPrivateTag } from '../internal/private-tag.js';
import type { Schema } from '../internal/schema.js';
import type { TransportRequest, TransportResponse } from '../transport/options.js';
import { isSameButForCase } from './filter/compare.js';
import { canonicalNames } from './schemas/canonical-names.js';
import type { Resource } from './schemas/common.js';
import { commonAttributes, findAttribute } from './schemas/known-schemas.js';
import { type Attributes, checkSchema, type ResourceSchema } from './schemas/rules.js';
import { type Server, withLock } from './server.js';

/** One type of resource of one client: where it is, what it is made of, and how what the server sends is read. */
export class ResourceContext {
  readonly server: Server;
  readonly definition: ResourceDefinition;
  /** With the extensions the definition adds. */
  readonly schema: ResourceSchema;
  /** Route of the list, such as `/Users`. */
  readonly route: string;
  /** What its schema knows of attributes that stand in the resource itself: nothing, where it names none. */
  readonly attributes: Attributes;
  readonly #canonical: (resource: Record<string, unknown>) => Record<string, unknown>;

  constructor(server: Server, definition: ResourceDefinition) {
    read('The definition', () => checkDefinition(definition));
    const own = checkOptions('resource()', definition, definitionNames);
    read('The definition', () => {
      checkParts(own);
      checkSchema(own.schema);
    });
    this.server = server;
    this.definition = own;
    this.schema = read('The definition', () => schemaOf(own));
    this.route = `/${own.endpoint.replace(/^\/+|(?<!\/)\/+$/g, '')}`;
    const { attributes } = this.schema;
    this.attributes = Object.keys(attributes).length === 0 ? {} : { ...commonAttributes, ...attributes };
    checkNaturalKeys(this);
    this.#canonical = read('The definition', () => canonicalNames(this.schema));
  }

  /** Whether it may have attributes that are not in its schema: a validator does not say which names it knows. */
  get isOpen(): boolean {
    return this.definition.shape !== undefined || Object.keys(this.attributes).length === 0;
  }

  withExtensions(added: ExtensionShapes): ResourceContext {
    return read('`extensions`', () => {
      checkObject('extensions', added);
      const extensions = { ...this.definition.extensions, ...added };
      return new ResourceContext(this.server, { ...this.definition, extensions });
    });
  }

  /** Runs writes to one resource one after the other: many servers lose one of two that meet. */
  withLock<T>(id: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    checkText('id', id);
    return withLock(this.server.locks, [`${this.route}/${id}`], work, signal);
  }

  /** Copies a resource into the schema's spelling. */
  readRow(row: unknown, request: Asked, response: { readonly status: number }): Resource {
    const resource = this.readListRow(row);
    if (!(resource instanceof InvalidRow)) return resource;
    if (isRecord(row) && hasInexactId(this.#canonical(row))) {
      throw answerError(request, response, 'was answered with an id that cannot be read exactly.', {
        path: ['id'],
        message: 'expected text, or an integer up to 2^53',
        remedy: 'Ask whoever runs the server to send `id` as a string (RFC 7643 §3.1).',
      });
    }
    const issue = { path: ['id'], message: 'expected the id of a resource' };
    throw answerError(request, response, 'was answered with a resource without an id.', issue);
  }

  /** Copies a row of a list into the schema's spelling. One without an id is its own matter, not that of its page. */
  readListRow(row: unknown): Resource | InvalidRow {
    const resource = isRecord(row) ? this.#canonical(row) : {};
    const id = idOf(resource);
    if (id === undefined) return new InvalidRow(row);
    resource.id = id;
    if (typeof resource.schemas === 'string') resource.schemas = [resource.schemas];
    // Only its id is known to be right; the rest is what the server sent.
    return setOrigin(resource as Resource, { raw: row, etag: undefined });
  }

  /**
   * Reads the resource an answer holds; `undefined` when it holds none, as after many a write. Another one than was asked
   * for is refused: what is said of it would be taken for said of the one that is meant.
   */
  readAnswer(request: TransportRequest, response: TransportResponse): Resource | undefined {
    const { body, headers } = response;
    if (!isRecord(body)) return undefined;
    const said = this.#canonical(body);
    if (idOf(said) === undefined && !hasInexactId(said)) return undefined;
    const resource = this.readRow(body, request, response);
    const asked = request.params?.id;
    // Servers spell the letters of a hexadecimal id in either case.
    if (asked !== undefined && !isSameButForCase(resource.id, asked)) {
      throw answerError(request, response, 'was answered with another resource.', {
        path: ['id'],
        message: 'expected the id that was asked for',
        remedy:
          'Pass an `id` as the server gives it. If it is, a cache or the server mixes up resources: write nothing.',
      });
    }
    return setOrigin(resource, { raw: body, etag: headers.get('etag') ?? undefined });
  }
}

/** A row without an id. It has its place in the list, and what it is made of tells it from other rows. */
export class InvalidRow {
  // It stands among resources, which may have any attribute.
  readonly [attribute: string]: unknown;
  readonly raw: unknown;

  constructor(raw: unknown) {
    this.raw = raw;
  }

  get id(): string {
    return `without id: ${JSON.stringify(this.raw)}`;
  }
}

function checkDefinition(definition: unknown): void {
  const { endpoint, schema } = isRecord(definition) ? definition : {};
  if (typeof endpoint !== 'string') {
    throw new InputError('`endpoint` must be a text.', {
      path: ['endpoint'],
      remedy: 'Give the path below the base URL, such as `/Devices`.',
    });
  }
  if (isRecord(schema) && typeof schema.id === 'string' && isRecord(schema.attributes)) return;
  throw new InputError('`schema` must be an object with an `id` and `attributes`.', {
    path: ['schema'],
    remedy: 'Write it, or make it with `resourceSchemaOf` from what `schemas()` returned.',
  });
}

/** A key that nothing has would find nobody, and each upsert would create another one. */
function checkNaturalKeys({ definition, isOpen, attributes }: ResourceContext): void {
  const names = Object.keys(attributes);
  for (const key of definition.naturalKeys ?? []) {
    const isKnown = findAttribute(attributes, key) !== undefined;
    if (!isKnown && (!isOpen || nearMissOf(key, names)))
      checkWord('an attribute of the schema', key, names, ['naturalKeys']);
  }
}

/** What else a definition may have: a key that is no name would find nobody, and be created again. */
function checkParts({ naturalKeys, shape, extensions }: ResourceDefinition): void {
  if (naturalKeys !== undefined) {
    checkList('naturalKeys', naturalKeys);
    for (const name of naturalKeys) checkText('naturalKeys', name);
  }
  if (extensions !== undefined) checkObject('extensions', extensions);
  for (const one of [shape, ...Object.values(extensions ?? {})]) {
    // Some libraries make schemas that are functions.
    if (one === undefined || '~standard' in Object(one)) continue;
    throw new InputError('A shape must be a schema of Standard Schema.', {
      path: ['shape'],
      remedy: 'Make it with zod or another library of Standard Schema.',
    });
  }
}

type Asked = Pick<TransportRequest, 'method' | 'route'>;

/** The error for an answer that is not what it must be. `what` follows "GET /Users". */
export function answerError(
  { method, route }: Asked,
  { status }: { readonly status: number },
  what: string,
  { remedy, ...issue }: ResponseIssue & { readonly remedy?: string },
): ResponseValidationError {
  return new ResponseValidationError(`${method} ${route} ${what}`, { method, route, status, issues: [issue], remedy });
}

function schemaOf({ schema, extensions = {} }: ResourceDefinition): ResourceSchema {
  const known = ownCopy(schema, ['extensions']).extensions ?? [];
  const added = Object.keys(extensions).filter((urn) => !known.some(({ id }) => id === urn));
  return { ...schema, extensions: [...known, ...added.map((id) => ({ id, attributes: {} }))] };
}

function idOf({ id }: Record<string, unknown>): string | undefined {
  if (Number.isSafeInteger(id)) return String(id);
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** JSON has rounded it: it may be another one's. */
function hasInexactId({ id }: Record<string, unknown>): boolean {
  return typeof id === 'number' && !Number.isSafeInteger(id);
}

/** The id at the end of a `Location`. */
export function idIn(location: string | null | undefined): string | undefined {
  const segment = location
    ?.replace(/[?#].*$/s, '')
    .split('/')
    .filter(Boolean)
    .at(-1);
  return segment === undefined ? undefined : (decodeSegment(segment) ?? segment);
}

/** Validators of extensions by URN, made with zod or any other library of Standard Schema. */
export type ExtensionShapes = Readonly<Record<`urn:${string}`, Schema<unknown>>>;

/** What extensions add to the type of a resource. */
export type ExtensionsOf<Extensions extends ExtensionShapes> = {
  [Urn in keyof Extensions]?: Extensions[Urn] extends Schema<infer Output> ? Output | null | undefined : unknown;
};

/** A resource with what extensions add to it, where they are known. */
export type Extended<T, Extensions extends ExtensionShapes> = [keyof ExtensionShapes] extends [keyof Extensions]
  ? T
  : T & ExtensionsOf<Extensions>;

/** A type of resource: where it is and what it is made of (RFC 7643 §6). */
export interface ResourceDefinition<Shape = unknown, Extensions extends ExtensionShapes = ExtensionShapes> {
  /** Path below the base URL, such as `/Devices`. */
  readonly endpoint: string;
  /** URN of the core schema and the rules of the attributes: spelling, case, number of values. */
  readonly schema: ResourceSchema;
  /** Type of the resource, and what is checked before one is sent. What servers send is not checked. */
  readonly shape?: Schema<Shape> | undefined;
  /** The same for extensions. */
  readonly extensions?: Extensions | undefined;
  /** Attributes that name one resource, to find it again by, best first. @default ['externalId'] */
  readonly naturalKeys?: readonly string[] | undefined;
}

const definitionNames: OptionNames<ResourceDefinition> = {
  endpoint: true,
  schema: true,
  shape: true,
  extensions: true,
  naturalKeys: true,
};

interface Origin {
  readonly raw: unknown;
  readonly etag: string | undefined;
}

/** What a resource was read from. No copy, JSON or log holds it. */
const originTag = /* @__PURE__ */ createPrivateTag<Origin>();

/** @internal Marks a resource with what it was read from. */
export function setOrigin<R extends object>(resource: R, origin: Origin): R {
  originTag.set(resource, origin);
  return resource;
}

/**
 * What the server sent for a resource, unchanged: attribute names in the server's own spelling, `"True"` where it sent
 * a string. `undefined` for a resource that this library did not read, and for a copy.
 */
export function rawOf(resource: object): unknown {
  return originTag.get(resource)?.raw;
}

/**
 * The version of a resource, verbatim, to pass to `ifMatch` or `getIfNoneMatch`: the `ETag` header, else `meta.version`
 * (RFC 7644 §3.14). `undefined` where the server gives none.
 */
export function etagOf(resource: object): string | undefined {
  checkObject('resource', resource);
  const { meta } = resource as { readonly meta?: { readonly version?: unknown } | null };
  const version = typeof meta?.version === 'string' ? meta.version : undefined;
  return originTag.get(resource)?.etag ?? version;
}
