import { isFailure } from '../../errors/is-sdk-error.js';
import { scimRequestRemedies } from '../../errors/remedies/scim.js';
import { ResponseError } from '../../errors/response-errors.js';
import { PatchError, WriteNotConfirmedError } from '../../errors/scim-errors.js';
import type { RequestOptions } from '../../transport/options.js';
import { replicaDelay, retryUntil } from '../../transport/retry.js';
import { isSameButForCase } from '../filter/compare.js';
import { findByNaturalKeys } from '../natural-key-search.js';
import { keyConflict, naturalKeysOf } from '../natural-keys.js';
import { applyPatch } from '../patch/apply.js';
import { diffFromStored } from '../patch/diff.js';
import { isStoredAs } from '../patch/stored.js';
import { readResource } from '../read.js';
import {
  type MemberRef,
  type MembersResult,
  type ShownMembers,
  shownIn,
  shownMembers,
  splitMembers,
} from '../read-members.js';
import type { ResourceContext } from '../resource.js';
import type { PatchOperation, Resource } from '../schemas/common.js';
import type { GroupMember } from '../schemas/group.js';
import { findCoreAttribute, knownSchemas } from '../schemas/known-schemas.js';
import { attributeReader } from '../schemas/names.js';
import { GROUP_URN } from '../schemas/urns.js';
import { lostAttributes } from './kept.js';
import { withRemedy } from './lost-answer.js';

/**
 * Reads a resource back and compares it with what was sent; what differs is a WriteNotConfirmedError. One that was made is
 * looked up by its keys. The members of a group are counted one by one, since servers drop those they do not know.
 */
export async function verifyResource(
  context: ResourceContext,
  method: 'POST' | 'PATCH',
  written: Resource,
  wanted: Readonly<Record<string, unknown>>,
  options: RequestOptions,
): Promise<{ readonly resource: Resource; readonly members?: MembersResult | undefined }> {
  const { members, others } = splitMembers(context, wanted);
  const read = () =>
    readResource(context, written.id, options).catch((error: unknown) => {
      // A replica that lags behind may not have it yet.
      if (error instanceof ResponseError && (error.status === 404 || error.status === 410)) return undefined;
      throw error;
    });
  const compare = (now: Resource | undefined) => {
    if (now === undefined) return ['the resource'];
    const lost = method === 'PATCH' ? lostAttributes(context, now, written, merged(context, written, wanted)) : [];
    return [...new Set([...differingAttributes(context, now, others), ...lost])];
  };
  const resource = (await verifyWrite(context, method, read, compare, options)) ?? written;
  if (method === 'POST') await checkIsOnly(context, resource, wanted, options);
  if (members.length === 0) return { resource };
  const added = refsOf(members);
  const compared = await compareMembers(context, written.id, { added, removed: [], kept: undefined }, options);
  return { resource, members: addedBut(compared, added) };
}

/** Whom a group was created with, and whom its answer shows to have been left out. It may show nobody at all. */
export function membersCreated(
  context: ResourceContext,
  created: Resource,
  wanted: Readonly<Record<string, unknown>>,
): MembersResult | undefined {
  const added = refsOf(splitMembers(context, wanted).members);
  if (added.length === 0) return undefined;
  const shown = shownIn(splitMembers(context, created).members);
  const dropped = shown?.all.length ? unlikeWanted(shown, { added, removed: [], kept: undefined }).dropped : [];
  return addedBut(dropped.length > 0 ? { dropped } : {}, added);
}

function addedBut(compared: Omit<MembersResult, 'added' | 'removed'>, sent: readonly MemberRef[]): MembersResult {
  const dropped = new Set(compared.dropped);
  return { added: valuesOf(sent).filter((id) => !dropped.has(id)), removed: [], ...compared };
}

