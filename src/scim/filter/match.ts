import { checkOptions, read } from '../../errors/check-options.js';
import { InputError } from '../../errors/input-errors.js';
import { isRecord } from '../../internal/json.js';
import {
  findAttribute,
  findCoreAttribute,
  findSchema,
  type KnownSchemas,
  knownSchemas,
  type NamedAttribute,
} from '../schemas/known-schemas.js';
import { readAttribute } from '../schemas/names.js';
import { type Attributes, checkSchema, type ResourceSchema, type Rules } from '../schemas/rules.js';
import { splitAttributePath } from './attribute-path.js';
import { type ValueTest, valueTest } from './compare.js';
import type { ComparisonOperator, Filter, FilterExpression } from './filter.js';
import { checkedPath, checkNode } from './format.js';
import { parseFilter } from './parse.js';
import { checkDepth, refuse } from './reader.js';

/** Whether a resource satisfies a filter. For many resources, see {@link compileFilter}, which has the rules. */
export function matchesFilter(filter: Filter | string, resource: object, options?: FilterOptions): boolean {
  if (!read('The resource', () => isRecord(resource))) {
    throw new InputError('The second argument of matchesFilter() must be a resource.', {
      path: ['resource'],
      remedy: 'Give the filter first, then the resource.',
    });
  }
  return read('The resource', () => compileFilter(filter, options)(resource));
}

/** How a filter is applied locally. */
export interface FilterOptions {
  /**
   * Types and case of the attributes. Those it does not name are compared without case, and as dates where both sides
   * are. @default the attributes of users and groups, with the enterprise extension
   */
  readonly schema?: ResourceSchema | undefined;
}

type Scope =
  | { readonly kind: 'resource'; readonly schemas: KnownSchemas; readonly urns: readonly string[] }
  | { readonly kind: 'value'; readonly attributes: Attributes | undefined };

/** Where a path leads. */
interface Target {
  readonly keys: readonly string[];
  readonly rules: Rules;
  /** The path, where it may be the URN of a schema as well: only the resource can tell. */
  readonly whole?: string | undefined;
}

/**
 * Turns a filter into a function that tells whether a resource satisfies it.
 *
 * - Attributes are found in any case; their values are compared with or without case, as the schema says.
 * - A multi-valued attribute satisfies a comparison when any of its values does. A complex value is compared by its
 *   `value` unless a sub-attribute is named.
 * - An attribute without a value satisfies only `ne` with a value, and `eq null`.
 * - Dates are compared as moments, in UTC unless they name a zone.
 * - A value of another type than the literal is not equal to it, and neither greater nor less.
 *
 * @throws {ScimSyntaxError} The text is not a filter, is nested too deeply, or compares what cannot be compared.
 */
export function compileFilter(filter: Filter | string, options: FilterOptions = {}): (resource: object) => boolean {
  const { schema } = checkOptions('compileFilter()', options, { schema: true });
  checkSchema(schema);
  const schemas = knownSchemas(schema);
  const urns = [...schemas.core, ...schemas.extensions].map(({ id }) => id);
  return compile(typeof filter === 'string' ? parseFilter(filter) : filter, { kind: 'resource', schemas, urns }, 0);
}

/** The same for the filter of a value path and one value of the attribute. */
export function compileValueFilter(filter: FilterExpression, rules: Rules, depth = 1): ValueTest {
  return compile(filter, { kind: 'value', attributes: attributesOfValue(rules) }, depth);
}

function compile(filter: FilterExpression, scope: Scope, depth: number): ValueTest {
  checkDepth(depth);
  checkNode(filter);
  switch (filter.op) {
    case 'and':
    case 'or': {
      const parts = filter.filters.map((part) =>
        compile(part, scope, part.op === 'and' || part.op === 'or' ? depth + 1 : depth),
      );
      return combine(filter.op, parts);
    }
    case 'not': {
      const inner = compile(filter.filter, scope, depth + 1);
      return (target) => !inner(target);
    }
    case 'valuePath': {
      if (scope.kind === 'value') refuse('A value path cannot contain another one.');
      const found = resolve(checkedPath(filter.path), scope);
      const inner = compileValueFilter(filter.filter, found.rules, depth + 1);
      return follow(found, (value) => (value === undefined || value === null ? false : inner(value)));
    }
    case 'pr':
      return follow(resolve(checkedPath(filter.path), scope), (value) => isPresent(value));
    default: {
      const found = resolve(checkedPath(filter.path), scope);
      const { rules } = found;
      const named = rules?.type === 'complex' ? findAttribute(rules.subAttributes, 'value')?.rules : rules;
      const test = valueTest(filter.op, filter.value, named);
      return filter.value === null ? follow(found, ofWholeValue(filter.op, test)) : follow(found, test, followToSimple);
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

function follow({ keys, whole }: Target, test: ValueTest, along = followKeys): ValueTest {
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
function attributesOfValue(rules: Rules): Attributes | undefined {
  return rules === undefined || rules.subAttributes !== undefined ? rules?.subAttributes : { value: rules };
}

/** A complex value is null unless a part has a value. */
function ofWholeValue(op: ComparisonOperator, test: ValueTest): ValueTest {
  return (value) => (typeof value === 'object' && value !== null ? isPresent(value) === (op === 'ne') : test(value));
}

function combine(op: 'and' | 'or', parts: readonly ValueTest[]): ValueTest {
  const [first, second] = parts;
  if (first !== undefined && second !== undefined && parts.length === 2) {
    return op === 'and' ? (target) => first(target) && second(target) : (target) => first(target) || second(target);
  }
  return op === 'and'
    ? (target) => parts.every((part) => part(target))
    : (target) => parts.some((part) => part(target));
}

/** Whether any value that the keys lead to satisfies the test. Where they lead to nothing, it is asked of `undefined`. */
function followKeys(keys: readonly string[], test: ValueTest): ValueTest {
  let next = test;
  for (let index = keys.length - 1; index >= 0; index -= 1) next = step(keys[index] ?? '', next);
  return next;
}

/** The same for a test of simple values: a complex one is asked for its `value`. */
function followToSimple(keys: readonly string[], test: ValueTest): ValueTest {
  const last = keys.length - 1;
  const final = lastStep(keys[last] ?? '', test);
  return last === 0 ? final : followKeys(keys.slice(0, last), final);
}

function step(key: string, next: ValueTest): ValueTest {
  const read = readerOf(key);
  return (target) => {
    const value = read(target, key);
    return Array.isArray(value) ? ofAny(value, next) : next(value);
  };
}

function lastStep(key: string, test: ValueTest): ValueTest {
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
  const isSimple = typeof target !== 'object' && target !== undefined;
  return isSimple ? target : readAttribute(target, key);
}

function ofAny(values: readonly unknown[], next: ValueTest): boolean {
  if (values.length === 0) return next(undefined);
  for (const value of values) if (next(value)) return true;
  return false;
}

/** Deeper values, which no schema allows (RFC 7643 §2.3.8), count as present, so that no data exhausts the stack. */
const MAX_VALUE_DEPTH = 8;

/** Whether a value satisfies `pr`: not null or empty, nor made up only of such values. */
function isPresent(value: unknown, depth = 0): boolean {
  if (value === undefined || value === null || value === '') return false;
  if (typeof value !== 'object' || depth === MAX_VALUE_DEPTH) return true;
  return Object.values(value).some((part) => isPresent(part, depth + 1));
}
