import { ResponseError } from '../../errors/response-errors.js';
import type { RequestOptions } from '../../transport/transport.js';
import type { Filter } from '../filter/filter.js';
import { sharedOptions } from '../session.js';
import { iterateResources } from './iterate-resources.js';
import { listResources } from './list-resources.js';
import type { ResourceContext } from './resource-context.js';

/**
 * How many resources match: by `count=0` (RFC 7644 §3.4.2.4), else by a page of one, else by walking.
 *
 * A total is taken only from a page that holds less: some servers report the page as the total.
 */
export async function countResources(
  context: ResourceContext,
  filter: Filter | string | undefined,
  options: RequestOptions,
): Promise<number> {
  const how = sharedOptions(context.session, options);
  for (const count of [0, 1]) {
    try {
      const { rows, totalResults } = await listResources(context, { filter }, { startIndex: 1, count }, how);
      if (totalResults !== undefined && totalResults > rows.length) return totalResults;
      if (count === 1 && rows.length === 0) return 0;
    } catch (error) {
      if (!(error instanceof ResponseError) || ![400, 422].includes(error.status) || count === 1) throw error;
    }
  }
  let counted = 0;
  for await (const page of iterateResources(context, { filter }, how).pages()) counted += page.items.length;
  return counted;
}
