import { checkText, type OptionNames } from '../../errors/check-options.js';
import { InputError } from '../../errors/input-errors.js';
import { ResponseError } from '../../errors/response-errors.js';
import { WriteNotConfirmedError } from '../../errors/scim-errors.js';
import { isEmpty, ownCopy } from '../../internal/json.js';
import {
  type RequestOptions,
  requestNames,
  type TransportRequest,
  type TransportResponse,
} from '../../transport/options.js';
import { noteKeys, noteWrittenKeys } from '../natural-keys.js';
import type { Projection } from '../query.js';
import { getOptionNames, readResource } from '../read.js';
import { answerError, type ResourceContext } from '../resource.js';
import type { Resource } from '../schemas/common.js';
import { findKey } from '../schemas/names.js';
import { requestOptionsOf, type Server } from '../server.js';
import { differingAttributes, unappliedAttributes, verifyWrite } from './verify.js';

/** How a resource is written, and what of it the answer holds (RFC 7644 §3.9). Some servers fail when asked for that. */
export interface WriteOptions<T = never> extends RequestOptions, Projection<T> {
  /** Write only if the resource is still at this version (`If-Match`), as `etagOf` gives it. Not all servers heed it. */
  readonly ifMatch?: string | undefined;
  /** Read the resource back afterwards and compare, since not every server that answers 200 has done it. @default false */
  readonly verify?: boolean | undefined;
}

export const writeOptionNames: OptionNames<WriteOptions> = { ...getOptionNames, ifMatch: true, verify: true };

/** The options of a write of several requests, which share one deadline. What they read is read whole. */
export function sharedWriteOptions(server: Server, options: WriteOptions = {}): WriteOptions {
  const { ifMatch } = options;
  if (ifMatch !== undefined) checkText('ifMatch', ifMatch);
  return Object.assign(server.sharedOptions(options), { ifMatch });
}

/** A write to the list creates; every other is to one resource. */
export type Write = Pick<TransportRequest, 'body' | 'query' | 'safeToRepeat' | 'derivedFrom'> &
  ({ readonly method: 'POST' } | { readonly method: 'PUT' | 'PATCH' | 'DELETE'; readonly id: string });

/** Sends a write. A 202 is a WriteNotConfirmedError. */
export async function write(
  context: ResourceContext,
  request: Write,
  given: WriteOptions,
): Promise<{ readonly response: TransportResponse; readonly resource: Resource | undefined }> {
  const options = ownCopy(given, ['ifMatch']);
  const { headers, ...requestOptions } = requestOptionsOf(options);
  const { method, body, query, safeToRepeat, derivedFrom } = ownCopy(request, requestNames);
  // By the method and not by the id: one that is missing at run time must not turn into a write to the whole list.
  const target =
    request.method === 'POST'
      ? { route: context.route }
      : { route: `${context.route}/{id}`, params: { id: request.id } };
  const full: TransportRequest = {
    ...requestOptions,
    ...target,
    method,
    body,
    query,
    safeToRepeat,
    derivedFrom,
    headers: options.ifMatch === undefined ? headers : { ...headers, 'if-match': options.ifMatch },
  };
  checkExactNumbers(context, request);
  // A PUT unsets what it leaves out: of a type that has members it is classified as one that says so.
  const mayLoseMembers = method === 'PUT' && derivedFrom === undefined;
  if (mayLoseMembers && findKey(context.schema.attributes, 'members') !== undefined) {
    context.server.guard({ ...full, body: { members: [] } });
  }
  const { emptyGroups } = context.server.knowledge;
  const id = request.method === 'POST' || request.method === 'DELETE' ? undefined : request.id;
  const wasEmpty = id !== undefined && emptyGroups.delete(id);
  const response = await context.server.send(full).catch((error: unknown) => {
    // Without such a method the group is as it was.
    const isUnsupported = error instanceof ResponseError && (error.status === 501 || error.status === 405);
    if (wasEmpty && isUnsupported) emptyGroups.add(id);
    noteWrittenKeys(context, undefined, body);
    throw error;
  });
  if (response.status === 202) throw new WriteNotConfirmedError('write_pending', full);
  const resource = response.status === 204 ? undefined : context.readAnswer(full, response);
  noteWrittenKeys(context, id ?? resource?.id, body);
  if (resource !== undefined) noteKeys(context, resource);
  const isAnswered = resource !== undefined || response.body === undefined;
  if (isAnswered || request.method === 'POST' || request.method === 'DELETE') return { response, resource };
  return { response, resource: await readWritten(context, request, options) };
}

/** Some answer with a success, and with something that is not the resource: whether it was done is seen by reading it. */
function readWritten(
  context: ResourceContext,
  { method, id, body }: Extract<Write, { readonly id: string }>,
  options: RequestOptions,
): Promise<Resource> {
  const { id: _id, schemas: _schemas, Operations: operations, ...written } = Object(body);
  const differences = (now: Resource) => {
    const differing = Array.isArray(operations)
      ? unappliedAttributes(context, operations, now, now)
      : differingAttributes(context, now, written);
    // Not every server shows the members of a group.
    return differing.filter((path) => !/^members\b/i.test(path) || !isEmpty(now.members));
  };
  return verifyWrite(context, method, () => readResource(context, id, options), differences, options);
}

/**
 * Refuses to put back a number that JSON cannot carry, as a personnel number beyond 2^53 that was rounded when it was read:
 * the server would store what it never sent.
 */
function checkExactNumbers(context: ResourceContext, { method, body, derivedFrom }: Write): void {
  if (method !== 'PUT') return;
  const open: [path: readonly string[], value: unknown][] = [[[], body]];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [path, value] = next;
    if (typeof value === 'object' && value !== null) {
      for (const [key, part] of Object.entries(value)) open.push([[...path, key], part]);
    }
    const isLossy = typeof value === 'number' && !Number.isSafeInteger(value) && !(Math.abs(value) < 2 ** 53);
    if (!isLossy) continue;
    const remedy = 'Change the resource by `patch`, or give such a value as a text if the server takes it.';
    if (derivedFrom === undefined) {
      throw new InputError('A number cannot be sent exactly.', { path, remedy });
    }
    const request = { method: 'GET', route: `${context.route}/{id}` } as const;
    throw answerError(request, { status: 200 }, 'was answered with a number that cannot be put back exactly.', {
      path,
      message: 'expected text, or a number below 2^53',
      remedy: 'This server has no such PATCH, and putting back the resource would change the number.',
    });
  }
}

/** The body of a resource: its attributes, and the URNs of the schemas in use unless the caller named them. */
export function addSchemaUrns(
  { schema }: ResourceContext,
  attributes: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  // A type that nothing is known of: its body is what the caller gave.
  if (schema.id === '') return { ...attributes };
  const extensions = Object.keys(attributes).filter((key) => /^urn:/i.test(key) && attributes[key] !== undefined);
  return {
    ...attributes,
    schemas: (Object.hasOwn(attributes, 'schemas') ? attributes.schemas : undefined) ?? [schema.id, ...extensions],
  };
}
