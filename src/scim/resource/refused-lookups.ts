import { ResponseError } from '../../errors/response-errors.js';
import { ScimError } from '../../errors/scim-errors.js';
import type { ResourceContext } from './resource-context.js';

/** Refusals in a row that show that the server takes no such filter: a single one may be about the value. */
const refusalsBelieved = 2;

/** Whether it is worth asking for resources by the values of these attributes. */
export function mayLookUp({ session: { learned }, route }: ResourceContext, criteria: object): boolean {
  return learned.filter !== false && (learned.refusedLookups.get(nameOf(route, criteria)) ?? 0) < refusalsBelieved;
}

/** Takes note of how the server answered a lookup by these attributes. */
export function noteLookup(
  { session: { learned }, route }: ResourceContext,
  criteria: object,
  refusal?: ResponseError,
): void {
  const { refusedLookups } = learned;
  const name = nameOf(route, criteria);
  if (refusal === undefined) {
    refusedLookups.delete(name);
    return;
  }
  const isAboutFilter =
    refusal.status === 501 || (refusal instanceof ScimError && refusal.scimType === 'invalidFilter');
  refusedLookups.set(name, isAboutFilter ? refusalsBelieved : (refusedLookups.get(name) ?? 0) + 1);
}

/** Whether the server does not take the filter, or not any. */
export function isRefusedFilter(error: unknown): error is ResponseError {
  return error instanceof ResponseError && [400, 422, 501].includes(error.status);
}

const nameOf = (route: string, criteria: object): string => `${route} ${Object.keys(criteria)}`;
