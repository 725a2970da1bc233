import { checkOptions } from '../../errors/check-options.js';
import { InputError } from '../../errors/input-errors.js';
import { PatchError, ScimSyntaxError } from '../../errors/scim-errors.js';
import { isRecord, isUnassigned } from '../../internal/json.js';
import { mapComparisons } from '../filter/format.js';
import type { ReceivedPatchOperation } from '../schemas/common.js';
import { findSchema, knownSchemas, schemaOfPath } from '../schemas/known-schemas.js';
import { readAttribute } from '../schemas/names.js';
import { checkSchema, type ResourceSchema } from '../schemas/rules.js';
import type { PatchContext } from './case-insensitive-object.js';
import { applyToAttribute, closeList, closeLists } from './change.js';
import { isMemberEdit, MembershipBatch } from './members.js';
import { formatPath, parsePath } from './path.js';
import {
  type AttributeEdit,
  checkNotCore,
  currentValue,
  type Edit,
  extensionTarget,
  type PatchTarget,
  readTarget,
  targetOfName,
  unknownExtension,
  WHOLE_RESOURCE,
  withSchemas,
  withValue,
} from './target.js';
import { type JsonObject, PatchProblem } from './values.js';

/** How operations are applied. */
export interface ApplyPatchOptions {
  /** Rules of the attributes. @default the user or the group, by the resource's `schemas`; else both together */
  readonly schema?: ResourceSchema | undefined;
  /**
   * Understand what Entra ID and Okta send: `op` in any case, booleans as "True" and "False", `remove` with the list of
   * values, paths as keys of a value without a path, bare strings for complex values, lists of one for single values,
   * read-only attributes (ignored), and a value for an element that does not exist (created from its filter; not for
   * members). @default false
   */
  readonly tolerant?: boolean | undefined;
  /** Whether an attribute that the schema does not name is stored or refused. @default 'keep' */
  readonly unknownAttributes?: 'keep' | 'refuse' | undefined;
}

/**
 * Applies the operations of a PATCH request to a resource (RFC 7644 §3.5.2), all of them or none. The resource is not
 * touched: the result is a new object that shares what did not change, or the same object where nothing does.
 *
 * - Names are found in any case and keep the spelling they are stored under. `schemas` follows the extensions in use.
 * - `add` and `replace` of a complex attribute set the parts given and leave the others.
 * - A value that becomes primary is the only one. Values with the same `value` and `type` are merged. An existing member
 *   gets only the parts it lacks.
 * - Without a match for a filter, `remove` changes nothing; `add` and `replace` fail with `noTarget`.
 * - `remove` with a `value` is refused, since by the RFC it would clear the whole attribute, unless `tolerant`.
 * - Without operations, the result is the resource itself. A request without any is invalid (RFC 7644 §3.5.2): do not send one.
 * - `null` is no value; so is an empty list or object, where the attribute can hold one.
 *
 * @throws {InputError} `resource` is not an object, or `operations` is not an array.
 * @throws {PatchError} An operation cannot be applied. Its `scimType` is what a server answers, `operation` the index of
 * the operation, `path` its path with every value masked.
 *
 * @example
 * ```ts
 * import { applyPatch } from 'chatgpt-enterprise-sdk/scim';
 *
 * const user = { id: '1', userName: 'bjensen', emails: [{ value: 'b@example.com', type: 'work' }] };
 * applyPatch(user, [{ op: 'replace', path: 'emails[type eq "work"].value', value: 'barbara@example.com' }]);
 * ```
 */
export function applyPatch<R extends object>(
  resource: R,
  operations: readonly ReceivedPatchOperation[],
  given?: ApplyPatchOptions,
): R {
  checkPatched(resource, operations);
  const options = given === undefined ? noOptions : checkOptions('applyPatch()', given, optionNames);
  checkSchema(options.schema);
  const context: PatchContext = {
    schemas: knownSchemas(options.schema, readAttribute(resource, 'schemas')),
    tolerant: options.tolerant === true,
    refuseUnknown: options.unknownAttributes === 'refuse',
    draft: undefined,
    drafts: undefined,
    lookups: 0,
    indexes: undefined,
    keepsLists: operations.length > FEW_OPERATIONS,
    lists: undefined,
    extensions: undefined,
  };
  let current = resource as JsonObject;
  let run: MembershipBatch | undefined;
  for (let index = 0; index < operations.length; index += 1) {
    const operation = operations[index];
    try {
      const edit = readOperation(operation, current, context);
      const isMembers = isMemberEdit(edit, context);
      if (run !== undefined && !(isMembers && run.takes(edit))) {
        current = run.result();
        run = undefined;
      }
      if (isMembers) {
        if (run === undefined) {
          current = closeList(current, edit.target, context);
          run = new MembershipBatch(current, edit.target, context);
        }
        run.edit(edit);
      } else {
        current = applyToResource(current, edit, context);
      }
    } catch (problem) {
      throw patchError(problem, operation, index);
    }
  }
  return withSchemas(closeLists(run?.result() ?? current, context), context) as R;
}

