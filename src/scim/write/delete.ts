import { isPending } from '../../errors/scim-errors.js';
import { addressRemedy, isNotFound } from '../error-body.js';
import { readIfThere } from '../read.js';
import type { ResourceContext } from '../resource.js';
import type { Resource } from '../schemas/common.js';
import { sharedWriteOptions, type WriteOptions, write } from './send.js';
import { verifyWrite } from './verify.js';

/** What became of a deletion. */
export interface DeleteResult {
  /**
   * `already` for a user whose row is left of a deletion; `accepted` when the server will do it later (202). `not_found`:
   * nothing has this id. It may have been deleted before, or the id may be wrong, so that whoever was meant is still there.
   */
  readonly outcome: 'deleted' | 'already' | 'not_found' | 'accepted';
  /** With `not_found`, what may be wrong with the id. */
  readonly remedy?: string | undefined;
}

export function deleteResource(
  context: ResourceContext,
  id: string,
  options: WriteOptions = {},
): Promise<DeleteResult> {
  const requestOptions = sharedWriteOptions(context.server, options);
  const read = () => readIfThere(context, id, requestOptions);
  const remove = async (): Promise<DeleteResult> => {
    try {
      await write(context, { method: 'DELETE', id }, requestOptions);
    } catch (error) {
      if (isPending(error)) return { outcome: 'accepted' };
      if (!isNotFound(error)) throw error;
      const left = await read();
      if (left === undefined) return { outcome: 'not_found', ...addressRemedy(id) };
      if (left.active === false) return { outcome: 'already' };
      throw error;
    }
    if (options.verify === true) {
      const isLeft = (left: Resource | undefined) => left !== undefined && left.active !== false;
      await verifyWrite(context, 'DELETE', read, (left) => (isLeft(left) ? ['the resource'] : []), requestOptions);
    }
    return { outcome: 'deleted' };
  };
  return context.withLock(id, remove, requestOptions.signal);
}
