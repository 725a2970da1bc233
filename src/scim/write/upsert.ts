import { checkChoice, type OptionNames } from '../../errors/check-options.js';
import { ScimError } from '../../errors/scim-errors.js';
import { type RequestOptions, requestOptionNames } from '../../transport/options.js';
import { isNotFound } from '../error-body.js';
import { findByNaturalKeys, type NaturalKeyLookup } from '../natural-key-search.js';
import {
  hasOtherExternalId,
  inTurn,
  isOtherKind,
  keyConflict,
  naturalKeysOf,
  refusedOfServiceAccount,
} from '../natural-keys.js';
import { diffFromStored } from '../patch/diff.js';
import { readIfThere, readResource } from '../read.js';
import { type MembersResult, splitMembers } from '../read-members.js';
import { answerError, etagOf, type ResourceContext } from '../resource.js';
import type { PatchOperation, Resource } from '../schemas/common.js';
import { patch } from './change.js';
import { isTaken, makeResource } from './create.js';
import { changeMembers } from './members.js';
import { sharedWriteOptions } from './send.js';
import { checkResource } from './validate.js';
import { differingAttributes, membersCreated, verifyResource } from './verify.js';

/** What it took to have the resource as it was given. */
export type UpsertOutcome =
  /** There was none. */
  | 'created'
  /** The server said there was one (409) that a lookup had not shown, and it was changed where it differed. */
  | 'adopted'
  /** There was one, and it was changed. */
  | 'updated'
  /** There was one that was not active: it was activated, and changed where it differed. */
  | 'reactivated'
  /** There was one just like it. */
  | 'unchanged';

/** What became of an upsert. */
export interface UpsertResult<T> {
  /** What had to be done: `unchanged` when nothing was written. */
  readonly outcome: UpsertOutcome;
  /** The resource as it is now. */
  readonly resource: T;
  /**
   * For a group that was given members to add: what became of them, as `addMembers` says it. With one that was `created`
   * all are sent, whether or not their ids name anybody: `dropped` are those that its answer, or `verify`, shows to be left
   * out.
   */
  readonly members?: MembersResult | undefined;
}

/** How a resource is upserted. */
export interface UpsertOptions extends RequestOptions {
  /**
   * Read the resource back and compare. Dropped members are in the result; other losses reject. After a creation, look too
   * whether another has a natural key of it, as one that another process created meanwhile (`doubled`). @default false
   */
  readonly verify?: boolean | undefined;
  /**
   * Change the resource that has the name even where its `externalId` is another: for a person whose number has changed.
   * Where the address was given to another person, that person gets the account. No person gets that of a service account.
   * @default false
   */
  readonly takeOver?: boolean | undefined;
  /**
   * `true`: change what was found only if it is still at the version that was read (`If-Match`), which is done anyway where
   * the server requires it (428). Members are added at any version.
   */
  readonly ifMatch?: true | undefined;
}

export const upsertOptionNames: OptionNames<UpsertOptions> = {
  ...requestOptionNames,
  verify: true,
  takeOver: true,
  ifMatch: true,
};

export async function upsertResource(
  context: ResourceContext,
  input: Readonly<Record<string, unknown>>,
  options: UpsertOptions = {},
): Promise<UpsertResult<Resource>> {
  const { server } = context;
  const { id: _id, meta: _meta, schemas: _schemas, ...wanted } = input;
  await checkResource(context, wanted);
  const { verify, takeOver } = options;
  const ifMatch = checkChoice('ifMatch', options.ifMatch, [true, undefined]);
  const requestOptions: UpsertOptions = Object.assign(server.sharedOptions(options), { verify, takeOver, ifMatch });
  const findOrCreate = async (): Promise<UpsertResult<Resource>> => {
    const found = await findMeant(context, wanted, requestOptions);
    // `undefined` too where only a row was left of one that was deleted.
    const updated = found && (await update(context, found, wanted, requestOptions));
    if (updated !== undefined) return updated;
    try {
      return await create(context, input, wanted, requestOptions);
    } catch (error) {
      if (!isTaken(error)) throw error;
      // A filter may find nothing where there is something, on some servers and on stale replicas.
      const holder =
        (await findMeant(context, wanted, requestOptions, { absence: 'claimed' })) ??
        (await findMeant(context, wanted, requestOptions, { absence: 'walked' }));
      const adopted = holder && (await update(context, holder, wanted, requestOptions));
      if (adopted === undefined) throw error;
      return { ...adopted, outcome: 'adopted' };
    }
  };
  return inTurn(server, [[context, wanted]], findOrCreate, requestOptions.signal);
}

/** The one that is meant; `undefined` where there is none. Where that is not certain, nobody is changed. */
async function findMeant(
  context: ResourceContext,
  wanted: Readonly<Record<string, unknown>>,
  options: UpsertOptions,
  lookup?: NaturalKeyLookup,
): Promise<Resource | undefined> {
  const includeNamesakes = options.takeOver === true;
  const { named, alike } = await findByNaturalKeys(context, wanted, options, { ...lookup, includeNamesakes });
  const [meant, ...others] = named;
  if (others.length > 0) throw keyConflict('several', context, wanted, named);
  if (meant !== undefined) checkIsMeant(context, wanted, meant, options);
  if (alike.length > 0) throw keyConflict('alike', context, wanted, [...named, ...alike]);
  return meant;
}

