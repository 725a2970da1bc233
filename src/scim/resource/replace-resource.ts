import type { Resource } from '../schemas/common.js';
import { inTurn } from '../turns.js';
import { differences } from './differences.js';
import { readResource } from './get-resource.js';
import { projectionParameters } from './list-resources.js';
import { checkResource } from './preflight.js';
import type { ResourceContext } from './resource-context.js';
import { withSchemas } from './with-schemas.js';
import { sharedWriteOptions, verifyWrite, type WriteOptions, write } from './write-resource.js';

/** Puts a resource in the place of another. */
export async function replaceResource(
  context: ResourceContext,
  id: string,
  input: Readonly<Record<string, unknown>>,
  options: WriteOptions = {},
): Promise<Resource | undefined> {
  const { session, definition } = context;
  const { meta: _meta, ...attributes } = input;
  await checkResource(definition, session.profile, attributes);
  const how = sharedWriteOptions(session, options);
  const body = withSchemas(context, { ...attributes, id });
  const put = async () => {
    const { resource } = await write(context, { method: 'PUT', id, body, query: projectionParameters(options) }, how);
    if (options.verify !== true) return resource;
    return verifyWrite(
      context,
      'PUT',
      () => readResource(context, id, how),
      (read) => differences(context, read, attributes),
      how,
    );
  };
  return inTurn(session.turns, `${context.route}/${id}`, put, how.signal);
}
