import { PatchError } from '../../errors/scim-errors.js';
import { applyPatch } from '../patch/apply.js';
import { isStoredAs } from '../patch/stored.js';
import type { ResourceContext } from '../resource.js';
import type { PatchOperation, Resource } from '../schemas/common.js';
import { findCoreAttribute, knownSchemas } from '../schemas/known-schemas.js';
import { readAttribute } from '../schemas/names.js';
import type { AttributeCharacteristics } from '../schemas/rules.js';

/**
 * The attributes that operations did not take effect on: those that would change if they were applied once more, and
 * that, where it is known what the resource was like before, are not as that and the operations have them either.
 */
export function unappliedAttributes(
  context: ResourceContext,
  operations: readonly PatchOperation[],
  now: Resource,
  before: Resource | undefined,
): readonly string[] {
  const left = shortfall(context, operations, now, now);
  return left.length === 0 || before === undefined ? left : shortfall(context, operations, now, before);
}

/**
 * Whether the outcome shows that an operation was applied: to replace or remove what a path names twice is to do it
 * once. What a filter chose may not match it any more, and what was added may be stored in another spelling.
 */
export function isProvenByOutcome({ op, path }: PatchOperation): boolean {
  return op !== 'add' && path !== undefined && !path.includes('[');
}

/** The attributes that are not as the operations make them of the resource given. */
function shortfall(
  context: ResourceContext,
  operations: readonly PatchOperation[],
  now: Resource,
  from: Resource,
): readonly string[] {
  try {
    const to = applyPatch(from, operations, { schema: context.schema });
    const names = Object.keys({ ...from, ...to }).filter((name) => from[name] !== to[name]);
    return differingAttributes(context, now, Object.fromEntries(names.map((name) => [name, to[name]])));
  } catch (error) {
    // What should have been changed is not even there.
    if (error instanceof PatchError) return [error.path ?? 'a value'];
    throw error;
  }
}

type WithSchema = Pick<ResourceContext, 'schema'>;

/** The attributes that do not have the value written, by what a server shows of a resource. */
export function differingAttributes(
  context: WithSchema,
  read: Readonly<Record<string, unknown>>,
  written: Readonly<Record<string, unknown>>,
): readonly string[] {
  const isShown = (name: string) => {
    const { mutability, returned } = rulesOf(context, name);
    return mutability !== 'writeOnly' && returned !== 'never' && returned !== 'request';
  };
  return Object.keys(written).filter(
    (name) => isSet(context, name) && isShown(name) && !isStoredAs(readAttribute(read, name), written[name], name),
  );
}

/** Whether a write sets the attribute: the rest is ignored (RFC 7644 §3.5.1), and `schemas` is the server's own view. */
function isSet(context: WithSchema, name: string): boolean {
  return name.toLowerCase() !== 'schemas' && rulesOf(context, name).mutability !== 'readOnly';
}

const rulesOf = ({ schema }: WithSchema, name: string): AttributeCharacteristics =>
  findCoreAttribute(knownSchemas(schema), name)?.rules ?? {};