const optionNames = { schema: true, tolerant: true, unknownAttributes: true } as const;
const noOptions: ApplyPatchOptions = { schema: undefined, tolerant: undefined, unknownAttributes: undefined };

function checkPatched(resource: unknown, operations: unknown): void {
  if (!isRecord(resource)) {
    throw new InputError('`resource` must be an object.', { path: ['resource'], remedy: 'Give a resource.' });
  }
  checkOperationList(operations);
}

/** Operations in an object of attributes would be a change without a path. */
export function checkOperationList(given: unknown): asserts given is readonly unknown[] {
  if (Array.isArray(given)) return;
  throw new InputError('`operations` must be an array.', {
    path: ['operations'],
    remedy: "Give a list, such as `[{ op: 'replace', path: 'title', value: 'Lead' }]`.",
  });
}

/** Up to here a list is stored after each operation. */
const FEW_OPERATIONS = 4;

function readOperation(operation: unknown, resource: JsonObject, context: PatchContext): Edit {
  if (!isRecord(operation)) throw new PatchProblem('invalidSyntax', 'it is not an object');
  const op = typeof operation.op === 'string' && context.tolerant ? operation.op.toLowerCase() : operation.op;
  if (op !== 'add' && op !== 'remove' && op !== 'replace') {
    throw new PatchProblem('invalidSyntax', 'op must be add, remove or replace');
  }
  const { path, value } = operation;
  if (op !== 'remove' && value === undefined) throw new PatchProblem('invalidValue', 'a value is missing');
  if (path === undefined || path === null || (path === '' && context.tolerant)) {
    if (op === 'remove') throw new PatchProblem('noTarget', 'remove needs a path');
    return { op, target: WHOLE_RESOURCE, value };
  }
  if (typeof path !== 'string') throw new PatchProblem('invalidPath', 'the path is not a string');
  return { op, target: readTarget(path, resource, context), value };
}

function patchError(problem: unknown, operation: ReceivedPatchOperation | undefined, index: number): unknown {
  const isKnown = problem instanceof PatchProblem || problem instanceof ScimSyntaxError;
  if (!isKnown) return problem;
  const path = maskedPath(operation?.path);
  const at = path === undefined ? '' : ` at ${path}`;
  const message = `Operation ${index}${at} cannot be applied: ${problem.message}`;
  return new PatchError(problem.scimType, message, { operation: index, path });
}

/** The path as it may be logged: with every literal masked. */
function maskedPath(path: unknown): string | undefined {
  if (typeof path !== 'string') return undefined;
  try {
    const parsed = parsePath(path);
    const filter = parsed.filter && mapComparisons(parsed.filter, (comparison) => ({ ...comparison, value: '…' }));
    const masked = formatPath(filter === undefined ? parsed : { ...parsed, filter });
    return masked.length > 200 ? `${masked.slice(0, 199)}…` : masked;
  } catch {
    return undefined;
  }
}

function applyToResource(resource: JsonObject, edit: Edit, context: PatchContext): JsonObject {
  const { op, target, value } = edit;
  if (target === WHOLE_RESOURCE) return applyEach(resource, edit, context);
  // Okta sends the id along with what it changes.
  if (context.tolerant && isReadOnly(target)) return resource;
  if (target.attribute !== undefined) return applyToAttribute(resource, edit as AttributeEdit, context);
  if (op !== 'remove' && !isUnassigned(value)) return applyEach(resource, edit, context);
  return op === 'add' ? resource : withoutExtension(closeLists(resource, context), target, context);
}

/** Each attribute of a value is changed as if a path named it (RFC 7644 §3.5.2.1). */
function applyEach(resource: JsonObject, { op, target: owner, value }: Edit, context: PatchContext): JsonObject {
  if (!isRecord(value)) throw new PatchProblem('invalidValue', 'the value is not an object of attributes');
  let current = resource;
  for (const key of Object.keys(value)) {
    const edit = { op, target: targetOfKey(current, owner, key, value[key], context), value: value[key] };
    if (isMemberEdit(edit, context)) {
      const run = new MembershipBatch(closeList(current, edit.target, context), edit.target, context);
      run.edit(edit);
      current = run.result();
    } else {
      current = applyToResource(current, edit, context);
    }
  }
  return current;
}

/** A key is the name of an attribute or the URN of an extension; in tolerant mode it may be any path. */
function targetOfKey(
  resource: JsonObject,
  owner: PatchTarget,
  key: string,
  value: unknown,
  context: PatchContext,
): PatchTarget {
  const { urn } = owner;
  if (urn === undefined && key.includes(':') && (isRecord(value) || value === null)) {
    const extension = extensionOfKey(key, context);
    if (extension !== undefined) return extension;
  }
  if (context.tolerant) return readTarget(urn === undefined ? key : `${urn}:${key}`, resource, context);
  return targetOfName(key, owner, context);
}

/** The extension that a key names, known or not; `undefined` for an attribute of a schema of the resource. */
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
