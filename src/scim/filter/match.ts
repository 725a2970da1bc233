import { ScimSyntaxError } from '../../errors/scim-errors.js';
import {
  findAttribute,
  findCoreAttribute,
  findSchema,
  type KnownSchemas,
  knownSchemas,
  type NamedAttribute,
} from '../schemas/known-schemas.js';
import { readAttribute } from '../schemas/names.js';
import type { AttributeCharacteristics, Attributes, ResourceSchema } from '../schemas/rules.js';
import { splitAttributePath } from './attribute-path.js';
import { valueTest } from './compare.js';
import type { ComparisonOperator, Filter, FilterExpression } from './filter.js';
import { parseFilter } from './parse.js';
import { MAX_FILTER_DEPTH } from './reader.js';

/**
 * Whether a resource satisfies a filter, for what a server does not take as a filter. See {@link compileFilter}, which is
 * made for many resources.
 *
 * @throws {ScimSyntaxError} The text is not a filter, or it compares what cannot be compared.
 */
export function matchesFilter(filter: Filter | string, resource: object, options?: FilterOptions): boolean {
  return compileFilter(filter, options)(resource);
}

/** How a filter is applied here instead of on a server. */
export interface FilterOptions {
  /**
   * Rules of the resource's attributes: type and case. Attributes it does not name are compared without case, and as
   * dates where both sides are. @default the attributes of users and groups, with the enterprise extension
   */
  readonly schema?: ResourceSchema | undefined;
}

/** Whether a resource, or one value of a multi-valued attribute, satisfies a filter. */
type Predicate = (target: unknown) => boolean;

/** Where paths are looked up: in a resource, or in one value of an attribute. */
type Scope =
  | { readonly kind: 'resource'; readonly schemas: KnownSchemas; readonly urns: readonly string[] }
  | { readonly kind: 'value'; readonly attributes: Attributes | undefined };

/** Where a path leads: keys to follow, and the rules of what is found there. */
interface Target {
  readonly keys: readonly string[];
  readonly rules: AttributeCharacteristics | undefined;
  /** The URN of a schema that the path may be as well, of which only the resource can tell. */
  readonly whole?: string | undefined;
}

/**
 * Turns a filter into a function that tells whether a resource satisfies it.
 *
 * - Attributes are found in any case. `userName` and `emails.value` are compared without case, `id`, `externalId` and
 *   references with it, as the schema says.
 * - A multi-valued attribute satisfies a comparison when any of its values does. A complex value without a sub-attribute
 *   named is compared by its `value`.
 * - An attribute without a value satisfies only `ne` with a value, and `eq null`.
 * - Dates are compared as moments; one without a zone is taken as UTC.
 * - Values of another type than the literal's are not equal to it, and neither greater nor less.
 *
 * @throws {ScimSyntaxError} The text is not a filter; it is nested deeper than `MAX_FILTER_DEPTH`; `gt`, `ge`, `lt` or
 * `le` asks for something without order, `co`, `sw` or `ew` for something other than a string.
 *
 * @example
 * ```ts
 * import { compileFilter } from 'chatgpt-enterprise-sdk/scim';
 *
 * const isStaff = compileFilter('userType eq "Employee" and active eq true');
 * [{ id: '1', userType: 'employee', active: true }].filter(isStaff).length; // 1
 * ```
 */
export function compileFilter(filter: Filter | string, options: FilterOptions = {}): (resource: object) => boolean {
  const schemas = knownSchemas(options.schema);
  const urns = [...schemas.core, ...schemas.extensions].map(({ id }) => id);
  return compile(typeof filter === 'string' ? parseFilter(filter) : filter, { kind: 'resource', schemas, urns }, 0);
}

/** Turns the filter of a value path into a function that tells whether one value of the attribute satisfies it. */
export function compileValueFilter(filter: FilterExpression, rules: AttributeCharacteristics | undefined): Predicate {
  return compile(filter, { kind: 'value', attributes: attributesOfValue(rules) }, 1);
}

function compile(filter: FilterExpression, scope: Scope, depth: number): Predicate {
  if (depth > MAX_FILTER_DEPTH)
    throw new ScimSyntaxError('invalid_filter', `The filter is nested more than ${MAX_FILTER_DEPTH} deep.`);
  switch (filter.op) {
    case 'and':
    case 'or': {
      const parts = filter.filters.map((part) =>
        compile(part, scope, part.op === 'and' || part.op === 'or' ? depth + 1 : depth),
      );
      return filter.op === 'and' ? every(parts) : some(parts);
    }
    case 'not': {
      const inner = compile(filter.filter, scope, depth + 1);
      return (target) => !inner(target);
    }
    case 'valuePath': {
      if (scope.kind === 'value')
        throw new ScimSyntaxError('invalid_filter', 'A value path cannot contain another one.');
      const found = resolve(filter.path, scope);
      const { rules } = found;
      const inner = compile(filter.filter, { kind: 'value', attributes: attributesOfValue(rules) }, depth + 1);
      return follow(found, (value) => (value === undefined || value === null ? false : inner(value)), followKeys);
    }
    case 'pr':
      return follow(resolve(filter.path, scope), (value) => isPresent(value), followKeys);
    default: {
      const found = resolve(filter.path, scope);
      const { rules } = found;
      const named = rules?.type === 'complex' ? findAttribute(rules.subAttributes, 'value')?.rules : rules;
      const test = valueTest(filter.op, filter.value, named);
      return filter.value === null
        ? follow(found, ofWholeValue(filter.op, test), followKeys)
        : follow(found, test, followToSimple);
    }
  }
}

