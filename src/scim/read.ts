import type { OptionNames } from '../errors/check-options.js';
import { type RequestOptions, requestOptionNames, type TransportRequest } from '../transport/options.js';
import { isNotFound } from './error-body.js';
import { confirmDirectory } from './list.js';
import { checkQueryNames, type Projection, projectionParameters } from './query.js';
import { answerError, type ResourceContext } from './resource.js';
import type { Resource } from './schemas/common.js';
import { requestOptionsOf } from './server.js';

/** How a resource is read. */
export interface GetOptions<T = never> extends RequestOptions, Projection<T> {}

export const getOptionNames: OptionNames<GetOptions> = {
  ...requestOptionNames,
  attributes: true,
  excludedAttributes: true,
};

/** Reads one resource; `undefined` when it is still at the version given. */
export async function getResource(
  context: ResourceContext,
  id: string,
  options: GetOptions = {},
  ifNoneMatch?: string,
): Promise<Resource | undefined> {
  checkQueryNames(context, options);
  const requestOptions = requestOptionsOf(options);
  const request: TransportRequest = {
    ...requestOptions,
    method: 'GET',
    route: `${context.route}/{id}`,
    params: { id },
    query: projectionParameters(options),
    ...(ifNoneMatch !== undefined && {
      headers: { ...requestOptions.headers, 'if-none-match': ifNoneMatch },
      acceptStatuses: [304],
    }),
  };
  const response = await context.server.send(request);
  if (response.status === 304) return undefined;
  const resource = context.readAnswer(request, response);
  if (resource !== undefined) return resource;
  throw answerError(request, response, 'was answered without a resource.', {
    path: [],
    message: 'expected a resource',
  });
}

export async function readResource(context: ResourceContext, id: string, options?: GetOptions): Promise<Resource> {
  // Without a version to compare with there is always one.
  return (await getResource(context, id, options)) as Resource;
}

/** Reads a resource; `undefined` when the server says that it does not exist, and can be believed. */
export async function readIfThere(
  context: ResourceContext,
  id: string,
  options: RequestOptions,
): Promise<Resource | undefined> {
  try {
    return await readResource(context, id, options);
  } catch (error) {
    if (!isNotFound(error)) throw error;
    await confirmDirectory(context, options);
    return undefined;
  }
}
