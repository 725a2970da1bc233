import { checkList, checkObject, read } from '../errors/check-options.js';
import { isRecord, isUnassigned } from '../internal/json.js';
import { isAttributeName } from '../scim/filter/attribute-path.js';
import { readAttribute } from '../scim/schemas/names.js';
import { canonicalJson, sha256 } from './canonical-json.js';
import type { ChangeAction, DirectoryPlan } from './plan.js';

/**
 * The hash that a plan should have: of everything in it but `hash`, whatever the order of keys. One that differs from
 * `plan.hash` shows that the plan was changed after it was made, or redacted.
 */
export async function hashOfPlan(plan: DirectoryPlan): Promise<string> {
  checkObject('plan', plan);
  return sha256(read('The plan', () => canonicalJson({ ...plan, hash: undefined })));
}

/** What of a resource a decision rests on, whatever the action. */
const identity = ['id', 'externalId', 'userName', 'displayName', 'userType', 'active'] as const;

/**
 * SHA-256 of what an action rests on in the resource that it changes, to be compared before the change: who it is, whether
 * it is active, and the attributes that `operations` change. What a server adds beside, such as `meta`, does not count; nor
 * do empty values, which are absent ones (RFC 7643 §2.5), and the case of a `userName`.
 */
export async function baselineOf(resource: object, operations: ChangeAction['operations'] = []): Promise<string> {
  checkObject('resource', resource);
  checkList('operations', operations);
  return sha256(read('The resource', () => canonicalJson(heldBy(resource, operations))));
}

function heldBy(resource: object, operations: ChangeAction['operations']): Readonly<Record<string, unknown>> {
  const names = new Set<string>(identity);
  for (const { path } of operations) if (path !== undefined) names.add(rootOf(path));
  const held: Record<string, unknown> = {};
  for (const name of names) {
    const value = withoutEmpty(readAttribute(resource, name));
    if (value !== undefined) held[name] = name === 'userName' ? String(value).toLowerCase() : value;
  }
  // Whoever is not said to be inactive is active.
  held.active = held.active !== false;
  return held;
}

/** The attribute, or the extension, that a path leads into. */
function rootOf(path: string): string {
  const [bare = ''] = path.split('[', 1);
  const colon = bare.lastIndexOf(':');
  if (colon < 0) return bare.split('.', 1)[0] ?? bare;
  // `urn:…:2.0:User:department` is in the extension, `urn:…:2.0:User` is one.
  const last = bare.slice(colon + 1).split('.', 1)[0] ?? '';
  return /:\d+\.\d+:\w+$/.test(bare) || !isAttributeName(last) ? bare : bare.slice(0, colon);
}

function withoutEmpty(value: unknown): unknown {
  if (isUnassigned(value)) return undefined;
  if (Array.isArray(value)) {
    const entries = value.map(withoutEmpty).filter((entry) => entry !== undefined);
    return entries.length === 0 ? undefined : entries;
  }
  if (!isRecord(value)) return value;
  const parts = Object.entries(value).flatMap(([key, part]) => {
    const kept = withoutEmpty(part);
    return kept === undefined ? [] : [[key, kept] as const];
  });
  return parts.length === 0 ? undefined : Object.fromEntries(parts);
}
