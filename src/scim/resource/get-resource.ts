import { ResponseValidationError } from '../../errors/response-errors.js';
import type { RequestOptions, TransportRequest } from '../../transport/transport.js';
import type { Resource } from '../schemas/common.js';
import { requestOptions, send } from '../session.js';
import { type Projection, projectionParameters } from './list-resources.js';
import type { ResourceContext } from './resource-context.js';

/** Reads one resource; `undefined` when it is still at the version given. */
export async function getResource(
  context: ResourceContext,
  id: string,
  options: RequestOptions & Projection = {},
  ifNoneMatch?: string,
): Promise<Resource | undefined> {
  const how = requestOptions(options);
  const request: TransportRequest = {
    ...how,
    method: 'GET',
    route: `${context.route}/{id}`,
    params: { id },
    query: projectionParameters(options),
    ...(ifNoneMatch !== undefined && {
      headers: { ...how.headers, 'if-none-match': ifNoneMatch },
      acceptStatuses: [304],
    }),
  };
  const response = await send(context.session, request);
  if (response.status === 304) return undefined;
  const resource = context.readAnswer(request, response);
  if (resource !== undefined) return resource;
  throw new ResponseValidationError(`GET ${request.route} was answered without a resource.`, {
    method: 'GET',
    route: request.route,
    status: response.status,
    issues: [{ path: [], message: 'expected a resource' }],
  });
}

/** Reads one resource that must be there. */
export async function readResource(
  context: ResourceContext,
  id: string,
  options?: RequestOptions & Projection,
): Promise<Resource> {
  // Without a version to compare with there is always one.
  return (await getResource(context, id, options)) as Resource;
}
