import { readAttribute } from '../path/read-attribute.js';
import { findCoreAttribute, knownSchemas } from '../schemas/known-schemas.js';
import type { AttributeCharacteristics } from '../schemas/resource-schema.js';
import { covers } from './covers.js';
import type { ResourceContext } from './resource-context.js';

type WithSchema = Pick<ResourceContext, 'schema'>;

/** The attributes that do not have the value written, by what a server shows of a resource. */
export function differences(
  context: WithSchema,
  read: Readonly<Record<string, unknown>>,
  written: Readonly<Record<string, unknown>>,
): readonly string[] {
  const isShown = (name: string) => {
    const { mutability, returned } = rulesOf(context, name);
    return mutability !== 'writeOnly' && returned !== 'never' && returned !== 'request';
  };
  return Object.keys(written).filter(
    (name) => isSet(context, name) && isShown(name) && !covers(readAttribute(read, name), written[name], name),
  );
}

/** Whether a write sets the attribute: the rest is ignored (RFC 7644 §3.5.1), and `schemas` is the server's own view. */
export function isSet(context: WithSchema, name: string): boolean {
  return name.toLowerCase() !== 'schemas' && rulesOf(context, name).mutability !== 'readOnly';
}

const rulesOf = ({ schema }: WithSchema, name: string): AttributeCharacteristics =>
  findCoreAttribute(knownSchemas(schema), name)?.rules ?? {};