function checkIsMeant(
  context: ResourceContext,
  wanted: Readonly<Record<string, unknown>>,
  found: Resource,
  { takeOver }: UpsertOptions,
): void {
  if (isOtherKind(context, found, wanted)) throw keyConflict('service_account', context, wanted, [found]);
  if (takeOver !== true && hasOtherExternalId(found, wanted)) {
    throw keyConflict('other_external_id', context, wanted, [found]);
  }
}

async function create(
  context: ResourceContext,
  input: Readonly<Record<string, unknown>>,
  wanted: Readonly<Record<string, unknown>>,
  options: UpsertOptions,
): Promise<UpsertResult<Resource>> {
  const { resource, status } = await makeResource(context, input, options);
  // What is created is answered with 201: this may be one that was there, given as it was.
  const isAnother =
    status === 200 &&
    (isOtherKind(context, resource, wanted) ||
      differingAttributes(context, resource, splitMembers(context, wanted).others).length > 0);
  if (isAnother) {
    const keys = naturalKeysOf(context, wanted).map(([attribute]) => attribute);
    const isUnlike = (attribute: string) => differingAttributes(context, resource, { [attribute]: wanted[attribute] });
    if (keys.every((attribute) => isUnlike(attribute).length > 0)) {
      throw keyConflict('other_resource', context, wanted, [resource]);
    }
    checkIsMeant(context, wanted, resource, options);
  }
  const adopted = isAnother ? await update(context, resource, wanted, options) : undefined;
  if (adopted !== undefined) return { ...adopted, outcome: 'adopted' };
  if (options.verify === true) {
    return { outcome: 'created', ...(await verifyResource(context, 'POST', resource, wanted, options)) };
  }
  const members = membersCreated(context, resource, wanted);
  return { outcome: 'created', resource, ...(members && { members }) };
}

/** Changes what differs; `undefined` where nothing but a row is left of it, as of those that are deleted. */
async function update(
  context: ResourceContext,
  row: Resource,
  wanted: Readonly<Record<string, unknown>>,
  options: UpsertOptions,
): Promise<UpsertResult<Resource> | undefined> {
  const isLeft = row.active === false;
  try {
    const mustRead = options.ifMatch === true && etagOf(row) === undefined;
    const found = mustRead ? await readResource(context, row.id, options) : row;
    const isInactive =
      found.active === false && wanted.active !== false && Object.hasOwn(context.schema.attributes, 'active');
    const { members: given, others } = splitMembers(context, isInactive ? { ...wanted, active: true } : wanted);
    const operations = diffFromStored(found, others, context.schema);
    const refused = refusedOfServiceAccount(context, found, operations);
    if (refused !== undefined) throw keyConflict(refused, context, wanted, [found]);
    const held = new Set(splitMembers(context, found).members.map(({ value }) => value));
    const add = given.filter(({ value }) => !held.has(value));
    if (operations.length === 0 && add.length === 0) return { outcome: 'unchanged', resource: found };
    const changed = operations.length > 0 ? await change(context, found, operations, options) : undefined;
    // It reads the group: a list may leave out members.
    const members = add.length > 0 ? await changeMembers(context, found.id, add, [], options) : undefined;
    const isUnchanged = operations.length === 0 && members?.added.length === 0;
    const outcome = isInactive ? 'reactivated' : isUnchanged ? 'unchanged' : 'updated';
    if (options.verify === true) {
      return { outcome, ...(await verifyResource(context, 'PATCH', found, others, options)), members };
    }
    const resource = (members === undefined && changed) || (await readResource(context, found.id, options));
    return { outcome, resource, ...(members && { members }) };
  } catch (error) {
    // Of one who is active, or a group, a 404 may be about the method or a member, and a second one would be made.
    if (isLeft && isNotFound(error) && (await readIfThere(context, row.id, options)) === undefined) return undefined;
    throw error;
  }
}

/** By PATCH; by PUT where the server does not understand the path, or does not say what it does not understand. */
async function change(
  context: ResourceContext,
  found: Resource,
  operations: readonly PatchOperation[],
  upsertOptions: UpsertOptions,
): Promise<Resource | undefined> {
  const { id } = found;
  const version = etagOf(found);
  const isConditional = upsertOptions.ifMatch === true;
  if (isConditional && version === undefined) {
    const request = { method: 'GET', route: `${context.route}/{id}` } as const;
    throw answerError(request, { status: 200 }, 'was answered without a version.', {
      path: ['meta', 'version'],
      message: 'expected a version',
      remedy: 'Leave out `ifMatch: true`: this server has no versions.',
    });
  }
  const options = sharedWriteOptions(context.server, {
    ...upsertOptions,
    ifMatch: isConditional ? version : undefined,
  });
  const versionRead = async () => version ?? etagOf(await readResource(context, id, options));
  const viaPut = () => patch(context, id, operations, options, { viaPut: true });
  try {
    return await patch(context, id, operations, options, { versionRead });
  } catch (error) {
    if (!(error instanceof ScimError)) throw error;
    const { status, scimType } = error;
    if (status === 404) {
      // Some answer so where they have no PATCH. What can be read is there.
      if ((await readIfThere(context, id, options)) === undefined) throw error;
      return viaPut();
    }
    const mayBeThePath = scimType === undefined ? status === 400 : ['noTarget', 'invalidPath'].includes(scimType);
    if (!mayBeThePath) throw error;
    return viaPut();
  }
}
