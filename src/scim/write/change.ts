import { ResponseError } from '../../errors/response-errors.js';
import { WriteNotConfirmedError } from '../../errors/scim-errors.js';
import { isRecord, ownCopy } from '../../internal/json.js';
import type { TransportRequest } from '../../transport/options.js';
import { checkQueryNames, projectionParameters } from '../query.js';
import { readResource } from '../read.js';
import { readMembers, splitMembers } from '../read-members.js';
import type { ResourceContext } from '../resource.js';
import type { PatchOperation, Resource } from '../schemas/common.js';
import { GROUP_URN, PATCH_OP_URN } from '../schemas/urns.js';
import { mayHaveMadeVersion } from './lost-answer.js';
import { asSent, isVersionRequired, type PutDetails, patchViaPut } from './put-changed.js';
import { addSchemaUrns, sharedWriteOptions, type WriteOptions, write } from './send.js';
import { checkOperations, checkResource, checkSize } from './validate.js';
import {
  compareMembers,
  contradictedBy,
  differingAttributes,
  refsOf,
  unappliedAttributes,
  verifyWrite,
} from './verify.js';

export async function patchResource(
  context: ResourceContext,
  id: string,
  operations: readonly PatchOperation[],
  options: WriteOptions = {},
): Promise<Resource | undefined> {
  checkOperations(context, operations);
  checkQueryNames(context, options);
  const requestOptions = sharedWriteOptions(context.server, options);
  const read = () => readResource(context, id, requestOptions);
  if (operations.length === 0) return read();

  const details = { query: projectionParameters(options) };
  if (options.verify !== true) {
    const resource = await patch(context, id, operations, requestOptions, details);
    return lookedAt(context, id, operations, resource, requestOptions);
  }
  const patchAndVerify = async () => {
    const before = await withShownMembers(context, await read(), requestOptions);
    await sendPatch(context, id, operations, requestOptions, { ...details, seen: before });
    return readPatched(context, id, operations, before, requestOptions);
  };
  return context.withLock(id, patchAndVerify, requestOptions.signal);
}

/** What the answer to a change shows; where that says that the change was not made, what is there. */
async function lookedAt(
  context: ResourceContext,
  id: string,
  operations: readonly PatchOperation[],
  answer: Resource | undefined,
  options: WriteOptions,
): Promise<Resource | undefined> {
  const contradicted = (shown: Resource) => contradictedBy(context, operations, shown);
  if (answer === undefined || contradicted(answer).length === 0) return answer;
  return verifyWrite(context, 'PATCH', () => readResource(context, id, options), contradicted, options);
}

/** Reads back what was changed. Members that the server does not show are not compared. */
async function readPatched(
  context: ResourceContext,
  id: string,
  operations: readonly PatchOperation[],
  before: Resource,
  options: WriteOptions,
): Promise<Resource> {
  let shown = before;
  const read = async () => {
    const now = await readResource(context, id, options);
    shown = await withShownMembers(context, now, options);
    return now;
  };
  const unapplied = () => {
    const isHidden = context.schema.id === GROUP_URN && shown.members === undefined;
    return unappliedAttributes(context, isHidden ? operations.flatMap(withoutMembers) : operations, shown, before);
  };
  return verifyWrite(context, 'PATCH', read, unapplied, options);
}

/** A group with the members that it shows, if only where it is asked for them by name; without any where it hides them. */
async function withShownMembers(context: ResourceContext, found: Resource, options: WriteOptions): Promise<Resource> {
  return context.schema.id === GROUP_URN ? { ...found, members: await readMembers(context, found, options) } : found;
}

