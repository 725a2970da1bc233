import { PatchError } from '../../errors/scim-errors.js';
import { isRecord } from '../../internal/json.js';
import { applyPatch } from '../../scim/patch/apply.js';
import type { PatchOperation } from '../../scim/schemas/common.js';
import { commonAttributes } from '../../scim/schemas/known-schemas.js';
import type { AttributeCharacteristics, Attributes } from '../../scim/schemas/rules.js';
import { PATCH_OP_URN } from '../../scim/schemas/urns.js';
import { checkMessageSchema, ScimRefusal } from './answer.js';
import { findKey, readAttribute } from './attribute-path.js';
import type { ScimBehaviour } from './behaviour.js';
import { type Directory, memberIds, type NewResource } from './directory.js';
import type { ResourceData, ResourceKind, Row } from './resource-table.js';

/** What a server makes of a write before it is stored. Each either gives what to store or refuses. */
export interface DirectoryRules {
  /** The body of a POST. */
  create(kind: ResourceKind, body: ResourceData): NewResource;
  /** The body of a PUT. */
  replace(row: Row, body: ResourceData): ResourceData;
  /** A resource as a PATCH has left it. */
  settle(kind: ResourceKind, attributes: ResourceData, ownId: string): ResourceData;
  /** What stays of a deleted resource; `undefined` when nothing does. */
  remains(row: Row): ResourceData | undefined;
}

interface WriteParts {
  readonly directory: Directory;
  readonly behaviour: ScimBehaviour;
  readonly rules: DirectoryRules;
}

/** POST (RFC 7644 §3.3). */
export function createResource(
  { directory, behaviour, rules }: WriteParts,
  kind: ResourceKind,
  body: ResourceData,
): Row {
  const created = rules.create(kind, body);
  return directory.create(kind, { ...created, attributes: asKept(created.attributes, behaviour) });
}

/** PUT (RFC 7644 §3.5.1). */
export function replaceResource({ directory, behaviour, rules }: WriteParts, row: Row, body: ResourceData): Row {
  const given = rules.replace(row, body);
  const attributes = asKept({ ...leftAlone(row, body, behaviour), ...given }, behaviour);
  const isSame = JSON.stringify(attributes) === JSON.stringify(row.attributes);
  return isSame ? row : directory.update(row, attributes);
}

/** PATCH (RFC 7644 §3.5.2): all operations or none. */
export function patchResource({ directory, behaviour, rules }: WriteParts, row: Row, body: ResourceData): Row {
  const { kind } = row;
  if (!behaviour.patch) throw new ScimRefusal(501, 'PATCH is not supported.');
  if (!behaviour.workosRules) checkMessageSchema(body, PATCH_OP_URN);
  const operations = readOperations(body, behaviour);
  const before = { ...row.attributes, id: row.id };
  const after = patchedInTurn(before, kind, operations, behaviour);
  if (after === before) return row;
  const { id: _own, password: _never, ...attributes } = after as ResourceData & { id: unknown; password?: unknown };
  checkRequired(kind, attributes);
  checkMemberChanges(row.attributes, attributes, behaviour);
  return directory.update(row, asKept(rules.settle(kind, attributes, row.id), behaviour));
}

/** What a PUT does not touch on a server that takes the missing for not mentioned. */
function leftAlone(row: Row, body: ResourceData, { putOmitted }: ScimBehaviour): ResourceData {
  if (putOmitted === 'cleared') return {};
  const isMentioned = (name: string) => {
    const key = findKey(body, name);
    const value = key === undefined ? undefined : body[key];
    return value !== undefined && !(putOmitted === 'kept_and_empty_too' && Array.isArray(value) && value.length === 0);
  };
  return Object.fromEntries(Object.entries(row.attributes).filter(([name]) => !isMentioned(name)));
}

/** What a server keeps of it that has no room for all the values of a list. */
function asKept(attributes: ResourceData, { maxValues }: ScimBehaviour): ResourceData {
  if (maxValues === Number.POSITIVE_INFINITY) return attributes;
  const kept = Object.entries(attributes).map(([name, value]) => {
    const isCut = Array.isArray(value) && name !== 'members' && name !== 'schemas';
    return [name, isCut ? value.slice(0, maxValues) : value] as const;
  });
  return Object.fromEntries(kept);
}

function patchedInTurn(
  before: ResourceData,
  kind: ResourceKind,
  operations: readonly PatchOperation[],
  behaviour: ScimBehaviour,
): ResourceData {
  if (behaviour.repeatedMembers === 'merged') return patched(before, kind, operations, behaviour);
  let attributes = before;
  for (const operation of operations) {
    const { op, path, value } = operation;
    const isAppended = op.toLowerCase() === 'add' && path?.toLowerCase() === 'members';
    attributes = isAppended
      ? { ...attributes, members: [attributes.members ?? [], value].flat() }
      : patched(attributes, kind, [operation], behaviour);
  }
  return attributes;
}

