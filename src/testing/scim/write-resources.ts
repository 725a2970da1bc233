import type { PatchOperation } from '../../scim/schemas/common.js';
import { PATCH_OP_URN } from '../../scim/schemas/urns.js';
import type { ScimBehaviour } from './behaviour.js';
import { checkRequired, patched } from './build-attributes.js';
import { type Directory, memberIds } from './directory.js';
import type { DirectoryRules } from './directory-rules.js';
import { checkMessageSchema } from './request-body.js';
import type { ResourceKind } from './resource-kind.js';
import type { ResourceData, Row } from './resource-table.js';
import { ScimRefusal } from './scim-refusal.js';

/** What a write works on. */
export interface WriteParts {
  readonly directory: Directory;
  readonly behaviour: ScimBehaviour;
  readonly rules: DirectoryRules;
}

/** POST (RFC 7644 §3.3). */
export function createResource({ directory, rules }: WriteParts, kind: ResourceKind, body: ResourceData): Row {
  const { attributes, id, identity } = rules.create(kind, body);
  return directory.create(kind, attributes, { id, identity });
}

/** PUT (RFC 7644 §3.5.1). */
export function replaceResource(
  { directory, rules }: WriteParts,
  kind: ResourceKind,
  row: Row,
  body: ResourceData,
): Row {
  const attributes = rules.replace(kind, row, body);
  const isSame = JSON.stringify(attributes) === JSON.stringify(row.attributes);
  return isSame ? row : directory.update(kind, row, attributes);
}

/** PATCH (RFC 7644 §3.5.2): all operations or none. */
export function patchResource(parts: WriteParts, kind: ResourceKind, row: Row, body: ResourceData): Row {
  const { directory, behaviour, rules } = parts;
  if (!behaviour.patch) throw new ScimRefusal(501, undefined, 'PATCH is not supported.');
  if (!behaviour.workosRules) checkMessageSchema(body, PATCH_OP_URN);
  const operations = readOperations(body, behaviour);
  const before = { ...row.attributes, id: row.id };
  const after = patched(before, kind, operations, behaviour);
  if (after === before) return row;
  const { id: _own, password: _never, ...attributes } = after as ResourceData & { id: unknown; password?: unknown };
  checkRequired(kind, attributes);
  checkMemberChanges(row.attributes, attributes, behaviour);
  const settled = rules.settle(kind, row, attributes);
  return directory.update(kind, row, settled);
}

/** DELETE (RFC 7644 §3.6). */
export function deleteResource({ directory, rules }: WriteParts, kind: ResourceKind, row: Row): void {
  const remains = rules.remains(kind, row);
  if (remains === undefined) directory.delete(kind, row);
  else directory.update(kind, row, remains);
}

function readOperations(body: ResourceData, behaviour: ScimBehaviour): readonly PatchOperation[] {
  const { Operations: operations } = body;
  if (!Array.isArray(operations) || operations.length === 0) {
    throw new ScimRefusal(400, 'invalidSyntax', "'Operations' is not a list with at least one operation.");
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
    throw new ScimRefusal(400, 'invalidValue', `At most ${maxMembersPerPatch} members can change in one request.`);
  }
}