const membersPath = /^(?:urn:ietf:params:scim:schemas:core:2\.0:group:)?members(?:$|[.[])/i;

/** What is left of an operation without what it does to members. */
function withoutMembers(operation: PatchOperation): readonly PatchOperation[] {
  const { path, value } = operation;
  if (path !== undefined) return membersPath.test(path) ? [] : [operation];
  const others = Object.entries(isRecord(value) ? value : {}).filter(([name]) => !membersPath.test(name));
  return others.length === 0 ? [] : [{ ...operation, value: Object.fromEntries(others) }];
}

interface PatchDetails extends PutDetails, Pick<TransportRequest, 'safeToRepeat'> {
  /** Not by PATCH, though the server has it. */
  readonly viaPut?: boolean;
  /** The version that the change was made for, to send where the server requires one. */
  readonly versionRead?: (() => string | undefined | Promise<string | undefined>) | undefined;
}

/** Sends a write; where none was given and the server requires a version (428), at the one that was read. */
async function atVersionRead<T>(
  { server, route }: ResourceContext,
  given: WriteOptions,
  versionRead: PatchDetails['versionRead'],
  send: (options: WriteOptions) => Promise<T>,
): Promise<T> {
  const options = ownCopy(given, ['ifMatch']);
  const { versionedRoutes } = server.knowledge;
  if (options.ifMatch !== undefined || versionRead === undefined) return send(options);
  if (!versionedRoutes.has(route)) {
    try {
      return await send(options);
    } catch (error) {
      if (!isVersionRequired(error)) throw error;
      versionedRoutes.add(route);
    }
  }
  const ifMatch = await versionRead();
  return send({ ...options, ifMatch });
}

/** Changes a resource, without looking at the operations first or at the outcome afterwards. */
export function patch(
  context: ResourceContext,
  id: string,
  operations: readonly PatchOperation[],
  options: WriteOptions,
  details: PatchDetails = {},
): Promise<Resource | undefined> {
  const send = async () => {
    const resource = await sendPatch(context, id, operations, options, details);
    // Of members, whoever changes them tells who is not as wanted.
    return lookedAt(context, id, operations.flatMap(withoutMembers), resource, options);
  };
  return context.withLock(id, send, options.signal);
}

/** By PATCH, or, where the server has no PATCH, by reading the resource, changing it here and putting it back. */
async function sendPatch(
  context: ResourceContext,
  id: string,
  operations: readonly PatchOperation[],
  options: WriteOptions,
  given: PatchDetails,
): Promise<Resource | undefined> {
  const names = ['viaPut', 'versionRead', 'isLookedUp', 'seen'] as const;
  const { viaPut = false, versionRead, isLookedUp = false, seen, ...details } = ownCopy(given, names);
  const { server, route } = context;
  const { knowledge, profile } = server;
  if (!viaPut && knowledge.mayPatch(route, operations)) {
    const body = { schemas: [PATCH_OP_URN], Operations: operations };
    const safeToRepeat = operations.every(({ op, path }) => path !== undefined && op !== 'add');
    checkSize(body, profile);
    try {
      const request = { method: 'PATCH', id, body, safeToRepeat, ...details } as const;
      const send = (versioned: WriteOptions) => write(context, request, versioned);
      return (await atVersionRead(context, options, versionRead, send)).resource;
    } catch (error) {
      const unapplied = (now: Resource) => unappliedAttributes(context, operations, now, now);
      if (mayHaveMadeVersion(error)) return asSent(context, id, options, unapplied, error);
      if (!(error instanceof ResponseError) || (error.status !== 501 && error.status !== 405)) throw error;
      knowledge.notePatchRefusal(route, operations, error.status);
    }
  }
  return patchViaPut(context, id, operations, options, { query: details.query, isLookedUp, seen });
}

export async function replaceResource(
  context: ResourceContext,
  id: string,
  input: Readonly<Record<string, unknown>>,
  options: WriteOptions = {},
): Promise<Resource | undefined> {
  const { server } = context;
  const { meta: _meta, ...attributes } = input;
  checkQueryNames(context, options);
  await checkResource(context, attributes);
  const requestOptions = sharedWriteOptions(server, options);
  const body = addSchemaUrns(context, { ...attributes, id });
  const query = projectionParameters(options);
  const put = async () => {
    const differing = (now: Resource) => differingAttributes(context, now, attributes);
    const resource = await write(context, { method: 'PUT', id, body, query }, requestOptions).then(
      (written) => written.resource,
      (error: unknown) => {
        if (mayHaveMadeVersion(error)) return asSent(context, id, requestOptions, differing, error);
        throw error;
      },
    );
    if (options.verify !== true) return resource;
    const read = () => readResource(context, id, requestOptions);
    const { members, others } = splitMembers(context, attributes);
    const differingOthers = (now: Resource) => differingAttributes(context, now, others);
    const replaced = await verifyWrite(context, 'PUT', read, differingOthers, requestOptions);
    if (others === attributes || attributes.members === undefined) return replaced;
    const wanted = { added: refsOf(members), removed: 'others', kept: undefined } as const;
    const { dropped, remaining } = await compareMembers(context, id, wanted, requestOptions);
    if (!dropped?.length && !remaining?.length) return replaced;
    const facts = { method: 'PUT', route: `${context.route}/{id}`, attributes: ['members'] };
    throw new WriteNotConfirmedError('not_applied', facts);
  };
  return context.withLock(id, put, requestOptions.signal);
}
