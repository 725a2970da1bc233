import type { Resource } from '../schemas/common.js';
import { covers } from './covers.js';
import { readResource } from './get-resource.js';
import { projectionParameters } from './list-resources.js';
import { checkResource } from './preflight.js';
import type { ResourceContext } from './resource-context.js';
import { withSchemas } from './with-schemas.js';
import { sharedWriteOptions, verifyWrite, type WriteOptions, write } from './write-resource.js';

/** Attributes that a PUT cannot set: the server ignores them (RFC 7644 §3.5.1). */
const notWritten: ReadonlySet<string> = new Set(['id', 'meta', 'schemas', 'groups', 'password']);

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
  const { resource } = await write(context, { method: 'PUT', id, body, query: projectionParameters(options) }, how);
  if (options.verify !== true) return resource;
  return verifyWrite(
    context,
    'PUT',
    () => readResource(context, id, how),
    (read) => differences(read, attributes),
    how,
  );
}

/** The attributes that were not written as asked. */
export function differences(read: Resource, written: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(written).filter((name) => !notWritten.has(name) && !covers(read[name], written[name], name));
}