/** Refuses a resource that was made where another has a natural key of it: nobody can tell which of them is meant. */
async function checkIsOnly(
  context: ResourceContext,
  made: Resource,
  wanted: Readonly<Record<string, unknown>>,
  options: RequestOptions,
): Promise<void> {
  if (naturalKeysOf(context, wanted).length === 0) return;
  const isMade = ({ id }: Resource) => isSameButForCase(id, made.id);
  // Of two rows of which one is not active the other is meant: some servers keep so those that were deleted.
  const isDouble = (found: Resource) => !isMade(found) && (found.active !== false || made.active === false);
  const look = () => findByNaturalKeys(context, wanted, options, { findAll: true });
  // A list that does not show what was made yet does not show what was made beside it.
  const isShown = ({ named, alike }: Awaited<ReturnType<typeof look>>) =>
    named.some(isDouble) || [...named, ...alike].some(isMade);
  const { named } = await readBack(context, look, isShown, options).catch((error: unknown) => {
    if (!isFailure(error)) throw error;
    throw withRemedy(error, `${scimRequestRemedies.creation_unlisted} ${error.remedy ?? ''}`.trim());
  });
  const doubles = named.filter(isDouble);
  if (doubles.length > 0) throw keyConflict('doubled', context, wanted, [made, ...doubles]);
}

/** A resource with the wanted attributes merged into it, as `upsert` writes them. */
function merged({ schema }: ResourceContext, resource: Resource, wanted: Readonly<Record<string, unknown>>): Resource {
  try {
    return applyPatch(resource, diffFromStored(resource, wanted, schema), { schema });
  } catch (error) {
    if (error instanceof PatchError) return { ...resource, ...wanted };
    throw error;
  }
}

/** Reads until it is as wanted, a few times since a replica may lag behind, and gives what was read last. */
function readBack<Read>(
  { server }: ResourceContext,
  read: () => Promise<Read>,
  isAsWanted: (read: Read) => boolean,
  { signal }: RequestOptions,
): Promise<Read> {
  const { clock } = server.transport;
  return retryUntil(read, isAsWanted, { maxRetries: 2, clock, signal, delayAfter: replicaDelay });
}

/** Reads back what was written. What differs is a WriteNotConfirmedError. */
export async function verifyWrite<Read extends Resource | undefined>(
  context: ResourceContext,
  method: string,
  read: () => Promise<Read>,
  differences: (resource: Read) => readonly string[],
  options: RequestOptions,
): Promise<Read> {
  const compare = async () => {
    const resource = await read();
    return { resource, attributes: differences(resource) };
  };
  const { resource, attributes } = await readBack(context, compare, (found) => found.attributes.length === 0, options);
  if (attributes.length === 0) return resource;
  const route = method === 'POST' ? context.route : `${context.route}/{id}`;
  throw new WriteNotConfirmedError('not_applied', { method, route, attributes });
}

/** Who should be a member, and who should not. */
export interface WantedMembers {
  readonly added: readonly MemberRef[];
  /** `others`: everyone else. */
  readonly removed: readonly MemberRef[] | 'others';
  /** Who was shown before, and is neither: some servers replace the members where one is added, or remove all for one. */
  readonly kept: readonly MemberRef[] | undefined;
}

/** The members of a resource as they are asked for. */
export function refsOf(members: readonly GroupMember[]): readonly MemberRef[] {
  return members.flatMap(({ value, type }) => (value ? [{ value: String(value), type: type ?? undefined }] : []));
}

/** Reads a group back and reports who is not as wanted. */
export async function compareMembers(
  context: ResourceContext,
  groupId: string,
  wanted: WantedMembers,
  options: RequestOptions,
): Promise<Pick<MembersResult, 'verified' | 'dropped' | 'remaining'>> {
  const look = async () => {
    const shown = await shownMembers(context, groupId, options);
    if (shown === undefined) return undefined;
    // Nobody at all, where somebody should be: they may have gone, or be more by now than the server shows.
    const isHidden = shown.all.length === 0 && wanted.added.length + (wanted.kept?.length ?? 0) > 0;
    return { verified: !isHidden, ...unlikeWanted(shown, wanted) };
  };
  const isDone = (found: Awaited<ReturnType<typeof look>>) => !(found?.dropped.length || found?.remaining.length);
  const found = await readBack(context, look, isDone, options);
  return found ?? { verified: false };
}

