import { scimRequestRemedies } from '../../errors/remedies/scim.js';
import { isPending } from '../../errors/scim-errors.js';
import { isEmpty } from '../../internal/json.js';
import { addressRemedy, isNotFound } from '../error-body.js';
import { readIfThere } from '../read.js';
import type { ResourceContext } from '../resource.js';
import type { Resource } from '../schemas/common.js';
import { mayHaveMadeVersion, wasRepeated, withRemedy } from './lost-answer.js';
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
  const isLeft = (left: Resource | undefined) => left !== undefined && left.active !== false;
  const remove = async (): Promise<DeleteResult> => {
    let isProven = false;
    try {
      const { response } = await write(context, { method: 'DELETE', id }, requestOptions);
      // Nobody has a need to answer a deletion with anything.
      isProven = options.verify !== true && isEmpty(response.body);
    } catch (error) {
      if (isPending(error)) return { outcome: 'accepted' };
      const mayBeDone = mayHaveMadeVersion(error);
      if (!mayBeDone && !isNotFound(error)) throw error;
      const left = await read();
      if (isLeft(left)) throw mayBeDone ? error : withRemedy(error, scimRequestRemedies.still_there);
      // Its answer was lost: what is gone now was there when it was sent first.
      if (wasRepeated(error)) return { outcome: 'deleted' };
      return left === undefined ? { outcome: 'not_found', ...addressRemedy(id) } : { outcome: 'already' };
    }
    if (!isProven) {
      await verifyWrite(context, 'DELETE', read, (left) => (isLeft(left) ? ['the resource'] : []), requestOptions);
    }
    return { outcome: 'deleted' };
  };
  return context.withLock(id, remove, requestOptions.signal);
}
