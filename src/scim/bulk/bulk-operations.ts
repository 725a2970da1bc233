import type { RequestOptions } from '../../transport/transport.js';
import type { ResourceContext } from '../resource/resource-context.js';
import type { Session } from '../session.js';
import type { BulkOptions, BulkResult, BulkWrite } from './bulk-request.js';
import { runBulk } from './run-bulk.js';

/** What a client with a permission can do with several resources at once. */
export interface BulkOperations {
  /**
   * Makes several writes in as few requests as the server's limits allow. Those that others refer to (`bulkId:<name>`)
   * go first; where the writes do not fit into one request, references are replaced by the ids of what was created.
   * A server without bulk requests, such as WorkOS, gets one request for each write, in order. Writes that refer to one
   * another in a circle must fit into one request.
   *
   * @returns one result for each write, in the order given. A failed write is a result, not an error.
   * @throws InputError, AccessDeniedError for any of the writes, before anything is sent; ScimError, ConnectionError
   * when the first request is certainly refused as a whole; or the signal's own reason.
   * @see RFC 7644 §3.7
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const client = new ScimClient({
   *   baseUrl: 'https://scim.example/v2',
   *   token: 'secret',
   *   access: { provisioning: true },
   *   profile: 'rfc',
   * });
   * const results = await client.bulk([
   *   { method: 'POST', path: '/Users', bulkId: 'mira', data: { userName: 'mira.sol@north.example' } },
   *   { method: 'POST', path: '/Groups', data: { displayName: 'Ops', members: [{ value: 'bulkId:mira' }] } },
   * ]);
   * for (const { path, outcome } of results) console.log(path, outcome);
   * ```
   */
  bulk(writes: readonly BulkWrite[], options?: RequestOptions & BulkOptions): Promise<readonly BulkResult[]>;
}

/** @internal */
export function bulkOperations(session: Session, contexts: readonly ResourceContext[]): BulkOperations {
  return { bulk: (writes, options) => runBulk(session, contexts, writes, options) };
}
