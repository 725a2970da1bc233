import { commonAttributes } from '../schemas/common-attributes.js';
import { covers } from './covers.js';
import type { ResourceContext } from './resource-context.js';

/** The attributes that do not have the value written, by what a server shows of a resource. */
export function differences(
  { schema }: Pick<ResourceContext, 'schema'>,
  read: Readonly<Record<string, unknown>>,
  written: Readonly<Record<string, unknown>>,
): readonly string[] {
  const rules = { ...commonAttributes, ...schema.attributes };
  const isShown = (name: string) => {
    const { mutability, returned } = rules[name] ?? {};
    const isHidden = mutability === 'writeOnly' || returned === 'never' || returned === 'request';
    // What a write cannot set is ignored (RFC 7644 §3.5.1), and `schemas` is the server's own view.
    return !isHidden && mutability !== 'readOnly' && name !== 'schemas';
  };
  return Object.keys(written).filter((name) => isShown(name) && !covers(read[name], written[name], name));
}
