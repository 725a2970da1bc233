import { isEmpty, isRecord } from '../../internal/json.js';
import { finderIn, isStoredAs, lacksKept } from '../patch/stored.js';
import { isEqualJson, valueKey } from '../patch/values.js';
import type { ResourceContext } from '../resource.js';
import {
  findAttribute,
  findCoreAttribute,
  findSchema,
  type KnownSchemas,
  knownSchemas,
} from '../schemas/known-schemas.js';
import { attributeReader } from '../schemas/names.js';
import type { Rules } from '../schemas/rules.js';

type Attributes = Readonly<Record<string, unknown>>;

/**
 * The attributes that a write was to leave as they were, and that are not: some servers carry out a change as if it were
 * the whole resource. `before` and `now` are what the server showed, `wanted` what the write makes of `before`.
 */
export function lostAttributes(
  { schema }: Pick<ResourceContext, 'schema'>,
  now: Attributes,
  before: Attributes,
  wanted: Attributes,
): readonly string[] {
  const schemas = knownSchemas(schema);
  const isAsked = (name: string) => !isEqualJson(before[name] ?? null, wanted[name] ?? null);
  // Servers that make it of the name make it anew.
  const mayRename = isAsked('name') || isAsked('userName');
  const [nowOf, wantedOf] = [attributeReader(now), attributeReader(wanted)];
  return Object.keys(before).filter((name) => {
    const present = nowOf(name);
    if (name === 'displayName' && mayRename && !isEmpty(present)) return false;
    return isLost(name, rulesOf(schemas, name), present, before[name], wantedOf(name));
  });
}

function rulesOf(schemas: KnownSchemas, name: string): Rules {
  const extension = findSchema(schemas.extensions, name);
  if (extension !== undefined) return { type: 'complex', subAttributes: extension.attributes };
  return findCoreAttribute(schemas, name)?.rules;
}

/** What servers compute, keep for themselves, or do not show to everyone. */
const computed: ReadonlySet<string> = new Set(['schemas', 'meta', 'password', 'formatted', 'display', '$ref']);

function isServers(name: string, { mutability, returned }: NonNullable<Rules> = {}): boolean {
  const isHidden = mutability === 'writeOnly' || returned === 'never' || returned === 'request';
  return isHidden || mutability === 'readOnly' || computed.has(name.toLowerCase());
}

function isLost(name: string, rules: Rules, now: unknown, before: unknown, wanted: unknown): boolean {
  // What was to change is compared with what was asked for.
  if (isServers(name, rules) || isEmpty(before) || isEmpty(wanted)) return false;
  if (Array.isArray(before)) {
    if (!Array.isArray(wanted)) return false;
    // A member is an id; what else is shown of it is its own.
    return lacksKept(now, before, wanted) || (name !== 'members' && losesParts(rules, now, before, wanted));
  }
  if (isRecord(before) && isRecord(wanted)) {
    const [nowOf, wantedOf] = [attributeReader(now), attributeReader(wanted)];
    return Object.keys(before).some((part) => {
      const partRules = findAttribute(rules?.subAttributes, part)?.rules;
      return isLost(part, partRules, nowOf(part), before[part], wantedOf(part));
    });
  }
  // A server makes another value the first one where that is gone.
  if (!isEqualJson(before, wanted) || (name === 'primary' && before === false)) return false;
  // What no schema names may be a counter, or the time of the write.
  if (rules === undefined && typeof before !== 'boolean') return isEmpty(now);
  return !isStoredAs(now, before, name);
}

/** Whether a value of a list that was to stay as it was has lost a part. */
function losesParts(rules: Rules, now: unknown, before: readonly unknown[], wanted: readonly unknown[]): boolean {
  const keyOf = (value: unknown) => valueKey(value).toLowerCase();
  const present = Array.isArray(now) ? now : [];
  const keys = new Set(present.map(keyOf));
  const wasThere = finderIn(before, keyOf, isEqualJson);
  const isWhole = finderIn(present, keyOf, (other, value) => !isLost('', rules, other, value, value));
  return wanted.some((value) => isRecord(value) && keys.has(keyOf(value)) && wasThere(value) && !isWhole(value));
}