/** The ids of those who should be members and are not, and of those who are and should not be. */
export function unlikeWanted(
  shown: ShownMembers,
  { added, removed, kept = [] }: WantedMembers,
): { readonly dropped: readonly string[]; readonly remaining: readonly string[] } {
  const asked = new Set([...added, ...kept, ...(removed === 'others' ? [] : removed)].map(({ value }) => value));
  const { find, has } = shown.finder(asked);
  const dropped = [...added, ...kept].filter((ref) => !has(ref));
  const found = new Set(added.flatMap(find));
  const remaining = removed === 'others' ? shown.all.filter((ref) => !found.has(ref)) : removed.filter(has);
  return { dropped: valuesOf(dropped), remaining: valuesOf(remaining) };
}

const valuesOf = (refs: readonly MemberRef[]): readonly string[] => [...new Set(refs.map(({ value }) => value))];

/**
 * The attributes that operations did not take effect on: those that applying them again would change, and that are not as
 * the operations make them of the resource before. And those that lost what the operations left in them.
 */
export function unappliedAttributes(
  context: ResourceContext,
  operations: readonly PatchOperation[],
  now: Resource,
  before: Resource,
): readonly string[] {
  const left = shortfall(context, operations, now, now);
  const unapplied =
    operations.every(isProvenByOutcome) || left.length === 0 ? left : shortfall(context, operations, now, before);
  try {
    const wanted = applyPatch(before, operations, { schema: context.schema });
    return [...new Set([...unapplied, ...lostAttributes(context, now, before, wanted)])];
  } catch (error) {
    if (error instanceof PatchError) return unapplied;
    throw error;
  }
}

/**
 * Whether the outcome shows that an operation was applied: replacing or removing what a path names twice is doing it
 * once. What a filter chose may no longer match it, and what was added may be stored in another spelling.
 */
function isProvenByOutcome({ op, path }: PatchOperation): boolean {
  return op !== 'add' && path !== undefined && !path.includes('[');
}

/**
 * What an answer shows not to be done, of what says who may do what: `active`, and members. It may show what was there
 * before, so that it is a reason to look, and no more. What it does not show says nothing.
 */
export function contradictedBy(
  context: ResourceContext,
  operations: readonly PatchOperation[],
  answer: Resource,
): readonly string[] {
  const { active, members } = answer;
  const shown = [
    ...(typeof active === 'boolean' ? ['active'] : []),
    ...(context.schema.id === GROUP_URN && Array.isArray(members) && members.length > 0 ? ['members'] : []),
  ];
  if (shown.length === 0) return [];
  return shortfall(context, operations, answer, answer).filter((name) => shown.includes(name));
}

/** The attributes that are not as the operations make them of the resource given. */
function shortfall(
  context: ResourceContext,
  operations: readonly PatchOperation[],
  now: Resource,
  from: Resource,
): readonly string[] {
  try {
    const to = applyPatch(from, operations, { schema: context.schema });
    const names = Object.keys({ ...from, ...to }).filter((name) => from[name] !== to[name]);
    return differingAttributes(context, now, Object.fromEntries(names.map((name) => [name, to[name]])));
  } catch (error) {
    // What should have been changed is not even there.
    if (error instanceof PatchError) return [error.path ?? 'a value'];
    throw error;
  }
}

/** The attributes that do not have the value written, by what a server shows of a resource. */
export function differingAttributes(
  { schema }: Pick<ResourceContext, 'schema'>,
  read: Readonly<Record<string, unknown>>,
  written: Readonly<Record<string, unknown>>,
): readonly string[] {
  const schemas = knownSchemas(schema);
  const readOf = attributeReader(read);
  return Object.keys(written).filter((name) => {
    const { mutability, returned } = findCoreAttribute(schemas, name)?.rules ?? {};
    // No write sets these (RFC 7644 §3.5.1), and `schemas` is the server's own view.
    if (mutability === 'readOnly' || name.toLowerCase() === 'schemas') return false;
    const isShown = mutability !== 'writeOnly' && returned !== 'never' && returned !== 'request';
    return isShown && !isStoredAs(readOf(name), written[name], name);
  });
}
