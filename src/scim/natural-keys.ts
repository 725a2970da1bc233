import { NaturalKeyConflictError, type NaturalKeyConflictReason } from '../errors/scim-errors.js';
import { isRecord } from '../internal/json.js';
import { coarseForm } from './proven-filters.js';
import type { ResourceContext } from './resource.js';
import type { PatchOperation, Resource } from './schemas/common.js';
import { isServiceAccount } from './schemas/service-account.js';
import { USER_URN } from './schemas/urns.js';
import { type Server, withLock } from './server.js';

export type Attributes = Readonly<Record<string, unknown>>;

/** A type of resource, and what names one. */
interface NamedType {
  readonly route: string;
  readonly definition: { readonly naturalKeys?: readonly string[] | undefined };
}

/** The values of a resource by which it can be found again, best first. */
export function naturalKeysOf({ definition }: NamedType, resource: Attributes): [attribute: string, value: string][] {
  return keyNamesOf({ definition }).flatMap((attribute): [string, string][] => {
    const text = keyText(resource, attribute);
    return text === '' ? [] : [[attribute, text]];
  });
}

function keyNamesOf({ definition }: Pick<NamedType, 'definition'>): readonly string[] {
  return definition.naturalKeys ?? ['externalId'];
}

/** The value of a key as text; empty where there is none. */
export function keyText(resource: Attributes, attribute: string): string {
  const value = resource[attribute];
  // Numbers of personnel are often given, and stored, as numbers.
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Whether both have an `externalId`, and not the same one: another person, whatever else is the same. */
export function hasOtherExternalId(found: Resource, { externalId }: Attributes): boolean {
  const { externalId: held } = found;
  const isGiven = [held, externalId].every((value) => value !== undefined && value !== null && value !== '');
  return isGiven && String(held) !== String(externalId);
}

/** Whether only one of the two is a service account: that is another account, whatever else is the same. */
export function isOtherKind({ schema }: ResourceContext, found: Resource, given: Attributes): boolean {
  return schema.id === USER_URN && isServiceAccount({ userType: found.userType }) !== isServiceAccount(given);
}

/**
 * Why a service account that was found by its name is not changed so: a program is renamed, and switched off, only by who names
 * its id.
 */
export function refusedOfServiceAccount(
  { schema }: ResourceContext,
  found: Resource,
  operations: readonly PatchOperation[],
): NaturalKeyConflictReason | undefined {
  if (schema.id !== USER_URN || !isServiceAccount({ userType: found.userType })) return undefined;
  const values = new Map(
    operations.map(({ path = '', value }) => [path.toLowerCase().replace(`${USER_URN.toLowerCase()}:`, ''), value]),
  );
  if (values.has('active') && values.get('active') !== true && found.active !== false) return 'service_account_active';
  // One that has no name yet is given one.
  const isRenamed = ['userName', 'displayName'].some(
    (attribute) => values.has(attribute.toLowerCase()) && keyText(found, attribute) !== '',
  );
  return isRenamed ? 'service_account_name' : undefined;
}

/** Takes note of the keys that a row shows: by looking for it a filter can be tried. */
export function noteKeys(context: ResourceContext, found: Resource): void {
  const { provenFilters } = context.server.knowledge;
  for (const [attribute, stored] of naturalKeysOf(context, found)) {
    provenFilters.noteShown(context.route, attribute, { id: found.id, stored });
  }
}

/** Takes note of the keys in what was sent, whatever became of it: a walk that met none says nothing of rows written since. */
export function noteWrittenKeys(context: ResourceContext, id: string | undefined, body: unknown): void {
  const { provenFilters } = context.server.knowledge;
  const sent = JSON.stringify(body)?.toLowerCase() ?? '';
  for (const attribute of keyNamesOf(context)) {
    if (!sent.includes(attribute.toLowerCase())) continue;
    provenFilters.noteWritten(context.route, attribute, isGiven(body, attribute) ? id : undefined);
  }
}

/** Whether a write gives the attribute a value, be it in a resource or in operations. */
function isGiven(body: unknown, attribute: string): boolean {
  if (!isRecord(body)) return false;
  const { Operations: operations } = body;
  if (!Array.isArray(operations)) return keyText(body, attribute) !== '';
  const given = operations.filter((one) => isRecord(one) && one.op !== 'remove');
  return given.some(
    ({ path, value }) => keyText(path === undefined ? Object(value) : { [path]: value }, attribute) !== '',
  );
}

/** What was given, and the resources found that may be meant by it. */
export function keyConflict(
  reason: NaturalKeyConflictReason,
  { route }: ResourceContext,
  given: Attributes,
  found: readonly Resource[],
): NaturalKeyConflictError {
  const externalIds = [given, ...found].flatMap(({ externalId }) => (externalId ? [String(externalId)] : []));
  return new NaturalKeyConflictError(reason, { route, ids: found.map(({ id }) => id), externalIds });
}

/** What is to be made, and of which type. */
export type Creation = readonly [type: NamedType, resource: Attributes];

/** Runs finding and creating of what may have the same natural keys one after the other: not every server refuses a double. */
export function inTurn<T>(
  { locks }: Server,
  creations: readonly Creation[],
  work: () => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  const turns = creations.flatMap(([type, resource]) =>
    naturalKeysOf(type, resource).map(
      ([attribute, value]) => `${type.route}?${attribute}=${coarseForm(attribute, value)}`,
    ),
  );
  return withLock(locks, turns, work, signal);
}
