import { compileFilter, type FilterOptions } from './compile-filter.js';
import type { Filter } from './filter.js';

/**
 * Whether a resource satisfies a filter, compared here as {@link compileFilter} does it: for what a server does not take
 * as a filter. For many resources, compile the filter once.
 *
 * @throws {ScimSyntaxError} The text is no filter, or it compares what cannot be compared.
 *
 * @example
 * ```ts
 * import { matchesFilter, ScimClient } from 'chatgpt-enterprise-sdk/scim';
 *
 * const client = new ScimClient({ baseUrl: 'https://api.workos.com/scim/v2.0/abc', token: 'se_…' });
 * const user = await client.users.get('2819c223');
 * console.log(matchesFilter('active eq true and emails.value ew "@north.example"', user));
 * ```
 */
export function matchesFilter(filter: Filter | string, resource: object, options?: FilterOptions): boolean {
  return compileFilter(filter, options)(resource);
}