/** DELETE (RFC 7644 §3.6). */
export function deleteResource({ directory, rules }: WriteParts, row: Row): void {
  const remains = rules.remains(row);
  if (remains === undefined) directory.delete(row);
  else directory.update(row, remains);
}

function readOperations(body: ResourceData, behaviour: ScimBehaviour): readonly PatchOperation[] {
  const { Operations: operations } = body;
  if (!Array.isArray(operations) || operations.length === 0) {
    throw new ScimRefusal(400, "'Operations' must be a non-empty list.", 'invalidSyntax');
  }
  if (!behaviour.patchAddReplaces) return operations;
  const replaces = (operation: PatchOperation) => operation.op === 'add' && Array.isArray(operation.value);
  return operations.map((operation) => (replaces(operation) ? { ...operation, op: 'replace' } : operation));
}

function checkMemberChanges(before: ResourceData, after: ResourceData, { maxMembersPerPatch }: ScimBehaviour): void {
  if (maxMembersPerPatch === Number.POSITIVE_INFINITY || before.members === after.members) return;
  const [old, now] = [new Set(memberIds(before)), new Set(memberIds(after))];
  const changes = [...now].filter((id) => !old.has(id)).length + [...old].filter((id) => !now.has(id)).length;
  if (changes > maxMembersPerPatch) {
    throw new ScimRefusal(400, `At most ${maxMembersPerPatch} members can change in one request.`, 'invalidValue');
  }
}

/**
 * The stored form of a resource sent by POST or PUT: names in the schema's spelling, what is read-only or never returned
 * left out (RFC 7644 §3.3, §3.5.1), types checked.
 */
export function buildAttributes(kind: ResourceKind, body: ResourceData, behaviour: ScimBehaviour): ResourceData {
  checkSchemas(kind, body, behaviour);
  const { [findKey(body, 'schemas') ?? 'schemas']: _schemas, ...given } = withoutReadOnly(body, kind);
  // Adding to an empty resource what a path-less operation names is what creating it means.
  const operations = Object.keys(given).length === 0 ? [] : [{ op: 'add' as const, value: given }];
  const attributes = patched({ schemas: [kind.schema.id] }, kind, operations, behaviour);
  checkRequired(kind, attributes);
  return attributes;
}

function patched(
  attributes: ResourceData,
  kind: ResourceKind,
  operations: Parameters<typeof applyPatch>[1],
  behaviour: ScimBehaviour,
): ResourceData {
  try {
    return applyPatch(attributes, operations, {
      schema: kind.schema,
      tolerant: behaviour.patchDialect === 'tolerant',
      unknownAttributes: behaviour.unknownAttributes,
    });
  } catch (error) {
    if (error instanceof PatchError) throw new ScimRefusal(400, error.message, error.scimType);
    throw error;
  }
}

function checkRequired(kind: ResourceKind, attributes: ResourceData): void {
  for (const [name, { required }] of Object.entries(kind.schema.attributes)) {
    const value = attributes[name];
    if (required !== true || (typeof value === 'string' && value.trim() !== '')) continue;
    throw new ScimRefusal(400, `'${name}' is required.`, 'invalidValue');
  }
}

function checkSchemas(kind: ResourceKind, body: ResourceData, behaviour: ScimBehaviour): void {
  const schemas = readAttribute(body, 'schemas');
  if (schemas === undefined && behaviour.workosRules) return;
  if (!Array.isArray(schemas) || schemas.length === 0 || new Set(schemas).size !== schemas.length) {
    throw new ScimRefusal(400, "'schemas' must be a list of distinct URNs.", 'invalidSyntax');
  }
  if (schemas.some((urn) => String(urn).toLowerCase() === kind.schema.id.toLowerCase())) return;
  throw new ScimRefusal(400, `'schemas' must include ${kind.schema.id}.`, 'invalidSyntax');
}

/** The body of a POST or PUT without what is ignored there: read-only attributes (RFC 7644 §3.3, §3.5.1), and secrets. */
function withoutReadOnly(body: ResourceData, kind: ResourceKind): ResourceData {
  const { schema } = kind;
  const extensions: Record<string, AttributeCharacteristics> = {};
  for (const { id, attributes } of schema.extensions ?? []) {
    extensions[id] = { type: 'complex', subAttributes: attributes };
  }
  return writable(body, { ...commonAttributes, ...schema.attributes, ...extensions });
}

function writable(data: ResourceData, attributes: Attributes): ResourceData {
  const kept = Object.entries(data).flatMap(([name, value]): [string, unknown][] => {
    const key = findKey(attributes, name);
    const rules = key === undefined ? undefined : attributes[key];
    if (rules?.mutability === 'readOnly' || rules?.returned === 'never') return [];
    return [[name, writableParts(value, rules?.subAttributes)]];
  });
  return Object.fromEntries(kept);
}

function writableParts(value: unknown, parts: Attributes | undefined): unknown {
  if (parts === undefined) return value;
  if (Array.isArray(value)) return value.map((element) => writableParts(element, parts));
  return isRecord(value) ? writable(value, parts) : value;
}
