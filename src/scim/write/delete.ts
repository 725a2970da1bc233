import { isPending } from '../../errors/scim-errors.js';
import { isGone, readResource, unlessGone } from '../read.js';
import type { ResourceContext } from '../resource.js';
import type { Resource } from '../schemas/common.js';
import { sharedWriteOptions, type WriteOptions, write } from './send.js';
import { verifyWrite } from './verify.js';

/** What became of a deletion. */
export interface DeleteResult {
  /** `already` when there was nothing to delete; `accepted` when the server will do it later (202). */
  readonly outcome: 'deleted' | 'already' | 'accepted';
}

export function deleteResource(
  context: ResourceContext,
  id: string,
  options: WriteOptions = {},
): Promise<DeleteResult> {
  const requestOptions = sharedWriteOptions(context.server, options);
  const remove = async (): Promise<DeleteResult> => {
    try {
      await write(context, { method: 'DELETE', id }, requestOptions);
    } catch (error) {
      if (isPending(error)) return { outcome: 'accepted' };
      if (isGone(error)) return { outcome: 'already' };
      throw error;
    }
    if (options.verify === true) {
      const isLeft = (left: Resource | undefined) => left !== undefined && left.active !== false;
      const read = () => unlessGone(readResource(context, id, requestOptions));
      await verifyWrite(context, 'DELETE', read, (left) => (isLeft(left) ? ['the resource'] : []), requestOptions);
    }
    return { outcome: 'deleted' };
  };
  return context.withLock(id, remove, requestOptions.signal);
}
