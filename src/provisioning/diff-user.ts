import { isSameButForCase } from '../scim/filter/compare.js';
import { keyText } from '../scim/natural-keys.js';
import { diffFromStored } from '../scim/patch/diff.js';
import { isStoredAs } from '../scim/patch/stored.js';
import { isAlike } from '../scim/proven-filters.js';
import type { PatchOperation, Resource } from '../scim/schemas/common.js';
import { readAttribute } from '../scim/schemas/names.js';
import type { ResourceSchema } from '../scim/schemas/rules.js';
import type { WantedUser } from './desired.js';

/** What would have to change of a user. */
export interface UserChange {
  readonly kind: 'reactivate' | 'change' | 'rename' | 'deactivate';
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
  readonly operations: readonly PatchOperation[];
}

/**
 * What it takes to have a user as wanted; `undefined` for nothing. Of one who should be inactive nothing else is changed: a
 * `userName` may have been given to somebody else by then.
 */
export function changeOf(
  row: Resource,
  wanted: WantedUser,
  schema: ResourceSchema,
  ignored: readonly string[],
): UserChange | undefined {
  const isActive = row.active !== false;
  if (!wanted.isActive) return isActive ? deactivation : undefined;
  const attributes = comparedOf(row, wanted, ignored);
  if (isActive && isStored(row, attributes)) return undefined;
  const operations = diffFromStored(row, isActive ? attributes : { ...attributes, active: true }, schema);
  if (operations.length === 0) return undefined;
  const isRename = operations.some(({ path }) => path?.toLowerCase() === 'username');
  return {
    kind: isRename ? 'rename' : isActive ? 'change' : 'reactivate',
    before: Object.fromEntries(operations.map(({ path = '' }) => [path, valueAt(row, path) ?? null])),
    after: Object.fromEntries(operations.map(({ path = '', value }) => [path, value ?? null])),
    operations,
  };
}

const deactivation: UserChange = {
  kind: 'deactivate',
  before: { active: true },
  after: { active: false },
  operations: [{ op: 'replace', path: 'active', value: false }],
};

/** What of the wanted attributes is compared with a user who is there. */
function comparedOf(
  row: Resource,
  { attributes, userName, externalId }: WantedUser,
  ignored: readonly string[],
): Readonly<Record<string, unknown>> {
  const held = keyText(row, 'userName');
  // Some servers put a domain before each, or cut spaces: that is no other name.
  const isSameName = held !== userName && !isSameButForCase(held, userName) && isAlike('userName', held, userName);
  // A number of personnel that is stored as a number is the same.
  const isSameId = typeof row.externalId === 'number' && String(row.externalId) === externalId;
  const isPlain = ignored.length === 0 && attributes.active === undefined;
  if (!isSameName && !isSameId && isPlain) return attributes;
  const left = new Set(ignored.map((name) => name.toLowerCase()));
  if (isSameName) left.add('username');
  if (isSameId) left.add('externalid');
  return Object.fromEntries(
    Object.entries(attributes).filter(([name]) => name !== 'active' && !left.has(name.toLowerCase())),
  );
}

/** Whether nothing differs, seen without the rules of the schema: so it is for most users, most nights. */
function isStored(row: Resource, attributes: Readonly<Record<string, unknown>>): boolean {
  for (const name in attributes) {
    const [read, written] = [row[name], attributes[name]];
    if (!holds(read, written) && !isStoredAs(read, written, name)) return false;
  }
  return true;
}

/** Whether a value that was read holds the other letter by letter, in its order. */
function holds(read: unknown, written: unknown): boolean {
  if (read === written) return true;
  if (typeof written !== 'object' || typeof read !== 'object' || written === null || read === null) return false;
  if (Array.isArray(written)) {
    if (!Array.isArray(read) || read.length !== written.length || written.length === 0) return false;
    return written.every((entry, index) => holds(read[index], entry));
  }
  // What stands on a prototype is no attribute of either.
  for (const key in written)
    if (!Object.hasOwn(read, key) || !holds(Reflect.get(read, key), Reflect.get(written, key))) return false;
  return !Array.isArray(read);
}

/** What a resource holds at the path of an operation that `diffFromStored` made: an attribute, a part, an extension. */
export function valueAt(row: Resource, path: string): unknown {
  const own = readAttribute(row, path);
  if (own !== undefined) return own;
  const colon = path.lastIndexOf(':');
  const holder = colon < 0 ? row : readAttribute(row, path.slice(0, colon));
  let value: unknown = holder;
  for (const part of path.slice(colon + 1).split('.')) value = readAttribute(value, part);
  return value;
}
