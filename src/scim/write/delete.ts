import { isPending } from '../../errors/scim-errors.js';
import { isGone, readResource, unlessGone } from '../read.js';
import type { ResourceContext } from '../resource.js';
import type { Resource } from '../schemas/common.js';
import { withLock } from '../server.js';
import { sharedWriteOptions, verifyWrite, type WriteOptions, write } from './send.js';

/** What became of a deletion. */
export interface DeleteResult {
  /** `already` when there was nothing to delete; `accepted` when the server will do it later (202). */
  readonly outcome: 'deleted' | 'already' | 'accepted';
}

/** What Deprovisioning adds for a type of resource. */
export interface DeprovisioningOperations {
  /**
   * Deletes a resource. To delete one that is not there is no error.
   *
   * Some servers, WorkOS among them, keep a deleted user as a row that is not active: `verify` takes that for deleted.
   *
   * @throws WriteNotConfirmedError with `verify`, when the resource is still there; InputError for an empty id; ScimError,
   * ConnectionError, ResponseValidationError; or the signal's own reason.
   * @see RFC 7644 §3.6
   * @example
   * ```ts
   * import { ScimClient } from 'chatgpt-enterprise-sdk/scim';
   *
   * const client = new ScimClient({
   *   baseUrl: 'https://api.workos.com/scim/v2.0/abc',
   *   token: 'se_…',
   *   access: { deprovisioning: true },
   * });
   * const { outcome } = await client.users.delete('2819c223');
   * console.log(outcome);
   * ```
   */
  delete(id: string, options?: WriteOptions): Promise<DeleteResult>;
}

/** @internal */
export function deprovisioningOperations(context: ResourceContext): DeprovisioningOperations {
  return { delete: (id, options) => deleteResource(context, id, options) };
}

function deleteResource(context: ResourceContext, id: string, options: WriteOptions = {}): Promise<DeleteResult> {
  const how = sharedWriteOptions(context.session, options);
  const remove = async (): Promise<DeleteResult> => {
    try {
      await write(context, { method: 'DELETE', id }, how);
    } catch (error) {
      if (isPending(error)) return { outcome: 'accepted' };
      if (isGone(error)) return { outcome: 'already' };
      throw error;
    }
    if (options.verify === true) {
      const isLeft = (left: Resource | undefined) => left !== undefined && left.active !== false;
      const read = () => unlessGone(readResource(context, id, how));
      await verifyWrite(context, 'DELETE', read, (left) => (isLeft(left) ? ['the resource'] : []), how);
    }
    return { outcome: 'deleted' };
  };
  return withLock(context.session.turns, `${context.route}/${id}`, remove, how.signal);
}
