import type { OptionNames } from '../errors/check-options.js';
import { ownCopy } from '../internal/json.js';
import type { Filter } from './filter/filter.js';
import { formatFilter } from './filter/format.js';
import { checkFilter, checkPath } from './misspelt.js';
import type { ResourceContext } from './resource.js';
import type { PathText } from './schemas/attribute-paths.js';

/** Which attributes the server sends (RFC 7644 §3.9). Servers may ignore it. */
export interface Projection<T = never> {
  /** Attributes to send instead of the usual ones. `id` always comes. */
  readonly attributes?: readonly PathText<T>[] | undefined;
  /** Attributes to leave out. Not together with `attributes`. */
  readonly excludedAttributes?: readonly PathText<T>[] | undefined;
}

/** Which resources, and in what order. */
export interface ResourceQuery<T = never> extends Projection<T> {
  /**
   * A filter made by the builders or the `filter` tag, or its text, sent as it is. Servers take few: WorkOS's own programs
   * use `userName eq` and `displayName eq`, and another filter may be refused as not supported (`not_implemented`).
   */
  readonly filter?: Filter<T> | string | undefined;
  /** Attribute to sort by, such as `userName` (RFC 7644 §3.4.2.3). A server that cannot sort may ignore it. */
  readonly sortBy?: PathText<T> | undefined;
  /** Which way to sort. @default 'ascending' */
  readonly sortOrder?: 'ascending' | 'descending' | undefined;
}

/** Which page of which resources. */
export interface ListQuery<T = never> extends ResourceQuery<T> {
  /** 1-based index of the first resource. @default 1 */
  readonly startIndex?: number | undefined;
  /** Resources in the page at most. Servers may give fewer. @default the profile's: 100 */
  readonly count?: number | undefined;
  /** `nextCursor` of an earlier page. */
  readonly cursor?: string | undefined;
}

export const listQueryNames: OptionNames<ListQuery> = {
  filter: true,
  attributes: true,
  excludedAttributes: true,
  sortBy: true,
  sortOrder: true,
  startIndex: true,
  count: true,
  cursor: true,
};

/** Refuses misspelt names: nobody would be found by one, and nothing be shown of it. @throws InputError */
export function checkQueryNames(context: ResourceContext, given: ResourceQuery): void {
  const { filter, sortBy, attributes, excludedAttributes } = ownCopy(given, Object.keys(listQueryNames));
  if (filter !== undefined) checkFilter(context, filter);
  if (sortBy !== undefined) checkPath(context, sortBy, undefined, ['sortBy']);
  for (const [name, paths] of Object.entries({ attributes, excludedAttributes })) {
    for (const [index, path] of (paths ?? []).entries()) checkPath(context, path, undefined, [name, index]);
  }
}

export function projectionParameters(given: Projection): [string, string][] {
  const { attributes, excludedAttributes } = ownCopy(given, ['attributes', 'excludedAttributes']);
  const parameters: [string, string][] = [];
  if (attributes?.length) parameters.push(['attributes', attributes.join(',')]);
  if (excludedAttributes?.length) parameters.push(['excludedAttributes', excludedAttributes.join(',')]);
  return parameters;
}

export function filterText(filter: Filter | string): string {
  return typeof filter === 'string' ? filter : formatFilter(filter);
}

export function queryParameters(given: ResourceQuery): [string, string][] {
  const query = ownCopy(given, Object.keys(listQueryNames));
  const parameters = projectionParameters(query);
  if (query.filter !== undefined) parameters.push(['filter', filterText(query.filter)]);
  if (query.sortBy !== undefined) parameters.push(['sortBy', query.sortBy]);
  if (query.sortOrder !== undefined) parameters.push(['sortOrder', query.sortOrder]);
  return parameters;
}
