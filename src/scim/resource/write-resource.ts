import { NotAppliedError } from '../../errors/not-applied-error.js';
import { PendingWriteError } from '../../errors/pending-write-error.js';
import type { RequestOptions, TransportRequest, TransportResponse } from '../../transport/transport.js';
import type { Resource } from '../schemas/common.js';
import { requestOptions, send } from '../session.js';
import type { ResourceContext } from './resource-context.js';

/** How a resource is written. */
export interface WriteOptions extends RequestOptions {
  /** Write only if the resource is still at this version (`If-Match`), as `etagOf` gives it. Not all servers heed it. */
  readonly ifMatch?: string | undefined;
  /** Read the resource back afterwards and compare, since not every server that answers 200 has done it. @default false */
  readonly verify?: boolean | undefined;
}

/** Sends a write. @throws PendingWriteError for a 202. */
export async function write(
  context: ResourceContext,
  request: Pick<TransportRequest, 'method' | 'body' | 'safeToRepeat'> & { readonly id?: string | undefined },
  options: WriteOptions,
): Promise<{ readonly response: TransportResponse; readonly resource: Resource | undefined }> {
  const { id, ...asked } = request;
  const { headers, ...how } = requestOptions(options);
  const full: TransportRequest = {
    ...how,
    ...asked,
    route: id === undefined ? context.route : `${context.route}/{id}`,
    ...(id !== undefined && { params: { id } }),
    headers: options.ifMatch === undefined ? headers : { ...headers, 'if-match': options.ifMatch },
  };
  const response = await send(context.session, full);
  if (response.status === 202) throw new PendingWriteError(full);
  return { response, resource: response.status === 204 ? undefined : context.readAnswer(full, response) };
}

const waitsBeforeReadingBackMs = [0, 500, 1_500];

/**
 * Reads until what was written is there, a few times, since a replica may lag behind.
 *
 * @throws NotAppliedError
 */
export async function verifyWrite<Read extends Resource | undefined>(
  context: ResourceContext,
  method: string,
  read: () => Promise<Read>,
  differences: (resource: Read) => readonly string[],
  options: RequestOptions,
): Promise<Read> {
  let attributes: readonly string[] = [];
  for (const waitMs of waitsBeforeReadingBackMs) {
    if (waitMs > 0) await context.session.transport.clock.sleep(waitMs, options.signal);
    const resource = await read();
    attributes = differences(resource);
    if (attributes.length === 0) return resource;
  }
  throw new NotAppliedError({ method, route: `${context.route}/{id}`, attributes });
}