function resolve(path: string, scope: Scope): Target {
  if (scope.kind === 'value') {
    const found = findAttribute(scope.attributes, path);
    if (found !== undefined) return { keys: [found.name], rules: found.rules };
    const { attribute = path, subAttribute } = splitAttributePath(path);
    return target(undefined, findAttribute(scope.attributes, attribute), attribute, subAttribute);
  }
  const { schemas, urns } = scope;
  const { urn, attribute, subAttribute } = splitAttributePath(path, urns);
  if (urn === undefined || findSchema(schemas.core, urn) !== undefined) {
    if (attribute === undefined) return { keys: [path], rules: undefined };
    return target(undefined, findCoreAttribute(schemas, attribute), attribute, subAttribute);
  }
  const extension = findSchema(schemas.extensions, urn);
  const key = extension?.id ?? urn;
  if (attribute === undefined) return { keys: [key], rules: undefined };
  const found = target(key, findAttribute(extension?.attributes, attribute), attribute, subAttribute);
  return extension === undefined ? { ...found, whole: path } : found;
}

function follow({ keys, whole }: Target, test: Predicate, along: typeof followKeys): Predicate {
  const followed = along(keys, test);
  if (whole === undefined) return followed;
  const followedWhole = along([whole], test);
  return (target) => (readAttribute(target, whole) === undefined ? followed : followedWhole)(target);
}

function target(
  urn: string | undefined,
  found: NamedAttribute | undefined,
  attribute: string,
  subAttribute: string | undefined,
): Target {
  const keys = urn === undefined ? [found?.name ?? attribute] : [urn, found?.name ?? attribute];
  if (subAttribute === undefined) return { keys, rules: found?.rules };
  const part = findAttribute(attributesOfValue(found?.rules), subAttribute);
  keys.push(part?.name ?? subAttribute);
  return { keys, rules: part?.rules };
}

/** A simple value of a multi-valued attribute is compared as its own `value`. */
function attributesOfValue(rules: AttributeCharacteristics | undefined): Attributes | undefined {
  return rules === undefined || rules.subAttributes !== undefined ? rules?.subAttributes : { value: rules };
}

/** Null means no value at all: of a complex one, no part that has one. */
function ofWholeValue(op: ComparisonOperator, test: Predicate): Predicate {
  return (value) => (typeof value === 'object' && value !== null ? isPresent(value) === (op === 'ne') : test(value));
}

function every(parts: readonly Predicate[]): Predicate {
  const [first, second] = parts;
  if (first !== undefined && second !== undefined && parts.length === 2) {
    return (target) => first(target) && second(target);
  }
  return (target) => parts.every((part) => part(target));
}

function some(parts: readonly Predicate[]): Predicate {
  const [first, second] = parts;
  if (first !== undefined && second !== undefined && parts.length === 2) {
    return (target) => first(target) || second(target);
  }
  return (target) => parts.some((part) => part(target));
}

type Test = (value: unknown) => boolean;

/** Whether any value that the keys lead to satisfies the test. Where they lead to nothing, it is asked of `undefined`. */
function followKeys(keys: readonly string[], test: Test): Test {
  let next = test;
  for (let index = keys.length - 1; index >= 0; index -= 1) next = step(keys[index] ?? '', next);
  return next;
}

/** The same for a test of simple values: a complex one is asked for its `value`. */
function followToSimple(keys: readonly string[], test: Test): Test {
  const last = keys.length - 1;
  const final = lastStep(keys[last] ?? '', test);
  return last === 0 ? final : followKeys(keys.slice(0, last), final);
}

function step(key: string, next: Test): Test {
  const read = readerOf(key);
  return (target) => {
    const value = read(target, key);
    return Array.isArray(value) ? ofAny(value, next) : next(value);
  };
}

function lastStep(key: string, test: Test): Test {
  const read = readerOf(key);
  return (target) => {
    const value = read(target, key);
    if (typeof value !== 'object' || value === null) return test(value);
    if (!Array.isArray(value)) return test(readAttribute(value, 'value'));
    return ofAny(value, (item) =>
      test(typeof item === 'object' && item !== null ? readAttribute(item, 'value') : item),
    );
  };
}

/** A simple value is its own `value`, so that `tags.value` and `tags[value eq "x"]` mean what they say. */
function readerOf(key: string): typeof readAttribute {
  return key.length === 5 && key.toLowerCase() === 'value' ? readValue : readAttribute;
}

function readValue(target: unknown, key: string): unknown {
  return isSimple(target) ? target : readAttribute(target, key);
}

function ofAny(values: readonly unknown[], next: (value: unknown) => boolean): boolean {
  if (values.length === 0) return next(undefined);
  for (const value of values) if (next(value)) return true;
  return false;
}

function isSimple(value: unknown): boolean {
  return typeof value !== 'object' && value !== undefined;
}

/** Values deeper than any schema allows (RFC 7643 §2.3.8) are taken as present, so that no data exhausts the stack. */
const MAX_VALUE_DEPTH = 8;

/** Whether a value counts for `pr`: not null, not empty, and of a complex or multi-valued one at least one part is. */
function isPresent(value: unknown, depth = 0): boolean {
  if (value === undefined || value === null || value === '') return false;
  if (typeof value !== 'object' || depth === MAX_VALUE_DEPTH) return true;
  return Object.values(value).some((part) => isPresent(part, depth + 1));
}
