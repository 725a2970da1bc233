import { findSchema } from '../schemas/known-schemas.js';
import { schemaOfPath } from '../schemas/schema-of-path.js';
import { applyToAttribute } from './apply-operation.js';
import { currentValue, withValue } from './change-container.js';
import { isObject, isUnassigned, type JsonObject } from './json-value.js';
import { isMemberEdit, MemberRun } from './member-run.js';
import { manyChanges, type Op, type PatchContext } from './patch-context.js';
import { PatchProblem } from './patch-problem.js';
import {
  type AttributeTarget,
  checkNotCore,
  extensionTarget,
  type PatchTarget,
  readTarget,
  targetOfName,
  unknownExtension,
} from './patch-target.js';

/** One operation on a resource: on the attribute its path names, on a whole extension, or on all that its value names. */
export function applyToResource(
  resource: JsonObject,
  op: Op,
  target: PatchTarget | undefined,
  value: unknown,
  context: PatchContext,
): JsonObject {
  if (target === undefined) return applyEach(resource, op, undefined, value, context);
  // Okta sends the id along with what it changes.
  if (context.tolerant && isReadOnly(target)) return resource;
  if (isOfAttribute(target)) return applyToAttribute(resource, op, target, value, context);
  if (op === 'remove' || isUnassigned(value)) {
    return op === 'add' ? resource : withoutExtension(resource, target, context);
  }
  return applyEach(resource, op, target.urn, value, context);
}

/** Each attribute of a value, as if a path named it (RFC 7644 §3.5.2.1). */
function applyEach(
  resource: JsonObject,
  op: Op,
  urn: string | undefined,
  value: unknown,
  context: PatchContext,
): JsonObject {
  if (!isObject(value)) throw new PatchProblem('invalidValue', 'the value is not an object of attributes');
  const keys = Object.keys(value);
  context.many ??= manyChanges(keys.length);
  let current = resource;
  for (const key of keys) current = applyKey(current, op, urn, key, value[key], context);
  return current;
}

function applyKey(
  resource: JsonObject,
  op: Op,
  urn: string | undefined,
  key: string,
  value: unknown,
  context: PatchContext,
): JsonObject {
  const target = targetOfKey(resource, urn, key, value, context);
  if (!isMemberEdit(op, target, value, context)) return applyToResource(resource, op, target, value, context);
  const run = new MemberRun(resource, target, context);
  run.edit(op, target, value);
  return run.result();
}

/** A key is the name of an attribute or the URN of an extension; in tolerant mode it may be any path. */
function targetOfKey(
  resource: JsonObject,
  urn: string | undefined,
  key: string,
  value: unknown,
  context: PatchContext,
): PatchTarget {
  if (urn === undefined && key.includes(':') && (isObject(value) || value === null)) {
    const extension = extensionOfKey(key, context);
    if (extension !== undefined) return extension;
  }
  if (context.tolerant) return readTarget(urn === undefined ? key : `${urn}:${key}`, resource, context);
  return targetOfName(key, urn, context);
}

/** The extension that a key names, known or not; none where it names an attribute of a schema of the resource. */
function extensionOfKey(key: string, context: PatchContext): PatchTarget | undefined {
  const { core, extensions } = context.schemas;
  const extension = findSchema(extensions, key);
  if (extension !== undefined) return extensionTarget(extension.id, extension);
  if (schemaOfPath(core, key) !== undefined || schemaOfPath(extensions, key) !== undefined) return undefined;
  checkNotCore(key);
  return unknownExtension(key, context);
}

function withoutExtension(resource: JsonObject, target: PatchTarget, context: PatchContext): JsonObject {
  const current = currentValue(resource, target, context);
  if (isUnassigned(current)) return resource;
  const isHeld = Object.values(target.extension?.attributes ?? {}).some(
    ({ required, mutability }) => required === true || mutability === 'readOnly',
  );
  if (isHeld) throw new PatchProblem('mutability', 'the extension has attributes that cannot be removed');
  return withValue(resource, target, undefined, context);
}

function isReadOnly({ attribute, part }: PatchTarget): boolean {
  return attribute?.rules?.mutability === 'readOnly' || part?.rules?.mutability === 'readOnly';
}

function isOfAttribute(target: PatchTarget): target is AttributeTarget {
  return target.attribute !== undefined;
}
